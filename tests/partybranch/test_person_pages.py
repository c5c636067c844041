"""A person is recorded, corrected and given a log-in; refusals stand beside the field, numbers stay masked."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from hebi_charity.audit.models import Entry
from hebi_charity.core.identifiers import resident_check_digit
from partybranch.models import Branch, Membership, Person
from partybranch.services.people import change_person
from tests.donations.factories import UserFactory
from tests.partybranch.factories import (
    a_branch,
    member,
)
from tests.partybranch.sending import as_sent, errors, post, tomorrow

pytestmark = pytest.mark.django_db
PHONE = "13800009876"
FIRST = "41060019500101001"
RESIDENT_ID = FIRST + resident_check_digit(FIRST)


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


def test_member_is_recorded_with_both_days(client, organizer):
    response = client.post(reverse("partybranch:person_create"), typed(birth_month="195002", phone=PHONE))

    person = Person.objects.get()
    assert response.url == person.get_absolute_url()
    assert list(person.stage_changes.values_list("stage", "on", "recorded_by")) == [
        ("probationary", date(1990, 7, 1), organizer.pk),
        ("full", date(1991, 7, 1), organizer.pk),
    ]
    assert person.birth_month == date(1950, 2, 1)


@pytest.mark.parametrize("said", ["1950.2", "1950年2月", "1950-02", "１９５０．０２", "1950 年 2 月", "1950、2"])
def test_month_of_birth_is_read_as_people_type_it(client, organizer, said):
    client.post(reverse("partybranch:person_create"), typed(birth_month=said))

    assert Person.objects.get().birth_month == date(1950, 2, 1)


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
        ({"stage_on": "1991.7"}, "stage_on", "“1991.7”缺少哪一日。请写完整，例如 1991-07-01。"),
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


def test_beginning_of_the_standing_is_set_once(client, organizer):
    person = member()

    post(client, "person_standing", person.pk, standing_from="1975-3-8", reason="组织部门文件")
    again = post(client, "person_standing", person.pk, standing_from="1974-3-8", reason="组织部门文件")

    assert person.standings.get().standing_from == date(1975, 3, 8)
    assert errors(again) == {"standing_from": ["此人已设定党龄起算日期。请先撤销原来的记录。"]}
