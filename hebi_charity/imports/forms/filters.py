from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.imports.models import Import


class ImportFilterForm(forms.Form):
    """What the list of imports is narrowed to."""

    state = forms.ChoiceField(label=_("state"), required=False, choices=[("", _("all")), *Import.State.choices])
