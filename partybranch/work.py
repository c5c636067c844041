"""What the start page shows of the branch: figures and first steps to its roles, to anybody the own record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from hebi_charity.core import dates
from hebi_charity.core.registry import StartFigure, StartPanel, WorkItem
from partybranch.lists.finding_life import TO_COMPLETE, TO_FILE, TO_RECORD, waiting
from partybranch.lists.life import TO_STAGE
from partybranch.lists.roll import STAGES, medal_lines
from partybranch.lists.votes import to_stage
from partybranch.lists.warnings import warnings_of
from partybranch.models import Branch, LearningRecord, LifeEvent, Membership, Person, Vote

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User


def start_panel(user: User) -> StartPanel:
    """The branch's roles see its figures; who is recorded there finds the own record."""
    own = Person.objects.own(user).exists()
    guide = [(_("See your own record in the Party branch"), reverse("partybranch:own"))] if own else []
    if not user.has_perm("partybranch.view_person"):
        return StartPanel(guide=guide)
    return StartPanel(figures=_figures(user), first_steps=_first_steps(user), guide=guide)


def _figures(user: User) -> list[StartFigure]:
    today = dates.today()
    rows = Membership.objects.visible_to(user).roll(today)
    roll = reverse("partybranch:roll")
    shown = (("members", _("Party members")), ("probationary", _("Probationary members")), ("way", _("On the way")))
    figures = [
        StartFigure(label, f"{rows.of_stages(STAGES[code]).count():,}", f"{roll}?stage={code}") for code, label in shown
    ]
    medals = sum(one.is_first for one in medal_lines(today.year, by=user))
    label = _("Fifty years on 1 July %(year)s") % {"year": today.year}
    return [*figures, StartFigure(label, f"{medals:,}", reverse("partybranch:medal"))]


def long_absent(user: User) -> list[WorkItem]:
    """Who has long taken part in nothing or is out of contact, for the secretary alone."""
    lines = warnings_of(dates.today(), by=user)
    if not lines:
        return []
    url = reverse("partybranch:warning_list")
    return [WorkItem(_("Long absent or out of contact"), len(lines), url, any(line.is_urgent for line in lines))]


def unfinished_meetings(user: User) -> list[WorkItem]:
    """Meetings that are over and not filed, by what they wait for, and carried votes whose stage is not recorded.

    For those who record, secretary and organisation member. Two queries.
    """
    if not user.has_perm("partybranch.record_membership"):
        return []
    events = waiting(LifeEvent.objects.visible_to(user).noticed(), dates.today())
    found = dict(events.order_by().values_list("waits").annotate(Count("pk")))
    said = {
        TO_RECORD: _("Meetings: record to be made up"),
        TO_COMPLETE: _("Meetings: facts missing for the filing"),
        TO_FILE: _("Meetings to be filed"),
    }
    url = reverse("partybranch:life_list")
    items = [WorkItem(label, found.get(code, 0), f"{url}?state={code}") for code, label in said.items()]
    count = to_stage(Vote.objects.visible_to(user)).count()
    return [*items, WorkItem(_("Votes carried, stage not recorded"), count, f"{url}?state={TO_STAGE}")]


def _first_steps(user: User) -> list[tuple[str, str]]:
    if not user.has_perm("partybranch.record_membership"):
        return []
    if not Branch.objects.live().exists():
        return [(_("Record the Party branch, then its members"), reverse("partybranch:branch_create"))]
    if not Person.objects.exists():
        return [(_("Record the first member of the branch"), reverse("partybranch:person_create"))]
    return []


def statements_to_confirm(user: User) -> list[WorkItem]:
    """Self-study that somebody stated: the secretary confirms it."""
    if not user.has_perm("partybranch.withdraw_record"):
        return []
    count = LearningRecord.objects.visible_to(user).to_confirm().count()
    return [WorkItem(_("Self-study to be confirmed"), count, reverse("partybranch:study"))]
