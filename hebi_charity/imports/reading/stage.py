"""Every row of a file with a verdict, and a report over all of them: gifts, totals, blank rows, rejects."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence

from hebi_charity.imports.reading import controls
from hebi_charity.imports.reading.header import Header, read_header
from hebi_charity.imports.reading.reasons import Reason
from hebi_charity.imports.reading.rows import Plan, RowReader, escape
from hebi_charity.imports.reading.tables import Cell
from hebi_charity.imports.reading.values import text_of

# The columns of the staging table in the order in which `Stager` writes them.
COLUMNS = (
    "import_id", "row_no", "verdict", "shape", "order_no", "name", "name_key", "donor_name", "payer_name", "amount",
    "currency", "received_on", "donated_on", "donated_at", "note", "content_key", "occurrence", "loose_key", "reason",
)  # fmt: skip
_MOST_STRAYS = 3


class Stager:
    """Reads rows one after the other. `write` gets COPY lines as text; `report()` tells what was found at the end."""

    def __init__(self, plan: Plan, write: Callable[[str], object]) -> None:
        self.plan = plan
        self.write = write
        self.reader = RowReader(plan)
        self.tally = self.reader.tally
        self.controls: list[controls.Control] = []
        self._strays: list[tuple[int, int, str]] = []
        self._pending: tuple[int, int, list[Cell]] | None = None
        self._since_subtotal = (0, 0)
        self._lines: list[str] = []
        self._use(plan.header)

    def run(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Read every row below the header."""
        start = self.plan.header.row
        for number, cells in enumerate(rows, start=1):
            if number > start:
                self._row(number, cells)
                if len(self._lines) >= 2000:
                    self._flush()
        self._finish()
        self._flush()

    def report(self) -> dict[str, object]:
        tally = self.tally
        if self.reader.count:
            tally.counts["CNY"], tally.sums["CNY"] = self.reader.count, self.reader.fen
        return {
            "counts": tally.counts,
            "sums": tally.sums,
            "rejected": tally.rejected,
            "blank": tally.blank,
            "masked": tally.masked,
            "split": tally.split,
            "unclear": tally.unclear,
            "unclear_rows": tally.first_unclear,
            "controls": [control.as_dict() for control in self.controls],
            "has_repeated_numbers": self.reader.has_repeated_numbers,
            "stray_numbers": len(self._strays) if len(self._strays) > _MOST_STRAYS else 0,
        }

    def _use(self, header: Header) -> None:
        self.header = header
        self.reader.use(header)
        columns = header.columns
        self._identity_at = columns.get("order_no", columns.get("name"))
        self._width = len(header.names)
        taken = set(columns.values())
        self._unnamed = [i for i, name in enumerate(header.names) if not name and i not in taken]

    def _row(self, number: int, cells: Sequence[Cell]) -> None:
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        identity = cells[self._identity_at]
        if not identity or (isinstance(identity, str) and ("计" in identity or "总" in identity)):
            if self._is_no_gift(number, cells):
                return
        elif isinstance(cells[0], str) and "计" in cells[0] and self._is_no_gift(number, cells):
            return
        try:
            line = self.reader.line(number, cells)
        except Reason as reason:
            if not self._is_no_gift(number, cells) and not self._is_header(number, cells):
                self._settle_pending(is_footer=False)
                self._reject(number, _only_text(cells) or reason)
            return
        self._settle_pending(is_footer=False)
        self._lines.append(line)
        if self._unnamed or len(cells) > self._width:
            self._look_for_stray(number, cells)

    def _is_no_gift(self, number: int, cells: Sequence[Cell]) -> bool:
        """Whether this row is blank or a total; a total is kept for comparing."""
        if not any(text_of(cell) for cell in cells):
            self.tally.blank += 1
            return True
        found = controls.footer(cells)
        if found:
            label, printed, count, fen = found
            if count is None and fen is None:
                return False
            self._settle_pending(is_footer=True)
            self._keep_control(number, label, printed, count, fen)
            return True
        lone = controls.lone_number(cells)
        if lone is None:
            return False
        self._settle_pending(is_footer=False)
        self._pending = (number, lone, list(cells))
        return True

    def _keep_control(self, number: int, label: str, printed: str, count: int | None, fen: int | None) -> None:
        read = self.reader.read_so_far()
        is_subtotal = "小计" in label
        if is_subtotal:
            before = self._since_subtotal
            self._since_subtotal = read
            read = (read[0] - before[0], read[1] - before[1])
        self.controls.append(controls.Control(number, label, printed, count, fen, *read, is_subtotal=is_subtotal))

    def _settle_pending(self, *, is_footer: bool) -> None:
        """A lone number is the sum of what stands above it, unless gifts follow and it is another figure."""
        if self._pending is None:
            return
        number, fen, cells = self._pending
        self._pending = None
        if is_footer or fen == self.reader.read_so_far()[1]:
            self._keep_control(number, "", text_of(next(cell for cell in cells if text_of(cell))), None, fen)
        else:
            self._reject(number, Reason("only_a_number", value=f"{fen // 100}.{fen % 100:02d}"))

    def _look_for_stray(self, number: int, cells: Sequence[Cell]) -> None:
        places = [*self._unnamed, *range(self._width, len(cells))]
        for place in places:
            cell = cells[place]
            if cell != "" and len(self._strays) <= _MOST_STRAYS:
                fen = controls.lone_number([cell])
                if fen is not None:
                    self._strays.append((number, fen, text_of(cell)))

    def _is_header(self, number: int, cells: Sequence[Cell]) -> bool:
        """A header further down: repeated on each printed page, or that of a second block in another currency."""
        header = read_header(number, cells)
        if not header.is_complete:
            return False
        if header.names[: self._width] != self.header.names:
            self._settle_pending(is_footer=True)
            self._use(header)
        return True

    def _reject(self, number: int, reason: Reason) -> None:
        self.tally.rejected += 1
        text = escape(json.dumps(reason.as_dict(), ensure_ascii=False))
        blank = "\t".join([""] * 5)
        self._lines.append(
            f"{self.plan.import_id}\t{number}\trejected\tgift\t{blank}\t\\N\t\t\\N\t\\N\t\\N\t\t\\N\t1\t\\N\t{text}\n"
        )

    def _finish(self) -> None:
        self._settle_pending(is_footer=True)
        if len(self._strays) <= _MOST_STRAYS:
            for number, fen, printed in self._strays:
                self._keep_control(number, "", printed, None, fen)

    def _flush(self) -> None:
        self.write("".join(self._lines))
        self._lines.clear()


def _only_text(cells: Sequence[Cell]) -> Reason | None:
    """A better reason for a signature, a remark or a date below the table: one filled cell without an amount."""
    filled = [text for cell in cells if (text := text_of(cell))]
    return Reason("only_text", value=filled[0][:60]) if len(filled) == 1 else None
