"""Dated rules for tests of the year at a glance."""

from datetime import date
from uuid import uuid4

from hebi_charity.accounts.models import User
from partybranch.models import Branch, CalendarAddress, Requirement
from partybranch.services.requirements import record_requirement, withdraw_requirement
from tests.donations.factories import UserFactory

TODAY = date(2024, 8, 20)


def a_rule(*, by: User | None = None, branch: Branch | None = None, **facts: object) -> Requirement:
    """A notice of 1 July 2024 by which Party groups meet once in each quarter, unless said otherwise."""
    values = {
        "kind": "group",
        "per": "quarter",
        "times": 1,
        "starts_on": date(2024, 7, 1),
        "source": "关于离退休干部党支部组织生活的通知",
        "article": "鹤老干〔2024〕8号",
    } | facts
    return record_requirement(Requirement(branch=branch, **values), by=by or UserFactory(), form_key=uuid4())


def make_rows() -> None:
    """For the walk of the guards: rules that hold and one withdrawn, an address withdrawn."""
    for day in (date(2024, 7, 1), date(2024, 8, 1)):
        a_rule(starts_on=day)
    withdraw_requirement(a_rule(starts_on=date(2024, 9, 1)), by=UserFactory(), reason="登记错误")
    address = CalendarAddress.objects.create(owner=UserFactory(), token_hash="0" * 64)
    address.withdrawn_at = address.made_at
    address.save()
