"""What breaks each rule of votes, and the sentence it says. `tests/partybranch/test_rules.py` walks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from hebi_charity.core import dates
from partybranch.models import Attendance, LifeEvent, Person, Vote, VoteCandidate, VoteRule
from partybranch.services import events
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, an_event, attend, circumstance, member, noticed_event, stage
from tests.partybranch.votes.factories import a_meeting, a_rule, a_vote, somebody_for, voters

COUNT_AGAIN = "赞成、反对、弃权之和必须等于有效票数（举手表决时等于实到人数）。请重新核对票数。"
OPEN = "发出通知以后、会议归档或取消以前，才能登记和撤销表决。"
WHOLE = "选票上的姓名数与登记的不符。"


def of_vote(**facts: object) -> Vote:
    """A vote of a meeting of five entitled, four present, spoilt like this."""
    return a_vote(a_meeting(entitled=5, present=4), **facts)


def an_election(*yes: int, **facts: object) -> Vote:
    event = a_meeting(entitled=5, present=4)
    people = voters(event)
    return a_vote(event, [(people[n], count, 4 - count, 0) for n, count in enumerate(yes)], kind="election", **facts)


def rule_put_before_a_vote() -> None:
    """Past the service, which looks first."""
    vote = of_vote()
    facts = {name: getattr(vote.rule, name) for name in ("kind", "carry_base", "counts_written", "counts_exempt")}
    parts = {"present_of": 1, "present_in": 2, "carry_of": 1, "carry_in": 2}
    flags = {"present_is_more": False, "carry_is_more": True, "is_checked": True}
    VoteRule.objects.create(**facts, **parts, **flags, valid_from=vote.event.held_on, source="x")


def elected_on_probation() -> None:
    event = a_meeting(entitled=2, present=2)
    a_vote(event, [(somebody_for(event, "probation"), 2, 0, 0)], kind="election")


def confirmed_before_the_year_is_over() -> None:
    """Past the service, which looks first."""
    event = a_meeting(entitled=2, present=2)
    early = member(name="周到", stage="probationary", stage_on=date(2023, 3, 21), admitted_on=None)
    counts = dict.fromkeys(("present", "issued", "returned", "valid", "yes"), 2)
    computed = dict.fromkeys(("entitled", "counted_out", "favour", "rule_id"), 0)
    facts = {"kind": "probation", "decision": "confirm", "matter": "x", "recorded_by": UserFactory()}
    Vote.objects.create(event=event, person=early, has_quorum=False, result="", **counts, **computed, **facts)


def withdrawn_while_the_stage_stands() -> None:
    """Past the service, which looks first."""
    vote = of_vote(kind="admission")
    stage(vote.person, "probationary", vote.event.held_on)
    Vote.objects.filter(pk=vote.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=UserFactory(), withdrawal_reason="x"
    )


def election_on_a_visit() -> None:
    event = a_meeting(entitled=2, present=2, kind="visit")
    a_vote(event, [(voters(event)[0], 2, 0, 0)], kind="election")


def inserted_as_withdrawn() -> None:
    of_vote(withdrawn_at=timezone.now(), withdrawn_by=UserFactory())


def of_called_off_event() -> None:
    event = a_meeting(entitled=2, present=0)
    events.call_off(event, by=UserFactory(), reason="改期")
    a_vote(event)


def withdrawn_after_the_meeting_was_called_off() -> None:
    """Past the service, which looks first: a guard that lets the columns through meets the trigger behind it.

    Nobody came: a meeting to which somebody came is not called off.
    """
    vote = a_vote(a_meeting(entitled=2, present=0))
    LifeEvent.objects.filter(pk=vote.event_id).update(state="cancelled", cancelled_reason="改期")
    Vote.objects.filter(pk=vote.pk).update(
        withdrawn_at=timezone.now(), withdrawn_by=UserFactory(), withdrawal_reason="x"
    )


def election_with_somebody_counted_out() -> None:
    a_branch()
    people = [member(name=name) for name in "甲乙丙"]
    circumstance(people[2], "exempt", reason="卧床")
    event = noticed_event(kind="general")
    attend(event, people[0]), attend(event, people[1])
    a_vote(event, [(people[0], 2, 0, 0)], kind="election")


def counted_before_the_day() -> None:
    """Past the service, which looks first."""
    event = a_meeting(entitled=2, present=0, held_on=dates.today() + timedelta(days=1))
    counts = dict.fromkeys(
        ("present", "issued", "returned", "valid", "entitled", "counted_out", "favour", "rule_id"), 0
    )
    facts = {"kind": "ordinary", "matter": "x", "has_quorum": False, "recorded_by": UserFactory()} | counts
    Vote.objects.create(event=event, **facts)


def name_twice() -> None:
    event = a_meeting(entitled=5, present=4)
    person = voters(event)[0]
    a_vote(event, [(person, 4, 0, 0), (person, 4, 0, 0)], kind="election")


def name_added_to_a_whole_ballot() -> None:
    vote = an_election(4, 0)
    VoteCandidate.objects.create(vote=vote, person=Person.objects.order_by("pk").last(), yes=4, no=0, abstain=0)


def ballot_lacks_a_name() -> None:
    an_election(4, names=2)


def name_on_the_ballot_of_a_resolution() -> None:
    VoteCandidate.objects.create(vote=of_vote(), person=Person.objects.first(), yes=4, no=0, abstain=0)


def person_came_after_the_vote() -> None:
    event = a_meeting(entitled=3, present=2)
    a_vote(event)
    row = event.attendance.filter(status="expected").get()
    Attendance.objects.filter(pk=row.pk).update(status="present", marked_by=UserFactory(), marked_at=timezone.now())


def name_added_after_the_notice() -> None:
    event = a_meeting(entitled=2, present=2)
    Attendance.objects.create(event=event, person=member(name="后来"), has_vote=True)


def before_any_rule() -> None:
    a_branch(founded_on=date(2000, 1, 1))
    member(starts_on=date(2000, 1, 1))
    event = noticed_event(kind="general", held_on=date(2018, 10, 27))
    attend(event, Person.objects.get())
    a_vote(event)


CASES: dict[str, tuple[Callable[[], object], str]] = {
    "vote_rule_present_is_part": (lambda: a_rule(present_of=3, present_in=2), "须到会的部分应大于零、不超过全体。"),
    "vote_rule_carry_is_part": (lambda: a_rule(carry_of=0), "须赞成的部分应大于零、不超过全体。"),
    "vote_rule_has_source": (lambda: a_rule(source=""), "请填写所依据的规定或决定及其条款。"),
    "vote_withdrawn_has_reason": (inserted_as_withdrawn, "撤销的记录要写明撤销人、时间和原因。"),
    "vote_has_matter": (lambda: of_vote(matter=""), "请填写表决事项。"),
    "vote_names_person": (lambda: of_vote(kind="admission", person=None), "请选择表决所涉及的人员。"),
    "vote_names_person: of a resolution": (
        lambda: a_vote((event := a_meeting(entitled=2, present=2)), person=voters(event)[0]),
        "请选择表决所涉及的人员。",
    ),
    "vote_names_decision": (lambda: of_vote(kind="probation", decision=""), "请选择表决的内容：转正、延长或取消。"),
    "vote_election_has_names": (
        lambda: an_election(4, seats=2),
        "选举要有应选名额，选票上的姓名不能少于应选名额。",
    ),
    "vote_ballots_are_counted": (
        lambda: of_vote(issued=None),
        "请填写发出票、收回票和有效票；举手表决不填票数。",
    ),
    "vote_ballots_are_counted: by hands": (
        lambda: of_vote(way="hands", issued=4, yes=4),
        "请填写发出票、收回票和有效票；举手表决不填票数。",
    ),
    "vote_election_by_ballot": (
        lambda: an_election(4, way="hands", issued=None, returned=None, valid=None),
        "选举采用投票方式。",
    ),
    "vote_issued_within_present": (
        lambda: of_vote(present=3, issued=4, returned=4, valid=4, yes=4),
        "发出的票多于实到的有表决权人数。请重新核对。",
    ),
    "vote_valid_within_returned": (
        lambda: of_vote(returned=3, valid=4, yes=4),
        "有效票多于收回的票。请重新核对。",
    ),
    "vote_adds_up": (lambda: of_vote(yes=3), COUNT_AGAIN),
    "vote_adds_up: by hands": (lambda: of_vote(way="hands", yes=3), COUNT_AGAIN),
    "vote_adds_up: an election has no votes of its own": (lambda: an_election(4, yes=4), COUNT_AGAIN),
    "vote_written_yes_within_written": (
        lambda: of_vote(kind="admission", yes=4, written_yes=1),
        "赞成的书面意见多于收到的书面意见。",
    ),
    "vote_written_by_absent": (
        lambda: of_vote(kind="admission", yes=4, written=2),
        "书面意见由有表决权而未到会的党员提出，没有这么多人。",
    ),
    "vote_candidate_once": (name_twice, "选票上已有此人。"),
    "partybranch_vote_of_open_event": (of_called_off_event, OPEN),
    "partybranch_vote_of_open_event: in preparation": (lambda: a_vote(an_event()), OPEN),
    "partybranch_event_has_come: vote": (
        counted_before_the_day,
        "活动日期还没有到。请到当天再登记到会情况和表决；只有请假可以提前登记。",
    ),
    "partybranch_vote_at_general_meeting": (
        lambda: a_vote(a_meeting(entitled=2, present=2, kind="theme_day"), kind="discipline"),
        "接收预备党员、预备党员转正和处分只能由支部党员大会表决。",
    ),
    "partybranch_vote_on_candidate": (
        lambda: a_vote((event := a_meeting(entitled=2, present=2)), kind="admission", person=voters(event)[0]),
        "会议当天是本支部发展对象的，才能表决接收为预备党员。请先到人员页核对发展阶段和日期。",
    ),
    "partybranch_vote_on_probationary": (
        lambda: a_vote((event := a_meeting(entitled=2, present=2)), kind="probation", person=voters(event)[0]),
        "会议当天是本支部预备党员的，才能表决转正、延长或取消预备期。请先到人员页核对发展阶段和日期。",
    ),
    "partybranch_vote_after_probation": (
        confirmed_before_the_year_is_over,
        "预备期为一年，期满以前不能表决转正或延长预备期。请到人员页核对接收为预备党员的日期。",
    ),
    "partybranch_vote_with_stage": (
        withdrawn_while_the_stage_stands,
        "由这次表决产生的发展阶段已登记。请先到人员页撤销这个发展阶段，再撤销表决。",
    ),
    "partybranch_vote_on_member": (
        lambda: a_vote(
            (event := a_meeting(entitled=2, present=2)), kind="discipline", person=somebody_for(event, "admission")
        ),
        "处分只能涉及会议当天在本支部名册上的正式党员或预备党员。请核对当天的名册。",
    ),
    "partybranch_election_at_meeting": (
        election_on_a_visit,
        "选举只能在支部党员大会、支委会会议或党小组会上进行。请登记到进行选举的那次会议。",
    ),
    "partybranch_ballot_of_full_members": (
        elected_on_probation,
        "候选人须是会议当天在本支部名册上的正式党员；预备党员没有选举权和被选举权。请核对当天的名册。",
    ),
    "partybranch_vote_rule_after_votes": (
        rule_put_before_a_vote,
        "这类表决在这一天或以后已经按当天的规则计过票。新规则请从更晚的一天开始；登记错的表决请先撤销。",
    ),
    "partybranch_chair_on_roll": (
        lambda: an_event(chair=member(starts_on=date(2024, 3, 21))),
        "主持人须是活动当天在本支部名册上的人。请另选，或先核对那一天的名册。",
    ),
    "partybranch_recorder_on_roll": (
        lambda: an_event(recorder=member(starts_on=date(2024, 3, 21))),
        "记录人须是活动当天在本支部名册上的人。请另选，或先核对那一天的名册。",
    ),
    "partybranch_vote_has_rule": (before_any_rule, "会议当天还没有这类表决的规则。请先登记规则和来源。"),
    "partybranch_vote_present_on_list": (
        lambda: of_vote(present=5),
        "会议名单上登记到会的有表决权人员没有这么多。请先登记到会情况。",
    ),
    "partybranch_vote_counted_out_by": (
        election_with_somebody_counted_out,
        "不作硬性要求的人员未计入应到会人数。选举请写明所依据的批准或决议。",
    ),
    "partybranch_ballot_is_whole": (name_added_to_a_whole_ballot, WHOLE),
    "partybranch_ballot_is_whole: lacks a name": (ballot_lacks_a_name, WHOLE),
    "partybranch_ballot_is_whole: of a resolution": (name_on_the_ballot_of_a_resolution, WHOLE),
    "partybranch_candidate_adds_up": (
        lambda: an_election(4, 0, valid=3, returned=4),
        "每个姓名的赞成、反对、弃权之和必须等于有效票数。请重新核对票数。",
    ),
    "partybranch_votes_within_posts": (
        lambda: an_election(4, 4),
        "各人赞成票合计超过了有效票与应选名额所能容纳的数。所选人数超过应选名额的票无效。请重新核对票数。",
    ),
    "partybranch_list_of_votes": (
        person_came_after_the_vote,
        "已有表决以这份名单计数。请先撤销表决，更正到会情况，再重新登记表决。",
    ),
    "partybranch_list_of_notice: after the notice": (name_added_after_the_notice, "应到名单由通知生成，此后固定不变。"),
    "partybranch_vote_guard: after the meeting was called off": (
        withdrawn_after_the_meeting_was_called_off,
        "这条记录已经生效，不能修改或删除。如有错误，请办理冲销。",
    ),
}
