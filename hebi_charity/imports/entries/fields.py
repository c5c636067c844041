"""A column of a list without money: what it is called, how it is recognised and how its cells are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise

from hebi_charity.imports.reading import cells
from hebi_charity.imports.reading.cells import JsonCell
from hebi_charity.imports.reading.header import squeeze
from hebi_charity.imports.reading.reasons import Reason

HIDDEN = "•••"
TEXT, NUMBER, DAY, MONTH, CHOICE = "text", "number", "day", "month", "choice"
Value = str | int


@dataclass(frozen=True)
class Field:
    """What a column can mean to a target.

    `names` are headings by which it is recognised beside its label. A cell of kind `text` is at most `longest` long, of
    kind `choice` one of the words of `choices`, each of which stands for a code; a `day` may name its month alone
    (1985-07), a `month` drops the day. A `required` column must be there and filled. What is `personal` is hidden in
    the preview and in sentences.
    """

    key: str
    label: str | Promise
    names: tuple[str, ...] = ()
    kind: str = TEXT
    required: bool = False
    personal: bool = False
    longest: int = 200
    choices: Mapping[str, str] = field(default_factory=dict)
    help: str | Promise = ""

    def as_order(self) -> dict[str, object]:
        """For the reading child."""
        names = [str(self.label), *self.names]
        return {"key": self.key, "names": names, "required": self.required, "personal": self.personal}

    def read(self, cell: JsonCell, *, today: date) -> Value:
        """The value of a cell; "" for an empty one. Raises Reason with the field's label among its values."""
        try:
            value = self._read(cell, today)
        except Reason as reason:
            raise self._told(reason) from None
        if value == "" and self.required:
            raise Reason("cell_missing", field=str(self.label))
        return value

    def _read(self, cell: JsonCell, today: date) -> Value:
        shown = cells.text(cell) if isinstance(cell, str) or cell is None else "?"
        if not shown or (self.kind != TEXT and squeeze(shown) in _NOTHING):
            return ""
        if self.kind == NUMBER:
            return cells.number(cell)
        if self.kind == DAY:
            return cells.day(cell, today=today)
        if self.kind == MONTH:
            return cells.month(cell, today=today)
        if self.kind == CHOICE:
            return cells.choice(cell, {squeeze(word): code for word, code in self.choices.items()})
        found = cells.text(cell)
        if len(found) > self.longest:
            raise Reason("cell_too_long", value=f"{found[:20]}…", most=self.longest, length=len(found))
        return found

    def _told(self, reason: Reason) -> Reason:
        values = {**reason.values, "field": str(self.label)}
        if self.personal and "value" in values:
            values["value"] = HIDDEN
        return Reason(reason.code, **values)


# What people write where there is nothing.
_NOTHING = {"-", "--", "/", "\\", "无", "—", "——", "暂无", "不详", "空"}
