"""The probation lasts a year: neither vote nor stage confirms earlier; what was before the records stays as it was."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partybranch.models import StageChange, Vote
from partybranch.services.probation import ProbationNotOver
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, member, stage
from tests.partybranch.sending import errors, post
from tests.partybranch.votes.factories import a_meeting, a_vote

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 20)  # of the meeting
TOO_EARLY, IN_TIME = date(2023, 3, 21), date(2023, 3, 20)
SENTENCE = (
    "此人 2023-03-21 被接收为预备党员，预备期为一年（《中国共产党章程》第七条）。最早可在 2024-03-21 转正或延长预备期。"
)


def on_probation(since: date):
    return member(name="预备", stage="probationary", stage_on=since, admitted_on=None)


@pytest.mark.parametrize("decision", ["confirm", "extend"])
def test_vote_before_the_year_is_over_is_refused_beside_the_decision(client, organizer, decision):
    event = a_meeting(entitled=3, present=3)
    person = on_probation(TOO_EARLY)
    counts = dict.fromkeys(("present", "issued", "returned", "valid", "yes"), "3")
    facts = counts | {"matter": "转正", "way": "ballot", "person": person.pk, "decision": decision}

    response = client.post(
        reverse("partybranch:vote_create", args=[event.pk, "probation"]), facts | {"form_key": str(uuid4())}
    )

    assert errors(response) == {"decision": [SENTENCE]}
    assert response.context["form"]["yes"].value() == "3"
    assert Vote.objects.count() == 0


@pytest.mark.parametrize(
    ("since", "decision"), [(IN_TIME, "confirm"), (IN_TIME, "extend"), (TOO_EARLY, "cancel"), (DAY, "cancel")]
)
def test_vote_is_accepted_when_the_year_is_over_and_to_cancel_at_any_time(since, decision):
    event = a_meeting(entitled=3, present=3)
    assert a_vote(event, kind="probation", person=on_probation(since), decision=decision).result == "carried"


@pytest.mark.parametrize("decision", ["confirm", "extend"])
def test_last_admission_counts_also_past_the_service(decision):
    event = a_meeting(entitled=3, present=3)
    person = on_probation(date(2015, 5, 1))
    vote = a_vote(event, kind="probation", person=person, decision="cancel")
    row = {
        field.attname: field.value_from_object(vote) for field in Vote._meta.concrete_fields if not field.primary_key
    }
    Vote.objects.create(**row | {"decision": decision})
    StageChange.objects.create(
        person=person, stage="cancelled", on=date(2016, 5, 1), basis="x", recorded_by=UserFactory()
    )
    for code, day in (("applicant", date(2016, 6, 1)), ("candidate", date(2022, 6, 1)), ("probationary", TOO_EARLY)):
        StageChange.objects.create(person=person, stage=code, on=day, recorded_by=UserFactory())

    with pytest.raises(IntegrityError, match="year of the probation"), transaction.atomic():
        Vote.objects.create(**row | {"decision": decision})


@pytest.mark.parametrize("day", ["2023-3-21", "2023-9-1", "2024-3-20"])
def test_stage_page_refuses_a_full_member_before_the_year_is_over(client, organizer, day):
    a_branch()
    person = on_probation(TOO_EARLY)

    response = post(client, "person_stage", person.pk, stage="full", on=day, basis="支部党员大会决议")

    assert errors(response) == {"on": [SENTENCE]}
    assert person.stage_changes.count() == 1
    assert "302" in str(post(client, "person_stage", person.pk, stage="full", on="2024-3-21").status_code)


def test_leap_day_is_full_on_the_last_of_february():
    a_branch()
    person = on_probation(date(2020, 2, 29))
    with pytest.raises(ProbationNotOver):
        stage(person, "full", date(2021, 2, 27))
    assert stage(person, "full", date(2021, 2, 28)).pk


def test_first_record_tells_an_earlier_history_as_it_was_and_before_1977_the_year_is_not_asked():
    a_branch()
    quick = member(name="早", admitted_on=date(1985, 7, 1), stage_on=date(1985, 12, 1))
    assert [row.stage for row in quick.stage_changes.order_by("on")] == ["probationary", "full"]
    assert stage(on_probation(date(1966, 7, 1)), "full", date(1966, 12, 1)).pk
