"""Two clicks on save, the back button, a repeated POST, several browsers at once: over HTTP, with real commits."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from donations.models import Donation, Donor, Fund
from hebi_charity.office.models import FormKey, NumberSeries
from tests.donations.factories import FundFactory, known_donor, registered_gift, set_up_office
from tests.donations.staff import BACKEND, person

pytestmark = pytest.mark.race
CLICKS = 8


@pytest.fixture
def office(committed_db):
    set_up_office()
    return FundFactory()


def typed(fund: Fund, **changes) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "name": "李霞",
        "amount": "1,200",
        "channel": "cash",
        "fund": str(fund.pk),
        "public_mode": "full",
        "phone": "13812345678",
        "donated_on": "2022-09-05",
    } | changes


def browser(user) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def at_once(count: int, act) -> list:
    """Run `act(place)` in as many threads, all let go at one moment."""
    start = Barrier(count)

    def run(place: int):
        try:
            start.wait(60)
            return act(place)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def test_eight_clicks_on_save_give_one_gift_one_donor_and_one_number(office):
    clerk, data = person("donation_clerk"), typed(office)
    clients = [browser(clerk) for _ in range(CLICKS)]

    codes = at_once(CLICKS, lambda place: clients[place].post(reverse("donations:create"), data).status_code)

    assert codes == [302] * CLICKS
    assert Donation.objects.get().amount == Decimal("1200.00")
    assert Donor.objects.identified().count() == 1
    assert NumberSeries.objects.get(kind="donation").last == 1


def test_save_and_print_clicked_at_once_prints_one_slip(office):
    clerk, data = person("donation_clerk"), typed(office, print="1")
    clients = [browser(clerk) for _ in range(CLICKS)]

    addresses = at_once(CLICKS, lambda place: clients[place].post(reverse("donations:create"), data).url)

    gift = Donation.objects.get()
    assert set(addresses) == {f"{reverse('donations:slip', args=[gift.pk])}?print=1"}
    assert gift.printed_times == 1


def test_back_button_and_save_again_gives_the_first_gift(office):
    client, data = browser(person("donation_clerk")), typed(office)

    for _ in range(2):
        assert client.post(reverse("donations:create"), data).status_code == 302

    assert Donation.objects.count() == 1


def test_back_button_with_another_amount_is_refused_and_says_so(office):
    client, data = browser(person("donation_clerk")), typed(office)
    client.post(reverse("donations:create"), data)

    page = client.post(reverse("donations:create"), data | {"amount": "900"})

    assert page.status_code == 200
    assert "此表单已提交过" in page.content.decode()
    assert Donation.objects.get().amount == Decimal("1200.00")
    assert FormKey.objects.count() == 1


def test_two_clerks_save_at_once_and_get_a_number_each(office):
    clients = [browser(person("donation_clerk")) for _ in range(CLICKS)]
    forms = [typed(office, name=f"捐赠人{place}", phone="") for place in range(CLICKS)]

    codes = at_once(CLICKS, lambda place: clients[place].post(reverse("donations:create"), forms[place]).status_code)

    assert codes == [302] * CLICKS
    numbers = sorted(int(number[-6:]) for number in Donation.objects.values_list("donation_no", flat=True))
    assert numbers == list(range(1, CLICKS + 1))


def test_other_money_clicked_eight_times_is_recorded_once(office):
    cashier = person("cashier")
    clients = [browser(cashier) for _ in range(CLICKS)]
    data = {"form_key": str(uuid4()), "kind": "interest", "amount": "12.34", "channel": "bank"}
    data |= {"fund": str(office.pk), "received_on": "2022-09-21"}

    codes = at_once(CLICKS, lambda place: clients[place].post(reverse("donations:income_create"), data).status_code)

    assert codes == [302] * CLICKS
    assert Donation.objects.count() == 1


def test_two_reviewers_at_once_review_a_gift_once(office):
    gift = registered_gift(allocations=((office, Decimal("100.00")),))
    clients = [browser(person("accountant")) for _ in range(2)]

    at_once(2, lambda place: clients[place].post(reverse("donations:review", args=[gift.pk])).status_code)

    gift.refresh_from_db()
    assert gift.state == "reviewed"
    assert Donation.objects.reviewed().count() == 1


def test_review_and_change_at_once_leave_one_truth(office):
    gift = registered_gift(allocations=((office, Decimal("100.00")),))
    reviewer, clerk = browser(person("accountant")), browser(person("donation_clerk"))
    data = typed(office, amount="77")
    acts = [
        lambda: reviewer.post(reverse("donations:review", args=[gift.pk])),
        lambda: clerk.post(reverse("donations:update", args=[gift.pk]), data),
    ]

    at_once(2, lambda place: acts[place]().status_code)

    gift.refresh_from_db()
    parts = sum(gift.allocations.values_list("amount", flat=True))
    assert parts == gift.amount
    assert (gift.state, gift.amount) in {
        ("reviewed", Decimal("100.00")),
        ("reviewed", Decimal("77.00")),
        ("registered", Decimal("77.00")),
    }


def test_donor_form_clicked_eight_times_records_one_donor(office):
    clerk = person("donation_clerk")
    clients = [browser(clerk) for _ in range(CLICKS)]
    data = {"form_key": str(uuid4()), "kind": "person", "name": "周小满", "phone": "13800009876"}

    at_once(CLICKS, lambda place: clients[place].post(reverse("donations:donor_create"), data).status_code)

    assert Donor.objects.identified().count() == 1


def test_same_identifier_recorded_at_once_is_one_donor(office):
    clients = [browser(person("donation_clerk")) for _ in range(CLICKS)]
    data = {"kind": "person", "name": "周小满", "identifier": "E12345678", "identifier_type": "other"}

    codes = at_once(
        CLICKS,
        lambda place: (
            clients[place].post(reverse("donations:donor_create"), data | {"form_key": str(uuid4())}).status_code
        ),
    )

    assert Donor.objects.identified().count() == 1
    assert sorted(set(codes)) == [200, 302]


def test_printing_again_at_once_counts_every_print(office):
    gift = registered_gift(donor=known_donor(), allocations=((office, Decimal("100.00")),))
    clients = [browser(person("donation_clerk")) for _ in range(CLICKS)]

    at_once(CLICKS, lambda place: clients[place].post(reverse("donations:slip_print", args=[gift.pk])).status_code)

    gift.refresh_from_db()
    assert gift.printed_times == CLICKS
