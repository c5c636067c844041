"""What one search box finds among the documents: the list's own box and the search over everything ask here."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Q, QuerySet

from donations.models import Donation, Donor
from hebi_charity.core.money import LIMIT, AmountError, parse_amount
from hebi_charity.core.names import as_pinyin, is_pinyin, name_key

MOST_EXACT = 100


def searched(rows: QuerySet[Donation], text: str) -> QuerySet[Donation]:
    """Documents by number or its last digits, query code, voucher or exact amount; when there are none, by the donor:
    pinyin or initials, or a part of the name."""
    typed = text.strip()
    known = Donation.objects.numbered(typed) | Donation.objects.ending(typed)
    exact = list(known.values_list("pk", flat=True)[:MOST_EXACT])
    amount = amount_of(typed)
    if amount is not None:
        found = rows.filter(Q(pk__in=exact) | Q(amount=amount))
        if found.exists():
            return found
    if exact:
        return rows.filter(pk__in=exact).few()
    return _of_donor(rows, typed)


def _of_donor(rows: QuerySet[Donation], typed: str) -> QuerySet[Donation]:
    if is_pinyin(typed):
        sounding = rows.filter(donor__in=Donor.objects.sounding(as_pinyin(typed)))
        if sounding.exists():
            return sounding
    return rows.holding(name_key(typed))


def amount_of(text: str) -> Decimal | None:
    """The yuan of what begins with a figure (1,200 · 3万); None for anything else: 一百 may be a name."""
    if not text[:1].isdigit():
        return None
    try:
        amount = parse_amount(text)
    except AmountError:
        return None
    return amount if 0 < amount < LIMIT else None
