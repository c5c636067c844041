"""What a list was filtered by, in words: for the log and for the notes of a file."""

from __future__ import annotations

from django.forms import Form

from hebi_charity.core.masking import mask_name
from hebi_charity.office.templatetags.frame import spoken


def filter_in_words(form: Form) -> str:
    """What the list was filtered by, as the chips say it, "" for nothing.

    What was typed to search is masked, it may be a name.
    """
    form.is_valid()
    said = []
    for bound in form.visible_fields():
        chosen = form.cleaned_data.get(bound.name)
        if chosen not in (None, "", False):
            shown = mask_name(str(chosen)) if bound.name == "q" else spoken(bound, chosen)
            said.append(f"{bound.label}：{shown}")
    return "；".join(said)
