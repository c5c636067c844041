"""The Party branch from outside: every table has a row that could leak, and searching for it finds nothing.

That no address says a word of it, to any other role and by any method, is asked in `test_every_url`.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.apps import apps

from partybranch.models import Person
from tests.access.branch_records import PARTY
from tests.access.records import WHO
from tests.access.test_every_url import browsers, words, world  # noqa: F401  fixtures of one small world

OUTSIDE = [who for who in WHO if who not in PARTY]


def names_of_people() -> list[str]:
    return list(Person.objects.values_list("name", flat=True)[:2])


def said(browser, address: str) -> str:
    browser.ask_address("GET", address)
    return browser.said


def test_every_table_of_the_branch_has_something_to_leak(world):  # noqa: F811
    models = apps.get_app_config("partybranch").get_models()
    bare = " ".join(model.__name__ for model in models if not model._default_manager.exists())
    assert bare == ""


def test_there_is_something_to_leak(words):  # noqa: F811
    assert len(words) > 10, words
    assert set(names_of_people()) & words


@pytest.mark.parametrize(
    "page", ["/search/?q={}", "/audit/?q={}", "/audit/?record={}", "/audit/export/?q={}", "/jobs/?q={}"]
)
def test_searching_for_it_finds_nothing(browsers, words, page):  # noqa: F811
    asked = names_of_people()
    found = []
    for who in OUTSIDE:
        for name in asked:
            text = said(browsers[who], page.format(quote(name)))
            found += [f"{who} {page}: {word}" for word in words if word in text and word not in asked]
            if "/party/people/" in text:
                found.append(f"{who} {page}: an address of the branch")
    assert found == []


@pytest.mark.parametrize("who", sorted(PARTY))
def test_the_branch_itself_reads_them(browsers, words, who):  # noqa: F811
    text = said(browsers[who], "/party/")

    assert [name for name in names_of_people() if name in text]
