"""Roles: granted, ended, and those that may not meet in one person."""

from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from hebi_charity.accounts import errors, role_data, services
from hebi_charity.accounts.models import IncompatibleRoles, Role, RoleAssignment, User, WrittenDecision
from hebi_charity.audit.models import Entry
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db
DECISION = {
    "number": "鹤慈〔2026〕3号",
    "decided_on": date(2026, 3, 1),
    "signed_by_name": "郑国安",
    "reason": "人手不足",
}


def role(code):
    return Role.objects.get(code=code)


def fresh(user):
    return User.objects.get(pk=user.pk)


@pytest.fixture
def admin():
    return make_person("administrator")


def test_permissions_come_from_roles_held_now(admin):
    user = make_person("cashier")
    assert fresh(user).has_perm("donations.record_arrival")

    services.end_role(user.role_assignments.get(), by=admin)

    assert not fresh(user).has_perm("donations.record_arrival")
    assert fresh(user).get_all_permissions() == set()


def test_deactivated_person_has_no_permission(admin):
    user = make_person("cashier")

    services.deactivate_person(user, by=admin, reason="离职")

    user = fresh(user)
    assert (user.is_active, user.get_all_permissions(), user.role_assignments.current().count()) == (False, set(), 0)


def test_there_is_no_superuser():
    user = make_person()
    user.is_superuser = True

    assert not user.has_perm("accounts.manage_people")
    assert "is_superuser" not in {field.name for field in User._meta.get_fields()}


@pytest.mark.parametrize(
    ("held", "wanted"),
    [(pair.first, pair.second) for pair in role_data.PAIRS if not pair.is_overridable],
)
def test_grant_is_refused_with_its_reason_when_roles_may_not_meet(admin, held, wanted):
    user = make_person(held)
    pair = next(pair for pair in role_data.PAIRS if (pair.first, pair.second) == (held, wanted))
    reason = IncompatibleRoles.objects.filter(reason=pair.reason).first().reason_text

    with pytest.raises(errors.RolesMayNotMeet) as refusal:
        services.grant_role(user, role(wanted), by=admin)

    assert reason in str(refusal.value)
    assert list(fresh(user).role_codes) == [held]


def test_grant_is_refused_when_the_second_account_holds_the_other_role(admin):
    user = make_person("accountant")
    second = make_person(main_account=user)

    with pytest.raises(errors.RolesMayNotMeet):
        services.grant_role(second, role("cashier"), by=admin)


def test_administrator_needs_a_second_account_for_business(admin):
    with pytest.raises(errors.DecisionNeeded) as refusal:
        services.grant_role_with_decision(admin, role("donation_clerk"), by=admin, decision=DECISION)

    assert "两个账号" in str(refusal.value)
    assert WrittenDecision.objects.count() == 0


def test_administrator_needs_a_written_decision_for_the_second_account(admin):
    second = make_person(main_account=admin)

    with pytest.raises(errors.DecisionNeeded) as refusal:
        services.grant_role(second, role("donation_clerk"), by=admin)

    assert "书面决定" in str(refusal.value)


def test_administrator_does_business_on_a_second_account_with_a_written_decision(admin):
    second = make_person(main_account=admin)

    held = services.grant_role_with_decision(second, role("donation_clerk"), by=admin, decision=DECISION)

    assert held.decision.number == "鹤慈〔2026〕3号"
    assert not fresh(second).has_perm("accounts.manage_people")
    assert Entry.objects.filter(act="accounts.written_decision_recorded", actor=admin).count() == 1


def test_written_decision_does_not_help_where_the_law_refuses(admin):
    user = make_person("accountant")

    with pytest.raises(errors.RolesMayNotMeet):
        services.grant_role_with_decision(user, role("cashier"), by=admin, decision=DECISION)


def test_decision_is_not_kept_on_a_role_that_needs_none(admin):
    user = make_person()

    held = services.grant_role_with_decision(user, role("cashier"), by=admin, decision=DECISION)

    assert held.decision is None


def test_ended_role_may_be_followed_by_one_it_could_not_meet(admin):
    user = make_person("accountant")
    services.end_role(user.role_assignments.get(), by=admin)

    services.grant_role(user, role("cashier"), by=admin)

    assert fresh(user).role_codes == {"cashier"}


def test_role_is_held_once(admin):
    user = make_person("accountant")

    with pytest.raises(errors.RoleAlreadyHeld):
        services.grant_role(user, role("accountant"), by=admin)
    with pytest.raises(IntegrityError, match="role_assignment_held_once"), transaction.atomic():
        RoleAssignment.objects.create(user=user, role=role("accountant"))


def test_role_ends_once(admin):
    held = make_person("accountant").role_assignments.get()
    services.end_role(held, by=admin)

    with pytest.raises(errors.RoleAlreadyEnded):
        services.end_role(held, by=admin)


def test_role_cannot_be_given_to_a_deactivated_person(admin):
    user = services.deactivate_person(make_person(), by=admin, reason="离职")

    with pytest.raises(errors.PersonInactive):
        services.grant_role(user, role("accountant"), by=admin)


def test_last_administrator_stays(admin):
    with pytest.raises(errors.NobodyWouldAdminister):
        services.end_role(admin.role_assignments.get(), by=admin)

    other = make_person("administrator")
    services.end_role(admin.role_assignments.get(), by=other)
    assert not fresh(admin).has_role("administrator")


def test_grant_and_end_are_logged(admin):
    user = make_person()

    services.end_role(services.grant_role(user, role("warehouse_keeper"), by=admin), by=admin)

    granted, ended = Entry.objects.filter(object_id=user.pk, actor=admin).order_by("pk")
    assert (granted.act, granted.changes) == ("accounts.role_granted", {"role": ["", "warehouse_keeper"]})
    assert (ended.act, ended.changes) == ("accounts.role_ended", {"role": ["warehouse_keeper", ""]})


@pytest.mark.parametrize(
    "change",
    [
        {"role_id": 1},
        {"granted_at": "2020-01-01T00:00Z"},
        {"granted_by_id": None},
        {"decision_id": None, "user_id": 1},
    ],
)
def test_role_held_is_never_changed_in_the_database(admin, change):
    held = services.grant_role(make_person(), role("accountant"), by=admin)

    with pytest.raises(IntegrityError, match="accounts_roleassignment"), transaction.atomic():
        RoleAssignment.objects.filter(pk=held.pk).update(**change)


def test_ended_role_is_never_opened_again_in_the_database(admin):
    held = services.end_role(services.grant_role(make_person(), role("accountant"), by=admin), by=admin)

    with pytest.raises(IntegrityError, match="accounts_roleassignment"), transaction.atomic():
        RoleAssignment.objects.filter(pk=held.pk).update(ended_at=None, ended_by=None)


def test_role_held_is_never_deleted(admin):
    held = make_person("accountant").role_assignments.get()

    with pytest.raises(IntegrityError, match="accounts_roleassignment"), transaction.atomic():
        held.delete()


def test_written_decision_never_changes(admin):
    decision = services.record_decision(by=admin, **DECISION)

    with pytest.raises(ProgrammingError, match="accounts_writtendecision"), transaction.atomic():
        WrittenDecision.objects.filter(pk=decision.pk).update(number="x")


def test_database_refuses_roles_that_may_not_meet():
    user = make_person("accountant")

    with pytest.raises(IntegrityError, match="may not meet"), transaction.atomic():
        RoleAssignment.objects.create(user=user, role=role("cashier"))


def test_sync_roles_may_run_again_and_changes_nothing():
    before = list(Role.objects.values_list("code", "position")), IncompatibleRoles.objects.count()

    services.sync_roles()

    assert (list(Role.objects.values_list("code", "position")), IncompatibleRoles.objects.count()) == before


def test_sync_roles_refuses_an_unknown_permission(monkeypatch):
    broken = role_data.RoleData("cashier", "cashier", "charity", 15, permissions=("donations.fly",))
    monkeypatch.setattr("hebi_charity.accounts.services.roles.ROLES", (broken,))

    with pytest.raises(services.UnknownPermission, match=r"cashier.*donations\.fly"):
        services.sync_roles()
