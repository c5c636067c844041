"""个人学习计划: one page for each person, from the template, with room for handwriting and signatures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from hebi_charity.core import dates
from hebi_charity.reports.papers import PaperRefused
from partybranch.lists.roll import lines_of
from partybranch.models import Membership

if TYPE_CHECKING:
    from hebi_charity.core.registry import PaperSubject

LINES = 12  # of the plan's table on one page; what the template does not fill is written by hand


@dataclass(frozen=True)
class PersonalPlanFacts:
    name: str
    stage: str
    post: str
    aim: str
    tasks: tuple[str, ...]
    empty: tuple[int, ...]


@dataclass(frozen=True)
class PersonalPlansFacts:
    """All plans of a year, in the order of the roll."""

    branch: str
    year: int
    plans: tuple[PersonalPlanFacts, ...]


def facts(subject: PaperSubject) -> PersonalPlansFacts:
    """Raises PaperRefused before the plans are made."""
    plan, today = subject.row, dates.today()
    rows = list(plan.personal_plans.select_related("person").order_by("person__sort_key", "pk"))
    if not rows:
        raise PaperRefused(_("No personal plan is made yet. Please make them from the template first."))
    roll = Membership.objects.roll(today).filter(branch=plan.branch_id)
    stages = {line.person.pk: line.stage for line in lines_of(roll, today)}
    plans = tuple(
        PersonalPlanFacts(
            name=row.person.name,
            stage=stages.get(row.person_id, ""),
            post=row.person.post,
            aim=row.aim,
            tasks=tuple(row.lines()),
            empty=tuple(range(len(row.lines()) + 1, max(LINES, len(row.lines()) + 3) + 1)),
        )
        for row in rows
    )
    return PersonalPlansFacts(branch=plan.branch.name, year=plan.year, plans=plans)


def label(subject: PaperSubject) -> str:
    """2022 年."""
    return _("year %(year)s (label)") % {"year": subject.row.year}
