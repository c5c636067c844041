"""What breaks each rule of plans and materials, and the sentence it says. `rules` takes them in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from partybranch.models import (
    IssueLine,
    MaterialLoan,
    MaterialPurchase,
    PersonalPlan,
)
from tests.donations.factories import UserFactory
from tests.partybranch.factories import a_branch, member
from tests.partybranch.study.factories import (
    DAY,
    a_material,
    a_plan,
    an_item,
    bought,
    handed_out,
    lent,
    tomorrow,
)

WITHOUT_REASON = "撤销的记录要写明撤销人、时间和原因。"
MONTHS = "月份应在 1 至 12 之间，结束月份不早于开始月份。"
PRICE = "购买的单价要大于 0；上级配发的单价填 0。"
COPIES = "每人领取 1 至 99 册。"
FUTURE = "这个日期还没有到。请到当天以后再登记。"
STOCK = "没有这么多册。请核对册数，或先登记购入。"


def two_plans() -> object:
    return a_plan(a_plan().branch)


def two_personal_plans() -> object:
    plan, person = a_plan(), member()
    return [PersonalPlan.objects.create(plan=plan, person=person, made_by=UserFactory()) for _time in (1, 2)]


def the_same_title() -> object:
    return a_material(a_material().branch)


def an_issue(**values: object) -> Callable[[], object]:
    """A line past the service, of a list that is there."""

    def break_it() -> object:
        person, title = member(), bought().material
        issued = handed_out(title, member(name="李四"))
        facts = {"issue_list": issued, "person": person, "material": title, "copies": 1, "recorded_by": UserFactory()}
        return IssueLine.objects.create(**(facts | values))

    return break_it


def issued_twice() -> object:
    title, person = bought().material, member()
    issued = handed_out(title, person)
    line = {"issue_list": issued, "person": person, "material": title, "copies": 1, "recorded_by": UserFactory()}
    return IssueLine.objects.create(**line)


def of_two_branches() -> object:
    person, title = member(), bought().material
    foreign = bought(a_material(a_branch(), title="别处的书")).material
    line = {"person": person, "material": foreign, "copies": 1, "recorded_by": UserFactory()}
    return IssueLine.objects.create(issue_list=handed_out(title, person), **line)


def loan_past_service(**values: object) -> Callable[[], object]:
    def break_it() -> object:
        facts = {"material": bought().material, "person": member(), "lent_on": DAY, "due_on": DAY}
        return MaterialLoan.objects.create(recorded_by=UserFactory(), **(facts | values))

    return break_it


def back_before_lent() -> object:
    loan = lent(bought().material, member())
    return MaterialLoan.objects.filter(pk=loan.pk).update(
        returned_on=DAY - timedelta(days=1), returned_to=UserFactory()
    )


def purchase_withdrawn_while_out() -> object:
    purchase = bought(copies=1)
    handed_out(purchase.material, member())
    gone = {"withdrawn_by": UserFactory(), "withdrawn_at": timezone.now(), "withdrawal_reason": "x"}
    return MaterialPurchase.objects.filter(pk=purchase.pk).update(**gone)


CASES: dict[str, tuple[Callable[[], object], str]] = {
    "study_plan_once_a_year": (two_plans, "本支部已有这一年的计划。请修改原计划。"),
    "study_plan_year_is_one": (lambda: a_plan(year=24), "年度请填四位数字，例如 2024。"),
    "study_plan_item_has_subject": (lambda: an_item(a_plan(), subject=""), "请填写学习内容。"),
    "study_plan_item_months_in_order": (lambda: an_item(a_plan(), first_month=4), MONTHS),
    "study_plan_item_months_in_order: thirteen": (lambda: an_item(a_plan(), last_month=13), MONTHS),
    "personal_plan_once": (two_personal_plans, "此人已有这一年的计划。"),
    "study_material_has_title": (lambda: a_material(title=""), "请填写资料名称。"),
    "study_material_title_once": (the_same_title, "这种资料已登记过。请直接登记购入。"),
    "materialpurchase_withdrawn_has_reason": (lambda: bought(withdrawn_at=timezone.now()), WITHOUT_REASON),
    "material_purchase_has_copies": (lambda: bought(copies=0), "请填写册数，至少一册。"),
    "material_purchase_price_fits": (lambda: bought(unit_price=0), PRICE),
    "material_purchase_price_fits: allotted": (lambda: bought(paid_from="allotted"), PRICE),
    "issue_list_has_title": (lambda: handed_out(bought().material, member(), title=""), "请填写签收表名称。"),
    "issueline_withdrawn_has_reason": (an_issue(withdrawn_at=timezone.now()), WITHOUT_REASON),
    "issue_line_once": (issued_twice, "此人已在签收表上领取这种资料。"),
    "issue_line_has_copies": (lambda: handed_out(bought(copies=100).material, member(), copies=100), COPIES),
    "issue_line_tick_has_person": (an_issue(signed_at=timezone.now()), "签收要写明登记人和时间。"),
    "materialloan_withdrawn_has_reason": (loan_past_service(withdrawn_at=timezone.now()), WITHOUT_REASON),
    "material_loan_is_one_copy": (loan_past_service(copies=2), "借阅每次一册。"),
    "material_loan_due_after_lent": (loan_past_service(due_on=date(2024, 1, 1)), "应还日期早于借出日期。请核对。"),
    "material_loan_back_after_lent": (back_before_lent, "归还日期不能早于借出日期。请核对。"),
    "partybranch_not_in_future: purchase": (lambda: bought(bought_on=tomorrow()), FUTURE),
    "partybranch_not_in_future: list": (lambda: handed_out(bought().material, member(), issued_on=tomorrow()), FUTURE),
    "partybranch_not_in_future: loan": (loan_past_service(lent_on=tomorrow(), due_on=tomorrow()), FUTURE),
    "partybranch_stock_not_negative": (lambda: handed_out(bought(copies=1).material, member(), copies=2), STOCK),
    "partybranch_stock_not_negative: lent": (lambda: lent(a_material(), member()), STOCK),
    "partybranch_stock_not_negative: purchase withdrawn": (purchase_withdrawn_while_out, STOCK),
    "partybranch_issue_of_branch": (of_two_branches, "签收表和资料不属于同一支部。"),
}
