"""Funds, campaigns and gifts of the demonstration, all through the services that people use."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import uuid4

from donations.demo.names import donor_names
from donations.models import Campaign, Donation, Fund
from donations.services.donors import NewDonor
from donations.services.registering import GiftEntry, register_donation
from donations.services.reviewing import review_donations
from donations.shipped import CONSENT_SETTING
from hebi_charity.accounts.models import User
from hebi_charity.office.services.dated_settings import setting_on

_AMOUNTS = (10, 20, 50, 100, 100, 200, 200, 500, 1000, 2000)
_UNIT_AMOUNTS = (5000, 10000, 20000, 50000)
_CHANNELS = ("cash", "cash", "wechat", "wechat", "alipay", "bank", "pos")
_FUNDS = (
    ("FXD", "非限定慈善资金", Fund.Restriction.UNRESTRICTED, Fund.Purpose.POVERTY),
    ("ZHCJ", "灾后重建专项资金", Fund.Restriction.RESTRICTED, Fund.Purpose.DISASTER),
    ("XCZX", "乡村振兴专项资金", Fund.Restriction.RESTRICTED, Fund.Purpose.POVERTY),
    ("DBJZ", "大病救助资金", Fund.Restriction.RESTRICTED, Fund.Purpose.MEDICAL),
    ("ZXJJ", "爱心助学专项基金", Fund.Restriction.SPECIAL, Fund.Purpose.EDUCATION),
)


def make_funds() -> dict[str, Fund]:
    """The funds of the demonstration by code; may run again."""
    return {
        code: Fund.objects.get_or_create(
            code=code, defaults={"name": name, "restriction": restriction, "purpose": purpose}
        )[0]
        for code, name, restriction, purpose in _FUNDS
    }


def make_campaigns(funds: dict[str, Fund]) -> list[Campaign]:
    """The campaigns of 2021 and 2022; their gifts here are invented and far fewer than the real ones."""
    rows = (
        ("2021年“99公益日”灾后重建募捐（演示）", date(2021, 9, 7), date(2021, 9, 9), "ZHCJ"),
        ("2022年乡村振兴专场暨“99公益日”（演示）", date(2022, 9, 4), date(2022, 9, 9), "XCZX"),
    )
    return [
        Campaign.objects.get_or_create(
            name=name, defaults={"starts_on": first, "ends_on": last, "fund": funds[code], "platform": "腾讯公益"}
        )[0]
        for name, first, last, code in rows
    ]


class GiftMaker:
    """Makes gifts like a counter does: the same seed gives the same gifts."""

    def __init__(self, clerks: list[User], funds: dict[str, Fund], *, seed: int) -> None:
        self.clerks, self.funds, self.random = clerks, list(funds.values()), Random(seed)  # noqa: S311  not secret
        self.consent = setting_on(CONSENT_SETTING, date(2021, 1, 1))

    def entry(self, name: str, day: date, *, campaign: Campaign | None, **changes: object) -> GiftEntry:
        is_unit = len(name) > 3
        amount = Decimal(self.random.choice(_UNIT_AMOUNTS if is_unit else _AMOUNTS))
        fund = campaign.fund if campaign else self.random.choice(self.funds)
        values: dict = {
            "amount": amount,
            "channel": self.random.choice(_CHANNELS),
            "allocations": ((fund, amount),),
            "donated_on": day,
            "received_on": day,
            "donor": NewDonor(name=name, phone=f"139{self.random.randrange(10**8):08d}"),
            "campaign": campaign,
            "consent": self.consent,
            "public_mode": self.random.choice(("full", "full", "surname", "anonymous")),
        }
        return GiftEntry(**values | changes)

    def register(self, name: str, day: date, *, campaign: Campaign | None = None, **changes: object) -> Donation:
        entry = self.entry(name, day, campaign=campaign, **changes)
        return register_donation(entry, by=self.random.choice(self.clerks), form_key=uuid4())

    def days(self, first: date, last: date, count: int, *, campaign: Campaign | None = None) -> list[Donation]:
        """`count` gifts spread over these days."""
        span = (last - first).days + 1
        names = donor_names(count, random=self.random)
        return [
            self.register(name, first + timedelta(days=position * span // count), campaign=campaign)
            for position, name in enumerate(names)
        ]


def review_all(gifts: Iterable[Donation], *, by: User) -> None:
    review_donations([gift.pk for gift in gifts], by=by)


def receive_other_money(funds: dict[str, Fund], month: date, *, cashier: User, accountant: User) -> None:
    """Interest, an upstream transfer and leftovers of one month: money in that is no gift."""
    rows = (
        ("interest", "1283.46", 21, "某某银行鹤壁分行", "FXD", "第三季度结息"),
        ("upstream_transfer", "200000.00", 12, "某省慈善联合总会", "ZHCJ", "灾后重建项目拨付"),
        ("leftovers_returned", "3500.00", 18, "桑园村村民委员会", "XCZX", "项目结余退回"),
    )
    made = []
    for kind, yuan, day, payer, code, note in rows:
        entry = GiftEntry(
            kind=kind,
            amount=Decimal(yuan),
            channel=Donation.Channel.BANK,
            allocations=((funds[code], Decimal(yuan)),),
            donated_on=month.replace(day=day),
            received_on=month.replace(day=day),
            donor=None,
            person_times=0,
            payer_name=payer,
            payer_relation=Donation.PayerRelation.SENDER,
            public_mode=Donation.PublicMode.NONE,
            receipt_disposition=Donation.ReceiptDisposition.NOT_RECEIPTABLE,
            note=note,
        )
        made.append(register_donation(entry, by=cashier, form_key=uuid4()))
    review_all(made, by=accountant)
