"""The form in which a file is chosen."""

from __future__ import annotations

from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.core.forms import FormKeyMixin
from hebi_charity.imports.reading.kinds import MAX_BYTES

MEGABYTE = 1024 * 1024
# The content decides what a file is; these endings only say better what to do than its content could.
NO_TABLES = {
    "text": {".doc", ".docx", ".wps", ".rtf", ".odt"},
    "picture": {".jpg", ".jpeg", ".png", ".gif", ".bmp", ".webp", ".heic", ".tif", ".tiff", ".pdf", ".ofd"},
    "packed": {".zip", ".rar", ".7z", ".gz", ".tar"},
}


def sentence_for_ending(name: str) -> str:
    """What to do with a file that is no table by its ending; "" for one that may be."""
    ending = PurePath(name).suffix.lower()
    sentences = {
        "text": _(
            "“%(ending)s” is a text document, not a table. Open it in WPS, copy the table into a new sheet, save that"
            " as .xlsx and choose it here."
        ),
        "picture": _(
            "From “%(ending)s” (a picture, a scan or a PDF) no figures can be read. Please ask the sender for the table"
            " itself (.xlsx, .xls or .csv)."
        ),
        "packed": _("“%(ending)s” is a packed file. Please unpack it first and choose the table that is in it."),
    }
    for kind, endings in NO_TABLES.items():
        if ending in endings:
            return sentences[kind] % {"ending": ending}
    return ""


class UploadForm(FormKeyMixin):
    """One file. Django puts large ones on the disk; their content is judged by the reading child."""

    file = forms.FileField(
        label=gettext_lazy("The table"),
        widget=forms.FileInput(attrs={"data-upload": "", "data-most-bytes": str(MAX_BYTES)}),
        error_messages={
            "required": gettext_lazy("Please choose the table first."),
            "empty": gettext_lazy("The file is empty. Please choose the file that holds the list."),
            "invalid": gettext_lazy("The file did not arrive whole. Please choose it again."),
        },
        max_length=250,
    )

    def clean_file(self):
        given = self.cleaned_data["file"]
        if sentence := sentence_for_ending(given.name):
            raise ValidationError(sentence, code="no_table")
        if given.size > MAX_BYTES:
            raise ValidationError(
                _("The file has %(megabytes)s MB; at most 50 MB can be read. Please split it into several files.")
                % {"megabytes": f"{given.size / MEGABYTE:.1f}"},
                code="too_large",
            )
        return given
