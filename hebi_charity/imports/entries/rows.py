"""A row of a list without money between reading and staging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hebi_charity.imports.entries.fields import Value
from hebi_charity.imports.reading.reasons import Reason

NEW, KNOWN, DOUBTFUL, REJECTED = "new", "known", "doubtful", "rejected"


@dataclass(frozen=True)
class ReadRow:
    """A row as it was read: its line in the sheet, what its cells say by field, and what is wrong with cells.

    The value of a field whose cell is wrong is "".
    """

    row: int
    values: Mapping[str, Value]
    reasons: Sequence[Reason] = ()


@dataclass(frozen=True)
class Judged:
    """What a target says of a row: new, known already, doubtful, or rejected with all its reasons.

    `payload` is what the row becomes, JSON with personal values encrypted; none where it is rejected. `about` says what
    is known of a known or doubtful row (JSON, for the target's `doubts`). `notes` are codes of the target's sentences
    that are counted over the file: what a person should look at, although the row is taken in.
    """

    row: int
    verdict: str
    payload: dict[str, object] | None = None
    reasons: Sequence[Reason] = ()
    about: dict[str, object] = field(default_factory=dict)
    notes: Sequence[str] = ()

    def reason(self) -> dict[str, object] | None:
        """As a staged row keeps it: the first reason with the others behind it; of others what is known."""
        if self.verdict != REJECTED:
            return {"code": self.verdict, **self.about} if self.about else None
        first, *others = [reason.as_dict() for reason in self.reasons]
        return first | ({"also": others} if others else {})
