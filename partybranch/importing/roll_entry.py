"""One row of a roll understood: who it is, where, in which stage since when; or all that is wrong with it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from hebi_charity.core import dates, identifiers
from hebi_charity.core.masking import mask_identifier, mask_phone
from hebi_charity.core.names import name_key
from hebi_charity.imports.entries import ReadRow
from hebi_charity.imports.plan import Plan
from hebi_charity.imports.reading.header import squeeze
from hebi_charity.imports.reading.reasons import Reason
from partybranch.importing.roll_fields import FIELDS, NO, STUDY, YES
from partybranch.models import Body, Branch, Membership, StageChange
from partybranch.models.stage_change import no_probation

Stage, Arrival = StageChange.Stage, Membership.Arrival
_LABELS = {field.key: field.label for field in FIELDS}
_WAY = (("applied_on", Stage.APPLICANT), ("activist_on", Stage.ACTIVIST), ("candidate_on", Stage.CANDIDATE))
_SITUATIONS = (("retired", "退休|离休"), ("mobile", "流动"), ("exempt", "硬性"), ("lost", "失联|失去联系"))
_NO_NAME = re.compile(r"[\d::]|合计|总计|小计|共计")


@dataclass(frozen=True)
class Frame:
    """What all rows of a roll are compared with: branches, their groups, and what the person chose for the file."""

    branches: Mapping[int, Branch]
    groups: Mapping[tuple[int, str], Body]
    branch: int | None
    starts_on: date
    today: date

    @classmethod
    def of(cls, plan: Plan) -> Frame:
        groups = Body.objects.live().filter(kind=Body.Kind.GROUP, dissolved_on__isnull=True)
        given = plan.choices.get("starts_on")
        return cls(
            branches={branch.pk: branch for branch in Branch.objects.live()},
            groups={(group.branch_id, name_key(group.name)): group for group in groups},
            branch=plan.choices.get("branch"),
            starts_on=date.fromisoformat(str(given)) if given else dates.today(),
            today=dates.today(),
        )

    def branch_named(self, name: str) -> Branch | None:
        """The branch of this name, also where one of the two names is the end of the other; None where unclear."""
        key = name_key(name)
        exact = [branch for branch in self.branches.values() if name_key(branch.name) == key]
        near = [
            branch
            for branch in self.branches.values()
            if name_key(branch.name).endswith(key) or key.endswith(name_key(branch.name))
        ]
        found = exact or (near if len(key) > 2 else [])
        return found[0] if len(found) == 1 else None


@dataclass
class Entry:
    """A row being understood. Days are real days; `reasons` is what is wrong, `notes` what was taken for granted."""

    row: int
    values: Mapping[str, str]
    reasons: list[Reason] = field(default_factory=list)
    notes: set[str] = field(default_factory=set)
    branch: Branch | None = None
    group: Body | None = None
    stage: str = ""
    stages: list[tuple[str, date, str]] = field(default_factory=list)  # stage, day, basis
    starts_on: date | None = None
    arrival: str = Arrival.FOUNDED
    identifier: str = ""
    phone: str = ""
    circumstances: list[tuple[str, date, str]] = field(default_factory=list)  # kind, day, reason

    @property
    def name(self) -> str:
        return re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", self.values["name"])

    @property
    def key(self) -> str:
        return name_key(self.name)[:60]

    @property
    def birth(self) -> date | None:
        text = self.values["birth"]
        if text:
            return date.fromisoformat(f"{text}-01")
        return identifiers.birth_day(self.identifier).replace(day=1) if self.identifier else None

    def refuse(self, code: str, **values: str | int) -> None:
        self.reasons.append(Reason(code, **values))

    def day(self, key: str) -> date | None:
        """The day of a column; of a month alone its first day, which is noted."""
        text = self.values[key]
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01") if text else None

    def basis(self, key: str) -> str:
        """What the record says of a day that the list gives as a month alone."""
        if len(self.values[key]) != 7:
            return ""
        self.notes.add("roll_month_only")
        return _("the list names the month only (%(month)s)") % {"month": self.values[key]}


def understand(row: ReadRow, frame: Frame) -> Entry:
    """The row as it would be recorded, with every reason why it cannot be."""
    entry = Entry(row.row, {key: str(value) for key, value in row.values.items()}, list(row.reasons))
    if _NO_NAME.search(squeeze(entry.values["name"])):
        entry.refuse("roll_not_a_name", value=entry.values["name"][:20])
    _identify(entry)
    _place(entry, frame)
    _climb(entry)
    if not entry.reasons:
        _arrive(entry, frame)
        _circumstances(entry, frame)
    return entry


def _identify(entry: Entry) -> None:
    if typed := entry.values["identifier"]:
        entry.identifier = identifiers.normal_identifier(typed)
        if not identifiers.is_resident_id(entry.identifier):
            entry.refuse("roll_identifier_wrong", value=mask_identifier(entry.identifier))
            entry.identifier = ""
    if typed := entry.values["phone"]:
        entry.phone = identifiers.normal_phone(typed)
        if not identifiers.is_phone(entry.phone):
            entry.refuse("roll_phone_wrong", value=mask_phone(entry.phone))
    if entry.identifier and entry.values["birth"]:
        born = identifiers.birth_day(entry.identifier)
        if f"{born:%Y-%m}" != entry.values["birth"]:
            entry.notes.add("roll_birth_differs")


def _place(entry: Entry, frame: Frame) -> None:
    """Branch and group: 第一党支部/第二党小组 in one cell names both."""
    name, slash, group = entry.values["branch"].partition("/")
    group = entry.values["group"] or (group if slash else "")
    entry.branch = frame.branch_named(name) if name else frame.branches.get(frame.branch)
    known = "、".join(branch.name for branch in frame.branches.values())
    if entry.branch is None:
        entry.refuse("roll_branch_unknown" if name else "roll_branch_missing", value=name, known=known)
        return
    if group:
        entry.group = frame.groups.get((entry.branch.pk, name_key(group)))
        if entry.group is None:
            entry.refuse("roll_group_unknown", value=group, branch=entry.branch.name)


def _climb(entry: Entry) -> None:
    """The stages with their days, the last one being that of today."""
    admitted, confirmed = entry.day("admitted_on"), entry.day("confirmed_on")
    entry.stage = entry.values["stage"] or _stage_by_days(entry)
    has_wrong_cell = {reason.values.get("field") for reason in entry.reasons} & {
        str(_LABELS[key]) for key in ("stage", "admitted_on", "confirmed_on", *(key for key, _stage in _WAY))
    }
    if has_wrong_cell or entry.stage == STUDY:
        return
    if not entry.stage:
        entry.refuse("roll_stage_missing")
        return
    if admitted and confirmed and confirmed < admitted:
        entry.refuse("roll_confirmed_before_admitted", confirmed=str(confirmed), admitted=str(admitted))
        return
    steps = [(stage, key) for key, stage in _WAY if entry.values[key]]
    if entry.stage in StageChange.ON_THE_WAY:
        _on_the_way(entry, steps)
    elif entry.stage == Stage.PROBATIONARY:
        _probationary(entry, steps)
    else:
        _full(entry, steps)


def _stage_by_days(entry: Entry) -> str:
    """The stage of who has none written beside the name, where the days leave no doubt."""
    if entry.values["confirmed_on"] or _is_without_probation(entry.day("admitted_on")):
        return Stage.FULL
    if entry.values["admitted_on"]:
        return ""
    return next((stage for key, stage in reversed(_WAY) if entry.values[key]), "")


def _is_without_probation(admitted: date | None) -> bool:
    return admitted is not None and admitted in no_probation()


def _on_the_way(entry: Entry, steps: list[tuple[str, str]]) -> None:
    own = next(key for key, stage in _WAY if stage == entry.stage)
    if not entry.values[own]:
        entry.refuse("roll_day_missing", field=str(_LABELS[own]), stage=str(Stage(entry.stage).label))
        return
    order = [stage for _key, stage in _WAY]
    _record(entry, [(stage, key) for stage, key in steps if order.index(stage) <= order.index(entry.stage)])


def _probationary(entry: Entry, steps: list[tuple[str, str]]) -> None:
    if entry.values["confirmed_on"]:
        entry.refuse("roll_probationary_confirmed", confirmed=str(entry.day("confirmed_on")))
    elif not entry.values["admitted_on"]:
        entry.refuse("roll_day_missing", field=str(_LABELS["admitted_on"]), stage=str(Stage.PROBATIONARY.label))
    else:
        _record(entry, [*steps, (Stage.PROBATIONARY, "admitted_on")])


def _full(entry: Entry, steps: list[tuple[str, str]]) -> None:
    admitted, confirmed = entry.day("admitted_on"), entry.day("confirmed_on")
    if _is_without_probation(admitted) and confirmed in {None, admitted}:
        _record(entry, [*steps, (Stage.FULL, "admitted_on")])
    elif _is_without_probation(confirmed) and admitted is None:
        _record(entry, [*steps, (Stage.FULL, "confirmed_on")])
    elif admitted is None:
        entry.refuse("roll_day_missing", field=str(_LABELS["admitted_on"]), stage=str(Stage.FULL.label))
    elif confirmed is None:
        entry.refuse("roll_confirmed_missing", admitted=str(admitted))
    else:
        _record(entry, [*steps, (Stage.PROBATIONARY, "admitted_on"), (Stage.FULL, "confirmed_on")])


def _record(entry: Entry, steps: list[tuple[str, str]]) -> None:
    entry.stages = [(str(stage), entry.day(key), entry.basis(key)) for stage, key in steps]
    days = [day for _stage, day, _basis in entry.stages]
    if days != sorted(days):
        said = "、".join(f"{_LABELS[key]} {entry.day(key)}" for _stage, key in steps)
        entry.refuse("roll_days_out_of_order", days=said)
        entry.stages = []
    elif entry.birth and days and days[0].year - entry.birth.year < 16:
        entry.refuse("roll_too_young", day=str(days[0]), born=f"{entry.birth:%Y-%m}")


def _arrive(entry: Entry, frame: Frame) -> None:
    """Since when the roll has the name, and how the person came."""
    branch = entry.branch
    joined = entry.day("joined_on")
    if joined:
        entry.basis("joined_on")
        entry.starts_on = joined
        # A month alone may begin before the branch or the stage it names does.
        if len(entry.values["joined_on"]) == 7 and branch.founded_on > joined:
            last = calendar.monthrange(joined.year, joined.month)[1]
            entry.starts_on = min(branch.founded_on, joined.replace(day=last))
    else:
        first = entry.stages[0][1] if entry.stages else frame.starts_on
        entry.starts_on = max(frame.starts_on, branch.founded_on, first)
        if first == entry.starts_on and entry.stage in StageChange.ON_THE_WAY:
            entry.arrival = Arrival.HERE
    if entry.values["came_from"] and entry.stage != STUDY:
        entry.arrival = Arrival.TRANSFER
    if entry.starts_on < branch.founded_on or (branch.dissolved_on and branch.dissolved_on <= entry.starts_on):
        entry.refuse(
            "roll_branch_not_on_day", branch=branch.name, day=str(entry.starts_on), founded=str(branch.founded_on)
        )


def _circumstances(entry: Entry, frame: Frame) -> None:
    """Retired since its day or the beginning of the stay; all else holds from today: the list names no day."""
    says = _("as the list says")
    found: dict[str, tuple[str, date, str]] = {}
    retired = entry.day("retired_on")
    if entry.values["retired"] == "yes" or retired:
        found["retired"] = ("retired", retired or entry.starts_on, "" if retired else says)
        if not retired:
            entry.notes.add("roll_retired_day")
    for kind in ("mobile", "exempt", "lost"):
        text = entry.values[kind]
        if text and squeeze(text) not in NO:
            found[kind] = (kind, frame.today, says if squeeze(text) in YES else text)
    for kind, pattern in _SITUATIONS:
        if re.search(pattern, entry.values["situation"]) and kind not in found:
            day = entry.starts_on if kind == "retired" else frame.today
            found[kind] = (kind, day, entry.values["situation"])
    entry.circumstances = list(found.values())
