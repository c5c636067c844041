"""People: added, changed, deactivated, never deleted; their personal data masked."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from hebi_charity.accounts import errors, services
from hebi_charity.accounts.models import User
from hebi_charity.audit.models import Entry
from hebi_charity.core.dates import today
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return make_person("administrator")


@pytest.fixture
def web(client, admin):
    client.force_login(admin)
    return client


def change(user, by, **facts):
    fixed = {"full_name": user.full_name, "phone": None, "joined_on": None, "main_account": user.main_account}
    return services.change_person(user, by=by, **(fixed | facts))


def test_person_is_added_with_clean_name_and_sort_key(admin):
    user = services.add_person(by=admin, username="ShanGQ", full_name=" 单国强 ", phone="138 0013 8000")

    user = User.objects.get(pk=user.pk)
    assert (user.username, user.full_name, user.sort_key) == ("shangq", "单国强", "shan guo qiang")
    assert (user.phone, user.masked_phone) == ("13800138000", "138****8000")
    assert not user.has_usable_password()


def test_phone_is_encrypted_at_rest():
    make_person(username="lin", phone="13800138000")

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone, phone_hash FROM accounts_user WHERE username = 'lin'")
        assert "138" not in cursor.fetchone()[0]


@pytest.mark.parametrize("username", ["1lin", "lin xiao", "林", "", "lin/x", "a" * 41])
def test_account_of_the_wrong_form_is_refused(admin, username):
    with pytest.raises(ValidationError):
        services.add_person(by=admin, username=username, full_name="林小")


def test_account_is_unique(admin):
    make_person(username="lin")

    with pytest.raises(ValidationError, match="已经有人用了"):
        services.add_person(by=admin, username="LIN", full_name="林小")


def test_change_logs_only_what_changed_and_masks_the_phone(admin):
    user = make_person(full_name="林小", phone="13800138000")

    change(user, admin, full_name="林大", phone="13900139000")

    entry = Entry.objects.get(act="accounts.person_changed")
    assert entry.changes["full_name"] == ["林小", "林大"]
    assert [side["masked"] for side in entry.changes["phone"]] == ["138****8000", "139****9000"]
    assert set(entry.changes) == {"full_name", "phone"}


def test_change_without_a_difference_is_not_logged(admin):
    change(make_person(), admin)

    assert Entry.objects.filter(act="accounts.person_changed").count() == 0


def test_second_account_is_not_linked_while_roles_are_held(admin):
    first, second = make_person(), make_person("cashier")

    with pytest.raises(errors.PeopleError, match="请先终止"):
        change(second, admin, main_account=first)


def test_accounts_of_one_person_never_form_a_chain(admin):
    first = make_person()
    second = make_person(main_account=first)

    third = services.add_person(by=admin, username="third", full_name="林小", main_account=second)

    assert third.main_account == first


def test_deactivated_person_keeps_the_row_and_gets_a_day(admin):
    user = services.deactivate_person(make_person("cashier"), by=admin, reason="离职")

    assert (user.is_active, user.left_on) == (False, today())
    assert Entry.objects.get(act="accounts.person_deactivated").reason == "离职"


def test_nobody_deactivates_oneself_or_the_last_administrator(admin):
    with pytest.raises(errors.NotOnOneself):
        services.deactivate_person(admin, by=admin, reason="x")
    with pytest.raises(errors.NobodyWouldAdminister):
        services.deactivate_person(admin, by=make_person(), reason="x")


def test_reactivated_person_has_neither_role_nor_password(admin):
    gone = services.deactivate_person(make_person("cashier"), by=admin, reason="离职")

    back = services.reactivate_person(gone, by=admin, reason="返聘")

    assert (back.is_active, back.left_on, back.has_usable_password()) == (True, None, False)
    assert back.role_assignments.current().count() == 0
    with pytest.raises(errors.PeopleError):
        services.reactivate_person(back, by=admin, reason="x")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"username": "Lin"}, "user_username_lower_case"),
        ({"full_name": ""}, "user_full_name_not_empty"),
        ({"is_active": False}, "user_left_on_when_inactive"),
        ({"left_on": date(2026, 1, 1)}, "user_left_on_when_inactive"),
        ({"one_time_password_expires_at": "2026-01-01T00:00Z"}, "user_one_time_password_is_changed"),
    ],
)
def test_database_refuses(fields, constraint):
    user = make_person()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        User.objects.filter(pk=user.pk).update(**fields)


def test_account_is_not_the_second_of_itself():
    user = make_person()

    with pytest.raises(IntegrityError, match="user_main_account_is_another"), transaction.atomic():
        User.objects.filter(pk=user.pk).update(main_account=user)


@pytest.mark.parametrize("count", [1, 5])
def test_list_query_count_does_not_grow(web, count, django_assert_max_num_queries):
    for _number in range(count):
        make_person("cashier", phone="13800138000")

    with django_assert_max_num_queries(12):
        page = web.get(reverse("accounts:list"))

    assert "13800138000" not in page.content.decode()
    assert "138****8000" in page.content.decode()


def test_list_shows_deactivated_people_on_wish(web, admin):
    services.deactivate_person(make_person(full_name="走了的人"), by=admin, reason="离职")

    assert "走了的人" not in web.get(reverse("accounts:list")).content.decode()
    assert "走了的人" in web.get(reverse("accounts:list"), {"who": "all"}).content.decode()


def test_person_is_added_on_the_page(web):
    response = web.post(reverse("accounts:create"), {"full_name": "林小", "username": "lin", "joined_on": "20260301"})

    user = User.objects.get(username="lin")
    assert response.url == user.get_absolute_url()
    assert user.joined_on == date(2026, 3, 1)


def test_second_account_under_one_name_is_asked_about(web):
    first = make_person(full_name="林小", username="lin")
    typed = {"full_name": "林小", "username": "lin2"}

    html = web.post(reverse("accounts:create"), typed).content.decode()
    assert "“林小”已有账号" in html
    assert 'type="checkbox" name="is_namesake"' in html
    web.post(reverse("accounts:create"), typed | {"main_account": first.pk})
    web.post(reverse("accounts:create"), typed | {"username": "lin3", "is_namesake": "on"})

    made = User.objects.filter(full_name="林小").order_by("pk").values_list("username", "main_account")
    assert list(made) == [("lin", None), ("lin2", first.pk), ("lin3", None)]


def test_page_keeps_what_was_typed_when_refused(web):
    make_person(username="lin")

    html = web.post(
        reverse("accounts:create"), {"full_name": "林大", "username": "lin", "phone": "12"}
    ).content.decode()

    assert 'value="林大"' in html
    assert "已经有人用了" in html
    assert "手机号码应为 11 位" in html


def test_change_page_never_shows_the_phone_and_keeps_it_when_left_empty(web):
    user = make_person(full_name="林小", phone="13800138000")
    address = reverse("accounts:update", args=[user.pk])
    assert "13800138000" not in web.get(address).content.decode()

    web.post(address, {"full_name": "林大", "phone": ""})
    assert User.objects.get(pk=user.pk).phone == "13800138000"
    web.post(address, {"full_name": "林大", "phone": "", "is_phone_removed": "on"})
    assert User.objects.get(pk=user.pk).phone == ""


def test_role_is_refused_on_the_page_with_its_reason(web):
    from hebi_charity.accounts.models import Role

    user = make_person("accountant")
    cashier = Role.objects.get(code="cashier")

    response = web.post(reverse("accounts:grant_role", args=[user.pk]), {"role": cashier.pk})

    assert response.status_code == 422
    assert "管钱的人不能管账" in response.content.decode()
    assert "《会计法》" in response.content.decode()


def test_incomplete_decision_is_refused_on_the_page(web):
    from hebi_charity.accounts.models import Role

    user = make_person()
    cashier = Role.objects.get(code="cashier")

    response = web.post(reverse("accounts:grant_role", args=[user.pk]), {"role": cashier.pk, "number": "3号"})

    assert "书面决定须写明" in response.content.decode()


def test_role_is_given_and_ended_on_the_page(web):
    from hebi_charity.accounts.models import Role

    user = make_person()
    web.post(reverse("accounts:grant_role", args=[user.pk]), {"role": Role.objects.get(code="cashier").pk})
    held = user.role_assignments.current().get()

    address = reverse("accounts:end_role", args=[user.pk, held.pk])
    assert "立即终止“出纳”" in web.get(address).content.decode()
    assert "请填写原因" in web.post(address, {"reason": ""}).content.decode()
    assert user.role_assignments.current().count() == 1
    web.post(address, {"reason": "换岗"})

    assert user.role_assignments.current().count() == 0
    assert Entry.objects.get(act="accounts.role_ended").reason == "换岗"
    assert "换岗" in web.get(user.get_absolute_url()).content.decode()


def test_role_ended_twice_is_refused_with_a_sentence(web, admin):
    user = make_person("cashier")
    held = services.end_role(user.role_assignments.get(), by=admin)

    page = web.post(reverse("accounts:end_role", args=[user.pk, held.pk]), {"reason": "x"})

    assert "这个角色先前已经终止" in page.content.decode()


@pytest.mark.parametrize(
    ("name", "act"),
    [("deactivate", "accounts.person_deactivated"), ("reset_second_factor", "accounts.second_factor_reset")],
)
def test_act_needs_a_reason_and_says_what_happens(web, name, act):
    address = reverse(f"accounts:{name}", args=[make_person("cashier").pk])
    assert web.get(address).status_code == 200

    refused = web.post(address, {"reason": ""})
    assert "请填写原因" in refused.content.decode()
    assert web.post(address, {"reason": "离职"}).status_code == 302
    assert Entry.objects.get(act=act).reason == "离职"


def test_reactivation_on_the_page(web, admin):
    gone = services.deactivate_person(make_person(), by=admin, reason="离职")

    web.post(reverse("accounts:reactivate", args=[gone.pk]), {"reason": "返聘"})

    assert User.objects.get(pk=gone.pk).is_active


def test_large_text_is_remembered(web, admin):
    web.post(reverse("accounts:large_text"), {"is_large_text": "yes"})
    assert User.objects.get(pk=admin.pk).is_large_text
    web.post(reverse("accounts:large_text"), {"is_large_text": "no"})
    assert not User.objects.get(pk=admin.pk).is_large_text
