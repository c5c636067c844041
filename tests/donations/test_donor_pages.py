"""Donors: found by what people know of them, shown masked, seen in full only with a reason, corrected with one."""

from decimal import Decimal
from uuid import uuid4

import pytest
from django.urls import reverse

from donations.models import Donor
from hebi_charity.audit.models import Entry
from hebi_charity.core.identifiers import credit_check_character, resident_check_digit
from tests.donations.factories import UserFactory, known_donor, registered_gift, reviewed_gift, set_up_office
from tests.donations.staff import log_in_as

pytestmark = pytest.mark.django_db

PHONE, ADDRESS = "13800009876", "淇滨区虚构路1号"
FIRST = "41060019900101001"
RESIDENT_ID = FIRST + resident_check_digit(FIRST)
CODE_FIRST = "91410600MA0000000"
CREDIT_CODE = CODE_FIRST + credit_check_character(CODE_FIRST)


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def typed(**changes):
    return {"form_key": str(uuid4()), "kind": "person", "name": "周小满"} | changes


def errors_of(response) -> list[str]:
    return [str(error) for errors in response.context["form"].errors.values() for error in errors]


@pytest.mark.parametrize("text", ["满", "小满", "zhou", "zhou xiao", "zxm", "9876"])
def test_list_finds_by_characters_pinyin_initials_and_tail(client, text):
    log_in_as(client, "donation_clerk")
    wanted = known_donor(name="周小满", phone=PHONE)
    known_donor(name="赵春生", phone="13800001234")

    page = client.get(reverse("donations:donor_list"), {"q": text})

    assert [donor.pk for donor in page.context["object_list"]] == [wanted.pk]


def test_list_is_sorted_by_pinyin_and_paged_by_key(client):
    log_in_as(client, "donation_clerk")
    for number in range(51):
        known_donor(name=f"王晓{chr(0x4E00 + number)}")
    address = reverse("donations:donor_list")
    in_order = list(Donor.objects.order_by("sort_key", "pk").values_list("pk", flat=True))

    first = client.get(address)
    second = client.get(f"{address}?{first.context['page'].next_query}")

    assert [donor.pk for donor in first.context["object_list"]] == in_order[:50]
    assert [donor.pk for donor in second.context["object_list"]] == in_order[50:]


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(client, count, django_assert_num_queries):
    for _ in range(count):
        known_donor()
    log_in_as(client, "donation_clerk")
    client.get(reverse("donations:donor_list"))

    with django_assert_num_queries(5):
        client.get(reverse("donations:donor_list"))


@pytest.mark.parametrize("count", [1, 5])
def test_page_query_count_does_not_grow(client, count, django_assert_num_queries):
    donor = known_donor(phone=PHONE)
    for _ in range(count):
        registered_gift(donor=donor)
        known_donor()
    log_in_as(client, "donation_clerk")
    client.get(donor.get_absolute_url())

    with django_assert_num_queries(8):
        client.get(donor.get_absolute_url())


@pytest.mark.parametrize("role", ["donation_clerk", "accountant", "leadership", "auditor"])
def test_page_never_shows_personal_data_by_itself(client, role):
    donor = known_donor(phone=PHONE, identifier=RESIDENT_ID, identifier_type="resident_id", address=ADDRESS)
    log_in_as(client, role)

    page = client.get(donor.get_absolute_url()).content.decode()

    assert "138****9876" in page
    assert f"4106************{RESIDENT_ID[-2:]}" in page
    assert PHONE not in page
    assert RESIDENT_ID not in page
    assert ADDRESS not in page


def test_personal_data_is_shown_after_a_reason_that_is_logged(client):
    donor = known_donor(phone=PHONE, identifier=RESIDENT_ID, identifier_type="resident_id", address=ADDRESS)
    clerk = log_in_as(client, "donation_clerk")

    response = client.post(reverse("donations:donor_reveal", args=[donor.pk]), {"reason": "电话回访"})
    page = response.content.decode()

    assert PHONE in page
    assert RESIDENT_ID in page
    assert ADDRESS in page
    assert "no-store" in response["Cache-Control"]
    entry = Entry.objects.reveals().get()
    assert (entry.actor, entry.object_id, entry.reason) == (clerk, donor.pk, "电话回访")


def test_personal_data_stays_masked_without_a_reason(client):
    donor = known_donor(phone=PHONE)
    log_in_as(client, "donation_clerk")

    page = client.post(reverse("donations:donor_reveal", args=[donor.pk]), {"reason": " "}).content.decode()

    assert PHONE not in page
    assert "请用一句话写明用途" in page
    assert Entry.objects.reveals().count() == 0


@pytest.mark.parametrize("role", ["cashier", "leadership", "auditor"])
def test_personal_data_is_refused_to_other_roles(client, role):
    donor = known_donor(phone=PHONE)
    log_in_as(client, role)

    response = client.post(reverse("donations:donor_reveal", args=[donor.pk]), {"reason": "电话回访"})

    assert response.status_code == 403
    assert Entry.objects.reveals().count() == 0


def test_page_shows_gifts_totals_and_who_may_be_the_same(client):
    donor = known_donor(phone=PHONE)
    gift = reviewed_gift(donor=donor, amount=Decimal("1200.00"))
    registered_gift(donor=known_donor(name="赵春生"), amount=Decimal("7.00"))
    same, other = known_donor(), known_donor(name="王五")
    log_in_as(client, "donation_clerk")

    page = client.get(donor.get_absolute_url())
    totals = client.get(reverse("donations:donor_totals", args=[donor.pk]))

    assert [row.pk for row in page.context["page"]] == [gift.pk]
    assert [row.pk for row in page.context["perhaps_same"]] == [same.pk]
    assert other.pk not in [row.pk for row in page.context["perhaps_same"]]
    assert [value for _, value in totals.context["totals"]] == ["1", "1", "1,200.00", "2022-09-05", "2022-09-05"]


def test_donor_is_recorded_with_a_checked_identifier(client):
    clerk = log_in_as(client, "donation_clerk")

    client.post(
        reverse("donations:donor_create"), typed(kind="enterprise", name="云蒙食品厂", identifier=CREDIT_CODE.lower())
    )

    donor = Donor.objects.identified().get()
    assert (donor.identifier_type, donor.identifier) == ("credit_code", CREDIT_CODE)
    assert Entry.objects.get(act="donor.made").actor == clerk


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": " "}, "请填写姓名，单位请写全称。"),
        ({"identifier": RESIDENT_ID[:-1]}, "身份证号应为 18 位，现在是 17 位。请核对。"),
        ({"identifier": CREDIT_CODE, "identifier_type": "credit_code"}, "统一社会信用代码属于单位"),
        ({"kind": "enterprise", "identifier": RESIDENT_ID, "identifier_type": "resident_id"}, "居民身份证属于个人"),
        ({"phone": "1380000987"}, "手机号码应为 11 位，现在是 10 位。请核对。"),
    ],
)
def test_wrong_donor_is_refused_beside_the_field_and_kept(client, changes, sentence):
    log_in_as(client, "donation_clerk")

    response = client.post(reverse("donations:donor_create"), typed(**changes))

    assert any(sentence in error for error in errors_of(response))
    assert Donor.objects.identified().count() == 0


def test_possible_same_donor_is_asked_about_and_saved_when_told(client):
    log_in_as(client, "donation_clerk")
    known_donor(name="周小满")

    asked = client.post(reverse("donations:donor_create"), typed())
    assert "疑似重复登记" in asked.content.decode()
    assert Donor.objects.identified().count() == 1

    client.post(reverse("donations:donor_create"), typed(not_same="on"))
    assert Donor.objects.identified().count() == 2


def test_identifier_of_another_donor_is_refused_even_when_told(client):
    log_in_as(client, "donation_clerk")
    known_donor(identifier=RESIDENT_ID, identifier_type="resident_id")

    response = client.post(reverse("donations:donor_create"), typed(identifier=RESIDENT_ID, not_same="on"))

    assert errors_of(response) == ["已有捐赠人使用这个证件号码。请选择那位捐赠人。"]


def test_donor_form_posted_twice_records_one_donor(client):
    log_in_as(client, "donation_clerk")
    data = typed()

    first = client.post(reverse("donations:donor_create"), data)
    second = client.post(reverse("donations:donor_create"), data)

    assert first.url == second.url
    assert Donor.objects.identified().count() == 1


def test_correction_keeps_what_is_left_empty_and_logs_it_masked(client):
    log_in_as(client, "donation_clerk")
    donor = known_donor(phone=PHONE, address=ADDRESS)
    data = {"kind": "person", "name": "李夏", "is_active": "on", "phone": "13811112222", "reason": "姓名写错一字"}

    page = client.get(reverse("donations:donor_update", args=[donor.pk])).content.decode()
    client.post(reverse("donations:donor_update", args=[donor.pk]), data)

    assert PHONE not in page
    donor.refresh_from_db()
    assert (donor.name, donor.phone, donor.phone_tail, donor.address) == ("李夏", "13811112222", "2222", ADDRESS)
    entry = Entry.objects.get(act="donor.changed")
    assert set(entry.changes) == {"name", "phone"}
    assert [side["masked"] for side in entry.changes["phone"]] == ["138****9876", "138****2222"]
    assert [side["masked"] for side in entry.changes["name"]] == ["李*", "李*"]
    assert entry.reason == "姓名写错一字"


def test_correction_removes_what_is_ticked(client):
    log_in_as(client, "donation_clerk")
    donor = known_donor(phone=PHONE, identifier=RESIDENT_ID, identifier_type="resident_id")
    data = {
        "kind": "person",
        "name": "李霞",
        "is_active": "on",
        "forget": ["phone", "identifier"],
        "reason": "本人要求",
    }

    client.post(reverse("donations:donor_update", args=[donor.pk]), data | {"reason": "本人要求"})

    donor.refresh_from_db()
    assert (donor.phone, donor.phone_hash, donor.phone_tail) == ("", "", "")
    assert (donor.identifier, donor.identifier_hash, donor.identifier_type) == ("", "", "")


def test_anonymous_donor_cannot_be_corrected(client):
    log_in_as(client, "donation_clerk")
    anonymous = Donor.objects.get(kind="anonymous")

    assert client.get(reverse("donations:donor_update", args=[anonymous.pk])).status_code == 404


ROLES = ("donation_clerk", "accountant", "cashier", "approver", "leadership", "auditor", "administrator", "keeper")
MAY = {
    "donor_list": ("donation_clerk", "accountant", "cashier", "approver", "leadership", "auditor"),
    "donor_detail": ("donation_clerk", "accountant", "cashier", "approver", "leadership", "auditor"),
    "donor_create": ("donation_clerk",),
    "donor_update": ("donation_clerk", "accountant"),
}


@pytest.mark.parametrize("name", MAY)
@pytest.mark.parametrize("role", [role for role in ROLES if role != "keeper"] + ["warehouse_keeper"])
def test_role_and_page(client, name, role):
    donor = known_donor(by=UserFactory())
    log_in_as(client, role)
    args = [] if name in {"donor_list", "donor_create"} else [donor.pk]

    response = client.get(reverse(f"donations:{name}", args=args))

    assert response.status_code == (200 if role in MAY[name] else 403)
