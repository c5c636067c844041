"""From the filter bar to the rows, and the totals above them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from donations.models import Donation
from hebi_charity.core.names import name_key
from hebi_charity.imports.models import Import

if TYPE_CHECKING:
    from donations.forms import DonationFilterForm

MOST_EXACT = 100
_EQUAL = ("state", "channel", "arrival", "campaign")


def narrowed(rows: QuerySet[Donation], form: DonationFilterForm) -> QuerySet[Donation]:
    """The rows the filter form asks for; a field that does not hold is left out."""
    form.is_valid()
    data = form.cleaned_data
    rows = rows.filter(**{name: data[name] for name in _EQUAL if data.get(name)})
    if data.get("first"):
        rows = rows.filter(donated_on__gte=data["first"])
    if data.get("last"):
        rows = rows.filter(donated_on__lte=data["last"])
    if data.get("money"):
        rows = rows.gifts() if data["money"] == "gifts" else rows.other_income()
    if data.get("kind"):
        rows = rows.filter(kind=data["kind"])
    if data.get("fund"):
        rows = rows.filter(allocations__fund=data["fund"])
    if data.get("import_no"):
        imported = Import.objects.numbered(data["import_no"])
        rows = rows.filter(source_import=imported) if imported else rows.none()
    return searched(rows, data["q"]) if data.get("q") else rows


def searched(rows: QuerySet[Donation], text: str) -> QuerySet[Donation]:
    """Gifts with exactly this number, query code or voucher; when there are none, of donors whose name holds it."""
    typed = text.strip()
    exact = list(Donation.objects.numbered(typed).values_list("pk", flat=True)[:MOST_EXACT])
    if exact:
        return rows.filter(pk__in=exact).few()
    return rows.holding(name_key(typed))


def counting(rows: QuerySet[Donation]) -> QuerySet[Donation]:
    """What totals count: no voided, bounced or reversed documents."""
    return rows.exclude(state=Donation.State.VOIDED).exclude(arrival=Donation.Arrival.BOUNCED).not_reversed()


def totals(rows: QuerySet[Donation]) -> list[tuple[str, str]]:
    """Count, person-times and yuan of the filtered set."""
    sums = counting(rows).aggregate(count=Count("pk"), person_times=Sum("person_times"), amount=Sum("amount"))
    return [
        (_("Entries"), f"{sums['count']:,}"),
        (_("Person-times"), f"{sums['person_times'] or 0:,}"),
        (_("Amount (yuan)"), f"{sums['amount'] or Decimal(0):,.2f}"),
    ]
