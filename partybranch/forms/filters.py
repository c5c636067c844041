from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.forms import DayField
from partybranch.models import Body, Branch, Circumstance

ANY = ("", _("all"))


class RollFilterForm(forms.Form):
    """Whose roll of which day, narrowed to some."""

    on = DayField(label=_("roll of the day"), required=False, no_future=True)
    q = forms.CharField(label=_("Name, pinyin or last four of the telephone"), required=False, max_length=60)
    stage = forms.ChoiceField(
        label=_("stage"),
        required=False,
        choices=[
            ANY,
            ("members", _("all Party members")),
            ("full", _("full member")),
            ("probationary", _("probationary member")),
            ("way", _("on the way into the Party")),
            ("study", _("staff who study")),
        ],
    )
    group = forms.ModelChoiceField(
        label=_("Party group"),
        required=False,
        queryset=Body.objects.live().filter(kind=Body.Kind.GROUP),
        empty_label=_("all"),
    )
    circumstance = forms.ChoiceField(label=_("circumstance"), required=False, choices=[ANY, *Circumstance.Kind.choices])
    branch = forms.ModelChoiceField(
        label=_("Party branch"), required=False, queryset=Branch.objects.live(), empty_label=_("all")
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["placeholder"] = dates.today().isoformat()


class MedalForm(forms.Form):
    """The year whose first of July is asked for."""

    year = forms.IntegerField(label=_("year"), required=False, min_value=1971, max_value=2199)
