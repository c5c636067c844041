"""Real lists from the file to the books: named donors become gifts, payments become one pool."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import Count, Sum
from django.db.models.functions import Length

from donations.models import Donation, Donor, PlatformOrder
from tests.imports.factories import merged, set_up
from tests.imports.test_reading import DATA, needs_data

pytestmark = [pytest.mark.django_db, needs_data]

# Blanks, TAB and line ends, the ideographic space, the non-breaking one, and marks of no width.
ENDS = r"^[\s\u3000\u00a0\u200b-\u200f\ufeff]|[\s\u3000\u00a0\u200b-\u200f\ufeff]$"


def test_real_list_of_named_donors_becomes_its_gifts(db):
    clerk, accountant = set_up()

    imported = merged(DATA / "cash_20200129.xls", by=clerk, confirmed_by=accountant)

    control = imported.report["controls"][-1]
    assert (control["sum"], control["sum_agrees"]) == ("80516593.00", True)
    assert (imported.outcome["documents"], imported.outcome["sum"]) == (6661, "80516593.00")
    gifts = Donation.objects.filter(source_import=imported)
    assert gifts.aggregate(Count("pk"), Sum("amount")) == {"pk__count": 6661, "amount__sum": Decimal("80516593.00")}
    for rows, column in ((Donor.objects, "name"), (gifts, "payer_name"), (gifts, "note")):
        assert list(rows.filter(**{f"{column}__regex": ENDS}).values_list(column, flat=True)) == []
    assert gifts.exclude(payer_name="").exists()


def test_real_list_of_payments_becomes_one_pool(db):
    clerk, accountant = set_up()

    imported = merged(DATA / "pos_20200125.xlsx", by=clerk, confirmed_by=accountant, channel="pos")

    pool = Donation.objects.get(source_import=imported)
    assert (pool.shape, pool.amount, pool.order_count) == ("pool", Decimal("4761028.68"), 49_691)
    assert pool.donated_on == date(2020, 1, 25)
    orders = PlatformOrder.objects.filter(donation=pool)
    found = orders.aggregate(Count("order_no", distinct=True), Sum("amount"))
    assert list(found.values()) == [49_691, Decimal("4761028.68")]
    digits = orders.filter(order_no__regex=r"^0\d{27}$")
    assert digits.count() == orders.annotate(length=Length("order_no")).filter(length=28).count() == 49_691
