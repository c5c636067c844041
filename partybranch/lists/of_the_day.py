"""Whom an event may name, by the roll of its day: whom a vote may concern, and who may stand for election."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

from partybranch.models import LifeEvent, Membership, Person, StageChange, VoteRule

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Kind, Stage = VoteRule.Kind, StageChange.Stage
# In which stage somebody is of whom such a vote decides.
STAGE_BEFORE = {Kind.ADMISSION: Stage.CANDIDATE, Kind.PROBATION: Stage.PROBATIONARY}


def people_for(event: LifeEvent, kind: str, *, by: User) -> QuerySet[Person]:
    """Whom a vote of this kind may name.

    Admitted is a candidate for admission (发展对象), and confirmed, extended or cancelled is the probation of a
    probationary member, of this branch on the day of the event. Elected is a full member on the roll of that day: who
    is on probation has neither vote nor may be elected (中国共产党章程 art. 7). A disciplinary measure may concern
    whoever belongs or belonged here.
    """
    people = Person.objects.visible_to(by)
    if kind in STAGE_BEFORE:
        stays = Membership.objects.filter(branch=event.branch_id).around(event.held_on)
        return people.of_stays(stays.of_stage_around(STAGE_BEFORE[kind]))
    if kind == Kind.ELECTION:
        stays = Membership.objects.filter(branch=event.branch_id).roll(event.held_on)
        return people.of_stays(stays.of_stages([Stage.FULL]))
    return people.of_branch(event.branch_id)
