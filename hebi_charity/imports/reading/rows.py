"""One row of a list as one line of PostgreSQL's COPY format.

This is the hot path: 500,000 rows pass in seconds, so repeated texts are remembered and a plain cell costs one look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import NamedTuple

from hebi_charity.core.names import name_key
from hebi_charity.imports.reading.header import Header, currency_named
from hebi_charity.imports.reading.keys import content_key, loose_key
from hebi_charity.imports.reading.names import Parties, is_masked, parties
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.tables import Cell
from hebi_charity.imports.reading.values import amount_in_fen, identifier, moment, text_of

_NULL = "\\N"
_MIDNIGHT = time()
_CLOCK = re.compile(r" ([01]\d|2[0-3]):[0-5]\d:[0-5]\d")
_REMEMBERED = 200_000
_LONGEST_NAME = 120
_LONGEST_NOTE = 200
_ONCE = f"{_NULL}\t1\t{_NULL}"


@dataclass(frozen=True)
class Plan:
    """How to read the rows: the header and columns as a person confirmed them, and what the file does not say."""

    import_id: int
    header: Header
    today: date
    channel: str
    shape: str  # "named": a gift a row; "pool": all rows are orders of a pool
    received_on: date | None = None
    is_split: bool = True  # take “A转来B捐款” apart


@dataclass
class Tally:
    """What was read, per currency, in fen or cents."""

    counts: dict[str, int] = field(default_factory=dict)
    sums: dict[str, int] = field(default_factory=dict)
    rejected: int = 0
    blank: int = 0
    masked: int = 0
    split: int = 0
    unclear: int = 0
    first_unclear: list[int] = field(default_factory=list)


class _Name(NamedTuple):
    """A name as read once; `line` is its four columns ready for COPY, `is_plain` when there is nothing to count."""

    shown: str
    key: str
    payer: str
    is_masked: bool
    is_clear: bool
    line: str
    is_plain: bool


class RowReader:
    """Reads rows with one plan; remembers what repeats. `count` and `fen` are what was read in yuan so far."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.tally = Tally()
        self.count = 0
        self.fen = 0
        self._names: dict[Cell, _Name] = {}
        self._amounts: dict[Cell, tuple[str, int, str]] = {}
        self._days: dict[Cell, tuple[str, str]] = {}
        self._occurrences: dict[bytes, int] = {}
        self._numbers: set[int] = set()
        self.has_repeated_numbers = False
        self._import = plan.import_id
        self._is_pool = plan.shape == "pool"
        self._given = plan.received_on.isoformat() if plan.received_on else ""
        self.use(plan.header)

    def use(self, header: Header) -> None:
        """Take the columns, currency and unit of this header for the rows that follow."""
        columns = header.columns
        self._amounts = {}  # the same figure is another sum in another unit
        self._currency = header.currency
        self._factor = header.factor
        self._amount_at = columns["amount"]
        self._name_at = columns.get("name")
        self._order_at = columns.get("order_no")
        self._note_at = columns.get("note")
        self._payer_at = columns.get("payer")
        self._currency_at = columns.get("currency")
        self._day_at = columns.get("day", columns.get("moment"))
        self._moment_at = columns.get("moment", columns.get("day"))

    def read_so_far(self) -> tuple[int, int]:
        """Count and sum (fen or cents) so far in the currency of the block at hand."""
        if self._currency == "CNY":
            return self.count, self.fen
        return self.tally.counts.get(self._currency, 0), self.tally.sums.get(self._currency, 0)

    def line(self, number: int, cells: Sequence[Cell]) -> str:
        """The COPY line of one gift. Raises Reason."""
        order_no = ""
        if self._order_at is not None and (cell := cells[self._order_at]) != "":
            order_no = identifier(cell)
            if not order_no.isalnum():
                order_no = escape(order_no)
        name = _NOBODY
        if self._name_at is not None:
            cell = cells[self._name_at]
            name = self._names.get(cell) or self._meet(cell)
        if not order_no and not name.shown:
            raise Reason("order_no_missing" if self._order_at is not None else "name_missing")
        cell = cells[self._amount_at]
        if cell is True or cell is False:  # a tick box; it would be found as the 1 that was remembered
            raise Reason("amount_not_number", value=text_of(cell))
        amount, fen, currency = self._amounts.get(cell) or self._value(cell)
        if self._currency_at is not None:
            currency = self._currency_in(cells[self._currency_at]) or currency
        when = self._received(cells)
        note = self._note(cells) if self._note_at is not None and cells[self._note_at] != "" else ""
        if currency != "CNY":
            currency = self._foreign(fen, currency)
        self.count += 1
        self.fen += fen
        if not name.is_plain:
            self._count_name(number, name)
        last = self._numbered(order_no) if order_no else self._identify(when, name, fen, note)
        shape = "order" if order_no or self._is_pool or name.is_masked else "gift"
        who = name.line
        if self._payer_at is not None:
            who = self._with_payer(name, cells[self._payer_at])
        return (
            f"{self._import}\t{number}\tnew\t{shape}\t{order_no}\t{who}\t{amount}\tCNY\t{when}\t{note}\t{last}\t\\N\n"
        )

    def _meet(self, cell: Cell) -> _Name:
        """Read a name that has not come yet, and remember it."""
        shown = cell if isinstance(cell, str) and cell.isalnum() else text_of(cell)
        if len(shown) > _LONGEST_NAME:
            raise Reason("name_too_long", value=f"{shown[:20]}…")
        read = parties(shown) if "转" in shown or "代" in shown else Parties(shown)
        donor, payer = (read.donor, read.payer) if read.is_clear and self.plan.is_split else (shown, "")
        masked = is_masked(shown)
        key = name_key(shown)
        line = "\t".join(map(escape, (shown, key, donor, payer)))
        known = _Name(shown, key, payer, masked, read.is_clear, line, read.is_clear and not masked and not payer)
        if len(self._names) >= _REMEMBERED:
            self._names.clear()
        self._names[cell] = known
        return known

    def _with_payer(self, name: _Name, cell: Cell) -> str:
        """The columns of a name where the file has a column of its own for who paid."""
        payer = text_of(cell)[:_LONGEST_NAME]
        if not payer or payer == name.shown or name.payer:
            return name.line
        return f"{name.line}{escape(payer)}"

    def _value(self, cell: Cell) -> tuple[str, int, str]:
        fen, currency = amount_in_fen(cell, factor=self._factor)
        known = (f"{fen // 100}.{fen % 100:02d}", fen, currency or self._currency)
        if len(self._amounts) < _REMEMBERED:
            self._amounts[cell] = known
        return known

    def _currency_in(self, cell: Cell) -> str:
        text = text_of(cell)
        if not text:
            return ""
        code = currency_named(text)
        if not code:
            raise Reason("currency_unknown", value=text)
        return code

    def _foreign(self, fen: int, currency: str) -> str:
        """Count a gift in another currency apart. Raises Reason: only a gift with a booked rate can be taken in."""
        self.tally.counts[currency] = self.tally.counts.get(currency, 0) + 1
        self.tally.sums[currency] = self.tally.sums.get(currency, 0) + fen
        raise Reason("foreign_currency", value=f"{fen // 100}.{fen % 100:02d}", currency=currency)

    def _received(self, cells: Sequence[Cell]) -> str:
        """Received on, given on (ISO) and given at (with zone, or NULL): the file's own day, else the one given.

        Raises Reason when there is neither, or when a gift is dated after the day its pool was settled.
        """
        given = self._given
        if self._day_at is None or (given and cells[self._day_at] == ""):
            if not given:
                raise Reason("day_missing")
            return f"{given}\t{given}\t\\N"
        cell = cells[self._moment_at]
        if self._moment_at == self._day_at or cell == "":
            day, at = self._day(cells[self._day_at])
        else:
            day, at = self._day(cells[self._day_at])[0], self._day(cell)[1]
            if not at.startswith(day):
                at = _NULL
        # A pool is booked on the day the platform settled, which may be one day for gifts of many.
        if not (given and self._is_pool):
            return f"{day}\t{day}\t{at}"
        if day > given:
            raise Reason("given_after_settlement", value=day, settled=given)
        return f"{given}\t{day}\t{at}"

    def _day(self, cell: Cell) -> tuple[str, str]:
        """The day (ISO) and the moment (with zone, or NULL where the cell names a day only)."""
        known = self._days.get(cell)
        if known:
            return known
        if isinstance(cell, str) and len(cell) == 19 and _CLOCK.fullmatch(cell, 10):
            # A moment to the second comes once, its day often.
            day = self._day(cell[:10])[0]
            return day, f"{day}{cell[10:]}+08"
        found = moment(cell, today=self.plan.today)
        day = found.date().isoformat()
        at = _NULL if found.time() == _MIDNIGHT else f"{day} {found.time().isoformat()}+08"
        if len(self._days) < _REMEMBERED:
            self._days[cell] = (day, at)
        return day, at

    def _note(self, cells: Sequence[Cell]) -> str:
        note = text_of(cells[self._note_at])
        if len(note) > _LONGEST_NOTE and not self._is_pool:
            raise Reason("note_too_long", length=len(note), most=_LONGEST_NOTE)
        return escape(note)

    def _numbered(self, order_no: str) -> str:
        """The same columns of a row with an order number. Only its hash is remembered: the database finds out."""
        number = hash(order_no)
        if number in self._numbers:
            self.has_repeated_numbers = True
        else:
            self._numbers.add(number)
        return _ONCE

    def _identify(self, when: str, name: _Name, fen: int, note: str) -> str:
        """Content key, occurrence and loose key of a row without an order number."""
        note_key = name_key(note) if note else ""
        key = content_key(self.plan.channel, when.partition("\t")[0], name.key, fen, "CNY", note_key)
        nth = self._occurrences.get(key, 0) + 1
        self._occurrences[key] = nth
        return f"\\\\x{key.hex()}\t{nth}\t{loose_key(name.key, fen, 'CNY', note_key)}"

    def _count_name(self, number: int, name: _Name) -> None:
        tally = self.tally
        if name.is_masked:
            tally.masked += 1
        if name.payer:
            tally.split += 1
        elif not name.is_clear:
            tally.unclear += 1
            if len(tally.first_unclear) < 20:
                tally.first_unclear.append(number)


def escape(text: str) -> str:
    """A text as COPY wants it. Tabs and line ends are gone since the cell was read; JSON escapes its own."""
    return text.replace("\\", "\\\\") if "\\" in text else text


_NOBODY = _Name("", "", "", is_masked=False, is_clear=True, line="\t\t\t", is_plain=True)
