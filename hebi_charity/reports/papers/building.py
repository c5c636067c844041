"""What a paper is about, and its facts of one moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.db.models import Model

from hebi_charity.audit.books import snapshot
from hebi_charity.core import seals
from hebi_charity.core.registry import PaperBuilder, PaperSubject, paper_builders
from hebi_charity.reports.facts import Plain, plain
from hebi_charity.reports.models import Paper

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


class PaperRefused(Exception):
    """The paper cannot be made; the message is a sentence that says why and what to do."""


class NoSuchSubject(Exception):
    """What the paper should be about does not exist, or not for this person."""


@dataclass(frozen=True)
class Wanted:
    """One paper about one thing: its kind, and what it is about by number and key."""

    kind: str
    subject_id: int | None = None
    key: str = ""

    @property
    def builder(self) -> PaperBuilder:
        """Raises NoSuchSubject for a kind that no installed app prints."""
        found = paper_builders.get(self.kind)
        if found is None:
            raise NoSuchSubject
        return found

    def subject(self, by: User) -> PaperSubject:
        """What it is about, as far as this person may see it. Raises NoSuchSubject."""
        model = self.model
        if (model is None) != (self.subject_id is None) or not re.fullmatch(self.builder.keys, self.key):
            raise NoSuchSubject
        if model is None:
            return PaperSubject(None, self.key)
        row = model._default_manager.visible_to(by).filter(pk=self.subject_id).first()
        if row is None:
            raise NoSuchSubject
        return PaperSubject(row, self.key)

    @property
    def model(self) -> type[Model] | None:
        return apps.get_model(self.builder.model) if self.builder.model else None

    def title_for(self, subject: PaperSubject) -> str:
        """签到表 2022-09-07 主题党日."""
        return f"{self.builder.title} {self.builder.label(subject)}".strip()[:150]


@dataclass(frozen=True)
class BuiltPaper:
    """Facts ready to be printed: as objects for the page, as plain values for the row, with their digest.

    `before` is the last printing at the moment of the facts, None for none.
    """

    title: str
    facts: object
    stored: dict[str, Plain]
    digest: str
    before: Paper | None


def build(wanted: Wanted, *, by: User) -> BuiltPaper:
    """The facts of a paper, all of one moment.

    Raises PaperRefused, NoSuchSubject, and RuntimeError inside a transaction.
    """
    with snapshot():
        subject = wanted.subject(by)
        facts = wanted.builder.facts(subject)
        title = wanted.title_for(subject)
        before = Paper.objects.of(wanted.kind, wanted.subject_id, wanted.key).select_related("pdf").last()
    stored = plain(facts)
    return BuiltPaper(title, facts, stored, seals.digest(stored), before)
