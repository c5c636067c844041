"""The honours, rankings and press of 2021 and 2022 as the newspaper told them, and invented thanks.

What the newspaper does not say stays empty: numbers of documents, days of a month, the other two of four bodies.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

from partybranch.demo.plaque import drawn_plaque
from partybranch.models import Branch, Honour, HonourCitation, LeaderWord, PressReport, Ranking, Thanks
from partybranch.models.dated import ImpreciseDay, Precision
from partybranch.models.register_row import RegisterRow
from partybranch.services import honour_dossiers, honours, registers

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User

Level, Nature, Recipient = Honour.Level, Honour.Nature, Honour.Recipient
UNKNOWN = ImpreciseDay(None, Precision.UNKNOWN)
PAPER = "慈善公益报2022年11月21日"
WORK_SUMMARY = "2022年度工作总结"


def day(year: int, month: int, day_: int) -> ImpreciseDay:
    return ImpreciseDay(date(year, month, day_), Precision.DAY)


def month(year: int, month_: int) -> ImpreciseDay:
    return ImpreciseDay(date(year, month_, 1), Precision.MONTH)


def year(year_: int) -> ImpreciseDay:
    return ImpreciseDay(date(year_, 1, 1), Precision.YEAR)


def show(people_by_account: Mapping[str, User], today: date) -> None:
    """Load the honours once the branch is there; what is there already stays."""
    branch = Branch.objects.first()
    if branch is None or Honour.objects.exists():
        return
    Demonstration(branch, by=people_by_account["organizer"]).load()


class Demonstration:
    """Records what the branch's organisation member would."""

    def __init__(self, branch: Branch, *, by: User) -> None:
        self.branch, self.by = branch, by

    def load(self) -> None:
        model_branch = self.honour(
            "全省示范离退休干部党支部",
            ["河南省委组织部", "省老干部局"],
            month(2021, 10),
            level=Level.PROVINCIAL,
            nature=Nature.INNER_PARTY,
            recipient_kind=Recipient.BRANCH,
            branch=self.branch,
            medium=Honour.Medium.PLAQUE,
            kept_at="三楼会议室东墙",
        )
        self.honour(
            "优秀组织奖",
            ["省民政厅", "省慈善总会"],
            UNKNOWN,
            period_label="慈善书画主题活动",
            grantor_note="等四家单位",
            level=Level.PROVINCIAL,
            nature=Nature.ACTIVITY,
        )
        self.honour(
            "“99公益日”活动先进单位",
            ["省慈善总会"],
            UNKNOWN,
            listed_on=date(2021, 1, 1),
            period_label="2021年度",
            level=Level.PROVINCIAL,
            nature=Nature.INDUSTRY,
        )
        rebuilding = self.honour(
            "灾后重建贡献奖",
            ["鹤壁市委"],
            month(2022, 2),
            level=Level.CITY,
            nature=Nature.PARTY_GOVERNMENT,
            kept_at="一楼荣誉室",
        )
        plaque = drawn_plaque(["全省示范", "离退休干部党支部"], ["河南省委组织部", "省老干部局"], "2021年10月")
        registers.add_scans(model_branch, [plaque], by=self.by)
        ranks = self.load_rankings()
        self.load_press_and_words()
        self.load_thanks()
        self.cite(rebuilding)
        honour_dossiers.freeze_dossier(
            rebuilding,
            application="利用腾讯“99公益日”筹款平台，三天41.05万人次参与网络捐赠，募集资金3816.99万元，全部用于灾后重建。",
            evidence=ranks[:1],
            papers=[],
            by=self.by,
            form_key=uuid4(),
        )

    def honour(
        self, title: str, bodies: list[str], when: ImpreciseDay, *, listed_on: date | None = None, **facts: object
    ) -> Honour:
        row = Honour(**{"title": title, "recipient_kind": Recipient.FEDERATION} | facts)
        row.set_when(when, listed_on=listed_on)
        return honours.record_honour(row, grantors=bodies, by=self.by, form_key=uuid4())

    def keep(self, row: RegisterRow, when: ImpreciseDay) -> RegisterRow:
        row.set_when(when)
        return registers.record_row(row, by=self.by, form_key=uuid4())

    def load_rankings(self) -> list[RegisterRow]:
        facts = {"metric": "募集资金", "source": PAPER}
        first = Ranking(
            activity="“99公益日”网络捐赠",
            scope="全省慈善系统",
            rank=6,
            result="3816.99万元，41.05万人次",
            note="三天，资金全部用于灾后重建",
            **facts,
        )
        second = Ranking(
            activity="“乡村振兴河南专场暨‘99公益日’”活动",
            scope="全省",
            rank=4,
            result="7753.67万元，55.43万人次",
            note="六天",
            **facts,
        )
        return [self.keep(first, year(2021)), self.keep(second, year(2022))]

    def load_press_and_words(self) -> None:
        report = PressReport(
            medium="慈善公益报",
            level=PressReport.Level.INDUSTRY,
            title="打造“战斗堡垒”争做慈善先锋——河南省鹤壁市慈善总会党支部工作纪实",
            text="将党建工作与推进全民慈善的任务目标密切结合，取得了显著成绩，受到鹤壁市委、市政府的表彰和奖励。",
        )
        self.keep(report, day(2022, 11, 21))
        word = LeaderWord(
            kind=LeaderWord.Kind.PRAISE,
            post="市委书记",
            about="2022年“乡村振兴河南专场暨‘99公益日’”活动",
            text="高度评价",
            source=PAPER,
            note="报道未载原话",
        )
        self.keep(word, year(2022))

    def load_thanks(self) -> None:
        letter = Thanks(
            kind=Thanks.Kind.LETTER,
            from_whom="淇岸村全体受灾村民",
            about="洪灾中送来米面和棉被",
            text="水退以后，是你们最先送来了粮食和棉被。",
            note="虚构样例",
        )
        banner = Thanks(
            kind=Thanks.Kind.BANNER,
            from_whom="受助大学新生家长",
            about="资助孩子上大学",
            text="情系学子，善行天下",
            kept_at="一楼接待室",
            note="虚构样例",
        )
        self.keep(letter, day(2021, 9, 6))
        self.keep(banner, day(2022, 8, 30))

    def cite(self, honour: Honour) -> None:
        row = HonourCitation(honour=honour, cited_in=WORK_SUMMARY, note="第三部分")
        row.set_when(month(2022, 12))
        honours.cite_honour(row, by=self.by, form_key=uuid4())
