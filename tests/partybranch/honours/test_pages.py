"""Pages of the honours: the wall, one honour, its dossier and citations, and what is said beside a wrong field."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.files import services as files
from partybranch.models import Honour, HonourDossier
from partybranch.services import registers
from partybranch.work_of_honours import work
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import a_branch, member
from tests.partybranch.honours.factories import (
    OCTOBER,
    UNKNOWN,
    a_citation,
    a_dossier,
    a_picture,
    a_ranking,
    an_honour,
    the_day,
)

pytestmark = pytest.mark.django_db
WALL, NEW = reverse("partybranch:honour_list"), reverse("partybranch:honour_create")


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def secretary(client):
    return log_in_as(client, "branch_secretary")


def typed(**changes):
    """An honour of the branch as the form is filled."""
    values = {
        "form_key": str(uuid4()),
        "title": "全省示范离退休干部党支部",
        "recipient_kind": "federation",
        "grantors": "河南省委组织部\n省老干部局",
        "when": "2021年10月",
        "level": "provincial",
        "nature": "inner",
    }
    return values | changes


def errors_of(response):
    return response.context["form"].errors


def test_honour_is_recorded_with_bodies_in_order_and_the_month_alone(client, organizer):
    branch = a_branch()

    response = client.post(NEW, typed(recipient_kind="branch", branch=branch.pk))

    honour = Honour.objects.get()
    assert response.url == honour.get_absolute_url()
    assert (honour.branch, honour.when(), honour.listed_on) == (branch, "2021年10月", date(2021, 10, 1))
    assert list(honour.grantors.values_list("place", "name")) == [(1, "河南省委组织部"), (2, "省老干部局")]
    assert (honour.recorded_by, Entry.objects.get(act="party.honour_recorded").side) == (organizer, "party")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2021", "2021年"),
        ("2021年", "2021年"),
        ("202110", "2021年10月"),
        ("2021.10", "2021年10月"),
        ("2021。10", "2021年10月"),
        ("2021 年 10 月份", "2021年10月"),
        ("2021年10月15号", "2021年10月15日"),
        ("２０２１－１０", "2021年10月"),
        ("20211015", "2021年10月15日"),
        ("2021年10月15日", "2021年10月15日"),
        ("", "日期不详"),
    ],
)
def test_date_is_kept_as_precisely_as_it_was_written(client, organizer, text, shown):
    client.post(NEW, typed(when=text))

    assert Honour.objects.get().when() == shown


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("去年秋天", "“去年秋天”不是日期。知道多少写多少：2021、2021-10 或 2021-10-15。"),
        ("2021-13", "“2021-13”不是日期。知道多少写多少：2021、2021-10 或 2021-10-15。"),
        ("2190-05", "2190年5月 晚于今天。请核对年份和月份。"),
    ],
)
def test_date_that_cannot_be_is_said_beside_it_and_what_was_typed_stays(client, organizer, text, sentence):
    response = client.post(NEW, typed(when=text))

    assert errors_of(response)["when"] == [sentence]
    assert "河南省委组织部" in response.content.decode()


def test_undated_honour_of_a_year_stands_under_that_year(client, organizer):
    client.post(NEW, typed(when="", period_label="2021年度"))

    assert Honour.objects.get().listed_year == 2021


def test_four_bodies_of_which_two_are_known_become_bodies_and_a_note(client, organizer):
    client.post(NEW, typed(grantors="省民政厅、省慈善总会等四家单位"))

    honour = Honour.objects.get()
    assert [one.name for one in honour.grantors.all()] == ["省民政厅", "省慈善总会"]
    assert honour.grantor_note == "等四家单位"


@pytest.mark.parametrize("number", ["豫组（2021）15号", "豫组[2021]15号", "豫组【2021】15号", "豫组(2021)15"])
def test_number_with_other_brackets_is_asked_about_and_kept_as_chosen(client, organizer, number):
    values = typed(document_no=number)
    asked = client.post(NEW, values)

    assert errors_of(asked)["document_no"] == ["文号通常写成“豫组〔2021〕15号”的样子。请在下面选择怎样保存。"]
    assert "按通常写法：豫组〔2021〕15号" in asked.content.decode()
    client.post(NEW, values | {"document_no_as": "usual"})
    assert Honour.objects.get().document_no == "豫组〔2021〕15号"


def test_number_is_kept_as_typed_when_insisted(client, organizer):
    client.post(NEW, typed(document_no="豫组(2021)15号", document_no_as="typed"))

    assert Honour.objects.get().document_no == "豫组(2021)15号"


def test_usual_number_is_not_asked_about(client, organizer):
    client.post(NEW, typed(document_no="豫组〔2021〕15号"))

    assert Honour.objects.get().document_no == "豫组〔2021〕15号"


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"recipient_kind": "branch"}, "branch", "请选择获得荣誉的党支部。"),
        ({"recipient_kind": "person"}, "person", "请选择获得荣誉的人员；名册中没有的，请先登记人员。"),
        ({"grantors": "  "}, "grantors", "请至少填写一家授予单位。"),
        ({"grantors": "、、"}, "grantors", "请至少填写一家授予单位。"),
        ({"grantors": "省甲厅、省甲厅"}, "grantors", "“省甲厅”写了两次。请去掉一个。"),
        ({"valid_until": "2020-1-1"}, "valid_until", "有效期不能早于授予日期。请核对这两个日期。"),
        ({"review_due_on": "2020-1-1"}, "review_due_on", "复审日期不能早于授予日期。请核对这两个日期。"),
    ],
)
def test_wrong_field_has_its_sentence_beside_it(client, organizer, changes, field, sentence):
    response = client.post(NEW, typed(**changes))

    assert errors_of(response)[field] == [sentence]
    assert not Honour.objects.exists()


def test_same_honour_twice_is_refused_and_two_clicks_make_one(client, organizer):
    values = typed()
    assert client.post(NEW, values).url == client.post(NEW, values).url
    again = client.post(NEW, typed())

    assert errors_of(again)["title"] == ["这项荣誉已经登记过。请先查看荣誉墙。"]
    assert Honour.objects.count() == 1


def test_wall_shows_years_with_pictures_and_drawn_certificates(client, organizer):
    with_picture, without = an_honour(title="示范支部"), an_honour(title="贡献奖", when=the_day(2022, 2, 3))
    unknown = an_honour(title="优秀组织奖", when=UNKNOWN)
    registers.add_scans(with_picture, [a_picture()], by=organizer)
    page = client.get(WALL).content.decode()

    assert page.index("2022 年") < page.index("2021 年") < page.index("日期不详")
    assert page.count("plaque-picture") == 1
    assert page.count('class="plaque-drawn"') == 2
    for honour in (with_picture, without, unknown):
        assert honour.title in page
    assert "2021年10月，" in page


@pytest.mark.parametrize("count", [1, 5])
def test_wall_asks_as_often_for_five_as_for_one(client, organizer, count, django_assert_num_queries):
    for number in range(count):
        honour = an_honour(title=f"荣誉{number}", recipient_kind="person", person=member(name=f"党员{number}"))
        registers.add_scans(honour, [a_picture(colour=["red", "blue", "green", "gold", "white"][number])], by=organizer)
    client.get(WALL)

    with django_assert_num_queries(9):
        client.get(WALL)


@pytest.mark.parametrize("count", [1, 5])
def test_honour_s_page_asks_as_often_for_five_of_everything(client, organizer, count, django_assert_num_queries):
    honour = an_honour()
    rows = [a_ranking(rank=number + 1) for number in range(count)]
    a_dossier(honour, evidence=rows)
    for number in range(count):
        a_citation(honour, cited_in=f"总结{number}")
    client.get(honour.get_absolute_url())

    with django_assert_num_queries(14):
        client.get(honour.get_absolute_url())


def test_wall_is_searched_by_body_title_number_and_narrowed_by_year(client, organizer):
    an_honour(title="示范支部", grantors=["省老干部局"], document_no="豫老〔2021〕7号")
    an_honour(title="贡献奖", grantors=["市委"], when=the_day(2022, 2, 3))

    def found(**query):
        return [card.honour.title for card in client.get(WALL, query).context["cards"]]

    assert found(q="老干部") == found(q="〔2021〕7") == found(year="2021") == ["示范支部"]
    assert found(q="贡献") == ["贡献奖"]
    assert found(q="没有") == []


def test_scan_is_added_on_the_branch_s_side_and_a_wrong_file_is_refused(client, organizer):
    honour = an_honour()
    address = reverse("partybranch:honour_scans", args=[honour.pk])
    client.post(address, {"papers": a_picture("张三的奖状.jpg")})
    client.post(address, {"papers": a_picture(colour="red")})
    heic = a_picture("IMG_1.heic")
    heic.seek(0), heic.truncate(), heic.write(b"\x00\x00\x00\x18ftypheic" + bytes(40)), heic.seek(0)
    refused = client.post(address, {"papers": heic})

    assert [one.name for one in files.attachments_of(honour)] == ["张三的奖状.jpg", "奖牌.jpg"]
    assert refused.status_code == 422
    assert "“IMG_1.heic”：" in refused.context["papers_form"].errors["papers"][0]
    entries = Entry.objects.filter(act=files.PAPER_ADDED)
    assert {entry.side for entry in entries} == {"party"}
    assert not [entry for entry in entries if "张三" in str(entry.changes)]
    assert b"".join(client.get(files.attachments_of(honour)[0].large_url).streaming_content)


def test_evidence_is_frozen_and_later_changes_are_only_told(client, organizer):
    honour, ranking = an_honour(when=the_day(2022, 12, 1)), a_ranking()
    token = f"rankings-{ranking.pk}"
    address = reverse("partybranch:honour_dossier", args=[honour.pk])
    values = {"form_key": str(uuid4()), "application": "救灾事迹", "evidence": [token]}
    response = client.post(address, values | {"papers": a_picture("申报表.jpg")})

    assert response.url == honour.get_absolute_url()
    dossier = HonourDossier.objects.get()
    facts = [item.facts for item in dossier.items.all()]
    assert [item.title for item in dossier.items.all()] == ["申报表.jpg", "2022年：“99公益日”，第4名"]
    assert ["名次", "4"] in facts[1]
    assert dossier.is_whole()
    page = client.get(honour.get_absolute_url()).content.decode()
    assert "申报表.jpg" in page
    assert "原记录后来有变动" not in page


def test_second_dossier_and_empty_one_are_refused(client, organizer):
    honour = an_honour()
    address = reverse("partybranch:honour_dossier", args=[honour.pk])
    empty = client.post(address, {"form_key": str(uuid4())})
    a_dossier(honour)
    second = client.post(address, {"form_key": str(uuid4()), "application": "x"})

    assert errors_of(empty)["application"] == ["请填写申报简述、选择佐证或添加文件，申报材料不能是空的。"]
    assert errors_of(second)["application"] == ["这项荣誉的申报材料已经封存。要重做请先撤销原来的。"]


def test_citation_plaque_and_revocation_are_recorded(client, organizer):
    honour = an_honour()
    client.post(
        reverse("partybranch:honour_cite", args=[honour.pk]),
        {"form_key": str(uuid4()), "cited_in": "2022年度工作总结", "when": "2022-12"},
    )
    client.post(reverse("partybranch:honour_move", args=[honour.pk]), {"kept_at": "三楼东墙"})
    early = client.post(
        reverse("partybranch:honour_revoke", args=[honour.pk]), {"day": "2021-1-1", "reason": "复审未通过"}, follow=True
    )
    assert "撤销日期不能早于授予日期" in early.content.decode()
    client.post(reverse("partybranch:honour_revoke", args=[honour.pk]), {"day": "2023-5-4", "reason": "复审未通过"})

    honour.refresh_from_db()
    assert honour.citations.get().when() == "2022年12月"
    assert (honour.kept_at, honour.moved_by) == ("三楼东墙", organizer)
    assert (honour.revoked_on, honour.revoked_reason, honour.revoked_by) == (date(2023, 5, 4), "复审未通过", organizer)
    assert "2023-05-04 被撤销：复审未通过" in client.get(honour.get_absolute_url()).content.decode()


def test_secretary_withdraws_and_it_stays_readable(client, secretary):
    honour = an_honour()
    citation, dossier = a_citation(honour), a_dossier(honour)
    reason = {"reason": "录入错误"}
    client.post(reverse("partybranch:citation_withdraw", args=[citation.pk]), reason)
    client.post(reverse("partybranch:dossier_withdraw", args=[dossier.pk]), reason)
    client.post(reverse("partybranch:honour_withdraw", args=[honour.pk]), reason)
    again = client.post(reverse("partybranch:honour_withdraw", args=[honour.pk]), reason, follow=True)

    assert "已经撤销或结束" in again.content.decode()
    assert "录入错误" in client.get(honour.get_absolute_url()).content.decode()
    assert honour.title not in [card.honour.title for card in client.get(WALL).context["cards"]]
    assert [card.honour for card in client.get(WALL, {"with_withdrawn": "yes"}).context["cards"]] == [honour]
    assert Entry.objects.filter(act="party.withdrawn", side="party").count() == 3


def test_timeline_holds_everything_in_order(client, organizer):
    an_honour(when=OCTOBER), a_ranking()
    lines = client.get(reverse("partybranch:honour_timeline")).context["lines"]

    assert [line["kind"] for line in lines] == ["排名", "荣誉"]
    assert lines[0]["quote"].startswith("慈善总会在“99公益日”中")
    only = client.get(reverse("partybranch:honour_timeline"), {"year": "2021"}).context["lines"]
    assert [line["kind"] for line in only] == ["荣誉"]


def test_export_carries_person_and_time_and_is_logged(client, organizer):
    an_honour(title="示范支部"), an_honour(title="贡献奖", when=the_day(2022, 2, 3), recorded_by=UserFactory())
    response = client.get(reverse("partybranch:honour_export"), {"format": "csv", "year": "2021"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").strip().splitlines()

    assert f"{organizer.full_name}（{organizer.username}）于 20" in lines[0]
    assert [line.split(",")[1] for line in lines[2:]] == ["示范支部"]
    assert lines[2].startswith("2021年10月,")
    entry = Entry.objects.get(act="party.honours_exported")
    assert (entry.actor, entry.side, entry.count) == (organizer, "party", 1)


def test_review_that_is_due_waits_on_the_start_page_and_leads_to_the_honour(client, organizer):
    today = dates.today()
    due = an_honour(title="示范支部", review_due_on=today + timedelta(days=60))
    an_honour(title="贡献奖", review_due_on=today + timedelta(days=61))
    page = client.get("/").content.decode()

    assert "60 天内需复审或到期的荣誉" in page
    cards = client.get(WALL, {"due": "soon"}).context["cards"]
    assert [card.honour for card in cards] == [due]
    assert work(UserFactory()) == []
