"""Kinds of money received with their first rules, the anonymous donor and the sentence read to donors."""

from __future__ import annotations

from datetime import date

from donations.models import Donor, IncomeKind, IncomeKindRule
from donations.services.donors import ANONYMOUS_NAME, fill_keys
from hebi_charity.core.shipped import FirstSetting

ARRIVAL_SETTING = "donations.arrival_days"
LARGE_SETTING = "donations.large_amount"
CONSENT_SETTING = "donations.publicity_sentence"
_SINCE = date(2004, 1, 1)
_BASIS = "民间非营利组织会计制度；本单位财务部门可按实际调整"
FLAGS = ("is_donation_income", "counts_person_times", "may_be_receipted", "may_be_published")
# What was shipped stays for ever, and the check of the books holds it against these lists: a change of the law is a
# new row with a later day.
# code, name, donation income, person-times, may have a bill, donor may be published
_KINDS = (
    ("donation", "捐赠", True, True, True, True),
    ("platform_settlement", "平台善款结算", True, False, False, False),
    ("match_fund", "配捐", True, False, True, True),
    ("upstream_transfer", "上级慈善组织拨入", False, False, False, False),
    ("government", "政府补助", False, False, False, False),
    ("interest", "利息及投资收益", False, False, False, False),
    ("membership_fee", "会费", False, False, False, False),
    ("leftovers_returned", "结余退回", False, False, False, False),
    ("bounced_transfer", "退汇", False, False, False, False),
    ("sale_proceeds", "变卖收入", False, False, False, False),
    ("other", "其他", False, False, False, False),
)
_SENTENCE = (
    "您的这笔捐赠会在我会网站和公告中公示。您可以选择公示全名、只公示姓氏、匿名，或另取一个公示名，"
    "也可以不公示金额。您选哪一种？以后想改，随时告诉我们。"
)
FIRST_SETTINGS = {
    CONSENT_SETTING: FirstSetting(_SINCE, _SENTENCE, "个人信息保护法第25条、慈善法第82条"),
    # Far above what is given at a counter: whoever types more has mostly typed too much.
    LARGE_SETTING: FirstSetting(_SINCE, "1000000.00", "本单位内部控制规定；可按实际调整"),
    # A cheque is presented within ten days (票据法第91条).
    ARRIVAL_SETTING: FirstSetting(_SINCE, 10, "票据法第91条：支票自出票日起10日内提示付款；本单位可调整"),
}


def ship() -> None:
    """Make what is missing; leave what people have changed."""
    for position, (code, name, *rule) in enumerate(_KINDS, start=1):
        kind, made = IncomeKind.objects.get_or_create(code=code, defaults={"name": name, "position": position})
        if made:
            IncomeKindRule.objects.create(
                kind=kind, valid_from=_SINCE, legal_basis=_BASIS, **dict(zip(FLAGS, rule, strict=True))
            )
    if not Donor.objects.filter(kind=Donor.Kind.ANONYMOUS).exists():
        fill_keys(Donor(kind=Donor.Kind.ANONYMOUS, name=ANONYMOUS_NAME)).save()


def first_rules() -> list[tuple]:
    """The rules that came with the code: kind, first day, the flags in order, legal basis."""
    return [(code, _SINCE, *rule, _BASIS) for code, _name, *rule in _KINDS]
