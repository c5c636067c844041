"""Funds, campaigns and the dated rules of kinds of receipt: made, changed, retired. Nothing here moves money."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from django.db import models

from donations.models import Campaign, Fund, IncomeKindRule
from donations.services.broken_rules import FundHasOpenCampaign, RuleInClosedMonth
from hebi_charity.audit import services as audit
from hebi_charity.core import dates
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.models import Period
from hebi_charity.office.services.form_keys import save_once
from hebi_charity.office.services.periods import PeriodNotOpen, booking_day

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Row = TypeVar("Row", bound=models.Model)


@atomic_with_retry
def make_fund(fund: Fund, *, by: User, form_key: UUID) -> Fund:
    """Keep a new fund. Raises FormKeyReused, and IntegrityError for what the table refuses."""

    def save(row: Fund) -> None:
        row.save(force_insert=True)
        audit.record(by, "fund.made", row, changes={"name": (None, row.name)})

    return save_once(fund, save, form="donations.fund", by=by, form_key=form_key)


@atomic_with_retry
def make_campaign(campaign: Campaign, *, by: User, form_key: UUID) -> Campaign:
    """Keep a new campaign. Raises FormKeyReused, and IntegrityError for what the table refuses."""

    def save(row: Campaign) -> None:
        row.save(force_insert=True)
        audit.record(by, "campaign.made", row, changes={"starts_on": (None, row.starts_on)})

    return save_once(campaign, save, form="donations.campaign", by=by, form_key=form_key)


def _change(row: Row, *, by: User, act: str, fields: dict[str, object]) -> Row:
    row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    before = {name: getattr(row, name) for name in fields}
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    audit.record(by, act, row, changes={name: (before[name], value) for name, value in fields.items()})
    return row


@atomic_with_retry
def change_fund(fund: Fund, *, by: User, **fields: str) -> Fund:
    """Change a fund. Raises IntegrityError for a code or restriction that documents rely on."""
    return _change(fund, by=by, act="fund.changed", fields=fields)


@atomic_with_retry
def change_campaign(campaign: Campaign, *, by: User, **fields: object) -> Campaign:
    """Change a campaign. Raises IntegrityError for what the table refuses."""
    return _change(campaign, by=by, act="campaign.changed", fields=fields)


@atomic_with_retry
def retire_fund(fund: Fund, *, by: User, reason: str) -> Fund:
    """Take a fund out of the forms; its documents stay. Raises FundHasOpenCampaign."""
    fund = Fund.objects.select_for_update().get(pk=fund.pk)
    if fund.campaigns.open_on(dates.today()).exists():
        raise FundHasOpenCampaign
    fund.is_active = False
    fund.save(update_fields=["is_active"])
    audit.record(by, "fund.retired", fund, reason=reason)
    return fund


@atomic_with_retry
def resume_fund(fund: Fund, *, by: User, reason: str) -> Fund:
    """Offer a retired fund in the forms again."""
    fund = Fund.objects.select_for_update().get(pk=fund.pk)
    fund.is_active = True
    fund.save(update_fields=["is_active"])
    audit.record(by, "fund.resumed", fund, reason=reason)
    return fund


def first_open_day() -> date | None:
    """The first day on which a new rule may begin: that of the first open month."""
    period = Period.objects.open().order_by("month").first()
    return period.month if period else None


@atomic_with_retry
def record_rule(rule: IncomeKindRule, *, by: User, form_key: UUID) -> IncomeKindRule:
    """Record what holds for a kind of receipt from a day on; earlier rules stay as they were.

    Raises RuleInClosedMonth, because a closed month keeps its figures, and FormKeyReused.
    """
    try:
        is_open = booking_day(rule.valid_from) == rule.valid_from  # the month cannot close before the rule is there
    except PeriodNotOpen:
        is_open = False
    if not is_open:
        raise RuleInClosedMonth
    rule.recorded_by = by
    flags = ("is_donation_income", "counts_person_times", "may_be_receipted", "may_be_published", "valid_from")

    def save(row: IncomeKindRule) -> None:
        row.save(force_insert=True)
        changes = {name: (None, getattr(row, name)) for name in flags}
        audit.record(by, "income_kind.ruled", row, changes=changes, reason=row.legal_basis)

    return save_once(rule, save, form="donations.income_kind_rule", by=by, form_key=form_key)
