"""Forms for funds, campaigns and the dated rules of kinds of receipt."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from donations.models import Campaign, Fund, IncomeKindRule
from hebi_charity.core.forms import DayField, FormKeyMixin, NameField


class FundChangeForm(forms.ModelForm):
    """A fund. What documents rely on cannot be changed any more."""

    name = NameField(label=_("name"), max_length=80)

    class Meta:
        model = Fund
        fields = ["code", "name", "restriction", "purpose"]
        error_messages = {"code": {"unique": _("Another fund has this code. Choose another one.")}}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Short, as the ledger writes it, for example ZHCJ.")
        if self.instance.pk and self.instance.is_used():
            for name in ("code", "restriction"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("Fixed, because money was received for this fund.")

    def clean_code(self) -> str:
        return self.cleaned_data["code"].strip().upper()


class FundForm(FormKeyMixin, FundChangeForm):
    """A new fund."""


class CampaignChangeForm(forms.ModelForm):
    """A campaign."""

    name = NameField(label=_("name"), max_length=80)
    starts_on = DayField(label=_("begins on"))
    ends_on = DayField(label=_("ends on"), required=False, help_text=_("Leave empty while the end is not set."))
    filed_on = DayField(label=_("filed on"), required=False)

    class Meta:
        model = Campaign
        fields = ["name", "starts_on", "ends_on", "fund", "platform", "is_emergency", "filing_no", "filed_on"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        own = Fund.objects.filter(pk=self.instance.fund_id) if self.instance.fund_id else Fund.objects.none()
        self.fields["fund"].queryset = Fund.objects.in_use() | own
        self.fields["platform"].help_text = _("Where it is published, for example 腾讯公益; empty when at the counter.")
        self.fields["filing_no"].help_text = _("As the civil affairs authority gave it.")


class CampaignForm(FormKeyMixin, CampaignChangeForm):
    """A new campaign."""


class IncomeKindRuleForm(FormKeyMixin, forms.ModelForm):
    """What holds for a kind of receipt from a day on."""

    valid_from = DayField(label=_("valid from"), help_text=_("In a month that is not closed, or later."))

    class Meta:
        model = IncomeKindRule
        fields = [
            "valid_from",
            "is_donation_income",
            "counts_person_times",
            "may_be_receipted",
            "may_be_published",
            "legal_basis",
        ]
