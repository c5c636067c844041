"""Votes on their pages: which may be put, a sentence beside each wrong figure, withdrawing, the dated rules."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from partybranch.models import LifeEvent, Vote, VoteRule
from partybranch.services.filing import file_event
from partybranch.services.votes import VoteFixed, VoteWithdrawn, withdraw_vote
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, applicant, attend, circumstance, member, noticed_event, stage
from tests.partybranch.record.factories import write
from tests.partybranch.votes.factories import a_meeting, a_rule, a_vote, somebody_for, voters

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def new(event, kind: str = "ordinary") -> str:
    return reverse("partybranch:vote_create", args=[event.pk, kind])


def typed(**changes: object) -> dict[str, object]:
    """Ten entitled, eight present, all by ballot, six in favour, unless said otherwise."""
    return {
        "form_key": str(uuid4()),
        "matter": "通过年度工作总结",
        "way": "ballot",
        "present": "8",
        "issued": "8",
        "returned": "8",
        "valid": "8",
        "yes": "6",
        "no": "1",
        "abstain": "1",
    } | changes


def test_page_says_which_votes_may_be_put_with_those_who_are_there(client, organizer):
    event = a_meeting(entitled=10, present=5)

    page = client.get(reverse("partybranch:vote_choose", args=[event.pk])).content.decode()

    assert "可以表决：应到 10 人，到会 5 人。" in page.split("接收预备党员")[0]
    assert "不能表决：应到 10 人，到会 5 人。" in page.split("接收预备党员")[1].split("选举")[0]
    assert "应到会有表决权的人员须有超过半数到会" in page
    assert "会前提出的书面意见计入票数" in page


def test_theme_day_offers_only_what_it_may_decide_and_says_why(client, organizer):
    event = a_meeting(entitled=3, present=3, kind="theme_day")

    page = client.get(reverse("partybranch:vote_choose", args=[event.pk])).content.decode()

    assert new(event) in page
    for kind in ("admission", "probation", "discipline", "election"):
        assert new(event, kind) not in page
    assert "处分。这些事项只能由支部党员大会表决，这次是主题党日。" in page
    assert "选举只能在支部党员大会、支委会会议或党小组会上进行，主题党日不能选举。" in page
    assert (
        "这里没有列出"
        not in client.get(
            reverse("partybranch:vote_choose", args=[a_meeting(entitled=1, present=1).pk])
        ).content.decode()
    )


@pytest.mark.parametrize(
    ("kind", "is_warned"), [("admission", True), ("probation", True), ("discipline", False), ("ordinary", False)]
)
def test_show_of_hands_where_a_secret_ballot_is_asked_for_is_told_before_and_after(client, organizer, kind, is_warned):
    event = a_meeting(entitled=3, present=3)

    form = client.get(new(event, kind)).context["form"]
    a_vote(event, kind=kind)
    by_ballot = client.get(event.get_absolute_url()).content.decode()
    a_vote(event, kind=kind, way="hands")
    by_hands = client.get(event.get_absolute_url()).content.decode()

    assert form["way"].value() == "ballot"
    assert ("《中国共产党发展党员工作细则》要求" in form["way"].help_text) is is_warned
    assert "这次是举手表决；" not in by_ballot
    assert ("这次是举手表决；《中国共产党发展党员工作细则》要求无记名投票。" in by_hands) is is_warned


@pytest.mark.parametrize(
    ("kind", "is_offered"), [("general", True), ("lecture", False), ("visit", False), ("training", False)]
)
def test_election_belongs_to_meetings(client, organizer, kind, is_offered):
    event = a_meeting(entitled=2, present=2, kind=kind)

    page = client.get(reverse("partybranch:vote_choose", args=[event.pk])).content.decode()
    response = client.get(new(event, "election"), follow=True)

    assert (new(event, "election") in page) is is_offered
    assert ("请登记到进行选举的那次会议。" in response.content.decode()) is not is_offered


def test_vote_is_recorded_and_its_result_said_with_the_rule(client, organizer):
    event = a_meeting(entitled=10, present=8)
    assert client.get(new(event)).context["form"].initial["present"] == 8

    page = client.post(new(event), typed(), follow=True).content.decode()

    vote = Vote.objects.get()
    assert (vote.result, vote.favour, vote.entitled, vote.recorded_by) == ("carried", 6, 10, organizer)
    assert "表决已登记。 通过：赞成 6 票；应到会有表决权人员 10 人，规则要求超过半数。" in page
    assert "《中国共产党支部工作条例（试行）》第十一条" in page
    assert list(Entry.objects.filter(act="party.vote_recorded").values_list("side", "object_id")) == [
        ("party", event.pk)
    ]


def test_same_form_sent_twice_makes_one_vote(client, organizer):
    event = a_meeting(entitled=10, present=8)
    facts = typed()

    client.post(new(event), facts), client.post(new(event), facts)

    assert Vote.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"yes": "7"}, "yes", "赞成、反对、弃权之和必须等于有效票数（举手表决时等于实到人数）。请重新核对票数。"),
        ({"valid": "9", "yes": "7"}, "valid", "有效票多于收回的票。请重新核对。"),
        ({"issued": "9"}, "issued", "发出的票多于实到的有表决权人数。请重新核对。"),
        ({"issued": ""}, "issued", "请填写发出票、收回票和有效票；举手表决不填票数。"),
        ({"present": "9"}, "present", "会议名单上登记到会的有表决权人员没有这么多。请先登记到会情况。"),
        ({"matter": " "}, "matter", "请填写表决事项。"),
        ({"yes": "六"}, "yes", "请填写整数，例如 8。"),
        ({"present": ""}, "present", "请填写数字，没有请填 0。"),
    ],
)
def test_sums_that_do_not_add_up_are_said_beside_the_field_and_what_was_typed_stays(
    client, organizer, changes, place, sentence
):
    event = a_meeting(entitled=10, present=8)

    response = client.post(new(event), typed(**changes))

    assert errors(response) == {place: [sentence]}
    assert response.context["form"]["yes"].value() == changes.get("yes", "6")
    assert Vote.objects.count() == 0


def test_more_returned_than_handed_out_is_recorded_as_void_with_what_to_do(client, organizer):
    event = a_meeting(entitled=10, present=8)

    page = client.post(
        new(event), typed(returned="9", valid="", yes="", no="", abstain=""), follow=True
    ).content.decode()

    assert Vote.objects.get().result == "void"
    assert "收回 9 张，多于发出的 8 张，本次表决作废。请查明原因，重新发票表决，另行登记一次表决。" in page


def test_vote_before_the_day_is_refused_with_a_sentence_and_what_was_typed_stays(client, organizer):
    event = a_meeting(entitled=10, present=0, held_on=dates.today() + timedelta(days=1))

    response = client.post(new(event), typed())

    assert "活动日期还没有到。" in response.content.decode()
    assert response.context["form"]["yes"].value() == "6"
    assert Vote.objects.count() == 0


def test_show_of_hands_needs_no_ballots(client, organizer):
    event = a_meeting(entitled=10, present=8)

    client.post(new(event), typed(way="hands", issued="", returned="", valid="", yes="8", no="", abstain=""))

    assert (lambda vote: (vote.way, vote.valid, vote.result))(Vote.objects.get()) == ("hands", None, "carried")


def test_carried_admission_leads_to_recording_the_stage_with_the_resolution(client, organizer):
    event = a_meeting(entitled=10, present=6)
    candidate = applicant(name="常少辉", branch=event.branch)
    stage(candidate, "activist", date(2021, 1, 1)), stage(candidate, "candidate", date(2022, 1, 1))
    counts = {"present": "6", "issued": "6", "returned": "6", "valid": "6", "yes": "5", "no": "1", "abstain": "0"}
    facts = typed(matter="接收为中共预备党员", person=candidate.pk, written="1", written_yes="1", **counts)

    page = client.post(new(event, "admission"), facts, follow=True).content.decode()

    vote = Vote.objects.get()
    address = f"{reverse('partybranch:person_stage', args=[candidate.pk])}?vote={vote.pk}"
    assert (vote.favour, vote.result) == (6, "carried")
    assert "登记常少辉的发展阶段" in page
    form = client.get(address).context["form"]
    assert form.initial == {
        "stage": "probationary",
        "on": event.held_on,
        "basis": "2024-03-20 支部党员大会决议：接收为中共预备党员",
    }
    client.post(address, form.initial | {"form_key": str(uuid4())})
    assert candidate.stage_changes.get(stage="probationary").on == event.held_on
    page = client.get(event.get_absolute_url()).content.decode()
    assert "由此产生的发展阶段已登记。" in page
    assert address not in page


def test_stage_form_takes_nothing_from_a_vote_on_somebody_else_or_one_not_carried(client, organizer):
    event = a_meeting(entitled=10, present=6)
    person, other = somebody_for(event, "admission"), somebody_for(event, "admission")
    lost, carried = (
        a_vote(event, kind="admission", yes=3, no=3, person=person),
        a_vote(event, kind="admission", yes=6, person=other),
    )
    address = reverse("partybranch:person_stage", args=[person.pk])

    for number in (lost.pk, carried.pk, 0, "x", "９" * 30):
        assert client.get(address, {"vote": number}).context["form"].initial["basis"] == ""


def test_admission_names_the_person(client, organizer):
    event = a_meeting(entitled=3, present=3)

    response = client.post(new(event, "admission"), typed(present="3", issued="3", returned="3", valid="3", yes="3"))

    assert errors(response)["person"] == ["请选择表决所涉及的人员。"]


def election(**changes: object) -> dict[str, object]:
    facts = typed(matter="选举支部委员会", seats="1", **changes)
    return {name: value for name, value in facts.items() if name not in {"yes", "no", "abstain", "way"}}


def test_election_shows_who_is_elected(client, organizer):
    event = a_meeting(entitled=10, present=8)
    first, second = voters(event)[:2]
    lines = {"name_1": first.pk, "yes_1": "5", "no_1": "3", "name_2": second.pk, "yes_2": "3", "no_2": "5"}

    page = client.post(new(event, "election"), election(**lines), follow=True).content.decode()

    vote = Vote.objects.get()
    assert (vote.names, vote.result) == (2, "valid")
    assert list(vote.candidates.order_by("pk").values_list("person", "outcome")) == [
        (first.pk, "elected"),
        (second.pk, "not_elected"),
    ]
    assert "未当选" in page
    assert "选举有效" in page


@pytest.mark.parametrize(
    ("lines", "place", "sentence"),
    [
        ({"name_1": 0, "yes_1": "5", "no_1": "2"}, "yes_1", "三项合计 7 票，有效票是 8 张。请重新核对票数。"),
        ({"yes_1": "5", "no_1": "3"}, "name_1", "请选择这些票数属于哪位候选人。"),
        ({"name_1": 0, "yes_1": "8", "name_2": 0, "yes_2": "8"}, "name_2", "选票上已有此人。"),
        ({}, "name_1", "请选择选票上的候选人。"),
        (
            {"name_1": 0, "yes_1": "8", "name_2": 1, "yes_2": "8"},
            "seats",
            "各人赞成票合计超过了有效票与应选名额所能容纳的数。所选人数超过应选名额的票无效。请重新核对票数。",
        ),
        ({"name_1": 0, "yes_1": "8", "seats": "2"}, "seats", "选举要有应选名额，选票上的姓名不能少于应选名额。"),
    ],
)
def test_ballot_that_cannot_be_is_refused_beside_the_line(client, organizer, lines, place, sentence):
    event = a_meeting(entitled=10, present=8)
    people = voters(event)
    named = {name: people[value].pk if name.startswith("name") else value for name, value in lines.items()}

    response = client.post(new(event, "election"), election() | named)

    assert sentence in errors(response)[place]
    assert Vote.objects.count() == 0


def test_long_ballot_has_twelve_lines(client, organizer):
    event = a_meeting(entitled=2, present=2)

    assert len(client.get(new(event, "election")).context["form"].lines()) == 4
    assert len(client.get(new(event, "election"), {"names": "12"}).context["form"].lines()) == 12
    assert client.get(new(event, "nothing")).status_code == 404


def test_election_asks_by_what_approval_somebody_is_counted_out(client, organizer):
    a_branch()
    people = [member(name=name) for name in "甲乙丙"]
    circumstance(people[2], "exempt", reason="卧床")
    event = noticed_event(kind="general")
    attend(event, people[0]), attend(event, people[1])
    counts = {"present": "2", "issued": "2", "returned": "2", "valid": "2", "name_1": people[0].pk, "yes_1": "2"}

    response = client.post(new(event, "election"), election(counted_out_basis="", **counts))

    assert list(errors(response)) == ["counted_out_basis"]
    assert "丙" in response.content.decode()
    client.post(new(event, "election"), election(counted_out_basis="上级党组织 3 月 1 日批准", **counts))
    assert (lambda vote: (vote.entitled, vote.counted_out))(Vote.objects.get()) == (2, 1)


def test_wrong_vote_is_withdrawn_by_the_secretary_alone_and_recorded_anew(client):
    event = a_meeting(entitled=10, present=8)
    vote = a_vote(event)
    address = reverse("partybranch:vote_withdraw", args=[vote.pk])
    log_in_as(client, "organisation_member")
    assert client.post(address, {"reason": "票数填错"}).status_code == 403
    assert address not in client.get(event.get_absolute_url()).content.decode()
    log_in_as(client, "branch_secretary")
    assert "原因" in client.post(address, {"reason": " "}, follow=True).content.decode()

    page = client.post(address, {"reason": "票数填错"}, follow=True).content.decode()

    vote.refresh_from_db()
    assert (vote.withdrawal_reason, vote.result) == ("票数填错", "carried")
    assert "已撤销" in page
    with pytest.raises(VoteWithdrawn):
        withdraw_vote(vote, by=UserFactory(), reason="再次")
    assert a_vote(event, yes=5, no=3).result == "lost"


def test_of_a_meeting_called_off_no_vote_is_withdrawn():
    event = a_meeting(entitled=2, present=0)
    vote = a_vote(event)
    # Past the service, which would ask to withdraw the vote first.
    LifeEvent.objects.filter(pk=event.pk).update(state="cancelled", cancelled_reason="改期")

    with pytest.raises(VoteFixed):
        withdraw_vote(vote, by=UserFactory(), reason="错")


def test_attendance_that_a_vote_was_counted_on_is_refused_with_what_to_do_and_taps_are_kept(client, organizer):
    event = a_meeting(entitled=3, present=2)
    a_vote(event)
    row = event.attendance.get(status="expected")

    response = client.post(reverse("partybranch:life_attendance", args=[event.pk]), {f"status_{row.pk}": "present"})

    assert errors(response) == {"__all__": ["已有表决以这份名单计数。请先撤销表决，更正到会情况，再重新登记表决。"]}
    assert response.context["form"][f"status_{row.pk}"].value() == "present"
    client.post(
        reverse("partybranch:life_attendance", args=[event.pk]),
        {f"status_{row.pk}": "leave", f"reason_{row.pk}": "住院"},
    )
    row.refresh_from_db()
    assert row.status == "leave"


def test_rules_show_their_source_and_what_nobody_has_compared_and_a_new_one_follows(client):
    a_branch()
    log_in_as(client, "organisation_member")
    page = client.get(reverse("partybranch:vote_rules")).content.decode()
    assert page.count("尚未与原文核对") == 4
    assert reverse("partybranch:vote_rule_create") not in page
    assert client.get(reverse("partybranch:vote_rule_create")).status_code == 403
    secretary = log_in_as(client, "branch_secretary")
    address = reverse("partybranch:vote_rule_create")
    initial = client.get(address, {"kind": "election"}).context["form"].initial
    assert (initial["present_of"], initial["present_in"], initial["carry_base"]) == (4, 5, "present")
    facts = {name: value for name, value in initial.items() if value is not False}

    response = client.post(address, facts | {"form_key": str(uuid4()), "valid_from": "20260101", "source": ""})
    assert errors(response) == {"source": ["请填写所依据的规定或决定及其条款。"]}
    client.post(
        address,
        facts | {"form_key": str(uuid4()), "valid_from": "20260101", "source": "新条例第十条", "is_checked": "on"},
    )

    rule = VoteRule.objects.get(source="新条例第十条")
    assert (rule.kind, rule.valid_from, rule.recorded_by) == ("election", date(2026, 1, 1), secretary)
    assert VoteRule.objects.on(date(2025, 12, 31)).get(kind="election") != rule
    assert VoteRule.objects.on(date(2026, 1, 1)).get(kind="election") == rule


def test_rule_that_cannot_be_is_refused_beside_the_figure(client):
    log_in_as(client, "branch_secretary")
    facts = {"kind": "ordinary", "valid_from": "20260101", "carry_base": "entitled", "source": "x"}
    parts = {"present_of": "3", "present_in": "2", "carry_of": "1", "carry_in": "2"}

    response = client.post(reverse("partybranch:vote_rule_create"), facts | parts | {"form_key": str(uuid4())})

    assert errors(response) == {"present_of": ["须到会的部分应大于零、不超过全体。"]}


def test_day_without_any_rule_says_that_one_is_needed(client, organizer):
    a_branch(founded_on=date(2000, 1, 1))
    member(starts_on=date(2000, 1, 1))
    event = noticed_event(kind="general", held_on=date(2014, 1, 1))

    assert "会议当天还没有表决规则" in client.get(reverse("partybranch:vote_choose", args=[event.pk])).content.decode()
    assert client.get(new(event)).status_code == 404


def test_page_of_the_meeting_asks_as_often_for_five_votes_as_for_one(client, organizer):
    asked = []
    for count in (1, 5):
        event = a_meeting(entitled=3, present=3)
        for _number in range(count):
            a_vote(event)
            a_vote(event, [(voters(event)[0], 3, 0, 0)], kind="election")
        client.get(event.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(event.get_absolute_url())
        asked.append(len(queries))
    assert asked[0] == asked[1]


def test_nothing_of_votes_reaches_other_roles(client):
    event = a_meeting(entitled=2, present=2)
    a_vote(event, matter="处分事项绝密")
    for role in ("auditor", "administrator", "accountant"):
        log_in_as(client, role)
        for address in ("/", "/search/?q=处分事项", "/audit/"):
            assert "绝密" not in client.get(address).content.decode()


def test_rule_of_the_day_wins_also_when_recorded_later(client):
    a_rule(valid_from=date(2030, 1, 1))
    later = a_rule(valid_from=date(2024, 1, 1), source="二")
    assert VoteRule.objects.on(date(2024, 6, 1)).get(kind="ordinary") == later


def test_of_a_filed_meeting_no_vote_changes_and_the_seal_covers_it():
    event = a_meeting(entitled=3, present=3)
    vote = a_vote(event)
    election = a_vote(event, [(voters(event)[0], 3, 0, 0)], kind="election")
    filed = file_event(write(event).event, by=UserFactory())

    assert {"votes", "candidates"} <= filed.sealed_parts.keys()
    with pytest.raises(VoteFixed):
        withdraw_vote(vote, by=UserFactory(), reason="错")
    for broken in (
        lambda: a_vote(event),
        lambda: Vote.objects.filter(pk=vote.pk).update(
            withdrawn_at=timezone.now(), withdrawn_by=UserFactory(), withdrawal_reason="x"
        ),
        lambda: Vote.objects.filter(pk=vote.pk).update(result="lost"),
        lambda: Vote.objects.filter(pk=vote.pk).delete(),
        lambda: election.candidates.update(outcome="tied"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken()
