"""Choosing papers for a record."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOST_AT_ONCE = 9
TAKEN = ".jpg,.jpeg,.png,.webp,.pdf,.docx,.xlsx,.xls,.csv,image/*"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once, as a list."""

    widget = ManyFilesInput

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        chosen = data if isinstance(data, (list, tuple)) else [data]
        if len(chosen) > MOST_AT_ONCE:
            raise ValidationError(
                _("At most %(count)d files at once. Please add the rest afterwards.") % {"count": MOST_AT_ONCE}
            )
        return [super(ManyFilesField, self).clean(each, initial) for each in chosen or [None]]


class PapersForm(forms.Form):
    """Scans, photographs and letters that belong to a record."""

    papers = ManyFilesField(
        label=gettext_lazy("Scans or photographs"),
        widget=ManyFilesInput({"accept": TAKEN}),
        help_text=gettext_lazy("Up to nine at once: pictures, PDF, Word or tables. On a phone the camera can be used."),
        error_messages={
            "required": gettext_lazy("Please choose at least one file."),
            "empty": gettext_lazy("The file is empty. Please choose another one."),
        },
    )
