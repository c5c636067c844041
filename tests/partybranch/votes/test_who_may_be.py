"""Whom a vote may concern and who may stand for election, by stage and roll of the day of the meeting."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from partybranch.models import LifeEvent, Person, Vote
from partybranch.services.belonging import transfer_out
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, member, stage
from tests.partybranch.votes.factories import a_meeting, a_vote, voters

pytestmark = pytest.mark.django_db
DAY = date(2024, 3, 20)  # of the meeting
EVE, NEXT, EARLIER = DAY - timedelta(days=1), DAY + timedelta(days=1), date(2023, 3, 1)
NOT_CANDIDATE = "会议当天是本支部发展对象的，才能表决接收为预备党员。请先到人员页核对发展阶段和日期。"
NOT_ON_PROBATION = "会议当天是本支部预备党员的，才能表决转正、延长或取消预备期。请先到人员页核对发展阶段和日期。"
NOT_MEMBER = "处分只能涉及会议当天在本支部名册上的正式党员或预备党员。请核对当天的名册。"
NOT_FULL = "候选人须是会议当天在本支部名册上的正式党员；预备党员没有选举权和被选举权。请核对当天的名册。"


def known(code: str, on: date = EARLIER, **facts: object) -> Person:
    """Somebody of the branch who is in this stage since a day."""
    facts = {"name": code, "stage": code, "stage_on": on, "admitted_on": None, "arrival": "here"} | facts
    return member(**({"starts_on": EARLIER} | facts))


def rising(*stages: tuple[str, date]) -> Person:
    """Somebody who reached these stages on these days."""
    (first, day), *later = stages
    person = known(first, day)
    for code, on in later:
        stage(person, code, on)
    return person


def form_of(client, event: LifeEvent, kind: str):
    return client.get(reverse("partybranch:vote_create", args=[event.pk, kind])).context["form"]


def offered(client, event: LifeEvent, kind: str) -> list[Person]:
    return list(form_of(client, event, kind).fields["person"].queryset)


def everybody(event: LifeEvent) -> dict[str, Person]:
    """People of all stages in the branch of the event, one of them gone, and one of each in another branch."""
    people = {code: known(code) for code in ("applicant", "activist", "candidate", "probationary")}
    for code in ("candidate", "probationary"):
        gone = known(code, name=f"转出的{code}")
        transfer_out(gone, by=UserFactory(), day=DAY, went_to="某社区党支部")
    elsewhere = a_branch("别的支部")
    for code in ("candidate", "probationary"):
        known(code, branch=elsewhere)
    return people


def test_admission_offers_the_candidates_of_the_day_alone(client):
    log_in_as(client, "organisation_member")
    event = a_meeting(entitled=3, present=3)
    people = everybody(event)

    assert offered(client, event, "admission") == [people["candidate"]]
    assert offered(client, event, "probation") == [people["probationary"]]
    assert offered(client, event, "discipline") == [*voters(event), people["probationary"]]


@pytest.mark.parametrize("stages", [("full", "expelled"), ("full", "deceased"), ("candidate", "probationary")])
def test_discipline_concerns_members_of_the_day_also_whose_membership_it_ended(client, stages):
    log_in_as(client, "organisation_member")
    event = a_meeting(entitled=2, present=2)
    first, last = stages
    if first == "full":
        ended, eve = member(name="甲"), member(name="乙")
        stage(ended, last, DAY), stage(eve, last, EVE)
        assert offered(client, event, "discipline") == [*voters(event), ended]
        assert a_vote(event, kind="discipline", person=ended).result == "carried"
        refused = eve
    else:
        refused = rising((first, EARLIER), (last, NEXT))
        assert offered(client, event, "discipline") == voters(event)
    with pytest.raises(IntegrityError, match="only a member"), transaction.atomic():
        a_vote(event, kind="discipline", person=refused)


def test_discipline_of_a_candidate_or_of_who_left_is_refused_beside_the_field(client):
    log_in_as(client, "organisation_member")
    event = a_meeting(entitled=3, present=3)
    everybody(event)
    counts = dict.fromkeys(("present", "issued", "returned", "valid", "yes"), "3")
    for name in ("candidate", "转出的probationary"):
        person = Person.objects.filter(name=name).first()
        response = client.post(
            reverse("partybranch:vote_create", args=[event.pk, "discipline"]),
            counts | {"form_key": str(uuid4()), "matter": "处分", "way": "ballot", "person": person.pk},
        )
        assert dict(response.context["form"].errors) == {"person": [NOT_MEMBER]}
    assert Vote.objects.count() == 0


@pytest.mark.parametrize(("kind", "sentence"), [("admission", NOT_CANDIDATE), ("probation", NOT_ON_PROBATION)])
def test_who_is_not_offered_is_refused_beside_the_field_and_what_was_typed_stays(client, kind, sentence):
    log_in_as(client, "organisation_member")
    event = a_meeting(entitled=3, present=3)
    counts = dict.fromkeys(("present", "issued", "returned", "valid", "yes"), "3")
    facts = counts | {"form_key": str(uuid4()), "matter": "讨论", "way": "ballot", "decision": "confirm"}

    response = client.post(
        reverse("partybranch:vote_create", args=[event.pk, kind]), facts | {"person": voters(event)[0].pk}
    )

    assert dict(response.context["form"].errors) == {"person": [sentence]}
    assert response.context["form"]["yes"].value() == "3"
    assert Vote.objects.count() == 0


def test_where_nobody_can_be_chosen_the_form_says_what_to_do(client):
    log_in_as(client, "organisation_member")
    event = a_meeting(entitled=3, present=3)

    assert form_of(client, event, "admission").fields["person"].help_text == (
        "会议当天本支部名册上没有发展对象。请先在人员页登记发展阶段。"
    )
    assert form_of(client, event, "probation").fields["person"].help_text == (
        "会议当天本支部名册上没有预备党员。请先在人员页登记发展阶段。"
    )
    known("candidate")
    assert form_of(client, event, "admission").fields["person"].help_text == ""


@pytest.mark.parametrize(
    ("kind", "facts", "stages"),
    [
        ("admission", {}, [("candidate", DAY)]),
        ("admission", {}, [("candidate", EARLIER), ("probationary", DAY)]),
        ("admission", {}, [("candidate", EARLIER), ("probationary", NEXT)]),
        ("probation", {"decision": "confirm"}, [("probationary", EARLIER), ("full", DAY)]),
        ("probation", {"decision": "confirm"}, [("probationary", EARLIER), ("full", NEXT)]),
        ("probation", {"decision": "extend"}, [("probationary", EARLIER)]),
        ("probation", {"decision": "cancel"}, [("probationary", EARLIER), ("cancelled", DAY)]),
    ],
)
def test_stage_that_the_meeting_itself_decided_is_not_held_against_the_vote(client, kind, facts, stages):
    log_in_as(client, "organisation_member")
    event = a_meeting(entitled=3, present=3)
    person = rising(*stages)

    assert offered(client, event, kind) == [person]
    assert a_vote(event, kind=kind, person=person, **facts).result == "carried"


@pytest.mark.parametrize(
    ("kind", "facts", "stages"),
    [
        ("admission", {}, [("activist", EARLIER)]),
        ("admission", {}, [("activist", EARLIER), ("candidate", NEXT)]),
        ("admission", {}, [("candidate", EARLIER), ("probationary", EVE)]),
        ("probation", {"decision": "confirm"}, [("candidate", EARLIER), ("probationary", NEXT)]),
        ("probation", {"decision": "confirm"}, [("probationary", EARLIER), ("full", EVE)]),
        ("probation", {"decision": "extend"}, [("probationary", EARLIER), ("cancelled", EVE)]),
    ],
)
def test_stage_of_another_day_is_refused_by_form_and_database(client, kind, facts, stages):
    log_in_as(client, "organisation_member")
    event = a_meeting(entitled=3, present=3)
    person = rising(*stages)

    assert offered(client, event, kind) == []
    with pytest.raises(IntegrityError, match="only"), transaction.atomic():
        a_vote(event, kind=kind, person=person, **facts)


@pytest.mark.parametrize("kind", ["admission", "probation"])
def test_who_left_or_belongs_elsewhere_is_refused_by_the_database(kind):
    event = a_meeting(entitled=3, present=3)
    code = "candidate" if kind == "admission" else "probationary"
    fitting = everybody(event)[code]
    others = Person.objects.filter(name__endswith=code).exclude(pk=fitting.pk)
    assert others.count() == 2
    for person in others:
        with pytest.raises(IntegrityError), transaction.atomic():
            a_vote(event, kind=kind, person=person)


def test_withdrawn_stage_counts_for_nothing():
    event = a_meeting(entitled=3, present=3)
    person = rising(("activist", EARLIER), ("candidate", EVE))
    a_vote(event, kind="admission", person=person)
    change = person.stage_changes.get(stage="candidate")
    type(change).objects.filter(pk=change.pk).update(
        withdrawn_by=UserFactory(), withdrawn_at=event.recorded_at, withdrawal_reason="登记错误"
    )

    with pytest.raises(IntegrityError, match="only a candidate"), transaction.atomic():
        a_vote(event, kind="admission", person=person)


def test_election_offers_the_full_members_of_the_day_and_refuses_all_others(client):
    log_in_as(client, "organisation_member")
    event = a_meeting(entitled=2, present=2)
    others = list(everybody(event).values())
    later, left = known("full", name="后来", starts_on=NEXT, stage_on=date(1975, 7, 1)), member(name="先走")
    transfer_out(left, by=UserFactory(), day=DAY, went_to="某社区党支部")
    form = form_of(client, event, "election")
    facts = {"form_key": str(uuid4()), "matter": "选举支部委员", "seats": "1", "yes_1": "2", "no_1": "0"}
    counts = dict.fromkeys(("present", "issued", "returned", "valid"), "2")

    assert [pk for pk, _name in form.fields["name_1"].choices] == ["", *(person.pk for person in voters(event))]
    for person in (*others, later, left):
        response = client.post(
            reverse("partybranch:vote_create", args=[event.pk, "election"]), facts | counts | {"name_1": person.pk}
        )
        assert response.context["form"].errors["name_1"][0] == NOT_FULL
        with pytest.raises(IntegrityError, match="only a full member"), transaction.atomic():
            a_vote(event, [(person, 2, 0, 0)], kind="election")
    assert Vote.objects.count() == 0
