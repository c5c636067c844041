"""What may be evidence for an honour, and how a row is written down as it is: its title and its facts in words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from hebi_charity.core.dates import format_day
from partybranch.models import DossierItem, Honour, LeaderWord, LifeEvent, PressReport, Ranking, Thanks
from partybranch.models.register_row import RegisterRow

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

# The word in a choice -> the kind of row.
SOURCES: dict[str, type[Model]] = {
    "life": LifeEvent,
    "honours": Honour,
    **{model.WORD: model for model in (Ranking, PressReport, LeaderWord, Thanks)},
}
_WORDS = {model: word for word, model in SOURCES.items()}
OFFERED = 60  # of one kind, the newest first
_LEFT_OUT = {"id", "recorded_by", "recorded_at", "withdrawn_by", "withdrawn_at", "withdrawal_reason"}
_LEFT_OUT |= {"happened_on", "precision", "listed_on"}


def token_of(row: Model) -> str:
    """How a choice names a row: its kind and its key."""
    return f"{_WORDS[type(row)]}-{row.pk}"


def title_of(row: Model) -> str:
    if isinstance(row, LifeEvent):
        return f"{format_day(row.held_on)} {row.get_kind_display()}：{row.topic}"
    if isinstance(row, Ranking):
        return _("%(when)s: %(activity)s, rank %(rank)s") % {
            "when": row.when(),
            "activity": row.activity,
            "rank": row.rank,
        }
    named = {Honour: "title", PressReport: "title", LeaderWord: "about", Thanks: "about"}[type(row)]
    return f"{row.when()} {getattr(row, named)}"


def facts_of(row: Model) -> list[list[str]]:
    """The row in words, as it is now: what each field is called, and what it says."""
    if isinstance(row, LifeEvent):
        return _of_event(row)
    if isinstance(row, Honour):
        return [
            [_("when"), row.when()],
            [_("who gave it"), row.bodies()],
            [_("number of the document"), row.document_no],
        ]
    return _of_register(row)


def _whole(model: type[Model]) -> QuerySet:
    """Rows of a kind with what their facts need, so that a page asks once for each kind."""
    return model.objects.prefetch_related("grantors") if model is Honour else model.objects.all()


def _of_event(event: LifeEvent) -> list[list[str]]:
    return [
        [_("kind of event"), str(event.get_kind_display())],
        [_("topic"), event.topic],
        [_("held on"), format_day(event.held_on)],
        [_("place or link"), event.place],
        [_("lecturer"), event.lecturer],
        [_("agenda"), event.agenda],
        [_("expected"), str(event.expected)],
        [_("came"), str(event.came)],
    ]


def _of_register(row: RegisterRow) -> list[list[str]]:
    facts = [[_("when"), row.when()]]
    for field in row._meta.concrete_fields:
        if field.name in _LEFT_OUT:
            continue
        shown = getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name)
        if shown not in (None, ""):
            facts.append([str(field.verbose_name), str(shown)])
    return facts


def offered(honour: Honour, *, by: User) -> list[tuple[str, list[Model]]]:
    """Rows that may serve as evidence: of the year of the award and of the year before, the newest first."""
    found = []
    for word, model in SOURCES.items():
        rows = list(_of_years(model, honour, by=by)[:OFFERED])
        if rows:
            found.append((word, rows))
    return found


def _of_years(model: type[Model], honour: Honour, *, by: User) -> QuerySet:
    rows = _whole(model).visible_to(by)
    year = honour.listed_year or date.max.year
    first, last = date(max(year - 1, 1), 1, 1), date(year, 12, 31)
    if not honour.listed_year:
        first = date.min
    if model is LifeEvent:
        rows = rows.standing().filter(held_on__range=(first, last)).order_by("-held_on", "-pk")
        return rows.filter(branch=honour.branch_id) if honour.branch_id else rows
    rows = rows.live().filter(listed_on__range=(first, last)).order_by("-listed_on", "-pk")
    return rows.exclude(pk=honour.pk) if model is Honour else rows


def chosen(tokens: list[str], *, by: User) -> list[Model]:
    """The rows that these choices name, in the order of the choices. Tokens that name nothing are left out."""
    keys: dict[str, list[int]] = {}
    for token in tokens:
        word, _sign, pk = token.rpartition("-")
        if word in SOURCES and pk.isdigit():
            keys.setdefault(word, []).append(int(pk))
    rows = {word: _whole(SOURCES[word]).visible_to(by).in_bulk(pks) for word, pks in keys.items()}
    return [rows[word][pk] for word, pks in keys.items() for pk in pks if pk in rows[word]]


def changed_since(items: list[DossierItem]) -> set[int]:
    """Which pieces of evidence (by key) are no longer as they were frozen: their row says something else now."""
    found = set()
    for model in SOURCES.values():
        of_kind = {item.source_id: item for item in items if item.source_type == model._meta.label_lower}
        for pk, row in _whole(model).in_bulk(list(of_kind)).items() if of_kind else ():
            if facts_of(row) != of_kind[pk].facts:
                found.add(of_kind[pk].pk)
    return found
