"""People of the branch by name, pinyin or the tail of the telephone: for the roll's box and the search over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from hebi_charity.core.names import as_pinyin, is_pinyin, name_key
from hebi_charity.core.registry import SearchHit
from partybranch.models import Person

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

HITS, TAIL = 25, 4


def found_people(rows: QuerySet[Person], text: str) -> QuerySet[Person]:
    """People whose name holds the text, whose pinyin or initials begin with it, or whose telephone ends with it."""
    typed = name_key(text)
    if typed.isascii() and typed.isdigit() and len(typed) == TAIL:
        return rows.filter(phone_tail=typed)
    if is_pinyin(text):
        return rows.sounding(as_pinyin(text))
    return rows.filter(name_key__contains=typed)


def people(user: User, text: str) -> list[SearchHit]:
    """People of the branch, whether they are still there or not; for the branch's roles alone."""
    visible = Person.objects.visible_to(user)
    if visible.query.is_empty():
        return []
    found = found_people(visible, text).order_by("sort_key", "pk")[:HITS]
    return [
        SearchHit(
            person.name,
            f"···{person.phone_tail}" if person.phone_tail else person.post,
            person.get_absolute_url(),
            _("Party branch"),
        )
        for person in found
    ]
