"""Lines of a roll become people of the branch, through the services that the forms use; and are taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection
from django.db.models import Count
from django.utils.translation import gettext as _

from hebi_charity.core.sentences import sentence_for
from hebi_charity.imports.exceptions import UndoRefused
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.targets import Merged
from hebi_charity.jobs import JobFailed
from partybranch.importing.roll_known import Known, Sought
from partybranch.importing.roll_payload import form_of, person_of
from partybranch.models import Body, Branch, Circumstance, LoadedRow, Membership, Person, StageChange, Term
from partybranch.services import people, records

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

# One roll at a time: who is compared with whom must stand still.
_ONE_MERGES = "SELECT pg_advisory_xact_lock(hashtext('partybranch.roll'))"
# What a person consists of here, in the order in which it is taken back.
MADE = (Term, Circumstance, StageChange, Membership)


def merge(imported: Import, first: int, last: int, booked: Mapping[date, date]) -> Merged:
    """Record the people of the rows between two row numbers. Who was recorded since the check is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_MERGES)
    decided = set(imported.decided(Import.Decision.NEW))
    rows = list(imported.rows.to_take_in(decided).between(first, last))
    sought = {row.row_no: _sought(row) for row in rows}
    known = Known.of(sought.values())
    taken = [row.row_no for row in rows if _is_known_by_now(sought[row.row_no], known, decided)]
    imported.rows.numbered(taken).update(known_at_merge=True)
    rest = [row for row in rows if row.row_no not in set(taken)]
    branches = Branch.objects.in_bulk({row.payload["branch"] for row in rest})
    for row in rest:
        try:
            _take_in(imported, row, branches[row.payload["branch"]], known.again(sought[row.row_no]))
        except IntegrityError as refused:
            sentence = _("Line %(row)s cannot be taken in: %(why)s Nothing of these lines was recorded.")
            raise JobFailed(sentence % {"row": row.row_no, "why": sentence_for(refused)}) from refused
    return Merged(documents=len(rest), rows=len(rest), known=len(taken))


def _sought(row: StagedRow) -> Sought:
    payload = row.payload
    birth = date.fromisoformat(payload["birth"]) if payload["birth"] else None
    starts_on = date.fromisoformat(payload["starts_on"])
    key = people.key_of(payload["name"])
    return Sought(row.row_no, payload["identifier_hash"], key, birth, payload["branch"], starts_on)


def _is_known_by_now(one: Sought, known: Known, decided: set[int]) -> bool:
    """Recorded since the check: the same card, or a namesake whom nobody has been asked about."""
    return known.same_card(one) is not None or (one.row not in decided and bool(known.namesakes(one)))


def _take_in(imported: Import, row: StagedRow, branch: Branch, again: Person | None) -> None:
    payload, by = row.payload, imported.confirmed_by
    entry = person_of(payload, branch=branch, imported=imported, row_no=row.row_no, again=again)
    person = people.register_person(entry, by=by, form_key=form_of(imported, row.row_no, "person"))
    for kind, day, reason in payload["circumstances"]:
        if kind == "retired" and not reason:
            continue  # recorded with the person
        held = Circumstance(person=person, kind=kind, starts_on=date.fromisoformat(day), reason=reason[:200])
        records.record_circumstance(held, by=by, form_key=form_of(imported, row.row_no, kind))
    if payload["group"] and payload["stages"]:
        group = Body.objects.get(pk=payload["group"])
        starts_on = max(entry.starts_on, group.founded_on)
        term = Term(person=person, branch=branch, body=group, post=Term.Post.GROUP_MEMBER, starts_on=starts_on)
        records.record_term(term, by=by, form_key=form_of(imported, row.row_no, "group"))
    made = {
        model._meta.model_name: sorted(model.objects.live().filter(person=person).values_list("pk", flat=True))
        for model in MADE
    }
    LoadedRow.objects.create(
        source_import=imported,
        row_no=row.row_no,
        person=person,
        membership_id=made["membership"][0],
        made=made,
    )


def undo(imported: Import, by: User, reason: str) -> None:
    """Withdraw everything that this roll recorded. Raises UndoRefused where something rests on one of its people."""
    rows = list(LoadedRow.objects.of_import(imported).select_related("person"))
    _refuse_what_rests_on(rows)
    for row in rows:
        for model in MADE:
            found = model.objects.live().filter(pk__in=row.made[model._meta.model_name]).order_by("-pk")
            ordered = found.newest_first() if model is StageChange else found
            for each in ordered:
                records.withdraw(each, by=by, reason=reason)


def _refuse_what_rests_on(rows: list[LoadedRow]) -> None:
    names = {row.person_id: row.person.name for row in rows}
    made = {model: {pk for row in rows for pk in row.made[model._meta.model_name]} for model in MADE}
    # Hidden relations too: no room may be overlooked because it gave its relation no name.
    for relation in Person._meta.get_fields(include_hidden=True):
        model = relation.related_model
        if not relation.auto_created or relation.concrete or model is LoadedRow:
            continue
        found = model._base_manager.filter(**{f"{relation.field.name}__in": names}).exclude(pk__in=made.get(model, ()))
        if hasattr(model, "withdrawn_at"):
            found = found.filter(withdrawn_at__isnull=True)
        person = found.values_list(relation.field.name, flat=True).first()
        if person is not None:
            words = {"name": names[person], "what": model._meta.verbose_name}
            raise UndoRefused(
                _(
                    "It cannot be taken back as a whole any more: “%(what)s” has been recorded of %(name)s since."
                    " Withdraw what is wrong on the page of the person."
                )
                % words
            )


def held() -> dict[int, Merged]:
    """People and lines of every roll, counted in what they became."""
    rows = LoadedRow.objects.still_there().filter(person__isnull=False).order_by()
    counts = rows.values_list("source_import").annotate(Count("pk"))
    return {imported: Merged(documents=count, rows=count) for imported, count in counts}
