"""Nobody outside the branch's roles learns who belongs to it; who has a log-in sees the own record alone."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from hebi_charity.accounts.models import User
from hebi_charity.accounts.role_data import ROLES
from hebi_charity.audit.models import Entry
from hebi_charity.core.registry import search_sources, start_sources, work_sources
from partybranch.models import Body, Branch, Circumstance, Membership, Person, StageChange, Standing, Term
from partybranch.services.people import change_person
from tests.donations.factories import UserFactory
from tests.donations.staff import BACKEND, log_in_as, person
from tests.partybranch.factories import a_branch, circumstance, member, stage, term

pytestmark = pytest.mark.django_db
PARTY = ("branch_secretary", "organisation_member")
OUTSIDE = [role.code for role in ROLES if role.code not in PARTY]
NAME, PHONE, BRANCH = "慕容雪松", "13800009876", "离退休干部第九党支部"


@pytest.fixture
def somebody(db):
    """A member with everything that could leak."""
    a_branch(BRANCH)
    found = member(name=NAME, phone=PHONE, stage_on=date(1976, 6, 30), admitted_on=None, post="原粮食局局长")
    term(found)
    circumstance(found, "mobile", reason="随子女居住郑州市")
    return found


def leaks(text: str) -> list[str]:
    return [word for word in (NAME, PHONE, BRANCH, "原粮食局局长", "郑州市", "支部书记") if word in text]


@pytest.mark.parametrize("role", [*OUTSIDE, None])
def test_nothing_of_membership_is_seen_outside_the_branch(client, somebody, role):
    if role:
        log_in_as(client, role)
    else:
        client.force_login(UserFactory(), backend=BACKEND)
    pages = ["/", "/search/?q=慕容", "/search/?q=9876", "/search/?q=mrxs", "/jobs/", "/work/count/"]
    pages += ["/audit/", "/audit/export/", f"/audit/?record=支部人员 {somebody.pk}"]
    pages += [
        somebody.get_absolute_url(),
        "/party/",
        "/party/export/",
        "/party/medal/",
        "/party/branches/",
        "/party/own/",
    ]

    for page in pages:
        response = client.get(page)
        text = b"".join(response) if response.streaming else response.content
        assert leaks(text.decode(errors="ignore")) == [], page


@pytest.mark.parametrize("role", OUTSIDE)
def test_registries_give_nothing_to_other_roles(somebody, role):
    user = person(role)

    hits = [hit for source in search_sources for hit in source(user, "慕容")]
    panels = [str(source(user)) for source in start_sources] + [str(source(user)) for source in work_sources]

    assert hits == []
    assert [word for panel in panels for word in ("/party/", "党员", NAME) if word in panel] == []


@pytest.mark.parametrize("role", OUTSIDE)
@pytest.mark.parametrize("model", [Body, Branch, Circumstance, Membership, Person, StageChange, Standing, Term])
def test_rows_are_visible_to_the_branch_s_roles_alone(somebody, role, model):
    rows = getattr(model.objects, "visible_to", None)
    assert rows is not None
    assert not rows(person(role)).exists()


@pytest.mark.parametrize("role", PARTY)
def test_branch_s_roles_find_the_person_in_search_and_figures_on_the_start_page(client, somebody, role):
    log_in_as(client, role)

    assert NAME in client.get("/search/?q=慕容").content.decode()
    assert NAME in client.get("/search/?q=mrxs").content.decode()
    page = client.get("/").content.decode()
    assert "党员（人）" in page
    assert "查看支部党员名册（今天或任意一天）" in page


def test_start_page_of_an_empty_branch_says_what_to_do_first(client):
    log_in_as(client, "organisation_member")
    assert "先登记党支部，再登记党员" in client.get("/").content.decode()
    a_branch()
    assert "登记第一位党员" in client.get("/").content.decode()
    member()
    assert "登记第一位党员" not in client.get("/").content.decode()


def test_secretary_reads_the_branch_s_side_of_the_log_and_nothing_of_the_charity(client, somebody):
    log_in_as(client, "branch_secretary")
    Entry.objects.create(act="fund.made", object_type="donations.fund", object_id=1, object_label="F001")

    page = client.get("/audit/").content.decode()

    assert f"支部人员 {somebody.pk}" in page
    assert "F001" not in page


def own_page(client, user):
    client.force_login(user, backend=BACKEND)
    return client.get(reverse("partybranch:own"))


def test_who_has_a_log_in_sees_the_own_record_and_nothing_of_others(client, somebody):
    user = UserFactory()
    change_person(somebody, by=UserFactory(), reason="关联", account=user)
    other = member(name="李四")

    page = own_page(client, user).content.decode()

    assert NAME in page
    assert "1976-06-30" in page
    assert PHONE not in page
    assert "李四" not in page
    assert "登记错了" not in page
    assert client.get(somebody.get_absolute_url()).status_code == 403
    assert client.get(other.get_absolute_url()).status_code == 403
    assert "查看我在党支部的信息" in client.get("/").content.decode()


def test_notes_of_the_secretary_are_not_shown_to_the_person(client, somebody):
    user = UserFactory()
    changes = {"account": user, "note": "脾气急，宜先电话沟通"}
    change_person(somebody, by=UserFactory(), reason="关联", **changes)
    circumstance(somebody, "lost", reason="三次电话无人接听")
    page = own_page(client, user).content.decode()

    assert "随子女居住郑州市" in page  # why the person counts as mobile is the person's own
    assert "失联" in page
    assert "脾气急" not in page
    assert "三次电话" not in page
    log_in_as(client, "branch_secretary")
    page = client.get(somebody.get_absolute_url()).content.decode()
    assert "脾气急，宜先电话沟通" in page
    assert "三次电话无人接听" in page


def test_who_is_not_recorded_finds_no_own_record(client, somebody):
    assert own_page(client, UserFactory()).status_code == 404
    assert "查看我在党支部的信息" not in client.get("/").content.decode()


def test_own_record_of_one_whose_membership_ended_says_only_what_was(client, somebody):
    user = UserFactory()
    change_person(somebody, by=UserFactory(), reason="关联", account=user)
    stage(somebody, "removed", date(2024, 1, 1), basis="支部党员大会决议")

    assert own_page(client, user).status_code == 200


def exported(client, kind):
    response = client.get(reverse("partybranch:export"), {"format": kind, "q": "慕容"})
    content = b"".join(response.streaming_content)
    if kind == "csv":
        return content.decode("utf-8-sig")
    sheet = openpyxl.load_workbook(BytesIO(content)).worksheets[0]
    return "\n".join(",".join(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_file_carries_person_and_time_and_is_logged_on_the_branch_s_side(client, somebody, kind):
    user = log_in_as(client, "organisation_member")
    member(name="李四")

    text = exported(client, kind)
    mark, head, line = text.strip().splitlines()[:3]

    assert f"{user.full_name}（{user.username}）于 20" in mark
    assert "仅供党支部内部工作使用" in mark
    assert head.startswith("姓名,性别,出生年月,党支部")
    assert line.startswith(NAME)
    assert "1976-06-30" in line
    assert PHONE not in text
    assert "李四" not in text
    entry = Entry.objects.get(act="party.roll_exported")
    assert (entry.actor, entry.side, entry.count) == (user, "party", 1)
    assert "慕容雪" not in entry.reason


@pytest.mark.parametrize(("role", "is_named"), [("administrator", True), ("auditor", False), ("leadership", False)])
def test_page_of_posts_names_the_branch_s_secretary_to_whoever_grants_posts_alone(client, role, is_named):
    User.objects.filter(pk=person("branch_secretary").pk).update(full_name="慕容书清")
    log_in_as(client, role)
    held = "<dt>党支部书记</dt><dd>慕容书清</dd>"

    page = client.get(reverse("accounts:posts")).content.decode()

    assert (held in page) is is_named
    assert ("<dt>党支部书记</dt>" in page) is is_named
