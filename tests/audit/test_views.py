"""The log's search page, who sees what of it, and the history of a record."""

from datetime import date, timedelta

import pytest
from django.template import Context, Template
from django.urls import reverse

from hebi_charity.accounts.models import User
from hebi_charity.audit import services
from hebi_charity.audit.history import history_of
from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from tests.audit.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor():
    return make_person("auditor1", "audit.view_entry", "audit.export_entry")


@pytest.fixture
def web(client, auditor):
    client.force_login(auditor, backend="hebi_charity.accounts.backends.RoleBackend")
    return client


def shown(web, **query):
    return [entry.act for entry in web.get(reverse("audit:list"), query).context["object_list"]]


def test_list_shows_newest_first_and_nothing_of_the_party(web):
    services.record(None, "x.first", None)
    services.record(None, "x.party", None, side="party")
    services.record(None, "x.second", None)

    assert shown(web) == ["x.second", "x.first"]


def test_list_is_refused_to_who_may_read_no_side(client):
    client.force_login(make_person("clerk"), backend="hebi_charity.accounts.backends.RoleBackend")

    assert client.get(reverse("audit:list")).status_code == 403
    assert client.get(reverse("audit:export")).status_code == 403


def test_administrator_reads_what_concerns_accounts_only(client):
    admin = make_person("admin1", "audit.view_account_entries")
    services.record(None, "accounts.role_granted", admin)
    services.record(None, "x.other", None)
    client.force_login(admin, backend="hebi_charity.accounts.backends.RoleBackend")

    assert shown(client, record="人") == []
    assert "x.other" not in shown(client)
    assert "accounts.role_granted" in shown(client)
    assert client.get(reverse("audit:export")).status_code == 403


def test_filters_find_by_person_act_record_and_day(web, auditor):
    other = make_person("zhang")
    services.record(other, "x.done", other)
    services.record(auditor, "jobs.done", None)
    Entry.objects.create(act="x.gift", object_type="donations.donation", object_label="2022-000017")
    today, yesterday = dates.today(), dates.today() - timedelta(days=1)

    assert shown(web, person="zha") == ["x.done"]
    assert shown(web, act=services.VIEWED) == []
    assert shown(web, record="2022-0000") == ["x.gift"]
    assert shown(web, since=f"{today:%Y%m%d}", until=f"{today:%Y%m%d}") == ["x.gift", "jobs.done", "x.done"]
    assert shown(web, until=f"{yesterday:%Y%m%d}") == []


def test_filter_that_makes_no_sense_says_so_and_finds_nothing(web):
    services.record(None, "x.done", None)

    response = web.get(reverse("audit:list"), {"since": "20220930", "until": "20220901"})

    assert "截止日期早于起始日期" in response.content.decode()
    assert response.context["object_list"] == []


def test_list_pages_by_key(web):
    for number in range(120):
        services.record(None, f"x.{number}", None)

    first = web.get(reverse("audit:list"))
    second = web.get(f"{reverse('audit:list')}?{first.context['page'].next_query}")

    assert [entry.act for entry in first.context["object_list"]] == [f"x.{n}" for n in range(119, 69, -1)]
    assert [entry.act for entry in second.context["object_list"]] == [f"x.{n}" for n in range(69, 19, -1)]


@pytest.mark.parametrize("count", [1, 5])
def test_list_reads_the_log_in_one_query(web, auditor, count, django_assert_max_num_queries):
    for _ in range(count):
        services.record(auditor, "x.done", auditor)

    with django_assert_max_num_queries(12) as counted:
        web.get(reverse("audit:list"))

    assert len([query for query in counted.captured_queries if 'FROM "audit_entry"' in query["sql"]]) == 1


def test_looks_at_personal_data_are_found(web, auditor):
    services.record(None, "x.done", None)
    services.record_view(auditor, auditor, reason="捐赠人来电核对")

    response = web.get(reverse("audit:list"), {"act": services.VIEWED})

    assert [entry.act for entry in response.context["object_list"]] == [services.VIEWED]
    assert "捐赠人来电核对" in response.content.decode()
    assert "查看了完整个人信息" in response.content.decode()


def test_export_gives_what_is_filtered_and_is_logged(web, auditor):
    services.record(auditor, "x.done", auditor, changes={"is_active": (True, False)}, reason="=1+1")
    services.record(None, "x.other", None)

    response = web.get(reverse("audit:export"), {"person": "auditor1"})
    table = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()

    assert len(table) == 4  # the mark, the headings, and two acts: the export itself is an act of the auditor
    assert table[0] == "演示系统 · 数据均为虚构"
    assert "是 → 否" in table[2]
    assert "'=1+1" in table[2]
    entry = Entry.objects.get(act=services.EXPORTED)
    assert (entry.actor, entry.count) == (auditor, 1)


def test_history_of_a_record_is_told_in_words(auditor, monkeypatch):
    monkeypatch.setattr(User, "PERSONAL_FIELDS", {"username": lambda text: "a***"}, raising=False)
    services.record(None, "x.other", make_person("other"))
    services.record(
        auditor,
        services.VIEWED,
        auditor,
        changes={"username": ("anna", "bert"), "is_active": (True, False), "left_on": (None, date(2026, 1, 2))},
        reason="核对",
    )
    services.record_bulk(None, "x.bulk", auditor, count=49691, sums={"CNY": "4761028.68"})

    first, second = history_of(auditor)

    assert (first.by, first.act, first.reason) == (auditor, "查看了完整个人信息", "核对")
    labels = [str(User._meta.get_field(name).verbose_name) for name in ("username", "is_active", "left_on")]
    assert sorted(first.changes) == sorted(
        [(labels[0], "a***", "a***"), (labels[1], "是", "否"), (labels[2], "—", "2026-01-02")]
    )
    assert (second.by, second.act, second.extent) == ("系统自动", "x.bulk", "49,691 条，4,761,028.68元")


def test_history_part_of_a_page(auditor):
    services.record(auditor, "x.done", auditor)

    page = Template("{% include 'audit/_history.html' with row=row %}").render(Context({"row": auditor}))

    assert "auditor1" in page
    assert "x.done" in page


def test_entry_of_a_vanished_kind_is_still_readable(web):
    Entry.objects.create(act="x.done", object_type="gone.model", object_id=1, object_label="G-1")
    Entry.objects.create(act="x.done", object_type="contenttypes.contenttype", object_id=1)

    assert web.get(reverse("audit:list")).status_code == 200


def test_day_of_search_is_a_day_of_shanghai(web):
    entry = services.record(None, "x.done", None)

    assert shown(web, since=entry.on.strftime("%Y%m%d")) == ["x.done"]
    assert shown(web, since=(entry.on + timedelta(days=1)).strftime("%Y%m%d")) == []
