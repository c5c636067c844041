from django import forms
from django.utils.translation import gettext_lazy as _

from partybranch.models import Honour

ANY = ("", _("all"))
WITHDRAWN = [("", _("is left out")), ("yes", _("is shown too"))]


class RegisterFilterForm(forms.Form):
    """What a register is narrowed to."""

    q = forms.CharField(label=_("Words in any field"), required=False, max_length=60)
    year = forms.IntegerField(label=_("year"), required=False, min_value=1911, max_value=2199)
    with_withdrawn = forms.ChoiceField(label=_("what was withdrawn"), required=False, choices=WITHDRAWN)


class HonourFilterForm(forms.Form):
    """What the wall of honours is narrowed to."""

    q = forms.CharField(label=_("Title, body or number"), required=False, max_length=60)
    year = forms.IntegerField(label=_("year"), required=False, min_value=1911, max_value=2199)
    recipient_kind = forms.ChoiceField(
        label=_("who received it"), required=False, choices=[ANY, *Honour.Recipient.choices]
    )
    level = forms.ChoiceField(label=_("level"), required=False, choices=[ANY, *Honour.Level.choices])
    nature = forms.ChoiceField(label=_("nature"), required=False, choices=[ANY, *Honour.Nature.choices])
    due = forms.ChoiceField(
        label=_("review or end"), required=False, choices=[ANY, ("soon", _("within sixty days, or over"))]
    )
    with_withdrawn = forms.ChoiceField(label=_("what was withdrawn"), required=False, choices=WITHDRAWN)


class TimelineFilterForm(forms.Form):
    """The year of the line of time."""

    year = forms.IntegerField(label=_("year"), required=False, min_value=1911, max_value=2199)
