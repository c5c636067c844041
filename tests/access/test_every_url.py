"""Every role × every address × every method, on records of one's own, of colleagues and of nobody: as `table.py` says.

To whoever is outside the Party branch, no answer holds a word of its records (`branch_records.planted`).

One world for all; each request runs in a savepoint that is undone, so that the next one finds the world as it was.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from hebi_charity.accounts.models import Role, User
from hebi_charity.accounts.public import PUBLIC
from tests.access.branch_records import BY_SECRET, PARTY, planted
from tests.access.records import ABSENT_NUMBERS, ABSENT_WORD, NOBODY, WHO, World
from tests.access.table import PERMISSIONS, TABLE

UNSPOKEN = ("PUT", "PATCH", "DELETE", "OPTIONS")
# What a curious hand puts behind an address: no page may break on it.
ODD_QUERY = {
    "q": "\x00 %_\\' ﷽𠮷",
    "name": "\x00",
    "first": "2022-13-45",
    "last": "昨天的昨天",
    "since": "99999999",
    "act": "x" * 200,
    "state": "nothing",
    "after": "x",
    "before": "~",
    "at": "0000-00-00",
    "rows": "９,x",
    "fund": "9" * 40,
    "kind": "[]",
    "period_on": "x",
    "format": "../",
    "page": "-1",
}


@dataclass(frozen=True)
class Line:
    """One line of the table."""

    name: str
    who: str
    codes: dict[str, int]
    other: int | None
    exceptions: dict[str, int]

    @classmethod
    def of(cls, text: str) -> Line:
        name, who, get, post, other, *exceptions = text.split()
        pairs = [part.split("=") for part in exceptions]
        return cls(
            name,
            who,
            {"GET": code_of(get), "HEAD": code_of(get), "POST": code_of(post)},
            None if other == "-" else int(other),
            {role: int(code) for role, code in pairs},
        )

    def may(self, who: str) -> bool:
        if self.who in {"everybody", "public"}:
            return True
        return any(who in HOLDERS[permission] for permission in self.who.split("|"))

    def code(self, who: str, method: str, *, record: str) -> int:
        """What this person gets; `record` is "own", "other" or "absent"."""
        if not self.may(who):
            return 403
        if method in UNSPOKEN or self.codes[method] == 405 or record == "own":
            return self.codes.get(method, 405)
        return 404 if record == "absent" else self.exceptions.get(who, self.other)


def code_of(word: str) -> int:
    return 405 if word == "-" else int(word)


def patterns(resolver=None, namespace: str = ""):
    """Every address by name, with the names of its parts."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", tuple(entry.pattern.converters)
        else:
            yield from patterns(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)


LINES = {line.name: line for line in map(Line.of, filter(None, TABLE.splitlines()))}
HOLDERS = {name: set(roles) for name, *roles in map(str.split, filter(None, PERMISSIONS.splitlines()))}
ADDRESSES = sorted(set(patterns()))


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield World.build()
        transaction.set_rollback(True)


class Browser:
    """A browser of one person, logged in; every request begins with the cookies of the log-in."""

    def __init__(self, person: User) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.force_login(person)
        self.session = self.client.cookies[settings.SESSION_COOKIE_NAME].value
        self.client.get(reverse("office:awake"))  # the session begins to be watched, once for all requests
        self.said = ""  # what came back last, headers and all

    def ask(self, method: str, name: str, parts: dict, query: dict | None = None) -> int:
        return self.ask_address(method, reverse(name, kwargs=parts, query=query))

    def ask_address(self, method: str, address: str) -> int:
        """The code of one request, which never happened afterwards."""
        self.client.cookies.clear()
        self.client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        with transaction.atomic():
            response = self.client.generic(method, address, content_type="application/x-www-form-urlencoded")
            body = b"".join(response.streaming_content) if response.streaming else response.content
            transaction.set_rollback(True)
        self.said = f"{dict(response.headers)}\n{body.decode(errors='ignore')}"
        return response.status_code


@pytest.fixture(scope="module")
def browsers(world):
    logging.getLogger("django.request").setLevel(logging.ERROR)  # refusals are what is asked for here
    return {who: Browser(person) for who, person in world.people.items()}


@pytest.fixture(scope="module")
def words(world):
    """What nobody outside the Party branch may read."""
    return planted()


def absent(parts: dict) -> list[dict]:
    """The same address with numbers and words that no record has."""
    last = list(parts)[-1]
    return [parts | {last: value} for value in (ABSENT_NUMBERS if isinstance(parts[last], int) else [ABSENT_WORD])]


def records(world: World, line: Line, who: str, names: tuple[str, ...]) -> list[tuple[str, dict]]:
    """(whose record, the parts of the address)."""
    if not names:
        return [("own", {})]
    own = world.record(line.name, who)
    found = [("own", own)]
    if line.other is not None:
        found.append(("other", world.colleagues_record(line.name, who)))
    if line.who != "public":
        found += [("absent", parts) for parts in absent(own)]
    # Who may not learns nothing by trying more records: two are enough.
    return found if line.may(who) else found[:2]


@pytest.mark.parametrize(("name", "names"), ADDRESSES, ids=[f"{name}{len(names)}" for name, names in ADDRESSES])
def test_every_role_and_method(world, browsers, words, name, names):
    line = LINES[name]
    wrong, leaks = [], []
    secret = words if name not in BY_SECRET else ()
    for who in WHO:
        for record, parts in records(world, line, who, names):
            for method in ("GET", "HEAD", "POST") if record == "own" else ("GET", "POST"):
                got, expected = browsers[who].ask(method, name, parts), line.code(who, method, record=record)
                if got != expected:
                    wrong.append(f"{who} {method} {record} {parts}: {got} instead of {expected}")
                if who not in PARTY:
                    leaks += [f"{who} {method} {record}: {word}" for word in secret if word in browsers[who].said]
        parts = world.record(name, who) if names else {}
        wrong += [f"{who} {method}: not 405" for method in UNSPOKEN if browsers[who].ask(method, name, parts) != 405]
    assert wrong == []
    assert leaks == []


@pytest.mark.parametrize(("name", "names"), ADDRESSES, ids=[f"{name}{len(names)}" for name, names in ADDRESSES])
def test_odd_words_behind_an_address_break_nothing(world, browsers, name, names):
    who = next(who for who in WHO if LINES[name].may(who))
    parts = world.record(name, who) if names else {}

    assert browsers[who].ask("GET", name, parts, ODD_QUERY) in {200, 204, 302, 404, 405}


def test_every_address_has_a_line():
    missing = {name for name, _names in ADDRESSES} ^ set(LINES)

    assert missing == set(), "tests/access/table.py needs a line for each address, and none for others"


def test_public_lines_are_the_public_pages():
    assert {line.name for line in LINES.values() if line.who == "public"} == set(PUBLIC)


@pytest.mark.django_db
def test_roles_hold_what_the_table_says():
    found = {code: set() for code in WHO if code != NOBODY}
    for role in Role.objects.prefetch_related("permissions__content_type"):
        found[role.code] = {f"{one.content_type.app_label}.{one.codename}" for one in role.permissions.all()}

    assert found == {role: {permission for permission, holders in HOLDERS.items() if role in holders} for role in found}
