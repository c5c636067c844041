"""The roll of any day: who belonged to the branch, in which stage, with which standing, posts and circumstances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from hebi_charity.core import dates
from partybranch.lists.finding import found_people
from partybranch.models import Circumstance, Membership, Person, StageChange, Term
from partybranch.standing import full_years, reaches_fifty_first

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from partybranch.forms import RollFilterForm

Stage = StageChange.Stage
# What the filter calls by one name.
STAGES = {
    "members": StageChange.MEMBERS,
    "full": (Stage.FULL,),
    "probationary": (Stage.PROBATIONARY,),
    "way": StageChange.ON_THE_WAY,
}
STUDY = "study"


@dataclass(frozen=True)
class RollLine:
    """One person of the roll of a day, ready for the page and the file."""

    person: Person
    branch: str
    stage: str
    stage_code: str
    admitted_on: date | None
    confirmed_on: date | None
    standing_from: date | None
    years: int | None
    age: int | None
    group: str
    posts: str
    circumstances: str
    since: date

    @classmethod
    def of(cls, row: Membership, day: date) -> RollLine:
        """From a row of `Membership.objects.roll(day)`."""
        standing_from = row.set_standing_from or row.confirmed_on
        counts = row.stage == Stage.FULL and standing_from
        born = row.person.birth_month
        return cls(
            person=row.person,
            branch=row.branch.name,
            stage=str(Stage(row.stage).label) if row.stage else str(_("staff who study")),
            stage_code=row.stage or STUDY,
            admitted_on=row.admitted_on or row.confirmed_on,
            confirmed_on=row.confirmed_on,
            standing_from=standing_from,
            years=full_years(standing_from, day) if counts else None,
            age=full_years(born, day) if born else None,
            group=row.group_name or "",
            posts="、".join(str(Term.Post(post).label) for post in row.posts),
            circumstances="、".join(str(Circumstance.Kind(kind).label) for kind in row.circumstances),
            since=row.starts_on,
        )

    @property
    def standing(self) -> str:
        """The full years in words; "" of who has no standing."""
        if self.years is None:
            return ""
        return years_in_words(self.years)


def years_in_words(years: int) -> str:
    if not years:
        return _("less than a year")
    return _("%(years)s years") % {"years": years}


def lines_of(rows: Iterable[Membership], day: date) -> list[RollLine]:
    return [RollLine.of(row, day) for row in rows]


def today_line(person: Person) -> RollLine | None:
    """The person's line in the roll of today; None for who is in no branch."""
    day = dates.today()
    row = Membership.objects.roll(day).filter(person=person).first()
    return RollLine.of(row, day) if row else None


def day_of(form: RollFilterForm) -> date:
    """The day that is asked for; today when none is, or none that can be."""
    form.is_valid()
    return form.cleaned_data.get("on") or dates.today()


def narrowed_roll(form: RollFilterForm, *, by: User) -> QuerySet[Membership]:
    """The roll of the form's day, narrowed to what it asks for; nobody while a field does not hold."""
    rows = Membership.objects.visible_to(by).roll(day_of(form))
    if not form.is_valid():
        return rows.none()
    data = form.cleaned_data
    if data.get("branch"):
        rows = rows.filter(branch=data["branch"])
    if data.get("stage"):
        rows = rows.who_study_only() if data["stage"] == STUDY else rows.of_stages(STAGES[data["stage"]])
    if data.get("group"):
        rows = rows.filter(group_name=data["group"].name, branch=data["group"].branch_id)
    if data.get("circumstance"):
        rows = rows.filter(circumstances__contains=[data["circumstance"]])
    if data.get("q"):
        rows = rows.of_people(found_people(Person.objects.all(), data["q"]))
    return rows


def totals_of(rows: QuerySet[Membership]) -> list[tuple[str, str]]:
    """How many there are, by stage. One query."""
    counts = dict(rows.order_by().values_list("stage").annotate(Count("pk")))
    shown = [(_("People"), sum(counts.values()))]
    shown += [(str(stage.label), counts[stage.value]) for stage in Stage if counts.get(stage.value)]
    if counts.get(None):
        shown.append((_("staff who study"), counts[None]))
    return [(label, f"{number:,}") for label, number in shown]


@dataclass(frozen=True)
class MedalLine:
    """Somebody who has been a member for fifty years on a first of July."""

    line: RollLine
    is_first: bool


def medal_lines(year: int, *, by: User) -> list[MedalLine]:
    """光荣在党50年: full members of that first of July with fifty full years, those of this year first. One query."""
    day = date(year, 7, 1)
    rows = (
        Membership.objects.visible_to(by).roll(day).with_standing_by(date(year - 50, 7, 1)).order_by("sort_key", "pk")
    )
    found = [MedalLine(line, reaches_fifty_first(line.standing_from, year)) for line in lines_of(rows, day)]
    return sorted(found, key=lambda one: not one.is_first)
