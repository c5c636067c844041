"""From the filter bar to the rows, and the totals above them."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from donations.lists.searching import searched
from donations.lists.waiting import WAITING
from donations.models import Donation, IncomeKind
from hebi_charity.core.money import format_yuan
from hebi_charity.imports.models import Import

if TYPE_CHECKING:
    from donations.forms import DonationFilterForm
    from hebi_charity.accounts.models import User

# Field of the filter form -> what it asks of a row.
_ASKED = {name: name for name in ("state", "channel", "arrival", "campaign", "kind")} | {
    "first": "donated_on__gte",
    "last": "donated_on__lte",
    "booked_first": "booked_on__gte",
    "booked_last": "booked_on__lte",
    "least": "amount__gte",
    "most": "amount__lte",
    "fund": "allocations__fund",
    "person": "recorded_by__full_name__icontains",
}


def narrowed(rows: QuerySet[Donation], form: DonationFilterForm, *, by: User) -> QuerySet[Donation]:
    """The rows the filter form asks for; none while a field does not hold. `by`: whom work waits for."""
    if not form.is_valid():
        return rows.none()
    data = form.cleaned_data
    rows = rows.filter(**{asked: data[name] for name, asked in _ASKED.items() if data.get(name)})
    if data.get("money"):
        rows = rows.gifts() if data["money"] == "gifts" else rows.other_income()
    if data.get("waits"):
        rows = WAITING[data["waits"]].rows(rows, by)
    if data.get("import_no"):
        imported = Import.objects.numbered(data["import_no"])
        rows = rows.filter(source_import=imported) if imported else rows.none()
    return searched(rows, data["q"]) if data.get("q") else rows


def counting(rows: QuerySet[Donation]) -> QuerySet[Donation]:
    """What totals count: no voided, bounced or reversed documents, and nothing that is only half merged."""
    apart = [Donation.State.VOIDED, Donation.State.MERGING]
    return rows.exclude(state__in=apart).exclude(arrival=Donation.Arrival.BOUNCED).not_reversed()


def totals(rows: QuerySet[Donation], *, is_of_one_fund: bool = False) -> list[tuple[str, str]]:
    """Number, person-times and yuan of the filtered set; a pool counts its orders. Other money in stands apart.

    `is_of_one_fund`: the rows were filtered by a fund, and the yuan are the parts for it alone.
    """
    is_gift = Q(kind=IncomeKind.GIFT)
    # Joined by the filter already, so that only the part for that fund is summed.
    yuan = "allocations__amount" if is_of_one_fund else "amount"
    number = Coalesce("order_count", 1)
    sums = counting(rows).aggregate(
        gifts=Sum(number, filter=is_gift),
        times=Sum("person_times"),
        yuan=Sum(yuan, filter=is_gift),
        others=Sum(number, filter=~is_gift),
        other_yuan=Sum(yuan, filter=~is_gift),
    )
    shown = [
        (_("Gifts, number"), f"{sums['gifts'] or 0:,}"),
        (_("Person-times"), f"{sums['times'] or 0:,}"),
        (_("Gifts (yuan)"), format_yuan(sums["yuan"] or Decimal(0))),
    ]
    if sums["others"]:
        shown.append((_("Other money in, number"), f"{sums['others']:,}"))
        shown.append((_("Other money in (yuan)"), format_yuan(sums["other_yuan"])))
    return shown
