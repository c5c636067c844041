"""Months of the books: opened at set-up, booked in under a shared lock, closed in order by two people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hebi_charity.core import dates, seals
from hebi_charity.core.acts import record_act
from hebi_charity.core.registry import period_close_checks, period_totals
from hebi_charity.office.models import Period

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser

_OPEN = """
INSERT INTO office_period (month, state, totals, seal)
SELECT month::date, 'open', '{}', '' FROM generate_series(%s::date, %s::date, interval '1 month') AS month
ON CONFLICT (month) DO NOTHING
"""
_SHARE = "SELECT id FROM office_period WHERE month = %s AND state = 'open' FOR SHARE"


class PeriodNotOpen(Exception):
    """The month is not open, or no month is open for this day."""


class PeriodNotEnded(Exception):
    """A month is closed only after its last day, and after every month before it."""


class PeriodMakerIsChecker(Exception):
    """The person who submitted a month cannot confirm it, whichever account is used; taking it back is open to both."""


class PeriodNotReady(Exception):
    """Something still stands against closing; `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


def open_books(first_month: date, *, years: int = 40) -> None:
    """Make every month from the first on. May run again; months that exist stay as they are."""
    last = first_month.replace(year=first_month.year + years, day=1)
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [first_month.replace(day=1), last])


def booking_day(day: date) -> date:
    """The day a document of this date is booked on: the later of it and the first day of the first open month.

    Holds the month FOR SHARE until the transaction ends, so that it cannot close in between. Take it before any
    other lock. Raises PeriodNotOpen when no month is open for the day.
    """
    while period := Period.objects.first_open_for(day):
        with connection.cursor() as cursor:
            cursor.execute(_SHARE, [period.month])
            if cursor.fetchone():  # none: it closed while we waited for the lock, so look again
                return max(day, period.month)
    raise PeriodNotOpen(f"{day:%Y-%m}")


def booking_days(days: Iterable[date]) -> dict[date, date]:
    """booking_day for several dates, locked in order of date."""
    return {day: booking_day(day) for day in sorted(set(days))}


def _lock(period: Period) -> Period:
    return Period.objects.select_for_update().get(pk=period.pk)


def _is_next_to_close(period: Period, today: date) -> bool:
    earlier_open = Period.objects.exclude(state=Period.State.CLOSED).filter(month__lt=period.month).exists()
    return not earlier_open and today >= dates.next_month(period.month)


def reasons_against_closing(period: Period, *, today: date) -> list[str]:
    """Sentences that say what is still to be done before this month can close."""
    reasons = [reason for check in period_close_checks for reason in check(period.month)]
    if not _is_next_to_close(period, today):
        reasons.insert(0, _("Months close in order, after their last day. Close the earlier month first."))
    return reasons


@transaction.atomic
def submit_period(period: Period, *, by: AbstractBaseUser, today: date) -> Period:
    """The accountant closes the month: from now nothing is booked in it, until it is confirmed or returned.

    Raises PeriodNotOpen, PeriodNotEnded, PeriodNotReady.
    """
    period = _lock(period)
    if period.state != Period.State.OPEN:
        raise PeriodNotOpen(str(period))
    if not _is_next_to_close(period, today):
        raise PeriodNotEnded(str(period))
    if reasons := reasons_against_closing(period, today=today):
        raise PeriodNotReady(reasons)
    period.state, period.submitted_by, period.submitted_at = Period.State.CLOSING, by, timezone.now()
    period.save(update_fields=["state", "submitted_by", "submitted_at"])
    record_act(by, "period.submitted", period)
    return period


@transaction.atomic
def return_period(period: Period, *, by: AbstractBaseUser, reason: str) -> Period:
    """The second person does not confirm: the month is open again. Raises PeriodNotOpen when it is not waiting."""
    period = _lock(period)
    if period.state != Period.State.CLOSING:
        raise PeriodNotOpen(str(period))
    period.state, period.submitted_by, period.submitted_at = Period.State.OPEN, None, None
    period.save(update_fields=["state", "submitted_by", "submitted_at"])
    record_act(by, "period.returned", period, reason=reason)
    return period


@transaction.atomic
def confirm_period(period: Period, *, by: AbstractBaseUser) -> Period:
    """Another person confirms: the month's totals are sealed and chained to the month before.

    Raises PeriodNotOpen, and PeriodMakerIsChecker for the person who submitted it, by whichever account.
    """
    period = _lock(period)
    if period.state != Period.State.CLOSING:
        raise PeriodNotOpen(str(period))
    same_person = get_user_model()._default_manager.accounts_of_same_person(by)
    if same_person.filter(pk=period.submitted_by_id).exists():
        raise PeriodMakerIsChecker(str(period))
    period.state, period.confirmed_by, period.confirmed_at = Period.State.CLOSED, by, timezone.now()
    period.totals = month_totals(period.month)
    period.seal = period_seal(period)
    period.save(update_fields=["state", "confirmed_by", "confirmed_at", "totals", "seal"])
    record_act(by, "period.closed", period, changes={"totals": (None, period.totals)})
    return period


def month_totals(month: date) -> dict:
    """What every app holds of this month, by app: the figures a closed month promises."""
    return {key: totals.compute(month) for key, totals in period_totals.items()}


def period_seal(period: Period) -> str:
    """The seal of a closed month over its totals, who closed it and when, and the seal of the month before."""
    return seals.seal(_month_facts(period) | _closing_facts(period))


def is_sealed(period: Period) -> bool:
    """Whether the month carries its seal; months closed at first were sealed without the people who closed them."""
    facts = _month_facts(period)
    return seals.is_sealed(facts | _closing_facts(period), period.seal) or seals.is_sealed(facts, period.seal)


def _month_facts(period: Period) -> dict[str, object]:
    before = Period.objects.filter(month__lt=period.month).order_by("-month").first()
    return {"month": period.month, "totals": period.totals, "before": before.seal if before else ""}


def _closing_facts(period: Period) -> dict[str, object]:
    return {
        "version": 2,
        "submitted_by": period.submitted_by_id,
        "submitted_at": period.submitted_at,
        "confirmed_by": period.confirmed_by_id,
        "confirmed_at": period.confirmed_at,
    }
