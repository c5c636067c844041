"""In which month of the books the yuan of a file will be counted, and why where that is another than the file's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from hebi_charity.imports.models import Import
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.targets import MoneyTarget, target_of
from hebi_charity.office.models import Period

_BEFORE_MERGE = {
    Import.State.CHECKED,
    Import.State.SUBMITTED,
    Import.State.RETURNED,
    Import.State.CONFIRMED,
}


def months_in_words(imported: Import) -> list[str]:
    """A sentence for each month in which yuan will be counted; [] before the check and once the merge has begun.

    Months that close until then move the sum on: the figures are those of this moment.
    """
    if imported.state not in _BEFORE_MERGE or not imported.report:
        return []
    if not isinstance(target_of(imported), MoneyTarget):
        return []
    found, apart = _sums(imported)
    booked = Period.objects.booking_months(found)
    sentences = [_sentence(month, parts) for month, parts in _by_booking(found, booked)]
    if apart:
        sentences.append(
            _("%(sum)s yuan raised on the platform are counted when the platform has settled.") % _of(apart)
        )
    return sentences


def _sums(imported: Import) -> tuple[dict[date, Decimal], Decimal]:
    """Yuan by month of receipt, and those that are settled apart and belong to no month yet."""
    plan, target = Plan.of(imported.plan), target_of(imported)
    found: dict[date, Decimal] = {}
    apart = Decimal(0)
    # Reports of earlier versions have no months.
    for line in imported.report.get("months", ()):
        if target.counts_in_month(plan, line["shape"]):
            month = date.fromisoformat(line["month"])
            found[month] = found.get(month, Decimal(0)) + Decimal(line["sum"])
        else:
            apart += Decimal(line["sum"])
    return found, apart


def _by_booking(
    found: dict[date, Decimal], booked: dict[date, date | None]
) -> list[tuple[date | None, dict[date, Decimal]]]:
    """Months of the books with what comes into each, by month of receipt; what has no open month last."""
    parts: dict[date | None, dict[date, Decimal]] = {}
    for month, amount in found.items():
        parts.setdefault(booked[month], {})[month] = amount
    return sorted(parts.items(), key=lambda pair: pair[0] or date.max)


def _sentence(month: date | None, parts: dict[date, Decimal]) -> str:
    total = sum(parts.values(), Decimal(0))
    if month is None:
        return _("No month is open in which %(sum)s yuan could be counted. Please tell the accountant.") % _of(total)
    late = {received: amount for received, amount in parts.items() if received != month}
    values = {"sum": f"{total:,.2f}", "month": _("%(year)s-%(month)s") % {"year": month.year, "month": month.month}}
    if not late:
        return _("%(sum)s yuan are counted in the month %(month)s.") % values
    why = (
        _("the days in the file belong to months that are closed or being closed")
        if Period.objects.has_begun_by(max(late))
        else _("the days in the file lie before the first month of the books")
    )
    values |= {"late": f"{sum(late.values()):,.2f}", "why": why}
    if len(late) == len(parts):
        return _("%(sum)s yuan will be counted in the month %(month)s (%(why)s).") % values
    return _("%(sum)s yuan will be counted in the month %(month)s, %(late)s yuan of them because %(why)s.") % values


def _of(amount: Decimal) -> dict[str, str]:
    return {"sum": f"{amount:,.2f}"}
