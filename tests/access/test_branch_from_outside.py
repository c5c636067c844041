"""Whatever another role asks for, by whatever method and query: no word of the Party branch's records comes back.

The words are not listed here: every text in every table of the branch is one, its files' names and its work's titles
too, so that a new table is held to this from its first day.
"""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.files.models import Use
from hebi_charity.jobs.models import Job
from tests.access.records import WHO
from tests.access.test_every_url import ADDRESSES, LINES, browsers, records, world  # noqa: F401  fixtures of one small world

PARTY = {"branch_secretary", "organisation_member"}
OUTSIDE = [who for who in WHO if who not in PARTY]
SHORTEST = 3  # letters: two may be anybody's surname and a common word
# Shipped with the product and the same everywhere: rules and their sources say nothing about anybody.
SHIPPED = {"VoteRule", "Requirement", "HourRule", "HourTarget"}
# The calendar's secret address is its own key: whoever the secretary gave it to reads kinds, times and places there.
# That it ends with the role, and names nobody, is asked in tests/partybranch/glance/test_calendar.py.
BY_SECRET = {"partybranch:feed"}


def planted() -> set[str]:
    """Every text of the branch's rows as the application would print it."""
    words = set()
    for model in apps.get_app_config("partybranch").get_models():
        if model.__name__ in SHIPPED:
            continue
        texts = [
            column.attname
            for column in model._meta.concrete_fields
            if isinstance(column, (models.CharField, models.TextField)) and not column.choices
        ]
        for row in model._default_manager.all():
            words |= {str(getattr(row, name)).strip() for name in texts}
    uses = Use.objects.filter(owner_type__startswith="partybranch.").select_related("attachment")
    words |= {use.attachment.name for use in uses}
    words |= {job.title for job in Job.objects.all() if job.kind.startswith("partybranch")}
    return {word for word in words if len(word) >= SHORTEST and not word.isascii()}


def names_of_people() -> list[str]:
    return list(apps.get_model("partybranch", "Person").objects.values_list("name", flat=True)[:2])


@pytest.fixture(scope="module")
def words(world):  # noqa: F811
    others = "\n".join(Entry.objects.exclude(side="party").values_list("reason", flat=True))
    return {word for word in planted() if word not in others}


def said(browser, method: str, address: str, data: bytes = b"") -> str:
    """What comes back, headers and all; the request never happened afterwards."""
    browser.client.cookies.clear()
    browser.client.cookies[settings.SESSION_COOKIE_NAME] = browser.session
    with transaction.atomic():
        response = browser.client.generic(method, address, data, content_type="application/x-www-form-urlencoded")
        body = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.set_rollback(True)
    return f"{dict(response.headers)}\n{body.decode(errors='ignore')}"


def test_every_table_of_the_branch_has_something_to_leak(world):  # noqa: F811
    models = apps.get_app_config("partybranch").get_models()
    bare = " ".join(model.__name__ for model in models if not model._default_manager.exists())
    assert bare == ""


def test_there_is_something_to_leak(words):
    assert len(words) > 10, words
    assert set(names_of_people()) & words


ASKED = [(name, names) for name, names in ADDRESSES if name not in BY_SECRET]


@pytest.mark.parametrize(("name", "names"), ASKED, ids=[f"{name}{len(names)}" for name, names in ASKED])
def test_no_word_of_the_branch_comes_back(world, browsers, words, name, names):  # noqa: F811
    found = []
    for who in OUTSIDE:
        for record, parts in records(world, LINES[name], who, names):
            address = reverse(name, kwargs=parts)
            for method in ("GET", "POST", "PUT", "DELETE"):
                text = said(browsers[who], method, address)
                found += [f"{who} {method} {record} {parts}: {word}" for word in words if word in text]
    assert found == []


@pytest.mark.parametrize(
    "page", ["/search/?q={}", "/audit/?q={}", "/audit/?record={}", "/audit/export/?q={}", "/jobs/?q={}"]
)
def test_searching_for_it_finds_nothing(browsers, words, page):  # noqa: F811
    asked = names_of_people()
    found = []
    for who in OUTSIDE:
        for name in asked:
            text = said(browsers[who], "GET", page.format(quote(name)))
            found += [f"{who} {page}: {word}" for word in words if word in text and word not in asked]
            found += [f"{who} {page}: an address of the branch" for _hit in [1] if "/party/people/" in text]
    assert found == []


@pytest.mark.parametrize("who", sorted(PARTY))
def test_the_branch_itself_reads_them(browsers, words, who):  # noqa: F811
    text = said(browsers[who], "GET", "/party/")

    assert [name for name in names_of_people() if name in text]
