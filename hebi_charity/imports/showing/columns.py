"""The columns of a file as the page shows them: a heading, what was found, the first rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.imports.reading.letters import letter
from hebi_charity.imports.targets import EntryTarget, ImportTarget

ROLES = (
    ("", gettext_lazy("not read")),
    ("name", gettext_lazy("donor (name or unit)")),
    ("amount", gettext_lazy("amount of the gift")),
    ("day", gettext_lazy("day of the gift")),
    ("moment", gettext_lazy("time of the gift")),
    ("order_no", gettext_lazy("order or transaction number")),
    ("payer", gettext_lazy("who paid for the donor")),
    ("note", gettext_lazy("note")),
    ("currency", gettext_lazy("currency")),
)


def roles_of(target: ImportTarget) -> Sequence[tuple[str, object]]:
    """What a column can mean to this target, as (role, words)."""
    if isinstance(target, EntryTarget):
        return [ROLES[0], *((field.key, field.label) for field in target.fields)]
    return ROLES


@dataclass(frozen=True)
class ShownColumn:
    """One column: its place (from 0), heading, the cells of the first rows, and whether it holds personal data."""

    place: int
    title: str
    cells: list[str]
    is_kept_out: bool = False


def shown_columns(look: Mapping, used: Mapping[str, int]) -> list[ShownColumn]:
    """The columns with a heading, with something in the first rows, or with a meaning."""
    places = set(used.values())
    found = []
    for place, heading in enumerate(look["header"]):
        cells = [row[place] if place < len(row) else "" for row in look["rows"]]
        if not heading and not any(cells) and place not in places:
            continue
        kept_out = heading in look.get("kept_out", ())
        title = heading or _("column %(letter)s, without a heading") % {"letter": letter(place)}
        found.append(ShownColumn(place, title, cells, kept_out))
    return found


def preview_rows(shown: list[ShownColumn]) -> list[list[str]]:
    """The first rows across the shown columns."""
    return [list(cells) for cells in zip(*(column.cells for column in shown), strict=True)]
