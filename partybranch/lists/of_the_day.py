"""Whom an event may name, by the roll of its day: chair and recorder, whom a vote concerns, who stands for election."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Q, QuerySet, Subquery

from partybranch.models import Branch, LifeEvent, Membership, Person, StageChange, VoteRule

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Kind, Stage = VoteRule.Kind, StageChange.Stage
# In which stage somebody is of whom such a vote decides.
STAGES_BEFORE = {
    Kind.ADMISSION: (Stage.CANDIDATE,),
    Kind.PROBATION: (Stage.PROBATIONARY,),
    Kind.DISCIPLINE: StageChange.MEMBERS,
}


def people_for(event: LifeEvent, kind: str, *, by: User) -> QuerySet[Person]:
    """Whom a vote of this kind may name.

    Admitted is a candidate for admission (发展对象), and confirmed, extended or cancelled is the probation of a
    probationary member, of this branch on the day of the event. Elected is a full member on the roll of that day: who
    is on probation has neither vote nor may be elected (中国共产党章程 art. 7). A disciplinary measure concerns a
    member, on probation or full, of this branch on the day.
    """
    people = Person.objects.visible_to(by)
    if kind in STAGES_BEFORE:
        stays = Membership.objects.filter(branch=event.branch_id).around(event.held_on)
        return people.of_stays(stays.of_stages_around(STAGES_BEFORE[kind]))
    if kind == Kind.ELECTION:
        stays = Membership.objects.filter(branch=event.branch_id).roll(event.held_on)
        return people.of_stays(stays.of_stages([Stage.FULL]))
    return people.of_branch(event.branch_id)


def people_of(branch: Branch, day: date, *, also: Iterable[int] = ()) -> QuerySet[Person]:
    """Who may be in the chair or take the minutes: whoever stood on the roll of the branch on the day.

    The secretary presides, or by commission the deputy or a member of the committee, the leader in a group meeting
    (中国共产党支部工作条例（试行） art. 14): all of them members of the branch. The roll is asked and not the post, for
    what a small branch or a past year has no term of. Staff and activists who study with the branch stand on its roll
    too and may take the minutes, or preside at a training of all staff. A leader of the superior body belongs to
    another branch and cannot be chosen: then who convened the meeting is named, the leader is recorded among those who
    sat in, and the minutes say who presided. Who left before the day, or came after it, is refused by the database.

    `also` are people who stay in the choice because they stand in the form already.
    """
    there = Membership.objects.filter(branch=branch).there_on(day)
    return Person.objects.of_branch(branch).filter(Q(pk__in=there.values("person")) | Q(pk__in=also))


def people_ever(branch: Branch) -> QuerySet[Person]:
    """Whoever belongs or belonged to the branch, each with `left_on`: for a form that does not know its day yet."""
    stays = Membership.objects.live().filter(branch=branch, person=OuterRef("pk")).order_by("-starts_on")
    return Person.objects.of_branch(branch).annotate(left_on=Subquery(stays.values("ends_on")[:1]))
