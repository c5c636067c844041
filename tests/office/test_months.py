"""The list of months reaches back to the first of the books."""

from datetime import date

import pytest
from django.urls import reverse

from tests.donations.factories import set_up_office
from tests.donations.staff import log_in_as

pytestmark = pytest.mark.django_db


def shown(client, **query) -> list[date]:
    return [period.month for period in client.get(reverse("office:months"), query).context["months"]]


def test_every_year_of_the_books_can_be_chosen(client):
    set_up_office(date(2019, 11, 1))
    log_in_as(client, "accountant")

    newest = shown(client)
    page = client.get(reverse("office:months")).content.decode()

    assert len(newest) == 24
    assert shown(client, year="2019") == [date(2019, 12, 1), date(2019, 11, 1)]
    assert len(shown(client, year="2020")) == 12
    assert 'href="?year=2019"' in page


@pytest.mark.parametrize("year", ["1926", "x", "", "²"])
def test_year_that_is_none_shows_the_newest_months(client, year):
    set_up_office(date(2019, 11, 1))
    log_in_as(client, "accountant")

    assert shown(client, year=year) == shown(client)
