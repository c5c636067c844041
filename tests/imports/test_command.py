"""bin/manage import_donations: the report alone, and the whole way in the foreground."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from donations.models import Donation
from hebi_charity.imports.models import Import
from tests.accounts.factories import make_person
from tests.donations.factories import CampaignFactory, FundFactory, set_up_office
from tests.imports.factories import FIRST_MONTH
from tests.imports.files import NUMBERS, cash_rows, pos_rows, write_csv, write_xlsx

pytestmark = pytest.mark.django_db
KEYS = {
    "state",
    "accepted",
    "documents",
    "sum",
    "currencies",
    "duplicates",
    "possible_duplicates",
    "rejected",
    "control",
    "warnings",
}


@pytest.fixture(autouse=True)
def office(db):
    set_up_office(FIRST_MONTH)
    FundFactory(code="A1")
    make_person("donation_clerk", username="clerk")
    make_person("accountant", username="accountant")
    make_person("cashier", username="cashier")


@pytest.fixture
def cash(tmp_path):
    return write_csv(tmp_path / "list.csv", cash_rows())


def run(path, *arguments: str) -> dict:
    out = StringIO()
    call_command("import_donations", str(path), "--by", "clerk", "--json", *arguments, stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def commit(path, *arguments: str) -> dict:
    return run(path, "--commit", "--confirmed-by", "accountant", *arguments)


def test_report_alone_leaves_nothing(cash):
    result = run(cash)

    assert set(result) >= KEYS
    assert (result["state"], result["accepted"], result["documents"], result["sum"]) == ("checked", 5, 5, "2710.50")
    assert result["currencies"] == {"CNY": "2710.50"}
    assert (result["duplicates"], result["possible_duplicates"], result["rejected"]) == (0, 1, [])
    assert (result["control"]["sum"], result["control"]["sum_agrees"]) == ("2710.50", True)
    assert not Import.objects.exists()
    assert not Donation.objects.exists()


def test_commit_takes_the_list_in_and_its_other_form_adds_nothing(cash, tmp_path):
    first = commit(cash)
    second = commit(write_xlsx(tmp_path / "again.xlsx", cash_rows()))

    assert (first["state"], first["accepted"], first["documents"], first["sum"]) == ("done", 5, 5, "2710.50")
    assert (second["state"], second["accepted"], second["documents"], second["sum"]) == ("done", 0, 0, "0.00")
    assert second["duplicates"] == 5
    assert any("新增 0 笔" in warning for warning in second["warnings"])
    assert Donation.objects.count() == 5


def test_pool_of_a_campaign_by_channel(tmp_path):
    campaign = CampaignFactory(name="九九公益日")

    result = commit(write_xlsx(tmp_path / "pos.xlsx", pos_rows()), "--campaign", "九九公益日", "--channel", "POS/扫码")

    pool = Donation.objects.get()
    assert (result["accepted"], result["documents"]) == (5, 1)
    assert (pool.campaign, pool.channel, pool.allocations.get().fund) == (campaign, "pos", campaign.fund)
    assert pool.orders.count() == len(NUMBERS)


def test_last_line_for_people_can_be_read_by_a_script(cash):
    out = StringIO()
    call_command("import_donations", str(cash), "--by", "clerk", stdout=out)

    assert out.getvalue().splitlines()[-1].startswith("import_donations: state=checked number=")
    assert "accepted=5 documents=5 sum=2710.50 duplicates=0 possible_duplicates=1 rejected=0" in out.getvalue()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--commit",), "请用 --confirmed-by 指定确认人"),
        (("--commit", "--confirmed-by", "clerk"), "不能自己确认"),
        (("--commit", "--confirmed-by", "cashier"), "“cashier”不是可以确认导入的人员"),
        (("--channel", "信鸽"), "没有收款方式“信鸽”"),
        (("--campaign", "无此活动"), "没有名为“无此活动”的募捐活动"),
        (("--fund", "X"), "没有编码为“X”的资金项目"),
        (("--received-on", "昨日黄花"), "昨日黄花"),
    ],
)
def test_impossible_wish_is_a_sentence_and_leaves_nothing(cash, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(cash, *arguments)

    assert not Donation.objects.exists()
    assert not Import.objects.exclude(state="discarded").exists()


def test_file_without_a_day_needs_one(tmp_path):
    path = write_csv(tmp_path / "list20200128.csv", [["姓名", "金额"], ["申屠敏", 5], ["澹台桂", 7]])

    with pytest.raises(CommandError, match="请填写款项的收到日期"):
        run(path)
    result = commit(path, "--received-on", "2020-01-28")

    assert (result["accepted"], result["sum"]) == (2, "12.00")


@pytest.mark.parametrize("flags", [(), ("--commit", "--confirmed-by", "accountant")])
def test_file_of_goods_is_refused(tmp_path, flags):
    path = write_csv(tmp_path / "a.csv", [["品名", "规格", "计量单位", "数量"], ["口罩", "N95", "箱", 3]])

    out = StringIO()
    with pytest.raises(CommandError, match="这是物资清单"):
        call_command("import_donations", str(path), "--by", "clerk", "--json", *flags, stdout=out)

    assert json.loads(out.getvalue())["state"] == "refused"


def test_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match=r"无法读取文件“none\.csv”"):
        run(tmp_path / "none.csv")


def test_person_who_may_not_load_files_is_refused(cash):
    with pytest.raises(CommandError, match="“cashier”不是可以上传导入文件的人员"):
        call_command("import_donations", str(cash), "--by", "cashier")


def test_same_list_under_another_day_needs_an_answer(tmp_path):
    rows = [["姓名", "金额"], *[[f"申屠敏{n}", 5 + n] for n in range(10)]]
    path = write_csv(tmp_path / "a.csv", rows)
    commit(path, "--received-on", "2020-01-28")

    with pytest.raises(CommandError, match="这是不是同一份名单换了日期再次导入"):
        commit(path, "--received-on", "2020-01-29")
    assert Donation.objects.count() == 10
    commit(path, "--received-on", "2020-01-29", "--other-gifts")

    assert Donation.objects.count() == 20
