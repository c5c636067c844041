"""Honours and rows of the registers for tests, made as the services make them. Everything is invented."""

from datetime import date
from io import BytesIO
from uuid import uuid4

from PIL import Image

from hebi_charity.accounts.models import User
from partybranch.models import (
    Honour,
    HonourCitation,
    HonourDossier,
    LeaderWord,
    Person,
    PressReport,
    Ranking,
    Thanks,
)
from partybranch.models.dated import ImpreciseDay, Precision
from partybranch.models.register_row import RegisterRow
from partybranch.services import honour_dossiers, honours, registers
from tests.donations.factories import UserFactory

OCTOBER = ImpreciseDay(date(2021, 10, 1), Precision.MONTH)
YEAR_2022 = ImpreciseDay(date(2022, 1, 1), Precision.YEAR)
UNKNOWN = ImpreciseDay(None, Precision.UNKNOWN)


def the_day(*parts: int) -> ImpreciseDay:
    return ImpreciseDay(date(*parts), Precision.DAY)


def an_honour(
    *, grantors=("省甲厅", "省乙会"), when: ImpreciseDay = OCTOBER, listed_on=None, by: User | None = None, **facts
) -> Honour:
    """An honour of the federation of October 2021 by two bodies, unless said otherwise."""
    values = {
        "title": "先进单位",
        "level": "provincial",
        "nature": "industry",
        "recipient_kind": "federation",
    } | facts
    row = Honour(**values)
    row.set_when(when, listed_on=listed_on)
    return honours.record_honour(row, grantors=list(grantors), by=by or UserFactory(), form_key=uuid4())


def _kept(row: RegisterRow, when: ImpreciseDay, by: User | None) -> RegisterRow:
    row.set_when(when)
    return registers.record_row(row, by=by or UserFactory(), form_key=uuid4())


def a_ranking(*, when: ImpreciseDay = YEAR_2022, by: User | None = None, **facts) -> Ranking:
    values = {"activity": "“99公益日”", "scope": "全省", "metric": "募集资金", "rank": 4, "source": "通报"}
    return _kept(Ranking(**(values | facts)), when, by)


def a_press_report(*, when: ImpreciseDay | None = None, by: User | None = None, **facts) -> PressReport:
    values = {"medium": "某某报", "level": "city", "title": "春风送暖"}
    return _kept(PressReport(**(values | facts)), when or the_day(2022, 11, 21), by)


def leader_words(*, when: ImpreciseDay = YEAR_2022, by: User | None = None, **facts) -> LeaderWord:
    values = {"kind": "praise", "post": "某市领导", "about": "救灾工作", "text": "做得好", "source": "会议纪要"}
    return _kept(LeaderWord(**(values | facts)), when, by)


def some_thanks(*, when: ImpreciseDay | None = None, by: User | None = None, **facts) -> Thanks:
    values = {"kind": "banner", "from_whom": "受助家长", "about": "资助上学"}
    return _kept(Thanks(**(values | facts)), when or the_day(2022, 8, 30), by)


ROWS = {"rankings": a_ranking, "press": a_press_report, "words": leader_words, "thanks": some_thanks}


def a_citation(honour: Honour, *, by: User | None = None, when: ImpreciseDay = YEAR_2022, **facts) -> HonourCitation:
    row = HonourCitation(**({"honour": honour, "cited_in": "年度工作总结"} | facts))
    row.set_when(when)
    return honours.cite_honour(row, by=by or UserFactory(), form_key=uuid4())


def a_dossier(honour: Honour, *, evidence=(), papers=(), application: str = "主要事迹", by=None) -> HonourDossier:
    return honour_dossiers.freeze_dossier(
        honour,
        application=application,
        evidence=list(evidence),
        papers=list(papers),
        by=by or UserFactory(),
        form_key=uuid4(),
    )


def a_picture(name: str = "奖牌.jpg", colour: str = "gold") -> BytesIO:
    content = BytesIO()
    Image.new("RGB", (600, 400), colour).save(content, "JPEG")
    content.name = name
    content.seek(0)
    return content


def rows_that_bind(person: Person) -> None:
    """Of each table of the room a row that holds and one that was withdrawn; an honour that was moved and revoked."""
    held, gone = an_honour(recipient_kind="person", person=person), an_honour(title="登记错的荣誉")
    rows = [make(**facts) for make in ROWS.values() for facts in ({}, {"note": "登记错了"})]
    a_dossier(held, evidence=rows[:1])
    a_citation(held)
    for row in (a_dossier(gone, evidence=rows[:1]), a_citation(gone)):
        honours.withdraw_of_honour(row, by=UserFactory(), reason="录入错误")
    for row in (gone, *rows[1::2]):
        registers.withdraw_row(row, by=UserFactory(), reason="录入错误")
    revoked = honours.move_honour(an_honour(title="被撤销的荣誉"), by=UserFactory(), kept_at="一楼荣誉室")
    honours.revoke_honour(revoked, by=UserFactory(), day=date(2023, 1, 1), reason="复审未通过")
