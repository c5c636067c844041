"""What an import of gifts is for: campaign, fund, kind of receipt and how its donors are published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from donations.models import Campaign, Donation, Fund, IncomeKind
from donations.services.registering import GIFT
from hebi_charity.imports.exceptions import PlanRefused
from hebi_charity.imports.plan import NAMED, POOL, Plan

if TYPE_CHECKING:
    from hebi_charity.imports.targets import Choices

_Mode = Donation.PublicMode
# A name is published with the donor's own consent only (个人信息保护法 25), and nobody has asked the donors of a list.
LEAST_PUBLIC = _Mode.ANONYMOUS
_PUBLIC_MODES = (_Mode.ANONYMOUS, _Mode.SURNAME, _Mode.FULL)


def public_modes() -> list[tuple[str, str]]:
    """The ways in which the named donors of a list can be published, from the least."""
    return [(str(mode), str(mode.label)) for mode in _PUBLIC_MODES]


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
    """Ids of campaign and fund, codes of kind and publication, filled up with defaults. Raises PlanRefused."""
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
    mode = choices.get("public_mode") or LEAST_PUBLIC
    if mode not in _PUBLIC_MODES:
        errors["public_mode"] = _("There is no such way of publishing. Please choose another one.")
    if errors:
        raise PlanRefused(errors)
    names_donors = plan.shape == NAMED and kind.code == GIFT
    return {
        "campaign": campaign.pk if campaign else None,
        "fund": fund.pk,
        "kind": kind.code,
        "public_mode": mode if names_donors else None,
    }


def describe(choices: Choices) -> list[tuple[str, str]]:
    """The choices in words, for the pages of the import."""
    campaign = Campaign.objects.filter(pk=choices.get("campaign") or None).first()
    fund = Fund.objects.filter(pk=choices.get("fund") or None).first()
    kind = IncomeKind.objects.filter(code=choices.get("kind") or "").first()
    mode = dict(public_modes()).get(choices.get("public_mode") or "")
    found = (
        (_("campaign"), campaign),
        (_("fund"), fund),
        (_("kind of receipt"), kind),
        (_("how it is published"), mode),
    )
    return [(label, str(row)) for label, row in found if row is not None]
