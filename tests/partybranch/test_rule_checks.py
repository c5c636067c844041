"""check_books names a dated rule of the branch that nobody recorded as it stands, whoever was able to change it."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from hebi_charity.audit.books import differences
from partybranch.models import HourRule, HourTarget, Requirement, VoteRule
from partybranch.services.hour_rules import record_figure
from partybranch.services.requirements import end_requirement, withdraw_requirement
from tests.donations.factories import UserFactory
from tests.partybranch.glance.factories import a_rule as a_requirement
from tests.partybranch.votes.factories import a_rule as a_vote_rule

DAY = date(2025, 1, 1)
CHANGED = "党支部的规则中，{} 与登记不符：被改动，或是添入的。"
GONE = "党支部的规则中，{} 曾经登记，现在却没有与登记相符的这一条。"


def found() -> list[str]:
    return [difference.sentence for difference in differences() if difference.check == "rules"]


@pytest.fixture(autouse=True)
def recorded(committed_db) -> dict[str, int]:
    """One row of each table that somebody recorded, by table, beside those that are shipped."""
    rows = [
        a_requirement(),
        a_vote_rule(),
        record_figure(
            HourRule(unit="hour", valid_from=DAY, hours=2, source="通知"), by=UserFactory(), form_key=uuid4()
        ),
        record_figure(
            HourTarget(duty="member", valid_from=DAY, hours=Decimal("40.5"), source="通知"),
            by=UserFactory(),
            form_key=uuid4(),
        ),
    ]
    assert found() == []
    return {row._meta.model_name: row.pk for row in rows}


@pytest.fixture
def replica(superuser):
    def execute(*statements: str) -> None:
        superuser(f"SET session_replication_role = replica; {'; '.join(statements)}")

    return execute


NAMES = {"requirement": "制度要求", "voterule": "表决规则", "hourrule": "学时折算", "hourtarget": "全年学时要求"}
SHIPPED = {
    "requirement": ("kind = 'group'", "times = 2", "group 2018-10-28"),
    "voterule": ("kind = 'election'", "carry_is_more = false", "election 2020-07-13"),
    "hourrule": ("unit = 'hour'", "hours = 1.5", "hour 1949-10-01"),
    "hourtarget": ("duty = 'member'", "source = 'x'", "member 2019-05-06"),
}


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("requirement", "times = 2"),
        ("requirement", "note = 'x'"),
        ("requirement", "branch_id = 1"),
        ("requirement", "recorded_by_id = recorded_by_id + 100"),
        ("requirement", "ends_on = '2026-01-01', ended_by_id = recorded_by_id, ended_at = now()"),
        ("voterule", "carry_of = 1"),
        ("voterule", "counts_exempt = true"),
        ("voterule", "is_checked = NOT is_checked"),
        ("hourrule", "hours = 3"),
        ("hourrule", "valid_from = '2025-01-02'"),
        ("hourtarget", "source = '另一个通知'"),
    ],
)
def test_recorded_rule_changed(replica, recorded, table, change):
    replica(f"UPDATE partybranch_{table} SET {change} WHERE id = {recorded[table]}")

    assert found() == [CHANGED.format(f"{NAMES[table]} {recorded[table]}")]


@pytest.mark.parametrize("table", NAMES)
def test_recorded_rule_deleted(replica, recorded, table):
    replica(f"DELETE FROM partybranch_{table} WHERE id = {recorded[table]}")

    assert found() == [GONE.format(f"{NAMES[table]} {recorded[table]}")]


@pytest.mark.parametrize("table", NAMES)
def test_rule_put_there_as_if_somebody_had_recorded_it(replica, recorded, table):
    model = {"voterule": VoteRule, "hourrule": HourRule, "hourtarget": HourTarget, "requirement": Requirement}[table]
    day = "starts_on" if table == "requirement" else "valid_from"
    copied = [field.column for field in model._meta.concrete_fields if field.column not in {"id", day}]
    names = ", ".join(copied)
    replica(
        f"INSERT INTO partybranch_{table} ({day}, {names}) SELECT {day} + 1, {names} FROM partybranch_{table}"
        f" WHERE id = {recorded[table]}"
    )

    planted = model.objects.order_by("pk").last().pk
    assert found() == [CHANGED.format(f"{NAMES[table]} {planted}")]


@pytest.mark.parametrize("table", NAMES)
def test_shipped_rule_changed_then_deleted(replica, table):
    where, change, record = SHIPPED[table]
    replica(f"UPDATE partybranch_{table} SET {change} WHERE {where} AND recorded_by_id IS NULL")
    named = f"{NAMES[table]} {record}"
    assert found() == [CHANGED.format(named), GONE.format(named)]

    replica(f"DELETE FROM partybranch_{table} WHERE {where} AND recorded_by_id IS NULL")
    assert found() == [GONE.format(named)]


def test_rule_put_there_as_if_it_were_shipped(replica):
    replica(
        "INSERT INTO partybranch_hourrule (unit, valid_from, hours, source, recorded_at)"
        " VALUES ('full_day', '2026-01-01', 12, '通知', now())"
    )

    assert found() == [CHANGED.format("学时折算 full_day 2026-01-01")]


def test_shipped_rule_ended_past_its_act(replica):
    rule = Requirement.objects.get(kind="group", recorded_by__isnull=True)
    someone = UserFactory().pk
    replica(
        f"UPDATE partybranch_requirement SET ends_on = '{DAY}', ended_by_id = {someone}, ended_at = now()"
        f" WHERE id = {rule.pk}"
    )

    assert found() == [CHANGED.format(f"制度要求 {rule.pk}")]


def test_rules_ended_and_withdrawn_by_their_acts_are_as_they_were_left(replica, recorded):
    shipped = Requirement.objects.get(kind="group", recorded_by__isnull=True)
    end_requirement(shipped, by=UserFactory(), day=DAY)
    row = Requirement.objects.get(pk=recorded["requirement"])
    end_requirement(row, by=UserFactory(), day=DAY)
    withdraw_requirement(row, by=UserFactory(), reason="登记错误")
    assert found() == []

    replica(
        "UPDATE partybranch_requirement SET ends_on = NULL, ended_by_id = NULL, ended_at = NULL"
        f" WHERE id = {shipped.pk}",
        "UPDATE partybranch_requirement SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''"
        f" WHERE id = {row.pk}",
    )
    assert found() == [CHANGED.format(f"制度要求 {number}") for number in sorted([shipped.pk, row.pk])]
