"""The demonstration tells the honours of the newspaper exactly, and no more than it says."""

from datetime import date

import pytest

from partybranch.demo import branch, honours
from partybranch.lists.quoting import quote_of
from partybranch.models import DossierItem, Honour, LeaderWord, PressReport, Ranking, Thanks
from tests.donations.factories import UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)
FEDERATION = "鹤壁市慈善总会"


@pytest.fixture
def loaded(db):
    people = {"secretary": UserFactory(), "organizer": UserFactory()}
    branch.show(people, TODAY)
    honours.show(people, TODAY)
    honours.show(people, TODAY)


def test_honours_are_those_of_the_newspaper_with_months_only(loaded):
    rows = Honour.objects.with_bodies().order_by("pk")

    assert [(row.title, row.period_label, row.bodies(), row.when()) for row in rows] == [
        ("全省示范离退休干部党支部", "", "河南省委组织部、省老干部局", "2021年10月"),
        ("优秀组织奖", "慈善书画主题活动", "省民政厅、省慈善总会等四家单位", "日期不详"),
        ("“99公益日”活动先进单位", "2021年度", "省慈善总会", "日期不详"),
        ("灾后重建贡献奖", "", "鹤壁市委", "2022年2月"),
    ]
    assert {row.document_no + row.certificate_no for row in rows} == {""}
    assert quote_of(rows[3], FEDERATION) == "2022年2月，鹤壁市慈善总会被鹤壁市委授予“灾后重建贡献奖”。"
    assert quote_of(rows[1], FEDERATION) == (
        "鹤壁市慈善总会被省民政厅、省慈善总会等四家单位授予慈善书画主题活动“优秀组织奖”。"
    )


def test_ranks_are_six_and_four(loaded):
    rows = Ranking.objects.order_by("pk")

    assert [(row.rank, row.when(), row.scope, row.result) for row in rows] == [
        (6, "2021年", "全省慈善系统", "3816.99万元，41.05万人次"),
        (4, "2022年", "全省", "7753.67万元，55.43万人次"),
    ]
    assert DossierItem.objects.get().title == "2021年：“99公益日”网络捐赠，第6名"


def test_press_words_and_thanks_are_there_once(loaded):
    assert PressReport.objects.get().when() == "2022年11月21日"
    assert LeaderWord.objects.get().post == "市委书记"
    assert Thanks.objects.count() == 2


def test_without_a_branch_nothing_is_shown(db):
    honours.show({"organizer": UserFactory()}, TODAY)

    assert not Honour.objects.exists()
