"""The list of gifts: filtered, sorted, summed and exported as it is shown; orders of pools; the search over all."""

import csv
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.urls import reverse

from donations.lists import exporting, finding
from donations.services.registering import void_donation
from donations.services.reversing import approve_reversal, request_reversal
from hebi_charity.audit.models import Entry
from tests.donations.factories import (
    FundFactory,
    UserFactory,
    known_donor,
    other_income,
    registered_gift,
    reviewed_gift,
    set_up_office,
)
from tests.donations.pools import registered_pool, reviewed_pool
from tests.donations.staff import log_in_as, person

pytestmark = pytest.mark.django_db
LIST = "donations:list"


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def shown(client, **query) -> list[int]:
    return [row.pk for row in client.get(reverse(LIST), query).context["object_list"]]


def content(response) -> bytes:
    return b"".join(response.streaming_content)


def csv_rows(client, name: str = "donations:export", *args, **query) -> list[list[str]]:
    response = client.get(reverse(name, args=args), query | {"format": "csv"})
    return list(csv.reader(StringIO(content(response).decode("utf-8-sig"))))


def test_list_is_sorted_by_each_column_both_ways(client):
    log_in_as(client, "accountant")
    small = registered_gift(amount=Decimal("5.00"), donated_on=date(2022, 9, 3))
    large = registered_gift(amount=Decimal("900.00"), donated_on=date(2022, 9, 1))
    middle = registered_gift(amount=Decimal("70.00"), donated_on=date(2022, 9, 2))

    assert shown(client) == [small.pk, middle.pk, large.pk]
    assert shown(client, sort="day-up") == [large.pk, middle.pk, small.pk]
    assert shown(client, sort="amount") == [large.pk, middle.pk, small.pk]
    assert shown(client, sort="amount-up") == [small.pk, middle.pk, large.pk]
    assert shown(client, sort="number-up") == [small.pk, large.pk, middle.pk]
    assert shown(client, sort="donor__phone") == [small.pk, middle.pk, large.pk]


def test_headings_keep_the_filters_and_turn_round(client):
    log_in_as(client, "accountant")
    registered_gift()

    links = client.get(reverse(LIST), {"q": "霞", "sort": "amount", "after": "1~2"}).context["sort"]

    assert links["amount"].direction == "descending"
    assert links["amount"].url == "?q=%E9%9C%9E&sort=amount-up"
    assert (links["day"].direction, links["day"].url) == ("none", "?q=%E9%9C%9E&sort=day")


def test_each_row_says_its_state_and_apart_from_it_whether_the_money_is_here(client):
    log_in_as(client, "accountant")
    registered_gift()
    reviewed_gift(arrival="pending")

    page = client.get(reverse(LIST)).content.decode()

    words = ["待复核", "已复核", "待到账"]
    assert [page.count(f'<span class="state-word">{word}</span>') for word in words] == [1, 1, 1]


@pytest.mark.parametrize("sort", ["", "day-up", "number", "number-up", "amount", "amount-up"])
def test_pages_by_key_show_every_gift_once_in_every_order(client, sort):
    log_in_as(client, "accountant")
    fund, donor = FundFactory(), known_donor()
    pks = {
        registered_gift(amount=Decimal(1 + number % 3), donor=donor, allocations=((fund, Decimal(1 + number % 3)),)).pk
        for number in range(53)
    }

    first = client.get(reverse(LIST), {"sort": sort}).context
    second = client.get(f"{reverse(LIST)}?{first['page'].next_query}").context

    seen = [row.pk for row in (*first["object_list"], *second["object_list"])]
    assert len(seen) == 53
    assert set(seen) == pks


def test_filters_narrow_the_list(client):
    log_in_as(client, "accountant")
    gift = registered_gift(amount=Decimal("70.00"), by=UserFactory(full_name="经办甲"))
    income = other_income(amount=Decimal("900.00"), donated_on=date(2022, 9, 30))

    assert shown(client, money="gifts") == [gift.pk]
    assert shown(client, money="other") == [income.pk]
    assert shown(client, kind="interest") == [income.pk]
    assert shown(client, least="70", most="899.99") == [gift.pk]
    assert shown(client, person="办甲") == [gift.pk]
    assert shown(client, first="2022-09-06") == [income.pk]
    assert shown(client, last="9.5.2022") == []  # a day that makes no sense is said, and never means all days


def test_totals_keep_gifts_and_other_money_apart(client):
    log_in_as(client, "accountant")
    reviewed_gift(amount=Decimal("70.00"))
    registered_pool("10.00", "20.00")
    other_income(amount=Decimal("2.50"))
    reviewed_gift(amount=Decimal("500.00"), arrival="platform")

    shown_totals = client.get(reverse("donations:totals")).context["totals"]

    assert shown_totals == [
        ("笔数", "4"),
        ("人次", "4"),
        ("捐赠金额（元）", "600.00"),
        ("其他收款笔数", "1"),
        ("其他收款金额（元）", "2.50"),
    ]


def test_totals_of_a_fund_count_its_part_of_a_split_gift(client):
    log_in_as(client, "accountant")
    fund, other = FundFactory(), FundFactory()
    parts = ((fund, Decimal("30.00")), (other, Decimal("70.00")))
    reviewed_gift(amount=Decimal("100.00"), allocations=parts)
    reviewed_gift(amount=Decimal("5.00"), allocations=((fund, Decimal("5.00")),))

    shown_totals = client.get(reverse("donations:totals"), {"fund": fund.pk}).context["totals"]

    assert shown_totals == [("笔数", "2"), ("人次", "2"), ("捐赠金额（元）", "35.00")]


def test_export_holds_exactly_what_is_filtered(client):
    accountant = log_in_as(client, "accountant")
    gift = reviewed_gift(amount=Decimal("70.00"), donor=known_donor(name="王五", phone="13800009876"))
    registered_gift(amount=Decimal("9.00"))

    mark, heads, *rows = csv_rows(client, state="reviewed")

    assert mark == ["演示系统 · 数据均为虚构"]
    assert [row[heads.index("编号")] for row in rows] == [gift.donation_no]
    row = dict(zip(heads, rows[0], strict=True))
    assert (row["捐赠人"], row["金额（元）"], row["捐赠日期"]) == ("王五", "70.00", "2022-09-05")
    assert (row["状态"], row["资金项目"]) == ("已复核", gift.allocations.get().fund.name)
    assert "13800009876" not in str(rows)
    entry = Entry.objects.get(act="donation.exported")
    assert (entry.actor, entry.count, entry.sums) == (accountant, 1, {"CNY": "70.00"})
    assert entry.reason == "状态：已复核"


def test_log_of_an_export_sums_what_counts(client):
    log_in_as(client, "accountant")
    registered_gift(amount=Decimal("70.00"))
    void_donation(registered_gift(amount=Decimal("1000.00")), by=UserFactory(), reason="错登")
    approve_reversal(request_reversal(reviewed_gift(), by=UserFactory(), reason="重复"), by=UserFactory())

    csv_rows(client)

    entry = Entry.objects.get(act="donation.exported")
    assert (entry.count, entry.sums) == (3, {"CNY": "70.00"})
    assert entry.reason == "其中 2 行已作废、退票或冲销，不计入合计"


def test_log_of_an_export_masks_what_was_searched(client):
    log_in_as(client, "accountant")
    registered_gift()

    csv_rows(client, q="李霞")

    assert Entry.objects.get(act="donation.exported").reason.endswith("：李*")


def test_export_to_excel_is_safe_against_formulas(client):
    log_in_as(client, "auditor")
    registered_gift(donor=known_donor(name="=cmd|' /C calc'!A0", kind="person"), note="@SUM(1)")

    response = client.get(reverse("donations:export"), {"format": "xlsx"})
    sheet = openpyxl.load_workbook(BytesIO(content(response))).worksheets[0]
    heads = [cell.value for cell in sheet[2]]
    cells = {head: sheet.cell(3, place) for place, head in enumerate(heads, start=1)}

    assert sheet["A1"].value == "演示系统 · 数据均为虚构"
    assert cells["捐赠人"].data_type == "s"
    assert cells["捐赠人"].value == "=cmd|' /C calc'!A0"
    assert cells["捐赠人"].quotePrefix
    assert cells["金额（元）"].value == 100
    csv_text = str(csv_rows(client))
    assert "'=cmd|" in csv_text
    assert "'@SUM(1)" in csv_text


def test_export_too_large_for_excel_says_so_and_csv_still_goes(client, monkeypatch):
    monkeypatch.setattr(exporting, "XLSX_ROWS", 1)
    log_in_as(client, "accountant")
    registered_gift()
    registered_gift()

    refused = client.get(reverse("donations:export"), {"format": "xlsx", "q": "霞"}, follow=True)

    assert "Excel 文件最多 1 行。请下载 CSV" in refused.content.decode()
    assert refused.redirect_chain[0][0].endswith("?format=xlsx&q=%E9%9C%9E")
    assert Entry.objects.filter(act="donation.exported").count() == 0
    assert len(csv_rows(client)) == 4


def test_export_reads_by_key_in_chunks_with_a_fixed_number_of_queries(client, django_assert_num_queries):
    log_in_as(client, "accountant")
    counts = []
    for _ in range(2):
        registered_gift()
        registered_gift()
        response = client.get(reverse("donations:export"), {"format": "csv"})
        with django_assert_num_queries(4):  # rows, parts, funds, and the empty chunk behind them
            content(response)
        counts.append(response)
    assert len(counts) == 2


@pytest.mark.parametrize("role", ["donation_clerk", "cashier", "leadership"])
def test_export_is_refused_to_other_roles(client, role):
    registered_gift()
    log_in_as(client, role)

    assert client.get(reverse("donations:export")).status_code == 403


@pytest.mark.parametrize("text", ["000002", "{full}", "网友", "爱心网"])
def test_orders_are_found_by_number_tail_and_nickname(client, text):
    log_in_as(client, "donation_clerk")
    pool = reviewed_pool("10.00", "20.00")
    wanted = pool.orders.get(row_no=2)
    pool_page = reverse("donations:order_list", args=[pool.pk])

    rows = client.get(pool_page, {"q": text.replace("{full}", wanted.order_no)}).context["object_list"]

    assert wanted.pk in [row.pk for row in rows]
    assert len(rows) == (1 if text in {"000002", "{full}"} else 2)


def test_orders_of_a_pool_are_paged_by_the_line_of_the_file(client):
    log_in_as(client, "donation_clerk")
    pool = reviewed_pool(*["1.00"] * 53)
    other = reviewed_pool("7.00")
    address = reverse("donations:order_list", args=[pool.pk])

    first = client.get(address).context
    second = client.get(f"{address}?{first['page'].next_query}").context

    assert [row.row_no for row in first["object_list"]] == list(range(1, 51))
    assert [row.row_no for row in second["object_list"]] == [51, 52, 53]
    assert other.orders.get().pk not in [row.pk for row in second["object_list"]]


def test_single_gift_has_no_page_of_orders(client):
    log_in_as(client, "donation_clerk")

    assert client.get(reverse("donations:order_list", args=[registered_gift().pk])).status_code == 404


def test_orders_of_a_pool_are_exported_and_logged(client):
    log_in_as(client, "auditor")
    pool = reviewed_pool("10.00", "20.00")

    _mark, heads, *rows = csv_rows(client, "donations:order_export", pool.pk)

    assert heads[:3] == ["文件行号", "订单号", "金额（元）"]
    assert [row[2] for row in rows] == ["10.00", "20.00"]
    entry = Entry.objects.get(act="donation.exported")
    assert (entry.object_label, entry.count, entry.sums) == (pool.donation_no, 2, {"CNY": "30.00"})


@pytest.mark.parametrize("count", [1, 5])
def test_order_list_query_count_does_not_grow(client, count, django_assert_num_queries):
    pool = reviewed_pool(*["1.00"] * count)
    log_in_as(client, "donation_clerk")
    client.get(reverse("donations:order_list", args=[pool.pk]))

    with django_assert_num_queries(6):
        client.get(reverse("donations:order_list", args=[pool.pk]))


def found(user, text: str) -> list:
    return [hit for source in (finding.donors, finding.gifts, finding.orders) for hit in source(user, text)]


def kinds_found(user, text: str) -> list[tuple[str, str]]:
    return [(hit.kind, hit.title) for hit in found(user, text)]


def test_search_finds_gifts_donors_and_orders():
    clerk = person("donation_clerk")
    donor = known_donor(name="周小满", phone="13800009876")
    gift = registered_gift(donor=donor, amount=Decimal("123.45"), voucher_no="PZ-778899")
    pool = reviewed_pool("10.00", "20.00")
    order = pool.orders.get(row_no=2)

    assert kinds_found(clerk, "小满") == [("捐赠人", "周小满"), ("捐赠登记", gift.donation_no)]
    assert kinds_found(clerk, "9876") == [("捐赠人", "周小满")]
    assert kinds_found(clerk, "zxm") == [("捐赠人", "周小满"), ("捐赠登记", gift.donation_no)]
    assert kinds_found(clerk, gift.query_code.lower()) == [("捐赠登记", gift.donation_no)]
    assert kinds_found(clerk, "PZ-778899") == [("捐赠登记", gift.donation_no)]
    assert kinds_found(clerk, "123.45") == [("捐赠登记", gift.donation_no)]
    assert kinds_found(clerk, order.order_no) == [("平台订单", order.order_no)]
    assert kinds_found(clerk, "000002") == [("捐赠登记", pool.donation_no), ("平台订单", order.order_no)]
    assert [kind for kind, _title in kinds_found(clerk, "爱心网友")] == ["平台订单", "平台订单"]


@pytest.mark.parametrize("role", ["administrator", "branch_secretary", "relief_officer", "warehouse_keeper"])
def test_search_gives_nothing_to_who_may_not_see_gifts(role):
    donor = known_donor(name="周小满", phone="13800009876")
    registered_gift(donor=donor, amount=Decimal("123.45"))
    pool = reviewed_pool("10.00")
    user = person(role)

    for text in ("小满", "9876", "123.45", pool.donation_no, pool.orders.get().order_no, "网友"):
        assert found(user, text) == []


def test_search_keeps_nicknames_out_of_addresses():
    pool = reviewed_pool("10.00", name="一名老党员")

    hits = found(person("auditor"), "老党员")

    assert [hit.url for hit in hits] == [
        f"{reverse('donations:order_list', args=[pool.pk])}?q={pool.orders.get().order_no}"
    ]
