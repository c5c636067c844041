"""The year that is looked at, a dated rule, and after how many months somebody's absence is told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.forms import DayField, FormKeyMixin
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.models import Branch, Requirement

FIRST_YEAR, LAST_YEAR = 1921, 2199


class GlanceForm(forms.Form):
    """Whose year, and which. Without an answer: this year of the branch that exists now."""

    year = forms.IntegerField(
        label=_("year"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        error_messages={"invalid": _("Write the year in four figures, for example 2024.")},
    )
    branch = forms.ModelChoiceField(
        label=_("Party branch"), required=False, queryset=Branch.objects.none(), empty_label=_("the branch of today")
    )

    def __init__(self, *args, branches, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = branches
        self.fields["year"].widget.attrs["placeholder"] = dates.today().year

    def chosen(self) -> tuple[Branch | None, int]:
        """Branch and year, of today where a field is empty; no branch while one does not hold."""
        today = dates.today()
        if not self.is_valid():
            return None, today.year
        branches = self.fields["branch"].queryset
        branch = self.cleaned_data.get("branch") or branches.on(today).first() or branches.first()
        return branch, self.cleaned_data.get("year") or today.year


class RequirementForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """A dated rule, or the notice of the higher body that changed one for a branch."""

    starts_on = DayField(label=_("from the day"))
    ends_on = DayField(label=_("until the day"), required=False, help_text=_("Only where the paper names an end."))

    class Meta:
        model = Requirement
        fields = ["kind", "branch", "per", "times", "starts_on", "ends_on", "source", "article", "note"]
        error_messages = {
            "source": {"required": _("Name the rule or the notice this rests on.")},
            "times": {"required": _("Give a number; 0 where nothing is required.")},
        }

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["branch"].queryset = Branch.objects.live()
        self.fields["branch"].empty_label = _("all branches")
        self.fields["branch"].help_text = _("A notice for retired branches is recorded for the branch it is about.")
        self.fields["times"].help_text = _("0 says that nothing is required from this day on.")
        self.fields["times"].widget.attrs |= {"inputmode": "numeric", "min": 0, "max": 31}
        self.fields["source"].help_text = _("The full title, as it stands on the paper.")


class RuleEndForm(forms.Form):
    """The first day on which a rule holds no longer; it may lie ahead."""

    day = DayField(label=_("first day on which it holds no longer"))


class WarningMonthsForm(forms.Form):
    """After how many months without organisational life or contact the secretary is told, from a day on."""

    first = forms.IntegerField(label=_("first told after (months)"), min_value=1, max_value=12)
    again = forms.IntegerField(label=_("urgent after (months)"), min_value=1, max_value=12)
    valid_from = DayField(label=_("from the day"))
    basis = forms.CharField(label=_("rule or decision this rests on"), max_length=200)

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if data.get("first") and data.get("again") and data["again"] <= data["first"]:
            self.add_error("again", _("The urgent warning comes after the first one. Please give more months."))
        return data
