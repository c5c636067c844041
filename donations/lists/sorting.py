"""By which columns the list of gifts is sorted: those an index answers, so that page 1,000 costs what page 1 does."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import QueryDict

SORTS = {"day": "donated_on", "number": "donation_no", "amount": "amount"}
DEFAULT = "day"
_UP = "-up"
_PLACES = ("after", "before", "day", "page")


@dataclass(frozen=True)
class Sorting:
    """The column the list is sorted by, and which way."""

    name: str = DEFAULT
    is_descending: bool = True

    @classmethod
    def of(cls, text: str) -> Sorting:
        """What the address asks for; anything odd gives the newest first."""
        name = text.removesuffix(_UP)
        return cls(name, not text.endswith(_UP)) if name in SORTS else cls()

    @property
    def key(self) -> str:
        return SORTS[self.name]

    def text(self) -> str:
        return self.name if self.is_descending else f"{self.name}{_UP}"

    def after_click(self, name: str) -> Sorting:
        """Another column begins with its greatest; the same one turns round."""
        return Sorting(name, not self.is_descending) if name == self.name else Sorting(name)


@dataclass(frozen=True)
class SortLink:
    """What a heading is: where a click on it leads, and how the list is sorted by it now."""

    url: str
    direction: str  # for aria-sort: ascending, descending, none


def sort_links(sorting: Sorting, query: QueryDict) -> dict[str, SortLink]:
    """A link for each sortable column, with the same filters, from the first page on."""
    links = {}
    for name in SORTS:
        changed = query.copy()
        for place in _PLACES:
            changed.pop(place, None)
        changed["sort"] = sorting.after_click(name).text()
        direction = ("descending" if sorting.is_descending else "ascending") if name == sorting.name else "none"
        links[name] = SortLink(f"?{changed.urlencode()}", direction)
    return links
