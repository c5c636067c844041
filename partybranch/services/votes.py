"""Votes of an event: recorded as the tellers counted them, computed by the database, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hebi_charity.core import dates, seals
from hebi_charity.core.transactions import atomic_with_retry
from hebi_charity.office.services.form_keys import (
    AlreadySubmitted,
    claim_form_key,
    save_once,
    settle_form_key,
)
from partybranch.models import LifeEvent, Vote, VoteCandidate, VoteRule
from partybranch.services.belonging import lock_person
from partybranch.services.broken_rules import BrokenRule, EventNotCome
from partybranch.services.logging import record
from partybranch.services.probation import ask_whether_over
from partybranch.services.rule_seals import rule_seal

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

# Decided when the year of the probation is over; to cancel it need not wait.
ENDS_YEAR = (Vote.Decision.CONFIRM, Vote.Decision.EXTEND)


class VoteWithdrawn(BrokenRule):
    """A vote is withdrawn once."""

    sentence = _("This vote was withdrawn already. Please reload the page.")


class VoteHasStage(BrokenRule):
    """What a carried vote decided of a person stands: the stage goes first, then the vote."""

    def __init__(self, name: str, stage: str, day: date) -> None:
        super().__init__(name, stage, day)
        self.sentence = _(
            "From this vote follows a stage that is recorded: %(name)s, %(stage)s since %(day)s. Please withdraw that"
            " stage first, on the page of the person; then withdraw the vote."
        ) % {"name": name, "stage": stage, "day": dates.format_day(day)}


class RuleBeforeVotes(BrokenRule):
    """A rule would begin on or before the day of a vote that was counted by another one."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.sentence = _(
            "A vote of this kind was counted at the meeting of %(day)s, by the rule of that day. Please let the new"
            " rule begin on %(next)s or later; if that vote was recorded wrongly, withdraw it first."
        ) % {"day": dates.format_day(day), "next": dates.format_day(day + timedelta(days=1))}


class VoteFixed(BrokenRule):
    """Votes of a meeting that was filed or called off stay as they are."""

    sentence = _("The meeting was filed or called off: its votes stay as they are. A supplement can stand beside them.")


@atomic_with_retry
def record_rule(rule: VoteRule, *, by: User, form_key: UUID) -> VoteRule:
    """A rule that holds from a day on; votes counted before keep theirs, and no rule is put before them.

    Raises RuleBeforeVotes, FormKeyReused, and IntegrityError. A rule has no end of its own: the next one begins.
    """
    rule.recorded_by = by

    def save(row: VoteRule) -> None:
        if last := Vote.objects.counted_since(row.kind, row.valid_from):
            raise RuleBeforeVotes(last)
        row.save(force_insert=True)
        changes = {"kind": (None, row.kind), "valid_from": (None, row.valid_from)}
        record(by, "party.vote_rule_recorded", row, changes=changes, reason=row.source, digest=rule_seal(row))

    return save_once(rule, save, form="partybranch.vote_rule", by=by, form_key=form_key)


@atomic_with_retry
def record_vote(vote: Vote, candidates: Sequence[VoteCandidate] = (), *, by: User, form_key: UUID) -> Vote:
    """Keep what the tellers counted; the row comes back with what the database made of it.

    `candidates` are the names of an election with their votes. Raises FormKeyReused, EventNotCome before the
    day of the meeting, ProbationNotOver, and IntegrityError for counts that cannot be.
    """
    vote.recorded_by = by
    names = {str(number): [str(one.person_id), one.yes, one.no, one.abstain] for number, one in enumerate(candidates)}
    facts = {field.name: str(field.value_from_object(vote)) for field in vote._meta.concrete_fields} | names
    try:
        claim_form_key(form_key, form="partybranch.vote", digest=seals.digest(facts), by=by)
    except AlreadySubmitted as first:
        return Vote.objects.get(pk=first.result_id)
    if vote.event.held_on > dates.today():
        raise EventNotCome
    if vote.decision in ENDS_YEAR and vote.person is not None:
        ask_whether_over(vote.person, vote.event.held_on)
    _put_in(vote)
    vote.save(force_insert=True)
    for one in candidates:
        one.vote = vote
    VoteCandidate.objects.bulk_create(candidates)
    with connection.cursor() as cursor:
        # What only the whole ballot can tell is asked now, while the form can still say it.
        cursor.execute("SET CONSTRAINTS partybranch_vote_is_whole IMMEDIATE")
        cursor.execute("SET CONSTRAINTS partybranch_vote_is_whole DEFERRED")
    settle_form_key(form_key, vote)
    vote.refresh_from_db()
    record(by, "party.vote_recorded", vote.event, changes={"vote": (None, vote.pk), "vote_kind": (None, vote.kind)})
    return vote


def _put_in(vote: Vote) -> None:
    """Something for the columns that the database computes, which overwrites it."""
    vote.rule_id, vote.entitled, vote.counted_out, vote.favour, vote.has_quorum, vote.result = 0, 0, 0, 0, False, ""


@atomic_with_retry
def withdraw_vote(vote: Vote, *, by: User, reason: str) -> Vote:
    """Take back what was recorded wrongly; it stays readable. Raises VoteWithdrawn, VoteFixed and VoteHasStage."""
    event = LifeEvent.objects.select_for_update().get(pk=vote.event_id)
    vote = Vote.objects.select_for_update().get(pk=vote.pk)
    if vote.is_withdrawn():
        raise VoteWithdrawn
    if not event.is_noticed():
        raise VoteFixed
    _ask_whether_stage_stands(vote, event.held_on)
    vote.withdrawn_by, vote.withdrawn_at, vote.withdrawal_reason = by, timezone.now(), reason
    vote.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawal_reason"])
    record(by, "party.vote_withdrawn", event, changes={"vote": (vote.pk, None)}, reason=reason)
    return vote


def _ask_whether_stage_stands(vote: Vote, day: date) -> None:
    stage = vote.stage_decided()
    if not stage or Vote.objects.same_as(vote).exists():
        return
    person = lock_person(vote.person)
    if change := person.stage_changes.live().filter(stage=stage, on=day).first():
        raise VoteHasStage(person.name, change.get_stage_display(), day)
