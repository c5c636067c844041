"""What the tables of the branch do not say themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import Min
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.forms import DayField
from hebi_charity.imports.forms import ChoicesForm
from partybranch.models import Branch, QuestionBank


class RollChoicesForm(ChoicesForm):
    """For who has no branch beside the name, and for who has no day of the transfer in."""

    branch = forms.ModelChoiceField(
        label=_("Party branch"),
        required=False,
        queryset=Branch.objects.live(),
        empty_label=_("as the table says"),
        help_text=_("For the rows in which the table names no branch."),
    )
    starts_on = DayField(
        label=_("in the branch since"),
        no_future=True,
        help_text=_(
            "For the rows in which the table names no day. From this day on the roll has these names; earlier days than"
            " the branch, the application or the admission are moved up."
        ),
        error_messages={"required": _("Give the day from which the roll has these names.")},
    )

    def __init__(self, *args, initial: Mapping | None = None, **kwargs) -> None:
        kept = dict(initial or {})
        if isinstance(kept.get("starts_on"), str):
            kept["starts_on"] = date.fromisoformat(kept["starts_on"])
        super().__init__(*args, initial=kept, **kwargs)

    def chosen(self) -> dict[str, str | int | None]:
        branch, day = self.cleaned_data.get("branch"), self.cleaned_data.get("starts_on")
        return {"branch": branch.pk if branch else None, "starts_on": day.isoformat() if day else None}


class BankChoicesForm(ChoicesForm):
    """The bank to which the questions are added, or the name of a new one."""

    bank = forms.ModelChoiceField(
        label=_("question bank"), required=False, queryset=QuestionBank.objects.all(), empty_label=_("a new one")
    )
    new_bank = forms.CharField(
        label=_("name of the new question bank"),
        required=False,
        max_length=60,
        help_text=_("Only where no bank is chosen above, for example 党的二十大应知应会."),
    )

    def chosen(self) -> dict[str, str | int | None]:
        bank = self.cleaned_data.get("bank")
        name = self.cleaned_data.get("new_bank", "").strip()
        return {"bank": bank.pk if bank else None, "new_bank": "" if bank else name}


def default_day() -> date:
    """The day on which the first branch was founded; of the others it is moved up to their own."""
    return Branch.objects.live().aggregate(first=Min("founded_on"))["first"] or dates.today()
