"""A rule of votes is not put before votes that were counted already."""

from datetime import date
from threading import Thread
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from partybranch.models import Vote, VoteRule
from partybranch.services.votes import RuleBeforeVotes, withdraw_vote
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import attend, noticed_event
from tests.partybranch.votes.factories import a_meeting, a_rule, a_vote, voters

DAY, NEXT, LATER = date(2024, 3, 20), date(2024, 3, 21), date(2024, 5, 8)  # of the first meeting, and of another
SENTENCE = (
    "这类表决最近一次在 2024-05-08 的会议上计票，用的是当天的规则。新规则请从 2024-05-09 或更晚开始；"
    "那次表决登记错了的，请先撤销。"
)


def rules(kind: str = "ordinary") -> int:
    return VoteRule.objects.filter(kind=kind, recorded_by__isnull=False).count()


def two_meetings() -> tuple[Vote, Vote]:
    first = a_meeting(entitled=2, present=2)
    second = noticed_event(kind="general", topic="再开一次", held_on=LATER)
    for person in voters(first):
        attend(second, person)
    return a_vote(first), a_vote(second)


@pytest.mark.django_db
@pytest.mark.parametrize(("day", "last"), [(date(2024, 1, 1), LATER), (DAY, LATER), (NEXT, LATER), (LATER, LATER)])
def test_rule_on_or_before_the_day_of_a_counted_vote_is_refused_with_the_first_day_that_is_left(day, last):
    two_meetings()

    with pytest.raises(RuleBeforeVotes) as refused:
        a_rule(valid_from=day)

    assert str(refused.value.sentence) == SENTENCE
    assert rules() == 0


@pytest.mark.django_db
def test_rule_after_the_last_one_and_rules_of_other_kinds_are_recorded():
    first, second = two_meetings()

    rule = a_rule(valid_from=date(2024, 5, 9))
    a_rule(kind="admission", valid_from=DAY)

    assert (rules(), rules("admission")) == (1, 1)
    first.refresh_from_db(), second.refresh_from_db()
    assert {first.rule.recorded_by, second.rule.recorded_by} == {None}
    later = noticed_event(kind="general", topic="第三次", held_on=date(2024, 5, 9))
    attend(later, voters(first.event)[0])
    assert a_vote(later).rule == rule


@pytest.mark.django_db
def test_vote_that_was_withdrawn_hinders_nothing():
    first, second = two_meetings()
    withdraw_vote(second, by=UserFactory(), reason="票数填错")

    with pytest.raises(RuleBeforeVotes, match="2024"):
        a_rule(valid_from=DAY)
    assert a_rule(valid_from=NEXT).valid_from == NEXT
    withdraw_vote(first, by=UserFactory(), reason="票数填错")
    assert a_rule(valid_from=DAY).valid_from == DAY


@pytest.mark.django_db
def test_form_says_it_beside_the_day_and_keeps_what_was_typed(client):
    two_meetings()
    log_in_as(client, "branch_secretary")
    parts = {"present_of": "1", "present_in": "2", "carry_of": "2", "carry_in": "3"}
    facts = {"form_key": str(uuid4()), "kind": "ordinary", "carry_base": "entitled", "source": "新条例第十条"}

    response = client.post(reverse("partybranch:vote_rule_create"), facts | parts | {"valid_from": "20240508"})

    assert dict(response.context["form"].errors) == {"valid_from": [SENTENCE]}
    assert response.context["form"]["source"].value() == "新条例第十条"
    assert rules() == 0


def test_rule_and_vote_at_one_moment_wait_for_each_other(committed_db):
    """The vote is counted and not yet committed: whoever records a rule of that day waits, and is refused."""
    event = a_meeting(entitled=2, present=2)
    refused = []

    def record_rule() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SET LOCAL lock_timeout = '20s'")
                VoteRule.objects.create(
                    kind="ordinary",
                    valid_from=DAY,
                    present_of=1,
                    present_in=2,
                    present_is_more=False,
                    carry_of=2,
                    carry_in=3,
                    carry_is_more=False,
                    carry_base="entitled",
                    counts_written=False,
                    counts_exempt=False,
                    source="x",
                    is_checked=True,
                )
        except IntegrityError as error:
            refused.append(error.__cause__.diag.constraint_name)
        finally:
            connection.close()

    with transaction.atomic():
        a_vote(event)
        thread = Thread(target=record_rule)
        thread.start()
        thread.join(timeout=1)
        assert thread.is_alive()
    thread.join(timeout=20)

    assert refused == ["partybranch_vote_rule_after_votes"]
    assert rules() == 0
