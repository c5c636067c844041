"""How a file is to be read and what its rows are for: what a person confirms before the check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Self

NAMED, POOL = "named", "pool"
SHAPES = (NAMED, POOL)
ENTRIES = "entries"  # rows without money


@dataclass(frozen=True)
class Plan:
    """The plan of an import. `columns` are places (from 0) by role: name, order_no, amount, day, moment, note, ….

    `received_on` is the day for rows that name none; for a pool it is the day the money of all rows arrived.
    `factor` 10000 where amounts are in 万元. Rows without money have the shape `entries` and no channel. `choices`
    belong to the target: for gifts the ids of campaign and fund and the code of the kind of receipt. `encoding` ""
    means: as found.
    """

    sheet: str
    header_row: int
    columns: Mapping[str, int]
    shape: str
    channel: str
    encoding: str = ""
    currency: str = "CNY"
    factor: int = 1
    received_on: date | None = None
    is_split: bool = True
    choices: Mapping[str, str | int | None] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """For `Import.plan`."""
        day = self.received_on.isoformat() if self.received_on else None
        return asdict(self) | {"received_on": day}

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> Self:
        """The plan as `Import.plan` keeps it."""
        values = dict(stored)
        day = values.pop("received_on", None)
        return cls(**values, received_on=date.fromisoformat(day) if day else None)

    @property
    def names_day(self) -> bool:
        """Whether the file has a column with the day of each row."""
        return "day" in self.columns or "moment" in self.columns

    def changed(self, **values: object) -> Self:
        return replace(self, **values)
