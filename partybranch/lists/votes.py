"""Votes of an event as pages and papers say them: which kinds may be put, and what came of each, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from partybranch.models import Attendance, LifeEvent, StageChange, Vote, VoteRule
from partybranch.models.vote import ABOUT_A_PERSON, STAGE_OF

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Result, Kind = Vote.Result, VoteRule.Kind
_Event = LifeEvent.Kind
ELECTING = (_Event.GENERAL_MEETING, _Event.COMMITTEE_MEETING, _Event.GROUP_MEETING)


@dataclass(frozen=True)
class Voters:
    """Of the frozen list: with a vote, of them without hard requirement and away, of them there."""

    voters: int
    exempt: int
    present: int

    @classmethod
    def of(cls, event: LifeEvent) -> Voters:
        rows = event.attendance.filter(has_vote=True)
        return cls(
            **rows.aggregate(
                voters=Count("pk"),
                exempt=Count("pk", filter=Q(status=Attendance.Status.EXEMPT)),
                present=Count("pk", filter=Q(status__in=Attendance.CAME)),
            )
        )


def rules_for(event: LifeEvent, counts: Voters) -> list[VoteRule]:
    """The rules of the day, each with `entitled` and whether a vote of its kind may be put with those present."""
    rules = VoteRule.objects.on(event.held_on)
    rules = rules.for_list(voters=counts.voters, exempt=counts.exempt, present=counts.present)
    order = Kind.values
    found = sorted(rules, key=lambda rule: order.index(rule.kind))
    for rule in found:
        rule.entitled = counts.voters - (0 if rule.counts_exempt else counts.exempt)
    return found


def may_decide(event: LifeEvent, kind: str) -> bool:
    """Whether an event of this kind decides such matters.

    On members only the general meeting of the branch does; elections are held at meetings of branch, committee and
    group, not at lectures, visits or trainings.
    """
    if kind == Kind.ELECTION:
        return event.kind in ELECTING
    return kind not in ABOUT_A_PERSON or event.kind == LifeEvent.Kind.GENERAL_MEETING


def part(of: int, out_of: int, *, is_more: bool) -> str:
    """A fraction of a rule in words: at least half, more than half, at least 4/5."""
    if (of, out_of) == (1, 2):
        return _("more than half") if is_more else _("at least half")
    if is_more:
        return _("more than %(of)s/%(in)s") % {"of": of, "in": out_of}
    return _("at least %(of)s/%(in)s") % {"of": of, "in": out_of}


def asks_present(rule: VoteRule) -> str:
    return part(rule.present_of, rule.present_in, is_more=rule.present_is_more)


def asks_favour(rule: VoteRule) -> str:
    return part(rule.carry_of, rule.carry_in, is_more=rule.carry_is_more)


def in_words(rule: VoteRule) -> str:
    """The whole rule as one sentence."""
    facts = {"present": asks_present(rule), "favour": asks_favour(rule), "base": rule.get_carry_base_display()}
    text = _("%(present)s of those entitled must be there; carried by %(favour)s of %(base)s.") % facts
    if rule.counts_written:
        text += _(" Written opinions given before the meeting count.")
    return text


def said_of(vote: Vote) -> str:
    """What came of a vote and why, in a sentence; the database has computed it."""
    rule = vote.rule
    facts = {
        "present": vote.present,
        "entitled": vote.entitled,
        "issued": vote.issued,
        "returned": vote.returned,
        "favour": vote.favour,
        "base": vote.present if rule.carry_base == VoteRule.Base.PRESENT else vote.entitled,
        "base_name": rule.get_carry_base_display(),
        "asked": asks_favour(rule),
        "asked_present": asks_present(rule),
    }
    counted = _("%(favour)s in favour, counted against %(base_name)s: %(base)s. The rule asks for %(asked)s.")
    sentences = {
        Result.NO_QUORUM: _(
            "%(present)s of %(entitled)s entitled were present; %(asked_present)s must be there. The vote does not"
            " hold."
        ),
        Result.VOID: _(
            "%(returned)s ballots were returned, more than the %(issued)s handed out: the vote is void. Find out why,"
            " vote again with new ballots, and record that as a new vote."
        ),
        Result.CARRIED: counted,
        Result.LOST: counted,
        Result.HELD: _(
            "%(present)s of %(entitled)s entitled were present: the election holds. Elected by %(asked)s of"
            " %(base_name)s: %(base)s."
        ),
    }
    return sentences[vote.result] % facts


def votes_of(event: LifeEvent) -> list[Vote]:
    """The votes of an event as a page shows them, the withdrawn ones too. Two queries."""
    recorded = StageChange.objects.live().filter(
        person=OuterRef("person"), on=event.held_on, stage__in=STAGE_OF.values()
    )
    found = list(event.votes.told().in_order().annotate(has_stage=Exists(recorded)))
    for vote in found:
        vote.event = event
        vote.said = said_of(vote)
        vote.stage_address = stage_address(vote)
    return found


def to_stage(votes: QuerySet[Vote]) -> QuerySet[Vote]:
    """Carried votes whose stage is not recorded, neither for the day of the meeting nor for a later one."""
    open_ones = Q()
    for (kind, decision), stage in STAGE_OF.items():
        recorded = StageChange.objects.live().filter(
            person=OuterRef("person"), stage=stage, on__gte=OuterRef("event__held_on")
        )
        open_ones |= Q(~Exists(recorded), kind=kind, decision=decision)
    return votes.filter(open_ones, withdrawn_at__isnull=True, result=Result.CARRIED)


def stage_address(vote: Vote) -> str:
    """Where the stage that a carried vote decided is recorded, with day and resolution filled in."""
    if not vote.stage_decided():
        return ""
    return f"{reverse('partybranch:person_stage', args=[vote.person_id])}?vote={vote.pk}"


def stage_facts(number: str, *, person: object, by: User) -> dict[str, object]:
    """What the form of a stage begins with when it is opened from a vote on this person; {} else."""
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return {}
    found = Vote.objects.visible_to(by).live().filter(pk=number, person=person).select_related("event").first()
    if found is None or not found.stage_decided():
        return {}
    event = found.event
    basis = _("Resolution of the %(kind)s of %(day)s: %(matter)s") % {
        "kind": event.get_kind_display(),
        "day": event.held_on.isoformat(),
        "matter": found.matter,
    }
    return {"stage": found.stage_decided(), "on": event.held_on, "basis": basis[:200]}


def counted_out(event: LifeEvent) -> list[Attendance]:
    """Who has a vote, no hard requirement to come, and did not come: not among those who should attend."""
    rows = event.attendance.filter(has_vote=True, status=Attendance.Status.EXEMPT).select_related("person")
    return list(rows.order_by("person__sort_key", "pk"))
