"""A meeting that seems to be there already: it is asked once, with the way to the other, and what was typed stays."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.dates import format_day
from hebi_charity.office.services.form_keys import was_saved_with
from partybranch.models import LifeEvent


class AsksOfTwin(forms.Form):
    """A form that records a meeting, and asks first where the same one seems to stand there. Use with FormKeyMixin."""

    # Hidden, and then a box, once there is something to ask.
    is_another = forms.BooleanField(
        label=gettext_lazy("Record it all the same: this is another meeting"),
        required=False,
        widget=forms.HiddenInput,
    )

    def asks_of_twin(self, event: LifeEvent) -> bool:
        """Whether it has to be asked, which then stands beside the box. The same form sent twice is not asked."""
        if self.cleaned_data.get("is_another") or was_saved_with(self.form_key):
            return False
        twin = LifeEvent.objects.twins_of(event).first()
        if twin is None:
            return False
        self.fields["is_another"].widget = forms.CheckboxInput()
        words = _("This seems to be recorded already: %(topic)s, %(kind)s, %(day)s. Look at it first.")
        facts = {"topic": twin.topic, "kind": twin.get_kind_display(), "day": format_day(twin.held_on)}
        self.add_error("is_another", format_html('<a href="{}">{}</a>', twin.get_absolute_url(), words % facts))
        return True
