"""An invented month as facts, with the round figures the article gives for the campaign."""

from datetime import date
from decimal import Decimal

from donations.reporting.facts import (
    CampaignDay,
    CampaignFacts,
    Composition,
    Correction,
    Counted,
    Day,
    GiftMonth,
    Raised,
)
from hebi_charity.reports.facts import Compared, Line, MonthlyFacts, Table
from hebi_charity.reports.paper import Issue

AUGUST, LAST_SEPTEMBER = Decimal("1180000.00"), Decimal("38169900.00")


def compared(this: str, last: str | None = None, year: str | None = None, so_far: str | None = None) -> Compared:
    """Figures in yuan; the year to date is this month unless given."""
    return Compared(
        Decimal(this),
        None if last is None else Decimal(last),
        None if year is None else Decimal(year),
        Decimal(so_far or this),
    )


def table(*lines: Line) -> Table:
    """A table with the total its lines add up to."""
    total = lines[0].figure
    for line in lines[1:]:
        total += line.figure
    return Table(lines, total)


def gift_table() -> Table:
    return table(
        Line("捐赠", compared("2436700.00", "1180000.00", "1169900.00", "9812350.55")),
        Line("平台善款结算", compared("31000000.00", "0.00", "20000000.00", "31000000.00")),
        Line("配捐", compared("1200000.00", "0.00", "0.00", "1200000.00")),
    )


def by_channel() -> Table:
    return table(
        Line("现金", compared("236700.00", "180000.00", "169900.00", "812350.55")),
        Line("银行转账", compared("2000000.00", "900000.00", "1000000.00", "8500000.00")),
        Line("转账支票", compared("200000.00", "100000.00", "0.00", "500000.00")),
        Line("网络平台", compared("32200000.00", "0.00", "20000000.00", "32200000.00")),
    )


def by_fund() -> Table:
    return table(
        Line("非限定资金", compared("936700.00", "432500.00", "1169900.00", "5124350.55"), "非限定"),
        Line("灾后重建", compared("32200000.00", "0.00", "20000000.00", "32200000.00"), "限定（专款）"),
        Line("䶮𬭼𠮷㛃助学专项基金", compared("1800000.00", "802500.00", "600000.00", "7200000.00"), "专项基金"),
    )


def by_campaign() -> Table:
    return table(
        Line("2022年乡村振兴河南专场暨“99公益日”", compared("32200000.00", "0.00", "20000000.00", "32200000.00")),
        Line("慈善一日捐", compared("1800000.00", "900000.00", "1000000.00", "8000000.00")),
        Line("不属于募捐活动", compared("636700.00", "280000.00", "169900.00", "1812350.55")),
    )


def days() -> tuple[Day, ...]:
    """Thirty days; one of them carries the first settlement of the platform."""
    found = []
    rest = Decimal("34636700.00")
    for number in range(1, 31):
        amount = Decimal(31_000_000 if number == 21 else (number * 37_137) % 211_000 + 3_000)
        if number in (10, 11, 17, 18):
            amount = Decimal(0)
        if number == 30:
            amount = rest
        rest -= amount
        found.append(Day(date(2022, 9, number), 0 if not amount else number * 3, number * 40 if amount else 0, amount))
    return tuple(found)


def campaign() -> CampaignFacts:
    by_day = tuple(
        CampaignDay(date(2022, 9, 4 + number), times, Decimal(amount))
        for number, (times, amount) in enumerate(
            [
                (92_383, "12922783.33"),
                (92_384, "12923783.33"),
                (92_385, "12924783.33"),
                (92_382, "12921783.33"),
                (92_386, "12925783.33"),
                (92_380, "12917783.35"),
            ]
        )
    )
    amount = sum((day.amount for day in by_day), Decimal("0.00"))
    times = sum(day.person_times for day in by_day)
    return CampaignFacts(
        raised=Raised("2022年乡村振兴河南专场暨“99公益日”", date(2022, 9, 4), date(2022, 9, 9), 6, times, amount),
        is_running=False,
        platform="网络平台",
        filing_no="",
        from_public=None,
        from_units=None,
        match_money=None,
        arrived=Decimal("31000000.00"),
        not_arrived=amount - Decimal("31000000.00"),
        by_day=by_day,
        before=Raised("2021年“99公益日”", date(2021, 9, 7), date(2021, 9, 9), 3, 410_500, LAST_SEPTEMBER),
    )


def gift_month(**changes: object) -> GiftMonth:
    other = table(
        Line("上级慈善组织拨入", compared("300000.00", "0.00", "600000.00", "2400000.00")),
        Line("利息及投资收益", compared("0.00", "55000.00", "0.00", "112000.00")),
    )
    kinds, found = gift_table(), days()
    fields = {
        "month": date(2022, 9, 1),
        "last_day": date(2022, 9, 30),
        "gift_income": kinds.total,
        "person_times": Compared(sum(day.person_times for day in found), 812, 410_900, 560_112),
        "platform_person_times": 0,
        "gifts": Compared(sum(day.gifts for day in found), 96, 88, 905),
        "other_income": other.total,
        "all_income": kinds.total + other.total,
        "restricted": Decimal("34000000.00"),
        "gift_kinds": kinds,
        "other_kinds": other,
        "by_channel": by_channel(),
        "by_fund": by_fund(),
        "by_campaign": by_campaign(),
        "composition": Composition(
            Counted(1_225, Decimal("34616700.00")), Counted(3, Decimal("30000.00")), Counted(1, Decimal("10000.00"))
        ),
        "not_arrived": Counted(2, Decimal("250000.00")),
        "not_reviewed": Counted(4, Decimal("3600.00")),
        "days": found,
        "campaigns": (campaign(),),
        "corrections_made": (
            Correction("演2022-000871", date(2022, 8, 17), Decimal("10000.00"), "重复登记，与演2022-000870为同一笔"),
        ),
    }
    return GiftMonth(**(fields | changes))


def monthly_facts(**changes: object) -> MonthlyFacts:
    fields = {
        "month": date(2022, 9, 1),
        "last_day": date(2022, 9, 30),
        "is_closed": True,
        "sections": (gift_month(),),
    }
    return MonthlyFacts(**(fields | changes))


def issue(**changes: object) -> Issue:
    fields = {
        "organisation": "鹤壁市慈善总会",
        "phone": "0392-0000000",
        "report_no": "演月报2022-0009",
        "version": 1,
        "made_by": "和会计",
        "made_on": date(2022, 10, 8),
        "check_code": "7K3M9Q",
        "check_url": "",
        "facts_digest": "0123456789abcdef" * 4,
    }
    return Issue(**(fields | changes))
