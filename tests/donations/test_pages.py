"""The pages of gifts: what is typed becomes a gift, what is refused is said, who may not is turned away."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from donations.models import Donation
from donations.services import reviewing
from donations.services.registering import change_donation, void_donation
from hebi_charity.audit.history import Line
from hebi_charity.audit.models import Entry
from tests.donations.factories import (
    FundFactory,
    UserFactory,
    gift_entry,
    known_donor,
    registered_gift,
    reviewed_gift,
    set_up_office,
)
from tests.donations.staff import BACKEND, person
from tests.donations.test_services import close

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def typed(**changes):
    return {
        "form_key": str(uuid4()),
        "name": "李霞",
        "amount": "1,200",
        "channel": "cash",
        "fund": str(FundFactory().pk),
        "public_mode": "full",
        "phone": "13812345678",
        "donated_on": "2022-09-05",
    } | changes


def test_counter_form_records_a_gift(client):
    clerk = person("donation_clerk")
    client.force_login(clerk, backend=BACKEND)

    response = client.post(reverse("donations:create"), typed())

    gift = Donation.objects.get()
    assert response.url == reverse("donations:create")
    assert (gift.amount, gift.donor.name, gift.recorded_by) == (Decimal("1200.00"), "李霞", clerk)


def test_counter_form_posted_twice_records_one_gift(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    data = typed()

    client.post(reverse("donations:create"), data)
    client.post(reverse("donations:create"), data)

    assert Donation.objects.count() == 1


def test_anonymous_gift_needs_amount_and_way_only(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)

    client.post(reverse("donations:create"), typed(name="", phone="", public_mode="anonymous"))

    gift = Donation.objects.get()
    assert (gift.donor.name, gift.public_mode, gift.receipt_disposition) == ("爱心人士", "anonymous", "anonymous")


def test_possible_duplicate_is_asked_about_and_saved_when_told(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    registered_gift(amount=Decimal("1200.00"))

    asked = client.post(reverse("donations:create"), typed())
    assert "疑似重复登记" in asked.content.decode()
    assert Donation.objects.count() == 1

    client.post(reverse("donations:create"), typed(confirmed=asked.context["to_confirm"]))
    assert Donation.objects.count() == 2


def test_wrong_amount_is_said_and_what_was_typed_is_kept(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)

    page = client.post(reverse("donations:create"), typed(amount="一百多")).content.decode()

    assert "一百多" in page
    assert "李霞" in page
    assert Donation.objects.count() == 0


def test_cheque_is_awaited_by_default(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)

    client.post(reverse("donations:create"), typed(channel="cheque"))

    assert Donation.objects.get().arrival == "pending"


def test_cheque_is_not_the_way_of_the_next_gift(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    address = reverse("donations:create")

    client.post(address, typed(channel="wechat"))
    after_wechat = client.get(address).context["form"]["channel"].value()
    client.post(address, typed(channel="cheque", name="王五", phone=""))
    after_cheque = client.get(address).context["form"]["channel"].value()

    assert (after_wechat, after_cheque) == ("wechat", "cash")


def test_wish_of_one_donor_is_not_the_wish_of_the_next(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    address = reverse("donations:create")
    free = FundFactory()
    bound = FundFactory(name="助学", restriction="restricted")
    before = client.get(address).context["form"]["fund"].value()

    client.post(address, typed(channel="wechat", fund=bound.pk))
    form = client.get(address).context["form"]

    assert (form["channel"].value(), form["fund"].value()) == ("wechat", before)
    assert before == free.pk


def test_corrected_way_of_payment_corrects_the_arrival(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    client.post(reverse("donations:create"), typed(channel="cheque"))
    gift = Donation.objects.get()
    address = reverse("donations:update", args=[gift.pk])
    opened = client.get(address).context

    client.post(address, typed(channel="cash", arrival=opened["form"]["arrival"].value(), read_at=opened["read_at"]))

    gift.refresh_from_db()
    assert (gift.channel, gift.arrival, str(gift.received_on)) == ("cash", "arrived", "2022-09-05")


def test_slip_is_printed_without_a_worker_and_says_what_it_is_not(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)

    response = client.post(reverse("donations:create"), typed(print="1"))
    page = client.get(response.url).content.decode()

    assert "仅证明已登记，不是捐赠票据，不能报销或抵税" in page
    assert "壹仟贰佰元整" in page
    assert Donation.objects.get().query_code in page


def test_second_print_says_so(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    gift = registered_gift()

    client.post(reverse("donations:slip_print", args=[gift.pk]))
    client.post(reverse("donations:slip_print", args=[gift.pk]))

    assert "补打第1次" in client.get(reverse("donations:slip", args=[gift.pk])).content.decode()


def test_another_person_reviews_and_the_recorder_is_refused(client):
    clerk = person("donation_clerk")
    gift = registered_gift(by=clerk)
    client.force_login(clerk, backend=BACKEND)
    client.post(reverse("donations:review", args=[gift.pk]))
    assert Donation.objects.get().state == "registered"

    client.force_login(person("accountant"), backend=BACKEND)
    client.post(reverse("donations:review", args=[gift.pk]))
    assert Donation.objects.get().state == "reviewed"


def test_bulk_review_says_count_and_sum(client):
    gifts = [registered_gift(), registered_gift(amount=Decimal("23.50"))]
    client.force_login(person("accountant"), backend=BACKEND)
    rows = {"rows": [str(gift.pk) for gift in gifts]}

    page = client.get(reverse("donations:bulk_review"), rows).content.decode()
    assert "复核通过 2 笔，共 123.50 元" in page

    client.post(reverse("donations:bulk_review"), rows)
    assert Donation.objects.reviewed().count() == 2


def test_bulk_review_shows_what_is_reviewed_and_two_sums(client):
    fund = FundFactory(name="助学")
    gift = registered_gift(by=UserFactory(full_name="经办甲"), allocations=((fund, Decimal("100.00")),))
    awaited = registered_gift(amount=Decimal("23.50"), channel="cheque", arrival="pending")
    client.force_login(person("accountant"), backend=BACKEND)

    page = client.get(reverse("donations:bulk_review"), {"rows": [gift.pk, awaited.pk]}).content.decode()

    for words in ("2022-09-05", "现金", "支票", "助学", "经办甲", "已到账", "待到账"):
        assert words in page
    assert "1 笔共 100.00 元，款项已到，现在入账。" in page
    assert "1 笔共 23.50 元，款项未到，到账后再入账。" in page


def test_review_says_in_which_month_money_of_an_earlier_one_is_counted(client):
    close(date(2022, 9, 1))
    early, own = registered_gift(), registered_gift(donated_on=date(2022, 10, 3))
    client.force_login(person("accountant"), backend=BACKEND)

    page = client.get(reverse("donations:bulk_review"), {"rows": [early.pk, own.pk]}).content.decode()
    single = client.get(early.get_absolute_url()).content.decode()
    plain = client.get(own.get_absolute_url()).content.decode()

    assert "其中 1 笔共 100.00 元不是当月捐赠，计入 2022-10。" in page
    assert page.count("计入 2022-10</small>") == 1
    assert "捐赠日期 2022-09-05，复核后计入 2022-10。" in single
    assert "复核后计入" not in plain


def test_bulk_review_names_what_was_changed_and_keeps_the_rest_chosen(client):
    clerk = person("donation_clerk")
    gifts = [registered_gift(by=clerk) for _ in range(3)]
    client.force_login(person("accountant"), backend=BACKEND)
    address = reverse("donations:bulk_review")
    opened = client.get(address, {"rows": [gift.pk for gift in gifts]})
    change_donation(gifts[1], gift_entry(amount=Decimal("900.00")), by=clerk)

    sent = {"rows": [gift.pk for gift in gifts], "read_at": opened.context["read_at"]}
    sent |= {f"read_{gift.pk}": gift.read_at for gift in opened.context["gifts"]}
    refused = client.post(address, sent)

    page = refused.content.decode()
    assert Donation.objects.reviewed().count() == 0
    assert refused.context["changed"] == [gifts[1]]
    assert "同事改动了下列捐赠" in page
    assert gifts[1].donation_no in page
    assert refused.context["gifts"] == [gifts[0], gifts[2]]
    assert "复核通过 2 笔，共 200.00 元" in page
    assert "返回，不复核" in page

    rest = {"rows": [gift.pk for gift in refused.context["gifts"]], "read_at": refused.context["read_at"]}
    client.post(address, rest)
    assert Donation.objects.reviewed().count() == 2


def test_bulk_review_of_what_a_colleague_reviewed_keeps_the_rest_chosen(client):
    gifts = [registered_gift(), registered_gift()]
    client.force_login(person("accountant"), backend=BACKEND)
    reviewing.review_donation(gifts[0], by=UserFactory())

    refused = client.post(reverse("donations:bulk_review"), {"rows": [gift.pk for gift in gifts]})

    assert "有的已不再待复核" in refused.content.decode()
    assert refused.context["gifts"] == [gifts[1]]


def test_log_of_a_bulk_review_names_the_gifts(client):
    gifts = [registered_gift() for _ in range(4)]
    accountant = person("accountant")
    reviewing.review_donations([gift.pk for gift in (gifts[0], gifts[1], gifts[3])], by=accountant)
    year = gifts[0].donation_no[2:6]

    line = Line.of(Entry.objects.get(act="donation.reviewed"))

    assert line.changes == [("编号", "—", f"演捐{year}-000001—000002、演捐{year}-000004")]
    assert line.extent == "3 条，300.00元"


def test_nothing_to_choose_shows_no_bulk_bar(client):
    accountant = person("accountant")
    registered_gift(by=accountant)
    client.force_login(accountant, backend=BACKEND)
    alone = client.get(reverse("donations:list")).content.decode()
    other = registered_gift()
    both = client.get(reverse("donations:list")).content.decode()

    assert "data-bulk-all" not in alone
    assert 'name="rows"' not in alone
    assert "data-bulk-all" in both
    assert both.count('name="rows"') == 1
    assert f'name="rows" value="{other.pk}"' in both


@pytest.mark.parametrize("act", ["return", "void"])
def test_act_without_a_reason_changes_nothing(client, act):
    gift = registered_gift()
    client.force_login(person("accountant"), backend=BACKEND)

    client.post(reverse(f"donations:{act}", args=[gift.pk]), {"reason": ""})

    assert Donation.objects.get().state == "registered"


def test_reversal_is_asked_for_and_approved_on_the_pages(client):
    gift = reviewed_gift()
    client.force_login(person("donation_clerk"), backend=BACKEND)
    client.post(reverse("donations:reverse", args=[gift.pk]), {"reason": "金额登记错误"})

    client.force_login(person("approver"), backend=BACKEND)
    assert "金额登记错误" in client.get(reverse("donations:reversals")).content.decode()
    client.post(reverse("donations:reversal_decide", args=[gift.reversals.get().pk]), {"approve": "1"})

    gift.refresh_from_db()
    assert gift.is_reversed()


def test_edit_of_a_changed_gift_is_refused(client):
    gift = registered_gift()
    client.force_login(person("donation_clerk"), backend=BACKEND)

    page = client.post(reverse("donations:update", args=[gift.pk]), typed(read_at="0" * 64)).content.decode()

    assert "同事改动了这笔捐赠" in page
    gift.refresh_from_db()
    assert gift.amount == Decimal("100.00")


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(client, count, django_assert_num_queries):
    for _ in range(count):
        registered_gift()
    client.force_login(person("accountant"), backend=BACKEND)
    client.get(reverse("donations:list"))

    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("donations:list"))


LIST_QUERIES = 9


@pytest.mark.parametrize("text", ["霞", "李霞"])
def test_search_finds_by_one_and_two_characters(client, text):
    gift = registered_gift()
    client.force_login(person("accountant"), backend=BACKEND)

    page = client.get(reverse("donations:list"), {"q": text}).content.decode()

    assert gift.donation_no in page


def test_search_for_an_absent_name_finds_nothing(client):
    gift = registered_gift()
    client.force_login(person("accountant"), backend=BACKEND)

    page = client.get(reverse("donations:list"), {"q": "赵"}).content.decode()

    assert gift.donation_no not in page
    assert "没有符合条件的捐赠" in page


def test_administrator_sees_no_gifts(client):
    registered_gift()
    client.force_login(person("administrator"), backend=BACKEND)

    assert client.get(reverse("donations:list")).status_code == 403


@pytest.mark.parametrize(
    ("mode", "name"), [("full", "李霞"), ("surname", "李*"), ("anonymous", "爱心人士"), ("custom", "一名老党员")]
)
def test_slip_names_the_donor_as_the_donor_wishes(client, mode, name):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    gift = registered_gift(public_mode=mode, public_name="一名老党员" if mode == "custom" else "")

    page = client.get(reverse("donations:slip", args=[gift.pk])).content.decode()

    assert f"<strong>{name}</strong>" in page
    assert ("李霞" in page) == (mode == "full")


@pytest.mark.parametrize(("layout", "copies"), [("a4", 3), ("wide", 1), ("narrow", 1)])
def test_slip_has_three_formats_and_the_chosen_one_stays(client, layout, copies):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    address = reverse("donations:slip", args=[registered_gift().pk])

    client.get(address, {"format": layout})
    page = client.get(address).content.decode()

    assert f"slip-{layout}" in page
    assert page.count('<article class="slip-copy is-demo">') == copies


def test_slip_says_a_gift_without_a_wish_and_names_funds_with_their_parts(client):
    client.force_login(person("donation_clerk"), backend=BACKEND)
    free, bound = FundFactory(), FundFactory(name="灾后重建专项资金", restriction="restricted")
    gift = registered_gift(allocations=((free, Decimal("40.00")), (bound, Decimal("60.00"))))

    page = client.get(reverse("donations:slip", args=[gift.pk])).content.decode()

    assert "不定向 40.00、灾后重建专项资金 60.00" in page


@pytest.mark.parametrize("act", ["reviewed", "voided"])
def test_edit_page_of_what_binds_leads_to_its_record_and_says_why(client, act):
    gift = reviewed_gift() if act == "reviewed" else registered_gift()
    if act == "voided":
        void_donation(gift, by=UserFactory(), reason="错登")
    client.force_login(person("donation_clerk"), backend=BACKEND)
    address = reverse("donations:update", args=[gift.pk])

    opened = client.get(address, follow=True)
    sent = client.post(address, typed(name="王五", read_at="0" * 64))

    assert opened.redirect_chain == [(gift.get_absolute_url(), 302)]
    assert "已复核或已作废，不能再修改" in opened.content.decode()
    assert "已复核或已作废，不能再修改" in sent.content.decode()
    assert "王五" in sent.content.decode()


def test_suggested_namesakes_are_told_apart_without_personal_data(client):
    older = known_donor(phone="13812345678")
    known_donor(kind="enterprise")
    reviewed_gift(donor=older)
    reviewed_gift(donor=older, donated_on=date(2022, 9, 7))
    void_donation(registered_gift(donor=older, donated_on=date(2022, 9, 9)), by=UserFactory(), reason="错登")
    client.force_login(person("donation_clerk"), backend=BACKEND)

    answer = client.post(reverse("donations:donor_suggest"), {"name": "李霞"}).content.decode()

    assert "个人 138****5678，捐过 2 笔，最近 2022-09-07" in answer
    assert "企业，还没有捐赠" in answer
    assert "13812345678" not in answer
