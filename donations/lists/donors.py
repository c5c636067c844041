"""The list of donors: searched by name, pinyin or the tail of a telephone number, and what a donor gave in all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min, QuerySet
from django.utils.translation import gettext as _

from donations.lists.narrowing import counting, totals
from donations.models import Donation, Donor
from hebi_charity.core.identifiers import is_phone, normal_phone
from hebi_charity.core.names import as_pinyin, is_pinyin, name_key

if TYPE_CHECKING:
    from donations.forms.filters import DonorFilterForm

TAIL = 4


def narrowed_donors(rows: QuerySet[Donor], form: DonorFilterForm) -> QuerySet[Donor]:
    """The donors the filter form asks for; a field that does not hold is left out."""
    form.is_valid()
    data = form.cleaned_data
    if data.get("kind"):
        rows = rows.filter(kind=data["kind"])
    if data.get("use"):
        rows = rows.filter(is_active=data["use"] == "yes")
    return found_donors(rows, data["q"]) if data.get("q") else rows


def order_of_donors(form: DonorFilterForm) -> tuple[str, bool]:
    """What the list is sorted by, and whether downwards: by pinyin; found by characters, the newest first.

    In the order of pinyin all names with one surname stand together, and may be far away.
    """
    text = form.cleaned_data.get("q")
    return ("id", True) if text and not is_pinyin(text) else ("sort_key", False)


def found_donors(rows: QuerySet[Donor], text: str) -> QuerySet[Donor]:
    """Donors whose name holds the text, whose pinyin or initials begin with it, or whose telephone is it or ends so."""
    typed = name_key(text)
    if typed.isascii() and typed.isdigit() and len(typed) == TAIL:
        return rows.filter(phone_tail=typed)
    if is_phone(phone := normal_phone(text)):
        return rows.of_phone(phone)
    if is_pinyin(text):
        return rows.sounding(as_pinyin(text))
    return rows.holding(typed)


def donor_totals(rows: QuerySet[Donation]) -> list[tuple[str, str]]:
    """What one donor gave: count, person-times and yuan, first and last day."""
    days = counting(rows).aggregate(first=Min("donated_on"), last=Max("donated_on"))
    shown = [(_("First gift"), days["first"]), (_("Last gift"), days["last"])]
    return totals(rows) + [(label, f"{day:%Y-%m-%d}") for label, day in shown if day]


@dataclass(frozen=True)
class Suggested:
    """A donor to choose from, with what tells namesakes apart."""

    donor: Donor
    gifts: int
    last_on: date | None


def with_gifts(donors: Iterable[Donor]) -> list[Suggested]:
    """A handful of donors with the number of their gifts and the day of the last one. One query for all of them."""
    found = list(donors)
    rows = counting(Donation.objects.of_donors(found)).values_list("donor")
    known = {pk: (number, last) for pk, number, last in rows.annotate(Count("pk"), Max("donated_on")).order_by()}
    return [Suggested(donor, *known.get(donor.pk, (0, None))) for donor in found]
