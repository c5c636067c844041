"""What an import of gifts is for: campaign, fund and kind of receipt, as a person chose them or by default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from donations.models import Campaign, Donation, Fund, IncomeKind
from donations.services.registering import GIFT
from hebi_charity.imports.exceptions import PlanRefused
from hebi_charity.imports.plan import POOL, Plan

if TYPE_CHECKING:
    from hebi_charity.imports.targets import Choices


def channels() -> list[tuple[str, str]]:
    """The ways of payment a list can be about."""
    return [(str(code), str(words)) for code, words in Donation.Channel.choices]


def default_fund(campaign: Campaign | None) -> Fund | None:
    """The campaign's fund; without a campaign the first unrestricted fund, else the first one in use."""
    if campaign is not None:
        return campaign.fund
    funds = Fund.objects.in_use().order_by("code")
    return funds.filter(restriction=Fund.Restriction.UNRESTRICTED).first() or funds.first()


def clean(choices: Choices, plan: Plan) -> dict[str, str | int | None]:
    """Ids of campaign and fund and the code of the kind, filled up with defaults. Raises PlanRefused."""
    errors: dict[str, str] = {}
    campaign = Campaign.objects.select_related("fund").filter(pk=choices.get("campaign") or None).first()
    if choices.get("campaign") and campaign is None:
        errors["campaign"] = _("There is no such campaign. Please choose another one.")
    fund = Fund.objects.in_use().filter(pk=choices["fund"]).first() if choices.get("fund") else default_fund(campaign)
    if fund is None:
        errors["fund"] = _("Please choose the fund the money is for. Where there is none yet, record one first.")
    kind = IncomeKind.objects.filter(code=choices.get("kind") or GIFT).first()
    if kind is None:
        errors["kind"] = _("There is no such kind of receipt. Please choose another one.")
    elif plan.shape == POOL and kind.code != GIFT:
        errors["kind"] = _("The payments of a pool are gifts. Please choose 捐赠, or import named rows.")
    if errors:
        raise PlanRefused(errors)
    return {"campaign": campaign.pk if campaign else None, "fund": fund.pk, "kind": kind.code}


def describe(choices: Choices) -> list[tuple[str, str]]:
    """The choices in words, for the pages of the import."""
    campaign = Campaign.objects.filter(pk=choices.get("campaign") or None).first()
    fund = Fund.objects.filter(pk=choices.get("fund") or None).first()
    kind = IncomeKind.objects.filter(code=choices.get("kind") or "").first()
    found = ((_("campaign"), campaign), (_("fund"), fund), (_("kind of receipt"), kind))
    return [(label, str(row)) for label, row in found if row is not None]
