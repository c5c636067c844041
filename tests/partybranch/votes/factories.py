"""Meetings with so many entitled and present, and votes on them, made as the services make them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from partybranch.models import LifeEvent, Person, Vote, VoteCandidate, VoteRule
from partybranch.services import events, votes
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, member, noticed_event

CHOSEN_ON = date(2023, 3, 1)


def a_meeting(*, entitled: int, present: int, **facts: object) -> LifeEvent:
    """A general meeting whose list has so many members with a vote, of whom so many came."""
    a_branch()
    for number in range(entitled):
        member(name=f"党员{chr(0x4E00 + number)}")
    event = noticed_event(**({"kind": "general", "topic": "支部党员大会"} | facts))
    rows = event.attendance.order_by("pk")[:present]
    events.record_attendance(event, {row.pk: ("present", "") for row in rows}, by=UserFactory())
    return event


def voters(event: LifeEvent) -> list[Person]:
    return [row.person for row in event.attendance.select_related("person").order_by("pk")]


def somebody_for(event: LifeEvent, kind: str) -> Person:
    """Whom a vote of this kind may concern: who applied and is a candidate, who is on probation, or any member."""
    if kind == "discipline":
        return Person.objects.order_by("pk").last()
    stage = "candidate" if kind == "admission" else "probationary"
    return member(name="常少辉", branch=event.branch, stage=stage, stage_on=CHOSEN_ON, admitted_on=None, arrival="here")


def a_vote(event: LifeEvent, candidates: list[tuple[Person, int, int, int]] = (), *, by=None, **facts) -> Vote:
    """An ordinary resolution by ballot, everybody present voting in favour, unless said otherwise."""
    came = event.attendance.filter(status="present", has_vote=True).count()
    values = {"kind": "ordinary", "matter": "通过年度工作总结", "present": came} | facts
    if values.get("way") != "hands":
        values = {"issued": values["present"], "returned": values["present"], "valid": values["present"]} | values
    if values["kind"] in {"admission", "probation", "discipline"} and "person" not in values:
        values["person"] = somebody_for(event, values["kind"])
    if values["kind"] == "probation":
        values.setdefault("decision", "confirm")
    if values["kind"] == "election":
        values = {"seats": 1, "names": len(candidates)} | values
    elif not {"yes", "no", "abstain"} & facts.keys():
        values["yes"] = values["valid"] if values.get("valid") is not None else values["present"]
    named = [VoteCandidate(person=who, yes=yes, no=no, abstain=abstain) for who, yes, no, abstain in candidates]
    return votes.record_vote(Vote(event=event, **values), named, by=by or UserFactory(), form_key=uuid4())


def a_rule(**facts: object) -> VoteRule:
    """An ordinary resolution from 2024 on that asks for two thirds of those entitled, unless said otherwise."""
    values = {
        "kind": "ordinary",
        "valid_from": date(2024, 1, 1),
        "present_of": 1,
        "present_in": 2,
        "present_is_more": False,
        "carry_of": 2,
        "carry_in": 3,
        "carry_is_more": False,
        "carry_base": "entitled",
        "counts_written": False,
        "counts_exempt": False,
        "source": "上级党组织通知",
        "is_checked": True,
    } | facts
    return votes.record_rule(VoteRule(**values), by=UserFactory(), form_key=uuid4())
