"""Rules of withdrawn branches and bodies, each broken once."""

from datetime import date

from partybranch.models import Branch
from partybranch.services import branches
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_body, a_branch, an_event, member, term


def two_branches_of_a_name():
    a_branch("第一党支部")
    a_branch("第一党支部")


def withdrawn_branch() -> Branch:
    return branches.withdraw_branch(a_branch(), by=UserFactory(), reason="重复登记")


def withdraw(branch: Branch) -> Branch:
    return branches.withdraw_branch(branch, by=UserFactory(), reason="重复登记")


def branch_of_a_member_withdrawn():
    withdraw(member().memberships.get().branch)


def branch_with_an_event_withdrawn():
    withdraw(an_event().branch)


def branch_with_a_body_withdrawn():
    withdraw(a_body(a_branch()).branch)


def body_of_a_leader_withdrawn():
    seat = term(member(), "group_leader", body=a_body(a_branch_of_all()))
    branches.withdraw_body(seat.body, by=UserFactory(), reason="没有这个小组")


def a_branch_of_all() -> Branch:
    return Branch.objects.first() or a_branch()


def body_with_a_meeting_withdrawn():
    event = an_event(kind="group", body=a_body(a_branch_of_all()))
    branches.withdraw_body(event.body, by=UserFactory(), reason="没有这个小组")


def meeting_of_a_withdrawn_body():
    body = branches.withdraw_body(a_body(a_branch_of_all()), by=UserFactory(), reason="没有这个小组")
    an_event(kind="group", body=body)


REASON = "撤销的记录要写明撤销人、时间和原因。"
CASES = {
    "branch_name_once": (two_branches_of_a_name, "已有同名的党支部。请换一个名称。"),
    "branch_withdrawn_has_reason": (
        lambda: Branch.objects.filter(pk=a_branch().pk).update(withdrawal_reason="x"),
        REASON,
    ),
    "body_withdrawn_has_reason": (
        lambda: a_body(a_branch()).branch.bodies.update(withdrawal_reason="x"),
        REASON,
    ),
    "partybranch_branch_has_members": (
        branch_of_a_member_withdrawn,
        (
            "这个党支部还有党员或任职记录，不能作废。如果这些也是登记错的，请先在每个人的页面上撤销；"
            "确实有过的党支部，请在“修改”里填写撤销日期。"
        ),
    ),
    "partybranch_branch_has_events": (
        branch_with_an_event_withdrawn,
        (
            "这个党支部还有组织生活记录，不能作废。登记错的活动请先取消；"
            "确实开展过活动的党支部，请在“修改”里填写撤销日期。"
        ),
    ),
    "partybranch_branch_has_records": (
        branch_with_a_body_withdrawn,
        (
            "这个党支部还有其他记录（支委会或党小组、学习、考试、荣誉或规定），不能作废。登记错的请先撤销；"
            "学习计划、学习资料和签收表不能撤销，有这些记录的，以及确实有过的党支部，请在“修改”里填写撤销日期。"
        ),
    ),
    "partybranch_body_has_members": (
        body_of_a_leader_withdrawn,
        (
            "里面还有人员任职记录，不能作废。如果任职也是登记错的，请先在这个人的页面上撤销；"
            "确实有过的支委会或党小组，请登记撤销日期。"
        ),
    ),
    "partybranch_body_has_events": (
        body_with_a_meeting_withdrawn,
        "它还有会议记录，不能作废。登记错的会议请先取消；确实开过会的支委会或党小组，请登记撤销日期。",
    ),
    "partybranch_of_live_branch": (
        lambda: member(branch=withdrawn_branch(), starts_on=date(2020, 1, 1)),
        "这个党支部是登记错的，已经作废。请选择别的党支部。",
    ),
    "partybranch_of_live_body": (
        meeting_of_a_withdrawn_body,
        "这个支委会或党小组是登记错的，已经作废。请选择别的。",
    ),
}
