"""Gifts as a target of files: what `imports` is told when the app starts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from donations.forms.importing import GiftChoicesForm
from donations.importing import choices, gifts, held, known, pools, results
from hebi_charity.imports.models import StagedRow
from hebi_charity.imports.plan import POOL, Plan
from hebi_charity.imports.targets import Merged, MoneyTarget, Permissions

if TYPE_CHECKING:
    from hebi_charity.imports.models import Import

_ORDERS_AT_ONCE = 10_000
# Fewer, because the series of numbers is held while they are written, and the counters want numbers too.
_GIFTS_AT_ONCE = 2_000


def merge(imported: Import, first: int, last: int, booked: Mapping[date, date]) -> Merged:
    """The rows between two row numbers, each by its shape; what the report counted none of is not looked for."""
    made = gifts.make_gifts(imported, first, last, booked) if imported.report["gifts"] else Merged()
    taken = pools.take_in(imported, first, last) if imported.report["orders"] else Merged()
    return Merged(made.documents, made.rows + taken.rows, made.amount + taken.amount)


def days(imported: Import, first: int, last: int) -> list[date]:
    """Gifts are booked as they come, pools when they close."""
    return gifts.gift_days(imported, first, last) if imported.report["gifts"] else []


def days_to_close(imported: Import) -> list[date]:
    return [pool.received_on for pool in pools.pools_of(imported) if pool.received_on]


def counts_in_month(plan: Plan, shape: str) -> bool:
    """What was raised on a platform and what arrives in the bank are two figures: its orders are settled apart."""
    return shape == StagedRow.Shape.GIFT or not pools.is_settled_apart(plan)


TARGET = MoneyTarget(
    title=_("Gifts"),
    permissions=Permissions("imports.view_import", "imports.add_import", "imports.confirm_import"),
    about="imports/_about_gifts.html",
    choices_form=GiftChoicesForm,
    results=results.results,
    channels=choices.channels,
    clean=choices.clean,
    describe=choices.describe,
    known=known.KNOWN,
    elsewhere=known.ELSEWHERE,
    counts_in_month=counts_in_month,
    step=lambda plan: _ORDERS_AT_ONCE if plan.shape == POOL else _GIFTS_AT_ONCE,
    open=pools.open_pools,
    days=days,
    merge=merge,
    days_to_close=days_to_close,
    close=pools.close_pools,
    held=held.held,
)
