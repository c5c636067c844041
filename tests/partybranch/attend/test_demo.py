"""The demonstration's votes, observers and make-ups: on meetings of this year, loaded once."""

from datetime import date

import pytest

from partybranch.demo import attend as demo
from partybranch.demo import branch
from partybranch.lists.make_ups import open_events
from partybranch.models import MakeUp, Observer, Vote, VoteCandidate
from tests.donations.factories import UserFactory
from tests.donations.staff import person

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def test_votes_are_carried_void_and_elect_and_one_absence_is_still_open():
    people = {"secretary": UserFactory(), "organizer": UserFactory()}
    branch.show(people, TODAY)
    demo.show(people, TODAY)
    demo.show(people, TODAY)

    assert list(Vote.objects.order_by("pk").values_list("kind", "result")) == [
        ("admission", "carried"),
        ("ordinary", "carried"),
        ("election", "void"),
        ("election", "valid"),
    ]
    assert list(VoteCandidate.objects.order_by("pk").values_list("person__name", "outcome")) == [
        ("段晓莉", "not_elected"),
        ("沈志远", "not_elected"),
        ("段晓莉", "elected"),
        ("沈志远", "not_elected"),
    ]
    assert Observer.objects.get().name() == "何督导（市直机关工委）"
    assert sorted(MakeUp.objects.values_list("attendance__person__name", "way")) == [
        ("彭立新", "recording"),
        ("郭长青", "home"),
    ]
    events = open_events(person("branch_secretary"), until=TODAY)
    assert "蒋素云" in {row.person.name for event in events for row in event.open_rows}
