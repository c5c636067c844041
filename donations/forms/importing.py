"""What a list of gifts is for: asked on the page on which a file is read."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.importing.choices import LEAST_PUBLIC, default_fund, public_modes
from donations.models import Campaign, Fund, IncomeKind
from hebi_charity.imports.forms import ChoicesForm


class GiftChoicesForm(ChoicesForm):
    """Campaign, fund, kind and publication of a whole list.

    Without a fund the campaign's is taken, else the unrestricted one.
    """

    named_only = frozenset({"public_mode"})

    campaign = forms.ModelChoiceField(
        label=_("campaign"),
        required=False,
        queryset=Campaign.objects.order_by("-pk"),
        empty_label=_("no campaign"),
        error_messages={"invalid_choice": _("There is no such campaign. Please choose another one.")},
    )
    fund = forms.ModelChoiceField(
        label=_("fund"),
        required=False,
        queryset=Fund.objects.in_use().order_by("code"),
        empty_label=_("the campaign's fund; without a campaign the unrestricted fund"),
        error_messages={"invalid_choice": _("Please choose a fund that is in use.")},
    )
    kind = forms.ModelChoiceField(
        label=_("kind of receipt"),
        queryset=IncomeKind.objects.all(),
        empty_label=None,
        error_messages={"invalid_choice": _("There is no such kind of receipt. Please choose another one.")},
    )

    public_mode = forms.ChoiceField(
        label=_("how it is published"),
        required=False,
        choices=public_modes,
        error_messages={"invalid_choice": _("There is no such way of publishing. Please choose another one.")},
        help_text=_(
            "For the named donors of this list. The sentence about publishing was not read to them: as long as they"
            " were not asked, keep “anonymous” (shown as 爱心人士). Choose another way only when all of them have"
            " agreed."
        ),
    )

    def __init__(self, *args, initial: Mapping | None = None, **kwargs) -> None:
        kept = dict(initial or {})
        campaign = Campaign.objects.select_related("fund").filter(pk=kept.get("campaign") or None).first()
        fund = default_fund(campaign)
        if fund is not None and kept.get("fund") == fund.pk:
            # Left open, so that choosing another campaign brings its own fund along.
            kept["fund"] = None
        kept["public_mode"] = kept.get("public_mode") or LEAST_PUBLIC
        super().__init__(*args, initial=kept, **kwargs)

    def chosen(self) -> dict[str, str | int | None]:
        data = self.cleaned_data
        rows = {name: row.pk if (row := data.get(name)) else None for name in ("campaign", "fund", "kind")}
        return rows | {"public_mode": data.get("public_mode") or None}
