"""What is recorded of a person who is known: stages, transfers, circumstances, terms, and their ends."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import DayField, FormKeyMixin
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.models import Body, Branch, Circumstance, Membership, StageChange, Standing, Term
from partybranch.models.term import GROUP_POSTS


class StageForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """The next stage, or what ends the membership."""

    on = DayField(label=_("since the day"), no_future=True)

    class Meta:
        model = StageChange
        fields = ["stage", "on", "basis"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["stage"].choices = [
            (_("On the way into the Party"), [(one.value, one.label) for one in StageChange.ON_THE_WAY]),
            (_("Members"), [(one.value, one.label) for one in (*StageChange.MEMBERS, StageChange.Stage.SUSPENDED)]),
            (
                _("What ends it; the stay in the branch ends with it"),
                [(one.value, one.label) for one in StageChange.ENDINGS],
            ),
        ]
        self.fields["basis"].help_text = _("For example: general meeting of 12 March 2024, or the approval's number.")


class TransferInForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """A person who is known comes into a branch, or again."""

    branch = forms.ModelChoiceField(label=_("Party branch"), queryset=Branch.objects.live(), empty_label=None)
    starts_on = DayField(
        label=_("in the branch since"), no_future=True, help_text=_("From this day on the roll has the name.")
    )
    arrival = forms.ChoiceField(
        label=_("how the person came"),
        choices=[
            (Membership.Arrival.TRANSFER, Membership.Arrival.TRANSFER.label),
            (Membership.Arrival.FOUNDED, Membership.Arrival.FOUNDED.label),
            (Membership.Arrival.HERE, Membership.Arrival.HERE.label),
        ],
    )

    class Meta:
        model = Membership
        fields = ["branch", "starts_on", "arrival", "came_from", "letter_no"]


class TransferOutForm(forms.Form):
    """A person leaves for another branch."""

    day = DayField(
        label=_("transferred out on"), no_future=True, help_text=_("From this day on the roll no longer has the name.")
    )
    went_to = forms.CharField(
        label=_("transferred to"),
        max_length=80,
        error_messages={"required": _("Say to which branch the person was transferred.")},
    )


class CircumstanceForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    starts_on = DayField(label=_("from the day"), no_future=True)

    class Meta:
        model = Circumstance
        fields = ["kind", "starts_on", "reason"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _(
            "Needed for all but the retired: age or illness, where a mobile member is, when there was last contact."
        )


class TermForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """A post in the branch, or the place in a group."""

    starts_on = DayField(label=_("from the day"), no_future=True)
    due_on = DayField(label=_("term ends by rule on"), required=False, help_text=_("A term is three years as a rule."))

    class Meta:
        model = Term
        fields = ["post", "body", "starts_on", "due_on", "basis"]

    def __init__(self, *args, branch: Branch | None = None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.live().filter(branch=branch, dissolved_on__isnull=True)
        self.fields["body"].empty_label = _("the only one that fits, if there is one")
        self.fields["body"].help_text = _("Choose it where there are several groups. A small branch has neither.")

    def clean(self) -> dict[str, object]:
        data = super().clean()
        if data.get("post") and not data.get("body"):
            kind = Body.Kind.GROUP if data["post"] in GROUP_POSTS else Body.Kind.COMMITTEE
            fitting = list(self.fields["body"].queryset.filter(kind=kind)[:2])
            data["body"] = fitting[0] if len(fitting) == 1 else None
        return data


class StandingForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """Since when the standing counts, where a paper says otherwise than the confirmation."""

    standing_from = DayField(label=_("standing counts from"), no_future=True)

    class Meta:
        model = Standing
        fields = ["standing_from", "reason"]


class EndForm(forms.Form):
    """The first day on which a circumstance or a term no longer holds."""

    day = DayField(label=_("ended on"), no_future=True)


class WithdrawForm(forms.Form):
    """Why a row is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages={"required": _("Say in a sentence what was wrong; it stands beside what is withdrawn.")},
    )
