"""What the rows of a file become: domain apps register it, so that imports need not know a gift."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from hebi_charity.core.registry import import_targets
from hebi_charity.imports.plan import Plan

if TYPE_CHECKING:
    from hebi_charity.imports.forms import ChoicesForm
    from hebi_charity.imports.models import Import

Choices = Mapping[str, str | int | None]
Booked = Mapping[date, date]


@dataclass(frozen=True)
class Merged:
    """What one act of merging made: documents with a number, rows that are in the books now, and their yuan."""

    documents: int = 0
    rows: int = 0
    amount: Decimal = Decimal(0)


@dataclass(frozen=True)
class ImportTarget:
    """What a domain app offers to files, registered in `core.registry.import_targets` under a key ("donations").

    `choices_form` asks the target's own questions on the page, and `results(import)` says where that which the rows
    became is found, as (words, address).
    `channels()` are the (code, words) a plan may name. `clean(choices, plan)` gives the target's own choices as they
    are kept, filled up with defaults, or raises PlanRefused; `describe(choices)` says them in words for the page.

    Two questions in SQL, with the parameters %(import)s and %(channel)s, over `imports_stagedrow`: `known` selects
    (row_no, known_amount) of new rows that the books hold already; `elsewhere` selects one row: how many new rows
    they hold under another day or channel, and the day most of those are under.

    `counts_in_month(plan, shape)` says whether rows of this shape are booked in a month by the merge; what is settled
    apart is booked when its money comes in.

    `step(plan)` is how many row numbers one transaction merges, 10,000 at most. A row of shape gift becomes a
    document of its own, the orders of one day of receipt become one together.

    The acts of the merge, each in a transaction that holds the import. `open(import)` comes first and makes what many
    rows belong to. `merge(import, first, last, booked)` takes the rows between two row numbers, after the months of
    `days(import, first, last)` were locked: `booked` is the booking day of each. `close(import, booked)` comes after
    the last row, with the months of `days_to_close(import)` locked, and makes binding what `open` made.

    `held()` is for the checks of the books: what is there of every import, by its id, counted in the books themselves.
    """

    title: str
    choices_form: type[ChoicesForm]
    results: Callable[[Import], list[tuple[str, str]]]
    channels: Callable[[], list[tuple[str, str]]]
    clean: Callable[[Choices, Plan], dict[str, str | int | None]]
    describe: Callable[[Choices], list[tuple[str, str]]]
    known: str
    elsewhere: str
    counts_in_month: Callable[[Plan, str], bool]
    step: Callable[[Plan], int]
    open: Callable[[Import], Merged]
    days: Callable[[Import, int, int], list[date]]
    merge: Callable[[Import, int, int, Booked], Merged]
    days_to_close: Callable[[Import], list[date]]
    close: Callable[[Import, Booked], Merged]
    held: Callable[[], dict[int, Merged]]


def target_of(imported: Import) -> ImportTarget:
    """The target of an import. Raises LookupError when its app is not installed any more."""
    target = import_targets.get(imported.target)
    if not isinstance(target, ImportTarget):
        raise LookupError(imported.target)
    return target
