"""Quorum and result as the database computes them, by the rule of the day and from the frozen list."""

from datetime import date

import pytest
from django.db import connection

from partybranch.models import Vote, VoteCandidate, VoteRule
from partybranch.services.votes import withdraw_vote
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, attend, circumstance, member, noticed_event, staff
from tests.partybranch.votes.factories import a_meeting, a_rule, a_vote, voters

pytestmark = pytest.mark.django_db


def found(vote: Vote) -> tuple[bool, str]:
    return vote.has_quorum, vote.result


def test_ten_entitled_five_present_an_ordinary_resolution_may_be_put_and_an_admission_may_not():
    event = a_meeting(entitled=10, present=5)

    assert found(a_vote(event)) == (True, "lost")
    assert found(a_vote(event, kind="admission")) == (False, "no_quorum")
    assert dict(
        VoteRule.objects.on(event.held_on).for_list(voters=10, exempt=0, present=5).values_list("kind", "may_be_put")
    ) == {"ordinary": True, "admission": False, "probation": False, "election": False, "discipline": True}


@pytest.mark.parametrize(("yes", "result"), [(5, "lost"), (6, "carried")])
def test_ten_entitled_five_in_favour_do_not_carry_and_six_do(yes, result):
    event = a_meeting(entitled=10, present=8)

    vote = a_vote(event, yes=yes, no=8 - yes)

    assert (vote.entitled, vote.favour, vote.result) == (10, yes, result)


@pytest.mark.parametrize(
    ("present", "yes", "result", "outcome"),
    [
        (8, 5, "valid", "elected"),
        (8, 4, "valid", "not_elected"),
        (7, 7, "no_quorum", "not_elected"),
    ],
)
def test_ten_entitled_eight_present_five_votes_elect_and_seven_present_hold_no_election(present, yes, result, outcome):
    event = a_meeting(entitled=10, present=present)

    vote = a_vote(event, [(voters(event)[0], yes, present - yes, 0)], kind="election")

    assert (vote.result, vote.candidates.get().outcome) == (result, outcome)


def test_ten_entitled_six_present_five_yes_and_one_written_yes_carry_an_admission_with_six():
    event = a_meeting(entitled=10, present=6)

    vote = a_vote(event, kind="admission", yes=5, no=1, written=1, written_yes=1)

    assert (vote.favour, vote.has_quorum, vote.result) == (6, True, "carried")
    assert a_vote(event, kind="admission", yes=5, no=1).result == "lost"


def test_written_opinion_does_not_count_where_the_rule_does_not_say_so():
    event = a_meeting(entitled=10, present=6)

    vote = a_vote(event, yes=5, no=1, written=1, written_yes=1)

    assert (vote.favour, vote.result) == (5, "lost")


def test_more_ballots_returned_than_handed_out_void_the_vote():
    event = a_meeting(entitled=10, present=8)

    vote = a_vote(event, issued=8, returned=9, valid=8, yes=8)
    election = a_vote(event, [(voters(event)[0], 8, 0, 0)], kind="election", issued=7, returned=8, valid=8)

    assert (vote.result, vote.favour) == ("void", 0)
    assert (election.result, election.candidates.get().outcome) == ("void", "not_elected")


def test_as_many_returned_as_handed_out_or_fewer_do_not_void_it():
    event = a_meeting(entitled=3, present=3)

    assert a_vote(event, issued=3, returned=3, valid=3, yes=3).result == "carried"
    assert a_vote(event, issued=3, returned=2, valid=2, yes=2).result == "carried"


def test_show_of_hands_has_no_ballots():
    event = a_meeting(entitled=4, present=3)

    assert a_vote(event, way="hands", yes=3).result == "carried"


def test_nobody_sets_quorum_or_result_when_inserting():
    event = a_meeting(entitled=10, present=5)
    rule = VoteRule.objects.get(kind="election")

    vote = Vote.objects.create(
        event=event,
        kind="ordinary",
        matter="通过决议",
        present=5,
        issued=5,
        returned=5,
        valid=5,
        yes=5,
        recorded_by=UserFactory(),
        rule=rule,
        entitled=1,
        counted_out=7,
        favour=99,
        has_quorum=False,
        result="carried",
    )
    vote.refresh_from_db()

    assert (vote.entitled, vote.counted_out, vote.favour, vote.has_quorum, vote.result) == (10, 0, 5, True, "lost")
    assert vote.rule.kind == "ordinary"


def test_who_has_no_hard_requirement_and_stays_away_is_not_among_those_who_should_attend():
    a_branch()
    people = [member(name=name) for name in "甲乙丙"]
    member(name="预备", stage="probationary", stage_on=date(2023, 9, 1), admitted_on=None)
    staff()
    circumstance(people[2], "exempt", reason="行动不便")
    event = noticed_event(kind="general", with_others=True)
    attend(event, people[0])

    assert (lambda vote: (vote.entitled, vote.counted_out, vote.result))(a_vote(event)) == (2, 1, "lost")

    another = noticed_event(kind="general", topic="再开一次")
    attend(another, people[0]), attend(another, people[2])
    vote = a_vote(another)
    assert (vote.entitled, vote.counted_out, vote.present, vote.result) == (3, 0, 2, "carried")


def test_rule_may_count_who_has_no_hard_requirement():
    a_branch()
    people = [member(name=name) for name in "甲乙丙"]
    circumstance(people[2], "exempt", reason="行动不便")
    a_rule(counts_exempt=True, carry_of=1, carry_in=2, carry_is_more=True)
    event = noticed_event(kind="general")
    attend(event, people[0]), attend(event, people[1])

    vote = a_vote(event, yes=2)

    assert (vote.entitled, vote.counted_out, vote.result) == (3, 0, "carried")


def test_vote_is_counted_by_the_rule_of_the_day_of_the_event():
    strict = a_rule(valid_from=date(2024, 3, 20))
    before = a_meeting(entitled=3, present=3, held_on=date(2024, 3, 19))
    on_the_day = noticed_event(kind="general", held_on=date(2024, 3, 20))
    for person in voters(before):
        attend(on_the_day, person)

    old, new = a_vote(before, yes=2, no=1), a_vote(on_the_day, yes=2, no=1)

    assert (old.rule.source, old.result) == ("《中国共产党支部工作条例（试行）》第十一条", "carried")
    assert (new.rule, new.result) == (strict, "carried")
    withdraw_vote(new, by=UserFactory(), reason="规则填错")
    a_rule(valid_from=date(2024, 3, 20), carry_is_more=True)
    assert a_vote(on_the_day, yes=2, no=1).result == "lost"
    new.refresh_from_db()
    assert new.rule == strict


def elected(event, seats: int, *yes: int, valid: int) -> list[str]:
    people = voters(event)
    ballot = [(people[number], count, valid - count, 0) for number, count in enumerate(yes)]
    vote = a_vote(event, ballot, kind="election", seats=seats, valid=valid)
    return list(vote.candidates.order_by("pk").values_list("outcome", flat=True))


def test_posts_are_filled_in_the_order_of_votes_and_equals_at_the_last_post_stand_again():
    event = a_meeting(entitled=10, present=10)

    assert elected(event, 2, 9, 6, 5, valid=10) == ["elected", "elected", "not_elected"]
    assert elected(event, 1, 7, 3, valid=10) == ["elected", "not_elected"]
    assert elected(event, 2, 8, 6, 6, valid=10) == ["elected", "tied", "tied"]
    assert elected(event, 3, 8, 6, 6, valid=10) == ["elected", "elected", "elected"]
    assert elected(event, 2, 8, 5, 5, valid=10) == ["elected", "not_elected", "not_elected"]


def test_nobody_is_elected_before_the_ballot_is_whole_nor_set_as_elected_afterwards():
    event = a_meeting(entitled=10, present=10)
    people = voters(event)
    vote = a_vote(event, [(people[0], 6, 4, 0), (people[1], 4, 6, 0)], kind="election")
    row = vote.candidates.get(person=people[1])

    for value in ("elected", "tied", ""):
        with pytest.raises(Exception, match="partybranch_votecandidate"), connection.cursor() as cursor:
            cursor.execute("SAVEPOINT here")
            try:
                cursor.execute("UPDATE partybranch_votecandidate SET outcome = %s WHERE id = %s", [value, row.pk])
            finally:
                cursor.execute("ROLLBACK TO SAVEPOINT here")
    assert VoteCandidate.objects.get(pk=row.pk).outcome == "not_elected"
