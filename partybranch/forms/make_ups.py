"""What several people missed together and made up together, and what the list of open ones is narrowed to."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import DayField, FormKeyMixin
from partybranch.lists.filed_names import told
from partybranch.lists.make_ups import Missed
from partybranch.models import Branch, MakeUp


class MakeUpForm(FormKeyMixin, forms.Form):
    """Who made it up, when, how and what. Who has made it up already is not asked again."""

    people = forms.TypedMultipleChoiceField(
        label=_("who made it up"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one name.")},
    )
    done_on = DayField(label=_("made up on"), no_future=True)
    way = forms.ChoiceField(label=_("way of making up"), choices=MakeUp.Way.choices, widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("what was made up"), max_length=200, error_messages={"required": _("Say what was made up.")}
    )
    helper = forms.CharField(
        label=_("who taught or told it"), required=False, max_length=40, help_text=_("Of teaching at home: who went.")
    )

    def __init__(self, *args, missed: Iterable[Missed], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.open = {one.row.pk: one.row for one in missed if one.make_up is None}
        self.fields["people"].choices = [
            (pk, f"{told(row.event, row.person)}（{row.get_status_display()}）") for pk, row in self.open.items()
        ]

    def rows(self) -> list:
        return [self.open[pk] for pk in self.cleaned_data["people"]]


class MakeUpFilterForm(forms.Form):
    """Of which year and branch."""

    year = forms.TypedChoiceField(label=_("year"), required=False, coerce=int, empty_value=None)
    branch = forms.ModelChoiceField(
        label=_("Party branch"), required=False, queryset=Branch.objects.live(), empty_label=_("all")
    )

    def __init__(self, *args, years: Iterable[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("this year")), *((year, str(year)) for year in years)]
