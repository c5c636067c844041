"""What happened to one person in the branch, day by day, and what of it was withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from hebi_charity.core.dates import format_day
from partybranch.models import Circumstance, Membership, Person, StageChange, Standing, Term
from partybranch.models.binding import Binding

# The word in an address -> the kind of row that it withdraws or ends.
KINDS: dict[str, type[Binding]] = {
    "stays": Membership,
    "stages": StageChange,
    "circumstances": Circumstance,
    "terms": Term,
    "standings": Standing,
}
_WORDS = {model: word for word, model in KINDS.items()}


@dataclass(frozen=True)
class TimelineLine:
    """One row in words; `kind` and `pk` name it in an address."""

    day: date
    until: date | None
    words: str
    detail: str
    row: Binding
    may_end: bool = False

    @property
    def kind(self) -> str:
        return _WORDS[type(self.row)]


def timeline_of(person: Person, *, is_own: bool = False) -> list[TimelineLine]:
    """Everything recorded of a person, the newest first. One query for each of the five tables.

    To the person (`is_own`) what was withdrawn is not shown, nor what the secretary noted of a lost contact.
    """
    lines = [
        *(_stay(row) for row in person.memberships.select_related("branch", "withdrawn_by")),
        *(_stage(row) for row in person.stage_changes.select_related("withdrawn_by")),
        *(_circumstance(row, is_own=is_own) for row in person.circumstances.select_related("withdrawn_by")),
        *(_term(row) for row in person.terms.select_related("branch", "body", "withdrawn_by")),
        *(_standing(row) for row in person.standings.select_related("withdrawn_by")),
    ]
    shown = [line for line in lines if not (is_own and line.row.is_withdrawn())]
    return sorted(shown, key=lambda line: (line.day, line.row.recorded_at), reverse=True)


def _joined(*parts: object) -> str:
    return "；".join(str(part) for part in parts if part)


def _stay(row: Membership) -> TimelineLine:
    words = _("%(how)s: %(branch)s") % {"how": row.get_arrival_display(), "branch": row.branch.name}
    came = _("from %(place)s") % {"place": row.came_from} if row.came_from else ""
    letter = _("letter %(number)s") % {"number": row.letter_no} if row.letter_no else ""
    left = row.get_departure_display() if row.departure else ""
    went = _("to %(place)s") % {"place": row.went_to} if row.went_to else ""
    return TimelineLine(row.starts_on, row.ends_on, words, _joined(came, letter, left, went), row)


def _stage(row: StageChange) -> TimelineLine:
    words = {
        StageChange.Stage.PROBATIONARY: _("Admitted to the Party: probationary member"),
        StageChange.Stage.FULL: _("Confirmed: full member"),
    }.get(row.stage, str(row.get_stage_display()))
    return TimelineLine(row.on, None, words, row.basis, row)


def _circumstance(row: Circumstance, *, is_own: bool) -> TimelineLine:
    reason = "" if is_own and row.kind == Circumstance.Kind.LOST else row.reason
    return TimelineLine(row.starts_on, row.ends_on, str(row.get_kind_display()), reason, row, may_end=row.is_open())


def _term(row: Term) -> TimelineLine:
    due = _("term ends by rule on %(day)s") % {"day": format_day(row.due_on)} if row.due_on else ""
    place = row.body.name if row.body else row.branch.name
    return TimelineLine(
        row.starts_on,
        row.ends_on,
        f"{row.get_post_display()}（{place}）",
        _joined(due, row.basis),
        row,
        may_end=row.is_open(),
    )


def _standing(row: Standing) -> TimelineLine:
    return TimelineLine(row.standing_from, None, _("The standing counts from this day"), row.reason, row)
