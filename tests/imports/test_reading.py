import resource
from datetime import date
from pathlib import Path

import pytest

from hebi_charity.imports.reading.process import reading, report_of
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.stage import COLUMNS
from hebi_charity.imports.sentences import sentence_for_row
from tests.imports.files import CASH_ROWS, NUMBERS, cash_rows, pos_rows, write_csv, write_xlsx

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the real lists lie beside the checkout only where CI runs")


def read(path, *, received_on=None, channel="bank", **changes):
    """Look at a file and read it as it proposes: (what was found, rows as dicts, report)."""
    found = report_of(path, "look", file_name=path.name)
    order = {
        "import_id": 7,
        "sheet": found["sheet"],
        "header_row": found["header_row"],
        "columns": found["columns"],
        "currency": found["currency"],
        "factor": found["factor"],
        "shape": found["shape"],
        "channel": channel,
        "today": "2026-11-24",
        "received_on": received_on,
    }
    with reading(path, "stage", **(order | changes)) as running:
        lines = running.rows.read().decode().splitlines()
    rows = [dict(zip(COLUMNS, line.split("\t"), strict=True)) for line in lines]
    return found, rows, running.report


def reasons(rows):
    import json

    return {int(row["row_no"]): json.loads(row["reason"]) for row in rows if row["verdict"] == "rejected"}


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("list.utf8.csv", lambda path: write_csv(path, cash_rows(), "utf-8")),
        ("list.bom.csv", lambda path: write_csv(path, cash_rows(), "utf-8-sig")),
        ("list.gb.csv", lambda path: write_csv(path, cash_rows(), "gb18030")),
        ("list.utf16.csv", lambda path: write_csv(path, cash_rows(), "utf-16")),
        ("list.xlsx", lambda path: write_xlsx(path, cash_rows())),
    ],
)
def test_named_list_reads_the_same_in_every_form(tmp_path, name, write):
    found, rows, report = read(write(tmp_path / name))

    assert found["columns"] == {"serial": 0, "day": 1, "name": 2, "amount": 3, "note": 4}
    assert (found["header_row"], found["shape"]) == (3, "named")
    assert found["days"] == [{"day": "2020-01-29", "source": "title"}]
    assert [row["name"] for row in rows] == [
        "申屠敏",
        "澹台桂",
        "申屠敏",
        "公冶强 转来淇县示例物流有限公司捐款",
        "公冶强代淇县示例物流有限公司",
    ]
    assert [row["amount"] for row in rows] == ["100.00", "10.50", "100.00", "2000.00", "500.00"]
    assert {row["received_on"] for row in rows} == {"2020-01-29"}
    assert [row["occurrence"] for row in rows] == ["1", "1", "2", "1", "1"]
    assert report["counts"] == {"CNY": 5}
    assert report["sums"] == {"CNY": 271050}
    assert report["controls"][0]["sum_agrees"] is True
    assert report["controls"][0]["printed"].startswith("合计 2710.5")


def test_content_keys_are_equal_across_forms(tmp_path):
    forms = [
        write_csv(tmp_path / "a.csv", cash_rows(), "gb18030"),
        write_xlsx(tmp_path / "b.xlsx", cash_rows()),
    ]

    first, second = ([row["content_key"] for row in read(form)[1]] for form in forms)

    assert first == second


def test_passed_on_gift_is_taken_apart_only_where_it_is_clear(tmp_path):
    _, rows, report = read(write_csv(tmp_path / "a.csv", cash_rows()))

    assert (rows[3]["donor_name"], rows[3]["payer_name"]) == ("淇县示例物流有限公司", "公冶强")
    assert (rows[4]["donor_name"], rows[4]["payer_name"]) == ("公冶强代淇县示例物流有限公司", "")
    assert (report["split"], report["unclear"], report["unclear_rows"]) == (1, 1, [8])


def test_passed_on_gift_stays_whole_when_told_so(tmp_path):
    _, rows, _ = read(write_csv(tmp_path / "a.csv", cash_rows()), is_split=False)

    assert (rows[3]["donor_name"], rows[3]["payer_name"]) == ("公冶强 转来淇县示例物流有限公司捐款", "")


def test_identifiers_keep_their_leading_zero_and_stray_sum_is_a_control(tmp_path):
    found, rows, report = read(write_xlsx(tmp_path / "pos.xlsx", pos_rows()), received_on="2020-01-25")

    assert found["shape"] == "pool"
    assert found["days"] == [{"day": "2020-01-25", "source": "identifiers"}]
    assert [row["order_no"] for row in rows] == NUMBERS
    assert {row["shape"] for row in rows} == {"order"}
    assert report["sums"] == {"CNY": 6000}
    assert (report["controls"][0]["fen"], report["controls"][0]["sum_agrees"]) == (6000, True)


def test_scientific_notation_is_refused_with_the_way_to_fix_it(tmp_path):
    rows = [["订单号", "金额"], ["1.46519E+27", 5], [1.46519e27, 6], ["0012", 7]]

    _, read_rows, report = read(write_xlsx(tmp_path / "a.xlsx", rows), received_on="2020-01-25")

    assert {number: reason["code"] for number, reason in reasons(read_rows).items()} == {
        2: "identifier_scientific",
        3: "identifier_scientific",
    }
    assert (report["counts"], read_rows[2]["order_no"]) == ({"CNY": 1}, "0012")


def test_column_of_rounded_identifiers_refuses_the_file(tmp_path):
    rows = [["订单号", "金额"], ["010220200125235000000", 5], ["010220200125236000000", 6]]

    with pytest.raises(Reason) as refused:
        read(write_csv(tmp_path / "a.csv", rows))

    assert refused.value.code == "file_lost_digits"


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("一百元", {"code": "amount_not_number", "value": "一百元"}),
        ("若干", {"code": "amount_not_number", "value": "若干"}),
        ("0", {"code": "amount_not_above_zero", "value": "0"}),
        ("-5", {"code": "amount_not_above_zero", "value": "-5"}),
        ("1.005", {"code": "amount_too_fine", "value": "1.005"}),
        ("1,00", {"code": "amount_not_number", "value": "1,00"}),
        ("", {"code": "amount_missing"}),
        ("100美元", {"code": "foreign_currency", "value": "100.00", "currency": "USD"}),
    ],
)
def test_row_that_cannot_be_read_is_rejected_with_its_reason(tmp_path, cell, reason):
    rows = [["姓名", "日期", "金额"], ["申屠敏", "2020-01-29", cell], ["澹台桂", "2020-01-29", "5"]]

    _, read_rows, report = read(write_csv(tmp_path / "a.csv", rows))

    assert reasons(read_rows) == {2: reason}
    assert (report["rejected"], report["counts"]["CNY"]) == (1, 1)


def test_tick_in_the_column_of_amounts_is_no_yuan_though_a_one_was_read_before(tmp_path):
    """To Python a tick box is the number 1."""
    rows = [
        ["姓名", "日期", "金额"],
        *[
            [name, "2020-01-29", cell]
            for name, cell in (("申屠敏", 1), ("澹台桂", True), ("公冶强", False), ("示例厂", 1.0))
        ],
    ]

    _, read_rows, report = read(write_xlsx(tmp_path / "a.xlsx", rows))

    assert reasons(read_rows) == {
        3: {"code": "amount_not_number", "value": "TRUE"},
        4: {"code": "amount_not_number", "value": "FALSE"},
    }
    assert (report["counts"], report["sums"]) == ({"CNY": 2}, {"CNY": 200})


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,000.5", "1000.50"),
        ("￥1,000元", "1000.00"),
        ("１００", "100.00"),
        ("\xa0 40,000.00\xa0", "40000.00"),
        ("2万元", "20000.00"),
        ("1.2万", "12000.00"),
    ],
)
def test_amount_as_people_write_it_is_understood(tmp_path, cell, amount):
    _, rows, _ = read(write_csv(tmp_path / "a.csv", [["姓名", "日期", "金额"], ["申屠敏", "2020-01-29", cell]]))

    assert rows[0]["amount"] == amount


def test_amounts_in_ten_thousands_are_scaled_by_the_header(tmp_path):
    rows = [["姓名", "日期", "金额（万元）"], ["示例公司", "2020-01-29", "1.5"], ["示例厂", "2020-01-29", "0.00001"]]

    _, read_rows, _ = read(write_csv(tmp_path / "a.csv", rows))

    assert [row["amount"] for row in read_rows] == ["15000.00", "0.10"]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2020.01.29", "2020-01-29"),
        ("2020/1/29", "2020-01-29"),
        ("20200129", "2020-01-29"),
        ("2020年1月29日", "2020-01-29"),
        (43859, "2020-01-29"),
        (date(2020, 1, 29), "2020-01-29"),
    ],
)
def test_day_as_people_write_it_is_understood(tmp_path, cell, day):
    _, rows, _ = read(write_xlsx(tmp_path / "a.xlsx", [["姓名", "日期", "金额"], ["申屠敏", cell, 5]]))

    assert (rows[0]["received_on"], rows[0]["donated_at"]) == (day, "\\N")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("1月29日", "day_without_year"),
        ("2020-02-30", "day_not_a_date"),
        ("2030-01-01", "day_in_future"),
        ("", "day_missing"),
    ],
)
def test_day_that_is_none_is_rejected(tmp_path, cell, code):
    _, rows, _ = read(write_csv(tmp_path / "a.csv", [["姓名", "日期", "金额"], ["申屠敏", cell, "5"]]))

    assert reasons(rows)[2]["code"] == code


def test_moment_gives_day_and_time_in_shanghai(tmp_path):
    rows = [["订单号", "支付时间", "金额"], ["A1", "2020-01-29 23:59:46", "5"], ["A2", "2020-01-29 00:00:10", "5"]]

    _, read_rows, _ = read(write_csv(tmp_path / "a.csv", rows), received_on="2020-02-03")

    assert [(row["received_on"], row["donated_on"], row["donated_at"]) for row in read_rows] == [
        ("2020-02-03", "2020-01-29", "2020-01-29 23:59:46+08"),
        ("2020-02-03", "2020-01-29", "2020-01-29 00:00:10+08"),
    ]


def test_second_block_in_dollars_is_counted_apart_and_not_taken_in(tmp_path):
    rows = [
        ["某会公示", ""],
        ["捐赠单位(个人)", "金额（元）"],
        ["示例公司", "40,000.00"],
        ["", ""],
        ["捐赠单位及个人", "金额（美元）"],
        ["示例厂", 30133],
        ["某会", ""],
    ]

    _, read_rows, report = read(write_xlsx(tmp_path / "a.xlsx", rows), received_on="2020-02-02")

    assert report["sums"] == {"CNY": 4000000, "USD": 3013300}
    assert reasons(read_rows) == {
        6: {"code": "foreign_currency", "value": "30133.00", "currency": "USD"},
        7: {"code": "only_text", "value": "某会"},
    }


def test_repeated_header_and_subtotals_are_not_gifts(tmp_path):
    rows = [
        ["姓名", "日期", "金额"],
        ["申屠敏", "2020-01-29", "5"],
        ["小计", "", "5"],
        ["姓名", "日期", "金额"],
        ["澹台桂", "2020-01-29", "7"],
        ["小计", "", "7"],
        ["共计2人次", "", "总金额12"],
        ["", "", "12"],
    ]

    _, read_rows, report = read(write_csv(tmp_path / "a.csv", rows))

    assert [row["verdict"] for row in read_rows] == ["new", "new"]
    assert [(c["count"], c["fen"], c["sum_agrees"], c["is_subtotal"]) for c in report["controls"]] == [
        (None, 500, True, True),
        (None, 700, True, True),
        (2, 1200, True, False),
        (None, 1200, True, False),
    ]


def test_control_total_that_differs_is_named(tmp_path):
    _, _, report = read(write_csv(tmp_path / "a.csv", cash_rows(total=2710)))

    assert (report["controls"][0]["fen"], report["controls"][0]["read_fen"]) == (271000, 271050)
    assert report["controls"][0]["sum_agrees"] is False


def test_masked_names_propose_a_pool(tmp_path):
    rows = [["姓名（姓氏隐去)", "金额"], ["*静", 5], ["*敏", 5], ["示例公司", 9]]

    found, read_rows, report = read(write_xlsx(tmp_path / "a.xlsx", rows), received_on="2020-01-28")

    assert (found["shape"], report["masked"]) == ("pool", 2)
    assert [row["shape"] for row in read_rows] == ["order", "order", "order"]


def test_masked_name_among_named_donors_becomes_an_order(tmp_path):
    rows = [["姓名", "金额"], ["申屠敏", 5], ["澹台桂", 5], ["*川", 9]]

    _, read_rows, _ = read(write_xlsx(tmp_path / "a.xlsx", rows), received_on="2020-01-28")

    assert [row["shape"] for row in read_rows] == ["gift", "gift", "order"]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.csv", b"", "file_empty"),
        ("a.xlsx", b"PK\x03\x04broken", "file_damaged"),
        ("a.xls", b"<html><table></table></html>", "file_kind_unknown"),
        ("a.csv", "品名,规格,计量单位,数量\n口罩,N95,箱,3\n".encode(), "goods_list"),
        ("a.csv", "甲,乙\n1,2\n".encode(), "header_missing"),
        ("a.csv", b"\xff\xff\xff", "encoding_unknown"),
        ("a.csv", ",".join(["x"] * 300).encode(), "too_many_columns"),
    ],
)
def test_file_that_cannot_be_read_is_refused(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(Reason) as refused:
        report_of(tmp_path / name, "look", file_name=name)

    assert refused.value.code == code


def test_zip_that_unpacks_too_large_is_refused_before_it_is_opened(tmp_path):
    import zipfile

    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a", "w") as entry:
        for _ in range(501):
            entry.write(bytes(1024 * 1024))

    with pytest.raises(Reason) as refused:
        report_of(tmp_path / "a.xlsx", "look", file_name="a.xlsx")

    assert refused.value.code == "file_unpacks_too_large"


def test_child_does_not_limit_its_parent(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_AS)

    read(write_csv(tmp_path / "a.csv", cash_rows()))

    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(CASH_ROWS) == 5


@needs_data
@pytest.mark.parametrize(
    ("name", "received_on", "counts", "sums"),
    [
        ("cash_20200129.xls", None, {"CNY": 6661}, {"CNY": 8051659300}),
        ("cash_20200129.gb18030.csv", None, {"CNY": 6661}, {"CNY": 8051659300}),
        ("cash_20200129.utf8bom.csv", None, {"CNY": 6661}, {"CNY": 8051659300}),
        ("cash_20200127.xls", None, {"CNY": 1995}, {"CNY": 15396731614}),
        ("cash_20200127_republished.xls", None, {"CNY": 1995}, {"CNY": 15396731614}),
        ("bank_account_list_20200128.xlsx", "2020-01-28", {"CNY": 2855}, {"CNY": 31454075569}),
        (
            "large_gifts_two_currencies_20200202.xlsx",
            "2020-02-02",
            {"CNY": 69, "USD": 2},
            {"CNY": 14423692286, "USD": 3313300},
        ),
        ("pos_20200124.xlsx", "2020-01-24", {"CNY": 1207}, {"CNY": 21078319}),
        ("pos_20200125.xlsx", "2020-01-25", {"CNY": 49691}, {"CNY": 476102868}),
        ("pos_20200212.xlsx", "2020-02-12", {"CNY": 1585}, {"CNY": 56704053}),
        ("alipay_masked_20200128.xlsx", "2020-01-28", {"CNY": 48740}, {"CNY": 1027281033}),
    ],
)
def test_real_list_reads_to_its_published_figures(name, received_on, counts, sums):
    _, rows, report = read(DATA / name, received_on=received_on)

    assert (report["counts"], report["sums"]) == (counts, sums)
    assert not [row["name"] for row in rows if row["name"] != row["name"].strip()]
    assert all(control["sum_agrees"] for control in report["controls"])


@needs_data
@pytest.mark.parametrize("name", ["goods_received_20200130.xlsx", "goods_issued_20200204.xlsx"])
def test_real_list_of_goods_is_refused(name):
    with pytest.raises(Reason) as refused:
        report_of(DATA / name, "look", file_name=name)

    assert refused.value.code == "goods_list"


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("一百元", "第 2 行的金额是“一百元”，不是数字。请改为 100.00 后重新上传。"),
        ("一万五", "第 2 行的金额是“一万五”，不是数字。请改正后重新上传。"),
        ("一百二", "第 2 行的金额是“一百二”，不是数字。请改正后重新上传。"),
        ("TRUE", "第 2 行的金额是“TRUE”，不是数字。请改正后重新上传。"),
    ],
)
def test_amount_in_words_is_translated_only_where_it_has_one_meaning(value, sentence):
    assert sentence_for_row(2, {"code": "amount_not_number", "value": value}) == sentence


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        (["王五,7", '"未闭合,100', "李四,5", "李四,5"], {"code": "csv_line_unreadable", "row": 3}),
        (["王五,7", '"未闭合,100', "李四,5", '"赵六",5'], {"code": "csv_line_unreadable", "row": 3}),
        (["王五,7", '"未闭合,100', "李四,5", '赵六",5'], {"code": "csv_quote_open", "row": 3, "last": 5}),
    ],
)
def test_quotation_mark_that_swallows_lines_refuses_the_file(tmp_path, lines, refusal):
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["捐赠人,金额", *lines, *["李四,5"] * 300]), encoding="utf-8")

    with pytest.raises(Reason) as refused:
        read(path)

    assert refused.value.as_dict() == refusal


def test_cell_of_several_lines_is_one_cell(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        '姓名,日期,金额,备注\n申屠敏,2020-01-29,5,"第一行\n第二行"\n澹台桂,2020-01-29,7,\n', encoding="utf-8"
    )

    _, rows, report = read(path)

    assert (report["counts"], reasons(rows)) == ({"CNY": 2}, {})
