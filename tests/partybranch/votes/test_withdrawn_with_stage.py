"""A carried vote stays while the stage that followed from it stands."""

from datetime import date

import pytest
from django.urls import reverse

from partybranch.services.votes import VoteHasStage, withdraw_vote
from tests.donations.factories import UserFactory
from tests.partybranch.factories import member, stage, withdraw
from tests.partybranch.votes.factories import a_meeting, a_vote, somebody_for

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 20)  # of the meeting


def test_withdrawal_says_which_stage_goes_first_and_is_done_after_it(client, secretary):
    vote = a_vote(a_meeting(entitled=3, present=3), kind="admission")
    change = stage(vote.person, "probationary", DAY)
    page = reverse("partybranch:vote_withdraw", args=[vote.pk])

    said = client.post(page, {"reason": "票数填错"}, follow=True).content.decode()

    assert (
        "由这次表决产生的发展阶段已登记：常少辉，预备党员，2024-03-20。请先到人员页撤销这个发展阶段，再撤销表决。"
        in said
    )
    vote.refresh_from_db()
    assert not vote.is_withdrawn()
    withdraw(change)
    client.post(page, {"reason": "票数填错"})
    vote.refresh_from_db()
    assert vote.is_withdrawn()


@pytest.mark.parametrize(("decision", "code"), [("confirm", "full"), ("cancel", "cancelled")])
def test_end_of_probation_stands_with_its_vote(decision, code):
    event = a_meeting(entitled=3, present=3)
    vote = a_vote(event, kind="probation", decision=decision)
    stage(vote.person, code, DAY)

    with pytest.raises(VoteHasStage):
        withdraw_vote(vote, by=UserFactory(), reason="错")


def test_vote_recorded_twice_loses_one_of_the_two():
    event = a_meeting(entitled=3, present=3)
    person = somebody_for(event, "admission")
    first, second = (a_vote(event, kind="admission", person=person) for _ in range(2))
    stage(person, "probationary", DAY)

    withdraw_vote(first, by=UserFactory(), reason="重复")
    with pytest.raises(VoteHasStage):
        withdraw_vote(second, by=UserFactory(), reason="错")


def test_stage_of_another_day_or_person_and_a_vote_not_carried_do_not_hold_it_back():
    event = a_meeting(entitled=3, present=3)
    lost = a_vote(event, kind="admission", yes=1, no=2)
    stage(lost.person, "probationary", DAY)
    other = a_vote(event, kind="admission", person=somebody_for(event, "admission"))
    stage(other.person, "probationary", date(2024, 3, 21))
    member(name="旁人", stage="probationary", stage_on=DAY, admitted_on=None)

    for vote in (lost, other):
        assert withdraw_vote(vote, by=UserFactory(), reason="错").is_withdrawn()
