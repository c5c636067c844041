"""What the log is searched by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.dates import DayError, parse_day, today
from hebi_charity.core.registry import audit_acts


class FilterDay(forms.Field):
    """A day as people type it: 20260301, 3.1, 今天."""

    widget = forms.TextInput(attrs={"placeholder": "20260301", "autocomplete": "off"})

    def to_python(self, value):
        if not value:
            return None
        try:
            return parse_day(value, today=today())
        except DayError as error:
            raise forms.ValidationError(error.sentence) from error


class EntryFilterForm(forms.Form):
    person = forms.CharField(label=_("Person (name or account)"), required=False, max_length=50)
    act = forms.ChoiceField(label=_("Act"), required=False)
    record = forms.CharField(label=_("Record (number, beginning)"), required=False, max_length=60)
    since = FilterDay(label=_("From day"), required=False)
    until = FilterDay(label=_("To day"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        acts = sorted(((code, str(words)) for code, words in audit_acts.items()), key=lambda pair: pair[1])
        self.fields["act"].choices = [("", _("all")), *acts]

    def clean(self):
        cleaned = super().clean()
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            self.add_error("until", _("The last day lies before the first one. Please exchange them."))
        return cleaned


class RevealForm(forms.Form):
    """Why personal data is shown in full. The reason stands in the log."""

    reason = forms.CharField(
        label=_("Why you need to see it in full"),
        max_length=200,
        error_messages={"required": _("Say in a sentence what you need it for. It is written into the log.")},
    )
