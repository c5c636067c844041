"""Study materials: a title, a purchase with its invoice, a list to be signed, a loan."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.forms import DayField, FormKeyMixin, MoneyField
from hebi_charity.files.forms import TAKEN, ManyFilesField, ManyFilesInput
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.forms.study import OfBranchForm, people_of
from partybranch.models import MaterialLoan, MaterialPurchase, Person, StudyMaterial


class MaterialForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    class Meta:
        model = StudyMaterial
        fields = ["title", "kind", "publisher"]
        error_messages = {"title": {"required": _("Give the title.")}}


class PurchaseForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    bought_on = DayField(label=_("bought on"), no_future=True)
    unit_price = MoneyField(
        label=_("price of a copy (yuan)"), help_text=_("0 for what was allotted from above."), required=True
    )
    invoice = ManyFilesField(label=_("scan of the invoice"), required=False, widget=ManyFilesInput({"accept": TAKEN}))

    class Meta:
        model = MaterialPurchase
        fields = ["bought_on", "copies", "unit_price", "paid_from", "seller", "invoice_no"]
        error_messages = {"copies": {"required": _("Say how many copies: at least one.")}}

    def papers(self) -> list:
        return [each for each in self.cleaned_data["invoice"] or [] if each]


class HandOutForm(OfBranchForm):
    """Who gets how many copies of which titles; everybody on the list gets the same."""

    title = forms.CharField(
        label=_("title of the list"), max_length=120, error_messages={"required": _("Give the list a title.")}
    )
    issued_on = DayField(label=_("handed out on"), no_future=True)
    people = forms.ModelMultipleChoiceField(
        label=_("who gets them"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args, materials: Iterable[StudyMaterial], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.materials = list(materials)
        self.fields["issued_on"].initial = dates.today()
        for one in self.materials:
            self.fields[f"copies_{one.pk}"] = forms.IntegerField(
                label=_("%(title)s: copies for each (%(count)s at hand)") % {"title": one.title, "count": one.at_hand},
                required=False,
                min_value=0,
                max_value=99,
                initial=0,
            )
        self.order_fields(["title", "issued_on", *(f"copies_{one.pk}" for one in self.materials), "people"])

    def copies(self) -> dict[StudyMaterial, int]:
        return {one: self.cleaned_data.get(f"copies_{one.pk}") or 0 for one in self.materials}


class LoanForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    lent_on = DayField(label=_("lent on"), no_future=True)
    due_on = DayField(label=_("due back on"))

    class Meta:
        model = MaterialLoan
        fields = ["person", "lent_on", "due_on"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people_of(self.instance.material.branch)
        self.fields["person"].empty_label = _("choose a person")
        self.fields["lent_on"].initial = dates.today()


class ReturnForm(forms.Form):
    day = DayField(label=_("given back on"), no_future=True)
