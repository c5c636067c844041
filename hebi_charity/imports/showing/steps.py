"""Where an import stands on its way, as the numbered line above each of its pages."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from hebi_charity.imports.models import Import

ALONE = (
    _("choose the file"),
    _("look at the columns"),
    _("check"),
    _("take in"),
    _("taken in"),
)
WORDS = (
    _("choose the file"),
    _("look at the columns"),
    _("check"),
    _("submit"),
    _("a colleague confirms"),
    _("in the books"),
)
_AT = {
    Import.State.UPLOADED: 1,
    Import.State.RETURNED: 1,
    Import.State.CHECKING: 2,
    Import.State.CHECKED: 3,
    Import.State.SUBMITTED: 4,
    Import.State.CONFIRMED: 5,
    Import.State.MERGING: 5,
    Import.State.DONE: 6,
    Import.State.DISCARDED: -1,
    Import.State.UNDONE: -1,
}


_TAKEN_IN_BY_ONE = 3  # the step at which one person submits and confirms


@dataclass(frozen=True)
class Step:
    """One step: its words, and whether it is behind us or the one to do now."""

    words: str
    is_done: bool
    is_now: bool


def steps_of(imported: Import | None, *, at: int | None = None, is_alone: bool = False) -> list[Step]:
    """The steps with the present one marked; none for an import that was discarded or taken back.

    `is_alone`: nobody else confirms.
    """
    is_alone = is_alone or (imported is not None and not imported.needs_second_person)
    if at is None:
        at = 0 if imported is None else step_of(imported)
    if not is_alone:
        return [Step(words, place < at, place == at) for place, words in enumerate(WORDS)] if at >= 0 else []
    # Who loads a file also takes it in: submitting and confirming are one step, and what is under way belongs to it.
    at = at if at < _TAKEN_IN_BY_ONE else at - 1 if at == len(WORDS) else _TAKEN_IN_BY_ONE
    return [Step(words, place < at, place == at) for place, words in enumerate(ALONE)] if at >= 0 else []


def step_of(imported: Import) -> int:
    if imported.state == Import.State.FAILED:
        return 2 if imported.failed_while == Import.FailedWhile.CHECKING else 5
    return _AT[Import.State(imported.state)]
