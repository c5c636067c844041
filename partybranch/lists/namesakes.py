"""People of one list who have the same name: what tells them apart on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from partybranch.models import Person, Term


def told_apart(people: Iterable[Person], *, branch: int, day: date) -> dict[int, str]:
    """Group of the day and post, of those whose name stands several times; with a number where that is the same too.

    One query, and only where there are namesakes.
    """
    people = list(people)
    names = Counter(person.name_key for person in people)
    same = [person for person in people if names[person.name_key] > 1]
    if not same:
        return {}
    groups = dict(_groups(same, branch, day))
    said = {person.pk: "，".join(filter(None, [groups.get(person.pk), person.post])) for person in same}
    return {person.pk: _numbered(person, same, said) for person in same}


def _groups(people: Sequence[Person], branch: int, day: date) -> list[tuple[int, str]]:
    terms = Term.objects.on(day).in_groups().filter(branch=branch, person__in=people)
    return list(terms.values_list("person", "body__name"))


def _numbered(person: Person, same: Sequence[Person], said: dict[int, str]) -> str:
    alike = [one.pk for one in same if one.name_key == person.name_key and said[one.pk] == said[person.pk]]
    if len(alike) == 1:
        return said[person.pk]
    return f"{said[person.pk]}（{sorted(alike).index(person.pk) + 1}）".strip()
