"""Every constraint of the tables of gifts is broken once, through the ORM, and answers with its own sentence.

A new constraint without a case here fails `test_every_constraint_has_a_case`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from donations.models import Campaign, DailySummary, Donation, Donor, Fund, FundAllocation, PlatformOrder, Reversal
from donations.services.reversing import request_reversal
from hebi_charity.core.sentences import sentence_for
from hebi_charity.imports.models import Import
from tests.donations.factories import (
    CampaignFactory,
    FundFactory,
    UserFactory,
    known_donor,
    other_income,
    registered_gift,
    reviewed_gift,
    set_up_office,
)
from tests.donations.pools import registered_pool
from tests.imports.factories import uploaded
from tests.imports.files import pos_rows, write_xlsx

pytestmark = pytest.mark.django_db
DAY = date(2022, 9, 5)
OTHER_DAY = datetime(2022, 9, 8, 4, tzinfo=UTC)


def an_import(tmp_path: Path) -> Import:
    return uploaded(write_xlsx(tmp_path / "pos.xlsx", pos_rows()), by=UserFactory())


def gift(**changes: object) -> Callable[[Path], object]:
    """A registered gift of 5 September 2022, changed like this."""

    def break_it(tmp_path: Path) -> object:
        row = registered_gift()
        values = {name: value(row) if callable(value) else value for name, value in changes.items()}
        return Donation.objects.filter(pk=row.pk).update(**values)

    return break_it


def reviewed(**changes: object) -> Callable[[Path], object]:
    """The same gift made binding by hand, with this one thing wrong."""
    right = {"reviewed_by": lambda row: UserFactory(), "reviewed_at": timezone.now(), "seal": "0" * 64}
    return gift(**({"state": "reviewed", "booked_on": DAY} | right | changes))


def insert_like(row: Donation, **changes: object) -> Donation:
    """Another document with the same facts and a number of its own."""
    names = [field.attname for field in Donation._meta.concrete_fields if field.attname not in {"id", "recorded_at"}]
    last = Donation.objects.count()
    values = {name: getattr(row, name) for name in names} | {"donation_no": f"X{last}", "query_code": f"Q{last:05d}"}
    return Donation.objects.create(**(values | changes))


def inserted(*, twice: bool = False, **changes: object) -> Callable[[Path], object]:
    """A gift inserted like this, after one of its kind when `twice`."""

    def break_it(tmp_path: Path) -> object:
        row = registered_gift()
        values = {name: value(tmp_path) if callable(value) else value for name, value in changes.items()}
        if twice:
            insert_like(row, **values)
        return insert_like(row, **values)

    return break_it


def order(**changes: object) -> Callable[[Path], object]:
    """A further order of a pool, inserted like this."""

    def break_it(tmp_path: Path) -> object:
        values = {"row_no": 9, "channel": "pos", "order_no": "N9", "amount": 1, "donated_on": DAY} | changes
        return PlatformOrder.objects.create(donation=registered_pool("10.00"), **values)

    return break_it


def second_pool_of_the_day(tmp_path: Path) -> object:
    imported = an_import(tmp_path)
    registered_pool("1.00", source_import=imported)
    return registered_pool("2.00", source_import=imported)


def known_order_number(tmp_path: Path) -> object:
    first = registered_pool("10.00").orders.get()
    return order(order_no=first.order_no)(tmp_path)


def known_order_content(tmp_path: Path) -> object:
    order(order_no=None, content_key=b"k" * 32)(tmp_path)
    return order(order_no=None, content_key=b"k" * 32)(tmp_path)


def reversal(**changes: object) -> Callable[[Path], object]:
    """A requested reversal, decided like this."""

    def break_it(tmp_path: Path) -> object:
        row = request_reversal(reviewed_gift(), by=UserFactory(), reason="重复")
        values = {name: value(row) if callable(value) else value for name, value in changes.items()}
        return Reversal.objects.filter(pk=row.pk).update(**values)

    return break_it


def arrived_by_the_recorder(tmp_path: Path) -> object:
    row = reviewed_gift(arrival="pending")
    arrived = {"arrival": "arrived", "received_on": DAY, "booked_on": DAY, "seal": "0" * 64}
    return Donation.objects.filter(pk=row.pk).update(arrival_by=row.recorded_by, **arrived)


def reversal_without_reason(tmp_path: Path) -> object:
    return Reversal.objects.create(reversal_no="X1", donation=reviewed_gift(), reason="", recorded_by=UserFactory())


def second_reversal(tmp_path: Path) -> object:
    row = request_reversal(reviewed_gift(), by=UserFactory(), reason="重复")
    return Reversal.objects.create(reversal_no="X1", donation=row.donation, reason="再次", recorded_by=UserFactory())


def known_identifier(tmp_path: Path) -> object:
    first = known_donor(identifier="E12345678", identifier_type="other")
    return known_donor(name="王五", identifier=first.identifier, identifier_type="other")


def second_summary(tmp_path: Path) -> object:
    key = {"basis": "booked", "day": DAY, "kind_id": "donation", "channel": "cash", "fund": FundFactory()}
    DailySummary.objects.create(**key)
    return DailySummary.objects.create(**key)


CASES: dict[str, tuple[Callable[[Path], object], str]] = {
    "donation_amount_positive": (gift(amount=0), "金额必须大于 0。"),
    "donation_foreign_amount_matches": (
        gift(currency="HKD", foreign_amount=100, booked_rate="0.9"),
        "外币捐赠须填写外币金额和汇率，且人民币金额应等于外币金额乘以汇率。",
    ),
    "donation_pool_has_orders": (gift(order_count=3), "平台汇总收款须有订单且不填捐赠人；单笔收款没有订单。"),
    "donation_gift_has_donor": (gift(donor=None), "捐赠须填写捐赠人；不愿留名的请选“匿名”。"),
    "donation_other_income_has_no_donor": (
        lambda tmp_path: Donation.objects.filter(pk=other_income().pk).update(person_times=1),
        "只有捐赠才填写捐赠人和人次。请删去捐赠人，或改选收款类别。",
    ),
    "donation_payer_has_relation": (gift(payer_name="王五"), "请填写实际付款人，并注明是转交还是代捐。"),
    "donation_custom_public_name": (
        gift(public_mode="custom"),
        "请填写捐赠人希望公示的名称，或改选其他公示方式。",
    ),
    "donation_arrived_has_day": (gift(received_on=None), "已到账的须填写到账日期；未到账的不填到账日期。"),
    "donation_received_after_given": (
        gift(received_on=DAY - timedelta(days=1)),
        "到账日期不能早于捐赠日期。请核对两个日期。",
    ),
    "donation_given_same_day": (gift(donated_at=OTHER_DAY), "捐赠日期与捐赠时间不是同一天。请核对。"),
    "donation_reviewed_has_reviewer": (
        reviewed(seal=""),
        "已复核的收款须记录复核人和校验印记。请刷新页面后重新复核。",
    ),
    "donation_booked_when_reviewed_and_arrived": (
        reviewed(booked_on=None),
        "收款须在复核通过且已到账后才计入月份。请先核对到账情况。",
    ),
    "donation_booked_after_received": (
        reviewed(booked_on=DAY - timedelta(days=1)),
        "计入的日期不能早于到账日期。请核对到账日期。",
    ),
    "donation_maker_is_not_checker": (
        reviewed(reviewed_by=lambda row: row.recorded_by),
        "登记人不能复核自己登记的收款。请由其他同事复核。",
    ),
    "donation_arrival_by_another": (
        arrived_by_the_recorder,
        "登记人不能确认自己登记的收款到账。请由出纳或会计确认。",
    ),
    "donation_voided_has_reason": (
        gift(state="voided", voided_by=lambda row: row.recorded_by, voided_at=timezone.now()),
        "请填写作废原因。",
    ),
    "donation_returned_has_reason": (gift(state="returned"), "请写明需要修改的内容。"),
    "donation_content_once": (
        inserted(twice=True, content_key=b"k" * 32),
        "名单中的这一行已经登记过。请核对是否重复。",
    ),
    "donation_import_row_once": (
        inserted(twice=True, source_import_id=lambda tmp_path: an_import(tmp_path).pk, import_row=7),
        "文件的这一行已登记为捐赠。",
    ),
    "donation_one_pool_a_day_per_import": (second_pool_of_the_day, "这个文件当天的平台捐赠汇总已存在。"),
    "donation_import_and_row": (
        inserted(import_row=7),
        "来自文件的捐赠应注明导入记录和行号，平台捐赠汇总应注明导入记录。",
    ),
    "donation_merging_is_pool": (
        inserted(state="merging"),
        "只有导入的平台捐赠汇总才会处于“正在导入”。",
    ),
    "donor_has_name": (
        lambda tmp_path: Donor.objects.filter(pk=known_donor().pk).update(name=""),
        "捐赠人须有名称；匿名捐赠人填“爱心人士”。",
    ),
    "donor_identifier_unique": (known_identifier, "已有捐赠人使用这个证件号码。请选择那位捐赠人。"),
    "donor_identifier_has_type": (
        lambda tmp_path: Donor.objects.filter(pk=known_donor().pk).update(identifier_type="other"),
        "请选择证件号码的证件类型。",
    ),
    "donor_not_merged_into_itself": (
        lambda tmp_path: Donor.objects.filter(pk=known_donor().pk).update(merged_into=F("pk")),
        "捐赠人不能与自己合并。请选择另一位捐赠人。",
    ),
    "fund_has_code_and_name": (
        lambda tmp_path: Fund.objects.filter(pk=FundFactory().pk).update(name=""),
        "资金项目须有代码和名称。",
    ),
    "fund_allocation_once_per_fund": (
        lambda tmp_path: FundAllocation.objects.create(
            **FundAllocation.objects.filter(donation=registered_gift()).values("donation_id", "fund_id", "amount").get()
        ),
        "每个资金项目只能填一次。请合并相同的资金项目。",
    ),
    "fund_allocation_positive": (
        lambda tmp_path: FundAllocation.objects.filter(donation=registered_gift()).update(amount=0),
        "每个资金项目的金额必须大于 0。",
    ),
    "campaign_ends_after_start": (
        lambda tmp_path: Campaign.objects.filter(pk=CampaignFactory().pk).update(ends_on=date(2022, 8, 31)),
        "募捐活动的结束日期不能早于开始日期。",
    ),
    "campaign_filing_number_and_date": (
        lambda tmp_path: Campaign.objects.filter(pk=CampaignFactory().pk).update(filing_no="53410600"),
        "备案编号和备案日期须同时填写。",
    ),
    "daily_summary_key": (second_summary, "这一天的汇总已存在。请刷新页面。"),
    "platform_order_no_once": (known_order_number, "这个订单号已经导入过。请核对是否重复。"),
    "platform_order_content_once": (known_order_content, "这一行已经导入过。请核对是否重复。"),
    "platform_order_one_identity": (
        order(content_key=b"k" * 32),
        "订单以订单号或内容二者之一识别，不能同时使用。",
    ),
    "platform_order_amount_positive": (order(amount=0), "金额必须大于 0。"),
    "platform_order_same_day": (order(donated_at=OTHER_DAY), "付款日期与付款时间不是同一天。请核对。"),
    "reversal_has_reason": (reversal_without_reason, "请填写冲销原因。"),
    "reversal_maker_is_not_approver": (
        reversal(state="approved", approved_by=lambda row: row.recorded_by, reversed_on=DAY),
        "申请人不能审批自己申请的冲销。请由其他同事审批。",
    ),
    "reversal_state_matches_decision": (
        reversal(state="approved", approved_by=lambda row: UserFactory()),
        "已审批的冲销须记录审批人，以及冲销日期或不同意的原因。",
    ),
    "reversal_one_live_per_donation": (second_reversal, "这笔收款已有冲销申请在办理。请先处理原申请。"),
}


@pytest.fixture(autouse=True)
def office(db):
    set_up_office()


def names_of_constraints() -> set[str]:
    models = apps.get_app_config("donations").get_models()
    return {constraint.name for model in models for constraint in model._meta.constraints}


def test_every_constraint_has_a_case():
    assert names_of_constraints() ^ set(CASES) == set()


@pytest.mark.parametrize("name", CASES)
def test_constraint_is_broken_and_says_so(name, tmp_path):
    break_it, sentence = CASES[name]

    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        break_it(tmp_path)

    assert caught.value.__cause__.diag.constraint_name == name
    assert sentence_for(caught.value) == sentence
