"""What ships as roles: complete, apart where it must be, and enough for four people."""

import pytest

from hebi_charity.accounts.documents import Staff, document_kinds, standing_of
from hebi_charity.accounts.models import Role
from hebi_charity.accounts.role_data import PAIRS, ROLES
from tests.accounts.factories import make_person

pytestmark = pytest.mark.django_db

NAMES = {
    "donation_clerk": "捐赠登记员",
    "accountant": "会计",
    "cashier": "出纳",
    "warehouse_keeper": "仓库保管员",
    "relief_officer": "救助专员",
    "branch_secretary": "党支部书记",
    "organisation_member": "组织委员",
    "approver": "秘书长（审批人）",
    "leadership": "领导（签发人）",
    "auditor": "监事/审计",
    "administrator": "系统管理员",
}


def test_roles_have_their_chinese_names():
    assert {role.code: role.title for role in Role.objects.all()} == NAMES


def test_idle_time_out_fits_the_post():
    minutes = dict(Role.objects.values_list("code", "idle_minutes"))
    assert (minutes["donation_clerk"], minutes["cashier"], minutes["branch_secretary"]) == (15, 15, 120)


def test_second_factor_is_for_who_approves_pays_administers_and_audits():
    needing = set(Role.objects.filter(needs_second_factor=True).values_list("code", flat=True))
    assert needing == {"approver", "cashier", "administrator", "auditor"}


def test_administrator_sees_no_business_data():
    allowed = {data.code: data.permissions for data in ROLES}["administrator"]
    assert {name.partition(".")[0] for name in allowed} <= {"accounts", "audit", "jobs"}
    assert "audit.view_entry" not in allowed


def test_auditor_sees_nothing_of_the_party_and_only_reads():
    allowed = {data.code: data.permissions for data in ROLES}["auditor"]
    assert not [name for name in allowed if name.startswith("partybranch") or "party" in name]
    verbs = {name.partition(".")[2].partition("_")[0] for name in allowed}
    assert not verbs & {"add", "change", "delete", "review", "approve", "void", "request", "close", "confirm"}


def test_only_the_administrator_manages_people():
    assert [data.code for data in ROLES if "accounts.manage_people" in data.permissions] == ["administrator"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("accountant", "cashier"),
        ("approver", "leadership"),
        ("donation_clerk", "approver"),
        ("warehouse_keeper", "approver"),
        ("accountant", "auditor"),
        ("leadership", "auditor"),
        ("cashier", "administrator"),
        ("auditor", "administrator"),
    ],
)
def test_pair_may_not_meet(first, second):
    assert {first, second} in [{pair.first, pair.second} for pair in PAIRS]


def test_only_administrator_pairs_can_be_allowed_by_decision():
    overridable = [pair for pair in PAIRS if pair.is_overridable]
    assert {pair.second for pair in overridable} == {"administrator"}
    assert "auditor" not in {pair.first for pair in overridable}


def test_every_kind_of_document_names_permissions_that_exist():
    known = set().union(*(data.permissions for data in ROLES))
    for kind in document_kinds:
        assert {permission for _label, permission in kind.steps()} <= known


def test_four_people_take_a_gift_from_beginning_to_end():
    make_person("donation_clerk", "relief_officer", "warehouse_keeper")
    make_person("accountant")
    make_person("cashier")
    make_person("approver")
    staff = Staff.present()

    for key in ("donations.gift", "donations.reversal", "office.period"):
        assert not standing_of(document_kinds.get(key), staff).is_stuck, key
