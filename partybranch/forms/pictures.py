"""Choosing pictures of an event: up to nine at once, each turned before it is sent, and one caption for them all."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from hebi_charity.core.forms import FormKeyMixin
from hebi_charity.files.forms import ManyFilesField, ManyFilesInput
from partybranch.models import LifePicture

# A telephone that keeps HEIC gives JPEG where HEIC is not in this list.
TAKEN = "image/jpeg,image/png,image/webp"


class PicturesField(ManyFilesField):
    """Pictures in a row. The page's script shows each, and sends how often it was turned as `<name>_turns`."""

    widget = ManyFilesInput({"accept": TAKEN, "data-pictures": ""})

    def __init__(self, **kwargs) -> None:
        # An empty file is refused alone, where it is stored.
        own = {"allow_empty_file": True, "error_messages": {"required": _("Please choose at least one picture.")}}
        super().__init__(**(own | kwargs))


class ChoosesPictures(forms.Form):
    """A form with fields for pictures; `chosen(name)` gives them with their turns."""

    def chosen(self, name: str) -> list[tuple[UploadedFile, int]]:
        """The files of one field, each with its quarters clockwise; empty where nothing was chosen."""
        files = [file for file in self.files.getlist(self.add_prefix(name)) if file]
        said = str(self.data.get(f"{self.add_prefix(name)}_turns", "")).split(",")
        turns = [int(word) % 4 if word.isascii() and word.isdigit() and len(word) < 3 else 0 for word in said]
        return list(zip(files, [*turns, *[0] * len(files)], strict=False))


class PicturesForm(FormKeyMixin, ChoosesPictures):
    """Pictures of an event that is still open."""

    kind = forms.ChoiceField(
        label=_("what the picture shows"), choices=LifePicture.Kind, widget=forms.RadioSelect, initial="page"
    )
    pictures = PicturesField(label=_("Pictures"), help_text=_("Up to nine at once, from the album of the telephone."))
    caption = forms.CharField(
        label=_("caption"), required=False, max_length=200, help_text=_("One for all of them; may stay empty.")
    )
