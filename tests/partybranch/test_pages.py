"""Pages of the branch: recording with its refusals beside the field, the record, numbers in full, ends, withdrawals."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core import dates
from hebi_charity.core.identifiers import resident_check_digit
from partybranch.models import Branch, Membership, Person
from partybranch.services.belonging import transfer_out
from partybranch.services.honours import revoke_honour
from partybranch.services.people import change_person
from partybranch.services.registers import withdraw_row
from tests.donations.factories import UserFactory
from tests.donations.staff import log_in_as
from tests.partybranch.factories import (
    FOUNDED,
    a_body,
    a_branch,
    applicant,
    circumstance,
    member,
    stage,
    standing,
    term,
    withdraw,
)
from tests.partybranch.honours.factories import an_honour, the_day
from tests.partybranch.sending import as_sent

pytestmark = pytest.mark.django_db
PHONE = "13800009876"
FIRST = "41060019500101001"
RESIDENT_ID = FIRST + resident_check_digit(FIRST)


@pytest.fixture
def organizer(client):
    return log_in_as(client, "organisation_member")


@pytest.fixture
def secretary(client):
    return log_in_as(client, "branch_secretary")


def tomorrow() -> str:
    return (dates.today() + timedelta(days=1)).isoformat()


def typed(**changes):
    """A full member as the form is filled."""
    values = {
        "form_key": str(uuid4()),
        "name": "周小满",
        "stage": "full",
        "admitted_on": "1990-7-1",
        "stage_on": "1991.7.1",
        "branch": (Branch.objects.first() or a_branch()).pk,
        "arrival": "founded",
        "starts_on": "20120301",
    }
    return values | changes


def post(client, page, pk, **data):
    return client.post(reverse(f"partybranch:{page}", args=[pk]), {"form_key": str(uuid4())} | data)


def errors(response) -> dict[str, list[str]]:
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def test_member_is_recorded_with_both_days(client, organizer):
    response = client.post(reverse("partybranch:person_create"), typed(birth_month="195002", phone=PHONE))

    person = Person.objects.get()
    assert response.url == person.get_absolute_url()
    assert list(person.stage_changes.values_list("stage", "on", "recorded_by")) == [
        ("probationary", date(1990, 7, 1), organizer.pk),
        ("full", date(1991, 7, 1), organizer.pk),
    ]
    assert person.birth_month == date(1950, 2, 1)


def test_same_form_posted_twice_records_one_person(client, organizer):
    data = typed()

    first = client.post(reverse("partybranch:person_create"), data)
    second = client.post(reverse("partybranch:person_create"), data)

    assert first.url == second.url
    assert Person.objects.count() == 1


def test_staff_who_study_are_recorded_without_a_stage(client, organizer):
    client.post(reverse("partybranch:person_create"), typed(stage="", admitted_on="", stage_on=""))

    assert Membership.objects.get().capacity == "study"
    assert Person.objects.get().stage_changes.count() == 0


@pytest.mark.parametrize(
    ("changes", "place", "sentence"),
    [
        ({"stage_on": "1989-7-1"}, "stage_on", "转正日期不能早于入党日期。请核对这两个日期。"),
        (
            {"admitted_on": ""},
            "admitted_on",
            "转正不能早于入党。请先填写入党日期；只有 1969 年 4 月至 1977 年 8 月入党没有预备期。",
        ),
        ({"stage_on": ""}, "stage_on", "请填写进入这一阶段的日期。"),
        ({"starts_on": "1999-1-1"}, "starts_on", "这一天党支部尚未成立或已撤销。请核对日期和党支部。"),
        ({"arrival": "transfer"}, "came_from", "请填写从哪个党支部转入。"),
        ({"name": " "}, "name", "请填写姓名。"),
        ({"birth_month": "2050-01"}, "birth_month", "出生年月不对，请核对年份。"),
        ({"birth_month": "五零年"}, "birth_month", "“五零年”不是月份。请写成 2026-03。"),
        ({"phone": "1380000987"}, "phone", "手机号码应为 11 位，现在是 10 位。请核对。"),
        ({"identifier": RESIDENT_ID[:-1]}, "identifier", "身份证号应为 18 位，现在是 17 位。请核对。"),
    ],
)
def test_impossible_person_is_refused_beside_the_field_and_what_was_typed_is_kept(
    client, organizer, changes, place, sentence
):
    response = client.post(reverse("partybranch:person_create"), typed(post="原科长", **changes))

    assert errors(response) == {place: [sentence]}
    assert response.context["form"]["post"].value() == "原科长"
    assert Person.objects.count() == 0


def test_day_to_come_is_refused_beside_the_field(client, organizer):
    response = client.post(reverse("partybranch:person_create"), typed(starts_on=tomorrow()))

    assert errors(response) == {"starts_on": [f"{tomorrow()} 晚于今天。请核对年份和月份。"]}


def test_namesake_is_asked_about_and_saved_when_told(client, organizer):
    member(name="周小满")

    asked = client.post(reverse("partybranch:person_create"), typed())
    assert "已登记过同名人员" in asked.content.decode()
    assert Person.objects.count() == 1

    client.post(reverse("partybranch:person_create"), typed(not_same="on"))
    assert Person.objects.count() == 2


def test_known_identity_card_is_refused_beside_the_field(client, organizer):
    member(identifier=RESIDENT_ID)

    response = client.post(reverse("partybranch:person_create"), typed(identifier=RESIDENT_ID))

    assert errors(response) == {"identifier": ["已有人员使用这个身份证号。请核对是否重复登记。"]}


def test_numbers_are_masked_until_a_reason_is_logged_on_the_branch_s_side(client, organizer):
    person = member(phone=PHONE, identifier=RESIDENT_ID)

    page = client.get(person.get_absolute_url()).content.decode()
    assert "138****9876" in page
    assert PHONE not in page
    assert RESIDENT_ID not in page

    response = post(client, "person_reveal", person.pk, reason="电话通知开会")
    assert PHONE in response.content.decode()
    assert RESIDENT_ID in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    entry = Entry.objects.reveals().get()
    assert (entry.actor, entry.side, entry.reason) == (organizer, "party", "电话通知开会")


def test_numbers_stay_masked_without_a_reason(client, organizer):
    person = member(phone=PHONE)

    page = post(client, "person_reveal", person.pk, reason=" ").content.decode()

    assert PHONE not in page
    assert Entry.objects.reveals().count() == 0


def test_correction_keeps_what_is_left_empty_and_gives_a_log_in(client, organizer):
    person, account = member(phone=PHONE), UserFactory()
    data = {"name": "张建国", "account": account.pk, "reason": "关联登录账号"}

    post(client, "person_update", person.pk, **data)

    person.refresh_from_db()
    assert (person.phone, person.account) == (PHONE, account)
    entry = Entry.objects.get(act="party.person_changed")
    assert (entry.changes, entry.reason) == ({"account": [None, account.username]}, "关联登录账号")


def test_old_page_of_a_person_writes_only_what_was_changed_on_it_and_tells_what_both_changed(client, organizer):
    person = member(post="教师", birth_month=date(1952, 6, 1))
    opened = as_sent(client.get(reverse("partybranch:person_update", args=[person.pk])).context["form"])
    account = UserFactory()
    change_person(person, by=UserFactory(), reason="核对", post="原副校长", account=account)

    post(client, "person_update", person.pk, **(opened | {"note": "住校内", "reason": "补充"}))
    person.refresh_from_db()
    assert (person.post, person.account, person.note) == ("原副校长", account, "住校内")

    response = post(client, "person_update", person.pk, **(opened | {"post": "原校长", "reason": "更正"}))
    assert set(errors(response)) == {"__all__", "post"}
    assert "“原副校长”" in errors(response)["post"][0]
    assert Person.objects.get(pk=person.pk).post == "原副校长"
    post(client, "person_update", person.pk, **as_sent(response.context["form"]))
    assert Person.objects.get(pk=person.pk).post == "原校长"


def test_log_in_of_another_person_is_refused_beside_the_field(client, organizer):
    account = UserFactory()
    post(client, "person_update", member().pk, name="张建国", account=account.pk, reason="关联")

    response = post(client, "person_update", member(name="李四").pk, name="李四", account=account.pk, reason="关联")

    assert errors(response) == {"account": ["“本人的登录账号”已被使用。请改填其他内容，或查找已有的记录。"]}


def test_number_is_removed_when_ticked_and_not_both_typed_and_removed(client, organizer):
    person = member(phone=PHONE)

    both = post(client, "person_update", person.pk, name="张建国", phone=PHONE, forget="phone", reason="号码停用")
    assert errors(both) == {"phone": ["要么填写新的号码，要么勾选删除，不能同时进行。"]} or "phone" in errors(both)
    post(client, "person_update", person.pk, name="张建国", forget="phone", reason="号码停用")

    person.refresh_from_db()
    assert (person.phone, person.phone_tail) == ("", "")


def test_nothing_changed_writes_nothing(client, organizer):
    person = member()

    post(client, "person_update", person.pk, name="张建国", reason="看看")

    assert Entry.objects.filter(act="party.person_changed").count() == 0


def test_stage_is_recorded_on_its_page(client, organizer):
    person = applicant(date(2024, 1, 5))

    response = post(client, "person_stage", person.pk, stage="activist", on="2024-9-1", basis="支委会研究决定")

    assert response.url == person.get_absolute_url()
    assert "支委会研究决定" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("data", "place", "sentence"),
    [
        ({"stage": "full", "on": "2024-6-1"}, "on", "转正不能早于入党"),
        ({"stage": "activist", "on": "2020-1-1"}, "on", "这个阶段与前后已登记的阶段不衔接"),
        ({"stage": "applicant", "on": "2024-1-5"}, "on", "这一天已登记过这个阶段。"),
        ({"stage": "removed", "on": "2024-6-1"}, "basis", "请填写所依据的决议或文件。"),
        ({"stage": "deceased", "on": "2024-1-5", "basis": "因病"}, "on", "结束日期必须晚于开始日期"),
    ],
)
def test_stage_that_cannot_be_is_refused_beside_the_field(client, organizer, data, place, sentence):
    person = applicant(date(2024, 1, 5))

    response = post(client, "person_stage", person.pk, **data)

    assert list(errors(response)) == [place]
    assert sentence in errors(response)[place][0]
    assert person.stage_changes.count() == 1


def test_person_in_no_branch_gets_a_sentence_instead_of_a_stage(client, organizer):
    person = member()
    transfer_out(person, by=organizer, day=date(2024, 1, 1), went_to="某社区党支部")

    response = post(client, "person_stage", person.pk, stage="removed", on="2024-6-1", basis="决议")

    assert errors(response) == {"stage": ["此人目前不在任何党支部。请先登记转入。"]}


def test_member_is_transferred_out_and_into_another_branch(client, organizer):
    person, other = member(), a_branch()

    post(client, "person_transfer_out", person.pk, day="2024-1-1", went_to="某社区党支部")
    assert "不在今天的名册中" in client.get(person.get_absolute_url()).content.decode()
    facts = {"starts_on": "2025-1-1", "arrival": "transfer", "came_from": "某社区党支部", "letter_no": "鹤字12号"}
    post(client, "person_transfer_in", person.pk, branch=other.pk, **facts)

    stay = person.memberships.open().get()
    assert (stay.branch, stay.came_from, stay.letter_no) == (other, "某社区党支部", "鹤字12号")


@pytest.mark.parametrize(
    ("data", "place", "sentence"),
    [
        ({"day": "2009-12-31", "went_to": "某支部"}, "day", "结束日期必须晚于开始日期"),
        ({"day": "2024-1-1", "went_to": " "}, "went_to", "请填写转到哪个党支部。"),
        ({"day": "", "went_to": "某支部"}, "day", "请填写日期"),
    ],
)
def test_transfer_out_that_cannot_be_is_refused_beside_the_field(client, organizer, data, place, sentence):
    person = member()

    response = post(client, "person_transfer_out", person.pk, **data)

    assert list(errors(response)) == [place]
    assert sentence in errors(response)[place][0]
    assert response.context["form"]["day"].value() == data["day"]


def test_nobody_is_taken_into_two_branches_at_once(client, organizer):
    person, other = member(), a_branch()

    response = post(
        client,
        "person_transfer_in",
        person.pk,
        branch=other.pk,
        starts_on="2024-1-1",
        arrival="transfer",
        came_from="某支部",
    )

    assert errors(response) == {
        "starts_on": ["这段时间此人已在一个党支部的名册中，不能同时在两个支部。请先办理转出，或核对日期。"]
    }
    assert response.context["form"]["came_from"].value() == "某支部"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"kind": "mobile", "starts_on": "2024-1-1"}, "reason"),
        ({"kind": "exempt", "starts_on": "2021-1-1", "reason": "患病"}, "starts_on"),
    ],
)
def test_circumstance_that_cannot_be_is_refused_beside_the_field(client, organizer, data, place):
    person = member()
    circumstance(person, "exempt", date(2020, 1, 1), "患病")

    response = post(client, "person_circumstance", person.pk, **data)

    assert list(errors(response)) == [place]


def test_circumstance_is_recorded_ended_and_withdrawn(client, secretary):
    person = member()
    post(client, "person_circumstance", person.pk, kind="exempt", starts_on="2024-1-1", reason="行动不便")
    row = person.circumstances.get()

    client.post(reverse("partybranch:row_end", args=["circumstances", row.pk]), {"day": "2025-1-1"})
    row.refresh_from_db()
    assert (row.ends_on, row.ended_by) == (date(2025, 1, 1), secretary)

    page = client.post(
        reverse("partybranch:row_withdraw", args=["circumstances", row.pk]), {"reason": "登记错了人"}, follow=True
    ).content.decode()
    assert f"{secretary.full_name}已撤销：登记错了人" in page


@pytest.mark.parametrize(("day", "sentence"), [("2019-1-1", "结束日期必须晚于开始日期"), ("", "请填写日期")])
def test_end_that_cannot_be_is_said_on_the_page_that_follows(client, organizer, day, sentence):
    row = circumstance(member())

    page = client.post(reverse("partybranch:row_end", args=["circumstances", row.pk]), {"day": day}, follow=True)

    assert sentence in page.content.decode()
    row.refresh_from_db()
    assert row.ends_on is None


def test_what_is_withdrawn_twice_gets_a_sentence(client, secretary):
    row = withdraw(circumstance(member()))

    page = client.post(
        reverse("partybranch:row_withdraw", args=["circumstances", row.pk]), {"reason": "x"}, follow=True
    )

    assert "这条记录已经撤销或结束。请刷新页面。" in page.content.decode()


def test_withdrawal_needs_a_reason(client, secretary):
    row = circumstance(member())

    client.post(reverse("partybranch:row_withdraw", args=["circumstances", row.pk]), {"reason": " "})

    row.refresh_from_db()
    assert not row.is_withdrawn()


def test_earlier_stage_is_not_withdrawn_before_the_later_one(client, secretary):
    person = member()
    first = person.stage_changes.get(stage="probationary")

    page = client.post(reverse("partybranch:row_withdraw", args=["stages", first.pk]), {"reason": "x"}, follow=True)

    assert "后面的阶段以这一条为前提。请先撤销后面的阶段。" in page.content.decode()


def test_withdrawal_of_what_ended_the_membership_says_that_the_stay_is_to_be_withdrawn_too(client, secretary):
    a_branch()
    person = member()
    row, plain = stage(person, "removed", date(2024, 1, 1)), person.stage_changes.get(stage="full")
    hint = "请把这段在支部的记录也撤销，再重新登记"

    pages = [
        client.post(reverse("partybranch:row_withdraw", args=["stages", one.pk]), {"reason": "登记错误"}, follow=True)
        for one in (row, plain)
    ]

    assert [hint in page.content.decode() for page in pages] == [True, False]


def test_organisation_member_records_but_does_not_withdraw(client, organizer):
    row = circumstance(member())

    response = client.post(reverse("partybranch:row_withdraw", args=["circumstances", row.pk]), {"reason": "x"})

    assert response.status_code == 403
    assert "登记错了：撤销" not in client.get(row.person.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "address", ["/party/records/stays/1/end/", "/party/records/stages/1/end/", "/party/records/x/1/end/"]
)
def test_only_what_lasts_and_is_no_stay_is_ended_by_itself(client, organizer, address):
    assert client.post(address, {"day": "2024-1-1"}).status_code == 404


def test_post_is_recorded_in_the_committee(client, organizer):
    branch = a_branch()
    committee, person = a_body(branch, "committee", "支委会"), member()

    post(
        client, "person_term", person.pk, post="secretary", body=committee.pk, starts_on="2024-3-15", due_on="2027-3-15"
    )

    page = client.get(branch.get_absolute_url()).content.decode()
    assert "支部书记" in page
    assert person.name in page
    assert "2027-03-15" in page


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({"post": "group_leader", "starts_on": "2024-1-1"}, "body"),
        ({"post": "secretary", "starts_on": "2005-1-1"}, "starts_on"),
        ({"post": "secretary", "starts_on": "2024-1-1", "due_on": "2023-1-1"}, "due_on"),
        ({"post": "publicity", "starts_on": "2024-1-1"}, "post"),
    ],
)
def test_post_that_cannot_be_is_refused_beside_the_field(client, organizer, data, place):
    person = member()
    term(member(name="李四"), "publicity")

    response = post(client, "person_term", person.pk, **data)

    assert list(errors(response)) == [place]


@pytest.mark.parametrize(
    ("groups", "code", "found"),
    [
        (1, "group_leader", "第1党小组"),
        (1, "secretary", "支委会"),
        (2, "secretary", "支委会"),
        (2, "group_leader", None),
        (0, "group_leader", None),
    ],
)
def test_body_of_a_post_is_found_where_only_one_fits(client, organizer, groups, code, found):
    branch, person = a_branch(), member()
    a_body(branch, "committee", "支委会")
    for number in range(groups):
        a_body(branch, name=f"第{number + 1}党小组")

    response = post(client, "person_term", person.pk, post=code, starts_on="2024-3-15")

    if found:
        assert person.terms.get().body.name == found
    else:
        assert errors(response) == {"body": ["请选择党小组。"]}


def test_post_of_somebody_in_no_branch_is_refused(client, organizer):
    person = member()
    transfer_out(person, by=organizer, day=date(2024, 1, 1), went_to="某社区党支部")

    response = post(client, "person_term", person.pk, post="secretary", starts_on="2024-6-1")

    assert errors(response) == {"__all__": ["此人目前不在任何党支部。请先登记转入。"]}


def test_beginning_of_the_standing_is_set_once(client, organizer):
    person = member()

    post(client, "person_standing", person.pk, standing_from="1975-3-8", reason="组织部门文件")
    again = post(client, "person_standing", person.pk, standing_from="1974-3-8", reason="组织部门文件")

    assert person.standings.get().standing_from == date(1975, 3, 8)
    assert errors(again) == {"standing_from": ["此人已设定党龄起算日期。请先撤销原来的记录。"]}


def test_branch_is_recorded_changed_and_given_a_group_that_ends(client, organizer):
    data = {"form_key": str(uuid4()), "name": "离退休干部党支部", "founded_on": "2012-3-1"}
    client.post(reverse("partybranch:branch_create"), data)
    branch = Branch.objects.get()

    post(client, "branch_update", branch.pk, name="离退休第一党支部", founded_on="2012-3-1")
    post(client, "body_create", branch.pk, kind="group", name="第一党小组", founded_on="2012-3-1")
    post(client, "body_dissolve", branch.bodies.get().pk, day="2020-1-1")

    branch.refresh_from_db()
    assert (branch.name, branch.bodies.get().dissolved_on) == ("离退休第一党支部", date(2020, 1, 1))
    assert "离退休第一党支部" in client.get(reverse("partybranch:branch_list")).content.decode()


def test_group_with_a_leader_is_not_dissolved(client, organizer):
    body = a_body(a_branch())
    term(member(), "group_leader", body=body)

    page = client.post(reverse("partybranch:body_dissolve", args=[body.pk]), {"day": "2024-1-1"}, follow=True)

    assert "其中还有人任职。请先登记这些任职的结束日期。" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("branch_update", {"name": "x", "founded_on": "2012-1-1", "dissolved_on": "2011-1-1"}, "dissolved_on"),
        ("branch_update", {"name": "已有党支部", "founded_on": "2012-1-1"}, "name"),
        ("body_create", {"kind": "group", "name": "第一党小组", "founded_on": "2012-1-1"}, "name"),
        ("body_create", {"kind": "committee", "name": "新支委会", "founded_on": "2012-1-1"}, "kind"),
    ],
)
def test_branch_or_body_that_cannot_be_is_refused_beside_the_field(client, organizer, name, data, place):
    a_branch("已有党支部")
    branch = a_branch()
    a_body(branch), a_body(branch, "committee", "支委会")

    response = post(client, name, branch.pk, **data)

    assert list(errors(response)) == [place]


def test_branch_without_a_committee_shows_its_secretary(client, organizer):
    branch = a_branch()
    term(member(), "secretary")

    assert "支部任职（未设支委会）" in client.get(branch.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_record_page_query_count_does_not_grow(client, secretary, count, django_assert_num_queries):
    person = member()
    for number in range(count):
        row = circumstance(person, "exempt", date(2012 + number, 1, 1), "患病")
        withdraw(row)
        an_honour(title=f"优秀共产党员{number}", recipient_kind="person", person=person)
    client.get(person.get_absolute_url())

    with django_assert_num_queries(15):
        client.get(person.get_absolute_url())


def test_page_of_a_person_lists_the_honours_of_this_person_alone(client, organizer):
    person = member(name="申屠建国")
    facts = {"recipient_kind": "person", "nature": "inner"}
    older = an_honour(title="优秀共产党员", person=person, when=the_day(2019, 7, 1), **facts)
    newer = an_honour(title="优秀党务工作者", person=person, period_label="2021年度", **facts)
    withdraw_row(an_honour(title="登记错的", person=person, **facts), by=UserFactory(), reason="登记错误")
    an_honour(title="别人的", person=member(name="乙"), **facts), an_honour(title="总会的")
    revoke_honour(older, by=UserFactory(), day=date(2020, 1, 1), reason="查实不符")

    response = client.get(person.get_absolute_url())

    page = response.content.decode()
    assert [one.pk for one in response.context["honours"]] == [newer.pk, older.pk]
    assert f'href="{newer.get_absolute_url()}">2021年度 优秀党务工作者</a>' in page
    assert f'href="{older.get_absolute_url()}">优秀共产党员</a>（已被撤销）' in page
    assert "省甲厅、省乙会" in page
    assert 'id="person-honours"' not in client.get(member(name="丙").get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_branch_page_query_count_does_not_grow(client, secretary, count, django_assert_num_queries):
    branch = a_branch()
    for number in range(count):
        term(member(name=f"甲{number}"), "group_member", body=a_body(branch, name=f"第{number}党小组"))
    client.get(branch.get_absolute_url())

    with django_assert_num_queries(9):
        client.get(branch.get_absolute_url())


def test_medal_page_says_whose_year_it_is(client, secretary):
    a_branch()
    member(name="冯守义", stage_on=date(1976, 6, 30), admitted_on=None)
    member(name="雷国栋", stage_on=date(1974, 6, 30), admitted_on=None)

    page = client.get(reverse("partybranch:medal"), {"year": "2026"}).content.decode()
    assert page.index("冯守义") < page.index("今年满 50 年，应申报") < page.index("雷国栋")
    assert "这一天没有党龄满 50 年的党员" in client.get(reverse("partybranch:medal"), {"year": "1990"}).content.decode()
    assert client.get(reverse("partybranch:medal"), {"year": "x"}).context["year"] == dates.today().year


def test_stage_that_ends_everything_stays_readable_on_the_record(client, organizer):
    person = member()
    standing(person)
    stage(person, "deceased", date(2024, 12, 3), basis="因病去世")

    page = client.get(person.get_absolute_url()).content.decode()

    assert "2010-01-01 至 2024-12-03" in page
    assert "因病去世" in page
    assert FOUNDED.isoformat() in page
