"""What the rows of a file become: domain apps register it, so that imports need not know a gift or a member."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.functional import Promise

from hebi_charity.audit.models import Entry
from hebi_charity.core.export import Export
from hebi_charity.core.registry import import_targets
from hebi_charity.imports.plan import Plan

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from hebi_charity.imports.entries import Field, Judged, ReadRow
    from hebi_charity.imports.forms import ChoicesForm
    from hebi_charity.imports.models import Import, StagedRow

Choices = Mapping[str, str | int | None]
Booked = Mapping[date, date]
Words = str | Promise
MONEY, ENTRIES = "money", "entries"


@dataclass(frozen=True)
class Merged:
    """What one act of merging made: documents with a number, rows that are in the books now, and their yuan.

    `known` are rows that others took between check and merge.
    """

    documents: int = 0
    rows: int = 0
    amount: Decimal = Decimal(0)
    known: int = 0


@dataclass(frozen=True)
class Permissions:
    """Which permission opens the acts on the imports of a target: view, load, confirm, undo ("": nobody)."""

    view: str
    load: str
    confirm: str
    undo: str = ""


@dataclass(frozen=True, kw_only=True)
class ImportTarget:
    """What a domain app offers to files, registered in `core.registry.import_targets` under a key ("donations").

    `side` is the side of the log on which everything about its imports stands, `series` the one their numbers come
    from. Where `needs_second_person` is false, who loads a file also takes it in; that is possible without money only.

    `choices_form` asks the target's own questions on the page, and `results(import)` says where that which the rows
    became is found, as (words, address). `clean(choices, plan)` gives the target's own choices as they are kept,
    filled up with defaults, or raises PlanRefused; `describe(choices)` says them in words for the page. `about` is the
    template that says on the page of the upload what the file is for. `by_link` names the questions of `choices_form`
    that a link to that page may answer beforehand (`?bank=3`): such as whatever a person clicked the link on.

    `step(plan)` is how many row numbers one transaction merges, 10,000 at most.

    The acts of the merge, each in a transaction that holds the import. `open(import)` comes first and makes what many
    rows belong to. `merge(import, first, last, booked)` takes the rows between two row numbers, after the months of
    `days(import, first, last)` were locked: `booked` is the booking day of each. `close(import, booked)` comes after
    the last row, with the months of `days_to_close(import)` locked, and makes binding what `open` made.

    `held()` is for the checks of the books: what is there of every import, by its id, counted in the books themselves.
    """

    title: Words
    permissions: Permissions
    about: str
    choices_form: type[ChoicesForm]
    results: Callable[[Import], list[tuple[str, str]]]
    clean: Callable[[Choices, Plan], dict[str, str | int | None]]
    describe: Callable[[Choices], list[tuple[str, str]]]
    step: Callable[[Plan], int]
    merge: Callable[[Import, int, int, Booked], Merged]
    held: Callable[[], dict[int, Merged]]
    open: Callable[[Import], Merged] = lambda imported: Merged()
    close: Callable[[Import, Booked], Merged] = lambda imported, booked: Merged()
    days: Callable[[Import, int, int], list[date]] = lambda imported, first, last: []
    days_to_close: Callable[[Import], list[date]] = lambda imported: []
    side: str = Entry.Side.CHARITY
    series: str = "import"
    needs_second_person: bool = True
    by_link: tuple[str, ...] = ()

    kind = ""


@dataclass(frozen=True, kw_only=True)
class MoneyTarget(ImportTarget):
    """Rows with an amount of money. A row of shape gift becomes a document, the orders of one day become one together.

    `channels()` are the (code, words) a plan may name. Two questions in SQL, with the parameters %(import)s and
    %(channel)s, over `imports_stagedrow`: `known` selects (row_no, known_amount) of new rows that the books hold
    already; `elsewhere` selects one row: how many new rows they hold under another day or channel, and the day most of
    those are under.

    `counts_in_month(plan, shape)` says whether rows of this shape are booked in a month by the merge; what is settled
    apart is booked when its money comes in.
    """

    channels: Callable[[], list[tuple[str, str]]]
    known: str
    elsewhere: str
    counts_in_month: Callable[[Plan, str], bool]

    kind = MONEY


@dataclass(frozen=True, kw_only=True)
class EntryTarget(ImportTarget):
    """Rows without money: each becomes an entry of its own.

    `fields` are what its columns can mean. `judge(rows, plan)` gives a verdict for every row that could be read, with
    the payload it is staged with. `sentences` are the target's own reasons by code: (heading, sentence with %(row)s).
    `shown(row)` says a staged row in a few words for samples, `doubts(rows)` what is known already of each doubtful
    one, as (words, address). `template()` is the empty table people may fill in. `words` are the target's own words on
    the common pages, by name: see `WORDS`.

    `undo(import, by, reason)` takes back what the merge made, or raises UndoRefused with a sentence.
    """

    fields: Sequence[Field]
    judge: Callable[[Sequence[ReadRow], Plan], list[Judged]]
    sentences: Mapping[str, tuple[Words, Words]]
    shown: Callable[[StagedRow], str]
    template: Callable[[], Export]
    undo: Callable[[Import, User, str], None]
    doubts: Callable[[Sequence[StagedRow]], dict[int, list[tuple[str, str]]]] = lambda rows: {}
    words: Mapping[str, Words] = field(default_factory=dict)

    kind = ENTRIES


def target_named(key: str) -> ImportTarget:
    """The target of this key. Raises LookupError when no installed app offers it."""
    target = import_targets.get(key)
    if not isinstance(target, ImportTarget):
        raise LookupError(key)
    return target


def target_of(imported: Import) -> ImportTarget:
    """The target of an import. Raises LookupError when its app is not installed any more."""
    return target_named(imported.target)


def targets_for(user: User, act: str = "view") -> list[str]:
    """Keys of the targets on whose imports this person may do this: view, load, confirm or undo."""
    return [
        key for key, target in import_targets.items() if isinstance(target, ImportTarget) and _may(user, target, act)
    ]


def may(user: User, imported: Import, act: str) -> bool:
    """Whether this person may do this on an import; nothing without the permission to see it."""
    target = target_of(imported)
    return _may(user, target, "view") and _may(user, target, act)


def _may(user: User, target: ImportTarget, act: str) -> bool:
    permission = getattr(target.permissions, act)
    return bool(permission) and user.has_perm(permission)
