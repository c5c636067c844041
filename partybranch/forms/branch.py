from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import DayField, FormKeyMixin, NameField
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.models import Body, Branch


class BranchChangeForm(LeftToTheDatabase, forms.ModelForm):
    """A branch."""

    name = NameField(
        label=_("name of the branch"), max_length=80, help_text=_("In full, as it stands on the branch's seal.")
    )
    founded_on = DayField(label=_("founded on"), no_future=True)
    dissolved_on = DayField(label=_("dissolved on"), required=False)

    class Meta:
        model = Branch
        fields = ["name", "superior", "founded_on", "dissolved_on"]


class BranchForm(FormKeyMixin, BranchChangeForm):
    """A new branch."""

    dissolved_on = None

    class Meta(BranchChangeForm.Meta):
        fields = ["name", "superior", "founded_on"]


class BodyForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """A committee or a group of a branch."""

    name = NameField(label=_("name of the body"), max_length=40, help_text=_("For example 支委会 or 第一党小组."))
    founded_on = DayField(label=_("founded on"), no_future=True)

    class Meta:
        model = Body
        fields = ["kind", "name", "founded_on"]
