"""The plan of a year with its items, and personal plans."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.forms import FormKeyMixin
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.forms.study import people_of
from partybranch.models import PersonalPlan, StudyPlan, StudyPlanItem
from partybranch.models.study_plan import when_said

QUARTERS = ((1, 3), (4, 6), (7, 9), (10, 12))


class PlanChangeForm(LeftToTheDatabase, forms.ModelForm):
    class Meta:
        model = StudyPlan
        fields = ["aim", "personal_aim", "personal_tasks"]
        widgets = {
            "aim": forms.Textarea({"rows": 4}),
            "personal_aim": forms.Textarea({"rows": 3}),
            "personal_tasks": forms.Textarea({"rows": 8}),
        }
        help_texts = {
            "personal_aim": _("Template for everybody's own plan."),
            "personal_tasks": _("The print has room for handwriting beside each line and below."),
        }


class PlanForm(FormKeyMixin, PlanChangeForm):
    class Meta(PlanChangeForm.Meta):
        fields = ["year", *PlanChangeForm.Meta.fields]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].initial = dates.today().year


def whens() -> list[tuple[str, str]]:
    """Quarters first, then months, then the whole year."""
    spans = [*QUARTERS, *((month, month) for month in range(1, 13)), (1, 12)]
    return [(f"{first}-{last}", when_said(first, last)) for first, last in spans]


class PlanItemChangeForm(LeftToTheDatabase, forms.ModelForm):
    when = forms.ChoiceField(label=_("when"), choices=whens)

    class Meta:
        model = StudyPlanItem
        fields = ["when", "subject", "form", "leader"]
        error_messages = {"subject": {"required": _("Say what is to be studied.")}}

    field_order = ["when", "subject", "form", "leader"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"].queryset = people_of(self.instance.plan.branch)
        self.fields["leader"].empty_label = _("nobody yet")
        if self.instance.pk:
            span = f"{self.instance.first_month}-{self.instance.last_month}"
            self.fields["when"].initial = span

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if data.get("when"):
            first, last = data["when"].split("-")
            self.instance.first_month, self.instance.last_month = int(first), int(last)
        return data

    def changes(self) -> dict[str, object]:
        data = self.cleaned_data
        named = {name: data[name] for name in ("subject", "form", "leader")}
        return named | {"first_month": self.instance.first_month, "last_month": self.instance.last_month}


class PlanItemForm(FormKeyMixin, PlanItemChangeForm):
    """A new item."""


class PersonalPlanForm(LeftToTheDatabase, forms.ModelForm):
    class Meta:
        model = PersonalPlan
        fields = ["aim", "tasks"]
        widgets = {"aim": forms.Textarea({"rows": 3}), "tasks": forms.Textarea({"rows": 10})}
