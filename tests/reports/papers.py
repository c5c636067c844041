"""A paper about an organisation that only tests print, and how it is asked for and made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.test import override_settings

from hebi_charity.accounts.models import User
from hebi_charity.core.registry import PaperBuilder, PaperSubject, paper_builders
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import run_job
from hebi_charity.reports.models import Paper
from hebi_charity.reports.papers import Picture, services

KIND = "tests.card"
TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class CardFacts:
    text: str
    pictures: tuple[Picture, ...] = ()


class Card:
    """What the paper of the tests says at the moment; a test changes it."""

    text = "登记的内容"
    pictures: tuple[Picture, ...] = ()
    refusal: Exception | None = None

    def facts(self, subject: PaperSubject) -> CardFacts:
        if self.refusal:
            raise self.refusal
        return CardFacts(f"{self.text}，{subject.key}年", self.pictures)


@contextmanager
def cards(**changes: object) -> Iterator[Card]:
    """The kind of paper is there as long as the block lasts."""
    card = Card()
    values = {
        "title": "年度卡片",
        "permission": "partybranch.view_person",
        "facts": card.facts,
        "template": "tests/card.html",
        "keys": "[0-9]{4}",
        "side": "party",
    } | changes
    paper_builders.register(KIND, PaperBuilder(**values))
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(TEMPLATES)
    try:
        with override_settings(TEMPLATES=templates):
            yield card
    finally:
        del paper_builders._items[KIND]


def ask(by: User, key: str = "2022", **changes: object) -> Job:
    return services.ask_for_paper(KIND, PaperSubject(None, key), **{"by": by, "form_key": uuid4()} | changes)


def made(by: User, key: str = "2022", **changes: object) -> Paper:
    """The paper as a worker makes it."""
    job = ask(by, key, **changes)
    run_job(job.pk)
    job.refresh_from_db()
    assert job.state == "done", job.error
    return Paper.objects.get(pdf=job.output)
