"""The keyed digest by which the log knows binding rows that belong together, as the last act on them left them.

An act on a person, an honour or an occasion of study bears the digest of every row of it, in the entry of the log
that it writes anyway; each day of the log is sealed. So a check can say what was changed past the application.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import seals
from partybranch.models import (
    Circumstance,
    Draw,
    Exam,
    ExamResult,
    Honour,
    HonourCitation,
    HonourGrantor,
    LeaderWord,
    LearningRecord,
    LifeEvent,
    MakeUp,
    Membership,
    Observer,
    PassOnDuty,
    Person,
    PressReport,
    Ranking,
    StageChange,
    Standing,
    StudyOccasion,
    Term,
    Thanks,
)

# Columns that came later and are empty in older rows, whose digests were made without them. Last in their tables.
ADDED_LATER = {Honour: ("awarded_as",)}

Parts = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Whole:
    """Rows that one digest is over: of `model`, with the path by which each part points at it ("pk": itself).

    `acts` are those that bear the digest, all on the whole where none is named. An act on a row of `told_by` is one
    on the whole that the row points at by this name.
    """

    model: type[Model]
    what: str | Promise
    parts: tuple[tuple[type[Model], str], ...]
    acts: frozenset[str] = frozenset()
    told_by: tuple[tuple[type[Model], str], ...] = ()
    conditions: dict[str, object] = field(default_factory=dict)

    def of(self, row: Model) -> int | None:
        """The key of the whole that an act on this row is about; None when it is about none of these."""
        if isinstance(row, self.model):
            is_one = all(getattr(row, name) is None for name in self.conditions)
            return row.pk if is_one else None
        return next((getattr(row, f"{path}_id") for model, path in self.told_by if isinstance(row, model)), None)

    def bears(self, act: str) -> bool:
        return not self.acts or act in self.acts

    def states(self, keys: Iterable[int]) -> dict[int, Parts]:
        """The rows of each part as they are in the database, by whole. One query a part."""
        keys = list(keys)
        found: dict[int, Parts] = {key: defaultdict(list) for key in keys}
        for model, path in self.parts:
            columns = [column.attname for column in model._meta.concrete_fields]
            rows = model._base_manager.filter(**{f"{path}__in": keys}).order_by("pk")
            later = {columns.index(name) for name in ADDED_LATER.get(model, ())}
            for key, *values in rows.values_list(path, *columns):
                kept = [value for place, value in enumerate(values) if value != "" or place not in later]
                found[key][model._meta.label_lower].append(kept)
        return found

    def seal(self, key: int, parts: Parts) -> str:
        return seals.seal({"whole": self.model._meta.label_lower, "key": key, "parts": parts})


def _itself(model: type[Model], what: str | Promise) -> Whole:
    return Whole(model, what, ((model, "pk"),))


WHOLES = (
    Whole(
        Person,
        _("stays, stages, circumstances and posts"),
        tuple((model, "person") for model in (Membership, StageChange, Circumstance, Term, Standing)),
    ),
    Whole(
        LifeEvent,
        _("make-ups"),
        ((MakeUp, "attendance__event"),),
        frozenset({"party.made_up", "party.make_up_withdrawn"}),
    ),
    Whole(
        LifeEvent,
        _("observers"),
        ((Observer, "event"),),
        frozenset({"party.observer_added", "party.observer_withdrawn"}),
    ),
    Whole(
        StudyOccasion,
        _("learning records and duties"),
        ((StudyOccasion, "pk"), (LearningRecord, "occasion"), (PassOnDuty, "occasion")),
        told_by=((LearningRecord, "occasion"), (PassOnDuty, "occasion")),
    ),
    Whole(LearningRecord, _("what is recorded"), ((LearningRecord, "pk"),), conditions={"occasion_id": None}),
    Whole(
        Exam,
        _("results"),
        ((ExamResult, "exam"),),
        frozenset(
            {
                "party.exam_results_recorded",
                "party.exam_result_withdrawn",
                "party.draw_marked",
                "party.draw_withdrawn",
            }
        ),
        told_by=((Draw, "exam"),),
    ),
    Whole(
        Honour,
        _("facts, bodies and citations"),
        ((Honour, "pk"), (HonourGrantor, "honour"), (HonourCitation, "honour")),
        frozenset(
            {
                "party.honour_recorded",
                "party.honour_moved",
                "party.honour_revoked",
                "party.honour_cited",
                "party.withdrawn",
            }
        ),
    ),
    *(_itself(model, _("what is recorded")) for model in (Ranking, PressReport, LeaderWord, Thanks)),
)


def digest_after(act: str, row: Model | type[Model] | None) -> str:
    """The digest that the entry of this act bears, "" where it concerns no whole.

    The whole stays locked until the act is committed: who acts on it at the same moment sees both.
    """
    if not isinstance(row, Model):
        return ""
    for whole in WHOLES:
        key = whole.of(row) if whole.bears(act) else None
        if key is not None:
            whole.model._base_manager.select_for_update(no_key=True).values_list("pk").get(pk=key)
            return whole.seal(key, whole.states([key])[key])
    return ""
