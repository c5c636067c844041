"""The registers beside the honours: recorded, found, quoted, exported, withdrawn, each in the same way."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from partybranch.models import LeaderWord, PressReport, Ranking, Thanks
from tests.donations.staff import log_in_as
from tests.partybranch.honours.factories import ROWS, a_picture, a_press_report, a_ranking, leader_words, some_thanks

pytestmark = pytest.mark.django_db
TYPED = {
    "rankings": {
        "activity": "“99公益日”",
        "scope": "全省慈善系统",
        "metric": "募集资金",
        "result": "3816.99万元，41.05万人次",
        "rank": "6",
        "when": "2021",
        "source": "通报",
    },
    "press": {"title": "春风送暖", "medium": "某某报", "level": "city", "when": "2022-11-21"},
    "words": {
        "kind": "praise",
        "post": "某市领导",
        "about": "救灾工作",
        "text": "做得好",
        "when": "2022-9",
        "source": "会议纪要",
    },
    "thanks": {"kind": "letter", "from_whom": "受助家长", "about": "资助上学", "when": "20220830"},
}
MODELS = {model.WORD: model for model in (Ranking, PressReport, LeaderWord, Thanks)}
KINDS = sorted(MODELS)


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


def address(name, kind, *pk):
    return reverse(f"partybranch:register_{name}", args=[kind, *pk])


def typed(kind, **changes):
    return {"form_key": str(uuid4())} | TYPED[kind] | changes


@pytest.mark.parametrize("kind", KINDS)
def test_row_is_recorded_once_and_logged(client, organizer, kind):
    values = typed(kind)
    first, again = (client.post(address("create", kind), values) for _ in range(2))
    row = MODELS[kind].objects.get()

    assert first.url == again.url == row.get_absolute_url()
    assert row.recorded_by == organizer
    assert Entry.objects.get(act=f"party.{kind}_recorded").side == "party"


def test_ranking_keeps_year_rank_and_result(client, organizer):
    client.post(address("create", "rankings"), typed("rankings"))
    row = Ranking.objects.get()

    assert (row.rank, row.out_of, row.when(), row.listed_on) == (6, None, "2021年", date(2021, 1, 1))


@pytest.mark.parametrize(
    ("kind", "changes", "field", "sentence"),
    [
        ("rankings", {"rank": "0"}, "rank", "名次应为 1 或更大的整数。"),
        ("rankings", {"rank": "6", "out_of": "5"}, "rank", "名次不能大于参加排名的总数。请核对。"),
        ("rankings", {"when": ""}, "when", "请至少填写年份，例如 2021、2021-10 或 2021-10-15。"),
        ("press", {"link": "见报纸"}, "link", "请复制完整网址，以 http 开头。"),
        ("press", {"link": "javascript:alert(1)"}, "link", "请复制完整网址，以 http 开头。"),
        (
            "press",
            {"when": "2021年2月30日"},
            "when",
            "“2021年2月30日”不是日期。知道多少写多少：2021、2021-10 或 2021-10-15。",
        ),
    ],
)
def test_wrong_field_has_its_sentence_beside_it(client, organizer, kind, changes, field, sentence):
    response = client.post(address("create", kind), typed(kind, **changes))

    assert response.context["form"].errors[field] == [sentence]
    assert not MODELS[kind].objects.exists()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [1, 5])
def test_list_asks_as_often_for_five_as_for_one(client, organizer, kind, count, django_assert_num_queries):
    for number in range(count):
        ROWS[kind](note=f"第{number}")
    client.get(address("list", kind))

    with django_assert_num_queries(6):
        client.get(address("list", kind))


@pytest.mark.parametrize("kind", KINDS)
def test_list_is_searched_and_narrowed_by_year(client, organizer, kind):
    row, other = ROWS[kind](note="慈心一片"), ROWS[kind](note="别的")

    def found(**query):
        return [line.row for line in client.get(address("list", kind), query).context["lines"]]

    assert found(q="慈心") == [row]
    assert set(found(year="2022")) == {row, other}
    assert found(year="2019") == []


def test_sentences_are_ready_to_be_quoted(client, organizer):
    a_ranking(result="3816.99万元，41.05万人次", rank=6, scope="全省慈善系统", out_of=18)
    a_press_report(), leader_words(), some_thanks(text="大爱无疆")

    assert [client.get(address("list", kind)).context["quotes"] for kind in KINDS] == [
        ["2022年11月21日，《某某报》刊发《春风送暖》。"],
        ["2022年，慈善总会在“99公益日”中，募集资金列全省慈善系统第6名（共18家）（3816.99万元，41.05万人次）。"],
        ["2022年8月30日，受助家长送来锦旗，感谢资助上学：“大爱无疆”"],
        ["2022年，某市领导对救灾工作给予肯定：“做得好”（会议纪要）"],
    ]


def test_picture_is_added_and_shown_large(client, organizer):
    row = some_thanks()
    client.post(address("scans", "thanks", row.pk), {"papers": a_picture("锦旗.jpg")})
    page = client.get(row.get_absolute_url()).content.decode()

    assert page.count('class="plaque-picture"') == 1
    assert client.post(address("scans", "thanks", row.pk)).status_code == 422


@pytest.mark.parametrize("kind", KINDS)
def test_secretary_withdraws_with_a_reason_and_it_stays_readable(client, kind):
    log_in_as(client, "branch_secretary")
    row = ROWS[kind]()
    client.post(address("withdraw", kind, row.pk), {"reason": "录入错误"})
    client.post(address("withdraw", kind, row.pk), {"reason": "再一次"})

    row.refresh_from_db()
    assert row.withdrawal_reason == "录入错误"
    assert client.get(address("list", kind)).context["lines"] == []
    assert len(client.get(address("list", kind), {"with_withdrawn": "yes"}).context["lines"]) == 1
    assert "录入错误" in client.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_export_carries_person_and_time_and_is_logged(client, organizer, kind):
    ROWS[kind](), ROWS[kind](note="第二")
    response = client.get(address("export", kind), {"format": "csv"})
    lines = b"".join(response.streaming_content).decode("utf-8-sig").strip().splitlines()

    assert organizer.username in lines[0]
    assert lines[1].startswith("时间,")
    assert len(lines) == 4
    assert Entry.objects.get(act="party.honours_exported").count == 2


@pytest.mark.parametrize("name", ["list", "create", "export"])
def test_another_word_is_no_page(client, organizer, name):
    assert client.get(address(name, "gifts")).status_code == 404
