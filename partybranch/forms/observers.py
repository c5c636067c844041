"""Somebody who sat in on an event: a person of the branch, or a guest."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import FormKeyMixin
from partybranch.forms.left_to_database import LeftToTheDatabase
from partybranch.models import Observer, Person


class ObserverForm(LeftToTheDatabase, FormKeyMixin, forms.ModelForm):
    """Either a person of the branch who is not on the list, or name and unit of a guest."""

    class Meta:
        model = Observer
        fields = ["person", "guest", "unit"]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        event = self.instance.event
        listed = event.attendance.values("person")
        self.fields["person"].queryset = Person.objects.of_branch(event.branch_id).exclude(pk__in=listed)
        self.fields["person"].empty_label = _("none of the branch: a guest")
        self.fields["guest"].help_text = _("Only of somebody from outside.")
