"""The list of donors: searched by name, pinyin or the tail of a telephone number, and what a donor gave in all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max, Min, Q, QuerySet
from django.utils.translation import gettext as _

from donations.lists.narrowing import counting, totals
from donations.models import Donation, Donor
from donations.services.donors import with_characters
from hebi_charity.core.names import name_key

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


def found_donors(rows: QuerySet[Donor], text: str) -> QuerySet[Donor]:
    """Donors whose name holds the text, whose pinyin or initials begin with it, or whose telephone ends with it."""
    typed = name_key(text)
    if typed.isascii() and typed.isdigit() and len(typed) == TAIL:
        return rows.filter(phone_tail=typed)
    if typed.isascii() and typed.isalpha():
        # Pinyin is kept with a blank between syllables: both ways of typing it begin the same.
        spaced = " ".join(text.lower().split())
        return rows.filter(Q(sort_key__startswith=spaced) | Q(initials__startswith=typed))
    return with_characters(rows, typed) if typed else rows.none()


def donor_totals(rows: QuerySet[Donation]) -> list[tuple[str, str]]:
    """What one donor gave: count, person-times and yuan, first and last day."""
    days = counting(rows).aggregate(first=Min("donated_on"), last=Max("donated_on"))
    shown = [(_("First gift"), days["first"]), (_("Last gift"), days["last"])]
    return totals(rows) + [(label, f"{day:%Y-%m-%d}") for label, day in shown if day]
