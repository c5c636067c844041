"""Honours and the registers beside them in the search over everything, for the branch's roles alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hebi_charity.core.registry import SEARCH_HITS, SearchHit
from partybranch.lists.evidence import title_of
from partybranch.lists.honours import KINDS
from partybranch.models import Honour

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def honours(user: User, text: str) -> list[SearchHit]:
    """What in the room of honours holds the text, the newest first of each kind; nothing of what was withdrawn."""
    found: list[SearchHit] = []
    for model in KINDS:
        visible = model.objects.visible_to(user)
        if visible.query.is_empty():
            return []
        rows = visible.live().containing(text).order_by("-listed_on", "-pk")
        rows = rows.with_bodies() if model is Honour else rows
        for row in rows[: SEARCH_HITS + 1]:
            detail = row.bodies() if isinstance(row, Honour) else ""
            found.append(SearchHit(title_of(row), detail, row.get_absolute_url(), str(row._meta.verbose_name)))
    return found[: SEARCH_HITS + 1]
