"""The roll of the branch as a target of files: what `imports` is told when the app starts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.core.export import Column, Export
from hebi_charity.imports.entries import Judged, ReadRow
from hebi_charity.imports.exceptions import PlanRefused
from hebi_charity.imports.models import Import, StagedRow
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.targets import Choices, EntryTarget, Permissions
from partybranch.forms.importing import RollChoicesForm, default_day
from partybranch.importing import roll_merging
from partybranch.importing.roll_entry import Frame, understand
from partybranch.importing.roll_fields import FIELDS
from partybranch.importing.roll_known import compared
from partybranch.importing.roll_sentences import SENTENCES, WORDS
from partybranch.lists.roll import lines_of
from partybranch.models import Branch, Circumstance, Membership, Person, StageChange

KEY = "partybranch-roll"
_AT_ONCE = 100
PERMISSIONS = Permissions(
    view="partybranch.view_person",
    load="partybranch.record_membership",
    confirm="partybranch.record_membership",
    undo="partybranch.withdraw_record",
)


def clean(choices: Choices, plan: Plan) -> dict[str, str | int | None]:
    """The branch for rows without one, and the day for rows without one. Raises PlanRefused."""
    branches = list(Branch.objects.live())
    if not branches:
        raise PlanRefused({"branch": _("Record the Party branch first; then its roll can be loaded.")})
    given = choices.get("branch")
    branch = next((one for one in branches if one.pk == given), None)
    if given and branch is None:
        raise PlanRefused({"branch": _("There is no such branch. Please choose another one.")})
    if branch is None and len(branches) == 1:
        branch = branches[0]
    if branch is None and "branch" not in plan.columns:
        raise PlanRefused({"branch": _("The table names no branch. Please choose the one to which all rows belong.")})
    day = choices.get("starts_on") or default_day().isoformat()
    return {"branch": branch.pk if branch else None, "starts_on": str(day)}


def describe(choices: Choices) -> list[tuple[str, str]]:
    branch = Branch.objects.live().filter(pk=choices.get("branch") or None).first()
    found = [(_("branch where the table names none"), branch.name)] if branch else []
    return [*found, (_("in the branch since, where the table says nothing"), str(choices.get("starts_on") or ""))]


def judge(rows: Sequence[ReadRow], plan: Plan) -> list[Judged]:
    frame = Frame.of(plan)
    return compared([understand(row, frame) for row in rows])


def shown(row: StagedRow) -> str:
    """A line of the roll in words; telephone and identity card stay closed."""
    payload = row.payload
    stage = StageChange.Stage
    said = [
        payload["name"],
        str(dict(Person.Sex.choices).get(payload["sex"], "")),
        payload["birth"][:7],
        str(stage(payload["stage"]).label) if payload["stages"] else _("staff who study"),
    ]
    said += [f"{stage(code).label} {day}" for code, day, _basis in payload["stages"]]
    said += [str(Circumstance.Kind(kind).label) for kind, _day, _reason in payload["circumstances"]]
    return " · ".join(filter(None, [*said, payload["post"]]))


def doubts(rows: Sequence[StagedRow]) -> dict[int, list[tuple[str, str]]]:
    """What is known of each doubtful row: people with their line in today's roll, earlier lines of the file."""
    people = {pk for row in rows for pk in row.reason["people"]}
    known = _in_words(people)
    found = {}
    for row in rows:
        said = [known[pk] for pk in row.reason["people"] if pk in known]
        if line := row.reason.get("line"):
            said.append((_("line %(row)s of the same table has the same name") % {"row": line}, ""))
        found[row.row_no] = said
    return found


def _in_words(people: set[int]) -> dict[int, tuple[str, str]]:
    day = dates.today()
    lines = {line.person.pk: line for line in lines_of(Membership.objects.roll(day).filter(person__in=people), day)}
    found = {}
    for person in Person.objects.filter(pk__in=people):
        line = lines.get(person.pk)
        said = [person.name, person.get_sex_display(), _month(person.birth_month)]
        said += [line.branch, line.stage, _since(line.admitted_on)] if line else [_("in no branch today")]
        found[person.pk] = (" · ".join(filter(None, said)), person.get_absolute_url())
    return found


def _month(day: date | None) -> str:
    return f"{day:%Y-%m}" if day else ""


def _since(day: date | None) -> str:
    return _("admitted %(day)s") % {"day": day} if day else ""


def template() -> Export:
    """The empty table: the headings by which each column is recognised, and on a second sheet how to fill it in."""
    columns = [Column(field.names[0], lambda row: "", 16) for field in FIELDS]
    notes = [
        _("Only the name must be there. Leave empty what nobody knows; columns may be deleted or moved."),
        _("Days like 1985-07-01, 1985.7.1 or 1985年7月1日; where only the month is known 1985-07."),
        _("党员类别: 正式党员, 预备党员, 发展对象, 入党积极分子, 入党申请人 or 群众 (staff who study)."),
        _("Of a full member 入党时间 and 转正时间; admitted from April 1969 to August 1977 there is one day."),
        _("流动, 不作硬性要求, 失联: 是 or 否, or in words why and where."),
    ]
    return Export(_("Roll of the branch, empty table"), columns, [], notes)


def results(imported: Import) -> list[tuple[str, str]]:
    return [(_("Show the roll"), reverse("partybranch:roll"))]


TARGET = EntryTarget(
    title=gettext_lazy("Roll of members"),
    permissions=PERMISSIONS,
    about="partybranch/files/_about_roll.html",
    choices_form=RollChoicesForm,
    results=results,
    clean=clean,
    describe=describe,
    step=lambda plan: _AT_ONCE,
    merge=roll_merging.merge,
    held=roll_merging.held,
    side=Entry.Side.PARTY,
    series="party_import",
    needs_second_person=False,
    fields=FIELDS,
    judge=judge,
    sentences=SENTENCES,
    shown=shown,
    doubts=doubts,
    template=template,
    undo=roll_merging.undo,
    words=WORDS,
)
