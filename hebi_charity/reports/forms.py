"""Which month a report is wanted for."""

from datetime import date
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates
from hebi_charity.core.registry import report_builders
from hebi_charity.office.models import Period
from hebi_charity.reports.templatetags.report_figures import month_name


class ReportForm(forms.Form):
    form_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kind = forms.ChoiceField(label=_("Kind of report"))
    period_on = forms.ChoiceField(label=_("Month"), help_text=_("Figures of a month that is not closed may change."))
    reason = forms.CharField(
        label=_("Reason for a new version"),
        max_length=200,
        required=False,
        help_text=_("Only when this month has a report already; the reason is printed on the new one."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(key, builder.title) for key, builder in report_builders.items()]
        months = Period.objects.filter(month__lte=dates.today()).order_by("-month").values_list("month", flat=True)
        self.fields["period_on"].choices = [(month.isoformat(), month_name(month)) for month in months]

    def clean_period_on(self) -> date:
        return date.fromisoformat(self.cleaned_data["period_on"])
