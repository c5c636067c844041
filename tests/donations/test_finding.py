"""Names in lists and in the search over everything, common and rare, and what keeps them findable."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from donations.lists import finding
from donations.lists.narrowing import searched
from donations.models import Donation, Donor, PlatformOrder, name_grams, platform_order
from donations.models.name_grams import grams_of
from donations.services.donors import NewDonor, change_donor, suggestions
from hebi_charity.core import dates
from hebi_charity.imports.finding import imports as find_imports
from hebi_charity.office.models import NumberSeries
from hebi_charity.office.services.numbers import numbers_ending
from tests.donations.factories import UserFactory, known_donor, registered_gift, reviewed_gift, set_up_office
from tests.donations.pools import registered_pool
from tests.donations.staff import BACKEND, log_in_as, person
from tests.imports.factories import set_up, uploaded
from tests.imports.files import cash_rows, write_csv

BLOCK = 1 << platform_order.BLOCK_BITS


@pytest.fixture
def office(db):
    set_up_office()


def order(pool: Donation, pk: int, name: str) -> PlatformOrder:
    return PlatformOrder(
        pk=pk,
        donation=pool,
        row_no=pk,
        channel="pos",
        order_no=f"NO{pk:08d}",
        order_tail=f"{pk:08d}"[-6:],
        amount=Decimal("1.00"),
        donated_on=date(2022, 9, 5),
        nickname=name,
        name_key=name,
    )


@pytest.fixture
def orders(office):
    """Orders of three blocks: ten 王 in the oldest and in the newest, rarer names between."""
    pool = registered_pool("1.00", name="")
    names = {BLOCK + 1: "李王伟", BLOCK + 2: "伟小王", 3 * BLOCK: "欧阳王伟"}
    names |= {1000 + number: f"王{number}" for number in range(10)}
    names |= {3 * BLOCK + 1 + number: f"王{number}" for number in range(10)}
    PlatformOrder.objects.bulk_create(order(pool, pk, name) for pk, name in names.items())


def ids(key: str, limit: int = 25) -> list[int]:
    return [found.pk for found in PlatformOrder.objects.newest_holding(key, limit=limit)]


@pytest.mark.parametrize("near", [0, 5, 4 * BLOCK])
def test_newest_orders_come_first_wherever_they_are_found(orders, monkeypatch, near):
    monkeypatch.setattr(platform_order, "NEAR", near)
    newest = [3 * BLOCK + number for number in range(10, 0, -1)]

    assert ids("王", limit=3) == newest[:3]
    assert ids("王") == [*newest, 3 * BLOCK, BLOCK + 2, BLOCK + 1, *range(1009, 999, -1)]
    assert ids("王伟") == [3 * BLOCK, BLOCK + 1]
    assert ids("阳王伟") == [3 * BLOCK]
    assert ids("伟王") == ids("䶮") == ids("") == []


def test_no_orders_no_hits(office):
    assert ids("王") == []


def test_order_is_found_by_its_number_and_by_its_last_six(orders):
    found = [hit.title for hit in finding.orders(person("accountant"), f"NO{BLOCK + 1:08d}")]

    assert found == [f"NO{BLOCK + 1:08d}"]
    assert [hit.title for hit in finding.orders(person("accountant"), f"{BLOCK + 1:06d}"[-6:])] == found
    assert finding.orders(person("accountant"), "NO00000000") == []
    assert finding.orders(person("administrator"), f"NO{BLOCK + 1:08d}") == []


def test_database_and_python_cut_names_alike(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT donations_name_grams('王𠮷伟', 131071), donations_name_grams('', 5 * 131072)")
        row = cursor.fetchone()

    assert row == (["王0", "王𠮷0", "𠮷0", "𠮷伟0", "伟0"], [])
    assert (grams_of("王"), grams_of("王𠮷"), grams_of("王𠮷伟")) == (["王"], ["王𠮷"], ["王𠮷", "𠮷伟"])


@pytest.mark.parametrize("share", [0, 2])
def test_hits_are_paged_in_the_order_of_days(client, office, monkeypatch, share):
    """Whether the name is taken for common or for rare: two pages, no gift twice and none lost."""
    monkeypatch.setattr(name_grams, "COMMON_SHARE", share)
    gifts = [registered_gift(donated_on=date(2022, 9, 1 + n % 20), donor=NewDonor(name=f"王{n}")) for n in range(60)]
    registered_gift(donor=NewDonor(name="李四"))
    expected = sorted(gifts, key=lambda gift: (gift.donated_on, gift.pk), reverse=True)
    log_in_as(client, "accountant")

    first = client.get(reverse("donations:list"), {"q": "王"}).context["page"]
    second = client.get(f"{reverse('donations:list')}?{first.next_query}").context["page"]
    back = client.get(f"{reverse('donations:list')}?{second.previous_query}").context["page"]

    assert [*first, *second] == expected
    assert list(back) == list(first)
    assert second.next_query == ""


def test_the_database_knows_which_names_are_common(committed_db, superuser):
    set_up_office()
    for number in range(120):
        registered_gift(donor=NewDonor(name=f"王{number}"))
    other = registered_gift(donor=NewDonor(name="李四方"))
    superuser("ANALYZE donations_donation")

    common, rare = searched(Donation.objects.all(), "王"), searched(Donation.objects.all(), "李四方")

    assert (common.is_few, common.count()) == (False, 120)
    assert (rare.is_few, list(rare)) == (True, [other])
    assert searched(Donation.objects.all(), "李四").is_few


def test_number_finds_its_gift_only(office):
    gift = registered_gift(voucher_no="王1")
    named = registered_gift(donor=NewDonor(name="王1"))

    for text in (gift.donation_no, gift.query_code.lower(), "王1"):
        assert list(searched(Donation.objects.all(), text)) == [gift]
    assert list(searched(Donation.objects.all(), "王")) == [named]
    assert list(searched(Donation.objects.all(), " ")) == []


def test_gift_follows_the_name_of_its_donor(office):
    gift, other = reviewed_gift(donor=NewDonor(name="李霞")), reviewed_gift(donor=NewDonor(name="李下"))

    change_donor(gift.donor, by=UserFactory(), name="李 夏")

    assert dict(Donation.objects.values_list("pk", "name_key")) == {gift.pk: "李夏", other.pk: "李下"}
    with pytest.raises(IntegrityError, match="binding record"), transaction.atomic():
        Donation.objects.update(name_key="王五")


def test_gift_before_review_takes_the_name_of_another_donor(office):
    gift, other = registered_gift(donor=NewDonor(name="李霞")), registered_gift(donor=NewDonor(name="赵六"))

    Donation.objects.filter(pk=gift.pk).update(donor=other.donor, name_key="王五")

    gift.refresh_from_db()
    assert gift.name_key == "赵六"


def test_suggestions_are_the_newest_donors_of_the_name(office):
    for number in range(12):
        registered_gift(donor=NewDonor(name=f"王{number}"))

    assert [donor.name for donor in suggestions("王")] == [f"王{number}" for number in range(11, 1, -1)]
    assert [donor.name for donor in suggestions("w1", limit=3)] == []
    assert [donor.name for donor in suggestions("wang", limit=2)] == ["王0", "王1"]


def test_donors_found_by_characters_stand_newest_first(client, office):
    for name in ("王安", "王白", "阿王"):
        registered_gift(donor=NewDonor(name=name))
    log_in_as(client, "accountant")

    def names(text: str) -> list[str]:
        page = client.get(reverse("donations:donor_list"), {"q": text}).context["page"]
        return [donor.name for donor in page]

    assert names("王") == ["阿王", "王白", "王安"]
    assert names("wang") == names("WANG") == ["王安", "王白"]
    assert names("w") == names("ｗ") == ["王安", "王白"]


def test_search_over_everything_names_donors_gifts_and_orders(client, orders):
    gift = registered_gift(donor=NewDonor(name="王伟"))
    log_in_as(client, "accountant")

    groups = client.get(reverse("office:search"), {"q": "王伟"}).context["groups"]

    found = {group.kind: [hit.title for hit in group.hits] for group in groups}
    assert found == {
        "捐赠人": ["王伟"],
        "捐赠登记": [gift.donation_no],
        "平台订单": [f"NO{3 * BLOCK:08d}", f"NO{BLOCK + 1:08d}"],
    }


def test_search_shows_nothing_to_who_may_not_see_it(client, orders):
    Donor.objects.create(kind="person", name="王伟", name_key="王伟", sort_key="wang wei", initials="ww")
    log_in_as(client, "administrator")

    assert client.get(reverse("office:search"), {"q": "王伟"}).context["groups"] == []


def test_search_gives_at_most_25_of_a_kind(client, orders):
    for number in range(26):
        registered_gift(donor=NewDonor(name=f"王{number}"))
    log_in_as(client, "accountant")

    groups = client.get(reverse("office:search"), {"q": "王"}).context["groups"]

    assert [len(group.hits) for group in groups] == [25, 25, 23]


@pytest.mark.parametrize(
    "text", ["zxm", "zhou xiao", "周小", "1,200", "1200元", "41", "000041", "捐2022-000041"], ids=lambda text: text
)
def test_box_of_the_list_finds_what_the_search_over_everything_finds(client, office, settings, text):
    settings.HEBI_MODE = "real"
    clerk = log_in_as(client, "donation_clerk")
    year = dates.today().year
    NumberSeries.objects.create(kind="donation", year=year, last=40)
    gift = registered_gift(donor=NewDonor(name="周小满"), amount=Decimal("1200.00"))
    other = registered_gift(donor=NewDonor(name="李四"))
    text = text.replace("2022", str(year))

    listed = [row.pk for row in client.get(reverse("donations:list"), {"q": text}).context["object_list"]]

    assert listed == [gift.pk]
    assert [hit.url for hit in finding.gifts(clerk, text)] == [gift.get_absolute_url()]
    assert other.pk not in listed


def test_last_four_digits_find_every_such_number(office):
    NumberSeries.objects.create(kind="donation", year=2021, last=25_000)

    assert numbers_ending("0041", kinds=["donation"]) == [f"演捐2021-0{n}0041" for n in (0, 1, 2)]
    assert numbers_ending("41", kinds=["donation"]) == ["演捐2021-000041"]
    assert numbers_ending("25001", kinds=["donation"]) == []
    assert numbers_ending("0", kinds=["donation"]) == []


@pytest.mark.parametrize("typed", ["wangdeming", "wang deming", "wang de ming", "wangdem", "WangDeMing", "wdm"])
def test_donor_is_found_by_pinyin_however_it_is_parted(office, typed):
    known_donor(name="王德明")
    known_donor(name="王大明")
    gift = registered_gift(donor=NewDonor(name="王德明"))
    reader = person("accountant")

    names = {hit.title for hit in finding.donors(reader, typed)}

    assert "王德明" in names
    assert ("王大明" in names) is (typed == "wdm")
    assert gift.donation_no in [hit.title for hit in finding.gifts(reader, typed)]


@pytest.mark.parametrize("typed", ["13812345678", "138 1234 5678", "+86 138-1234-5678"])
def test_donor_is_found_by_the_whole_telephone(office, typed):
    known_donor(name="王德明", phone="13812345678")
    known_donor(name="王大明", phone="13912345678")

    assert [hit.title for hit in finding.donors(person("accountant"), typed)] == ["王德明"]


def test_search_says_when_a_kind_of_answers_is_cut(client, office):
    log_in_as(client, "accountant")
    for _time in range(25):
        registered_gift(amount=Decimal("77.00"))
    whole = client.get("/search/", {"q": "77.00"}).content.decode()
    registered_gift(amount=Decimal("77.00"))
    cut = client.get("/search/", {"q": "77.00"}).content.decode()

    assert "还有更多" not in whole
    assert "还有更多，只列出前 25 条" in cut
    assert "（25+）" in cut


def test_import_is_found_by_its_number_by_who_may_see_it(client, db, tmp_path):
    clerk, _accountant = set_up()
    number = uploaded(write_csv(tmp_path / "list.csv", cash_rows()), by=clerk).import_no

    assert [hit.title for hit in find_imports(clerk, f" {number} ")] == [number]
    assert find_imports(person("administrator"), number) == []
    client.force_login(clerk, backend=BACKEND)
    assert "list.csv" in client.get("/search/", {"q": number}).content.decode()
