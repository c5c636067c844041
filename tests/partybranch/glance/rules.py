"""What breaks each rule of the glance, and the sentence it says. `tests/partybranch/test_rules.py` walks them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from partybranch.models import CalendarAddress, Requirement
from tests.donations.factories import UserFactory
from tests.partybranch.glance.factories import a_rule


def inserted(**values: object) -> Requirement:
    """A rule past the service, as said."""
    facts = {"kind": "group", "per": "quarter", "times": 1, "starts_on": date(2024, 7, 1), "source": "通知"}
    return Requirement.objects.create(**(facts | values))


def a_second_address() -> object:
    first = CalendarAddress.objects.create(owner=UserFactory(), token_hash="1")
    return CalendarAddress.objects.create(owner=first.owner, token_hash="2")


CASES: dict[str, tuple[Callable[[], object], str]] = {
    "requirement_withdrawn_has_reason": (
        lambda: inserted(withdrawn_at=timezone.now()),
        "撤销的记录要写明撤销人、时间和原因。",
    ),
    "requirement_ends_after_start": (
        lambda: a_rule(ends_on=date(2024, 7, 1)),
        "结束日期必须晚于开始日期。请核对这两个日期。",
    ),
    "requirement_end_has_person": (
        lambda: inserted(ends_on=date(2025, 1, 1)),
        "已结束的记录要写明登记人和时间。",
    ),
    "requirement_once": (
        lambda: [a_rule(), a_rule()],
        "这类活动从这一天起的要求已有登记。请先撤销原来的，或核对日期。",
    ),
    "requirement_times_possible": (lambda: a_rule(times=32), "次数不可能这么多。请填写 0 到 31。"),
    "requirement_has_source": (lambda: a_rule(source=""), "请填写依据的制度或通知名称。"),
    "calendar_address_one_each": (a_second_address, "您已有一个日历地址。请先停用，再生成新的。"),
    "calendar_address_has_hash": (
        lambda: CalendarAddress.objects.create(owner=UserFactory(), token_hash=""),
        "日历地址必须带有密钥。",
    ),
}
