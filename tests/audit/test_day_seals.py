"""The days of the log are sealed in a chain: what is changed, taken away or slipped in later is named by its day."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import psycopg2
import pytest
from django.db import IntegrityError, connection

from hebi_charity.audit.books import differences
from hebi_charity.audit.day_seals import seal_day, seal_days, sealed_to
from hebi_charity.audit.models import DaySeal, Entry
from hebi_charity.audit.services import record
from hebi_charity.core.dates import today
from hebi_charity.core.sentences import sentence_for
from hebi_charity.jobs import services as jobs
from hebi_charity.jobs.housekeeping import SEAL_LOG, sealing
from hebi_charity.jobs.models import Job
from hebi_charity.jobs.running import run_job

DAYS = {name: today() - timedelta(days=ago) for name, ago in (("first", 5), ("empty", 4), ("second", 3), ("last", 2))}


@pytest.fixture
def replica(superuser):
    def execute(*statements: str) -> None:
        superuser(f"SET session_replication_role = replica; {'; '.join(statements)}")

    return execute


@pytest.fixture
def log(committed_db, replica):
    """Two acts on the first day, none on the next, one on each of the two after, and one of today."""
    for act, day in (("x.a", "first"), ("x.b", "first"), ("x.c", "second"), ("x.d", "last")):
        record(None, act, None, reason="理由")
        replica(
            f"""UPDATE audit_entry SET at = at - (current_date - '{DAYS[day]}') * interval '1 day',"""
            f""" "on" = '{DAYS[day]}' WHERE act = '{act}'"""
        )
    record(None, "x.today", None)


@pytest.fixture
def sealed(log):
    seal_to_the_last_day()
    assert found() == []


def seal_to_the_last_day() -> None:
    """Not further: in the first hour of a day yesterday cannot be sealed yet."""
    seal_days(limit=(DAYS["last"] - (sealed_to() or DAYS["first"] - timedelta(days=1))).days)


def found() -> list[tuple[str, str, str]]:
    return [(difference.check, difference.record, difference.sentence) for difference in differences()]


def changed(day: str, before: int, now: int) -> tuple[str, str, str]:
    words = f"{DAYS[day]} 的操作日志在封存后被改动：封存时 {before} 条，现有 {now} 条。"
    return ("log", str(DAYS[day]), words)


def test_every_day_from_the_first_act_on_is_sealed_once_and_chained(log):
    seal_to_the_last_day()
    seal_to_the_last_day()
    seal_day(DAYS["first"])

    rows = list(DaySeal.objects.all())
    assert [(row.day, row.count) for row in rows] == [
        (DAYS["first"], 2),
        (DAYS["empty"], 0),
        (DAYS["second"], 1),
        (DAYS["last"], 1),
    ]
    assert [row.before for row in rows] == ["", *(row.seal for row in rows[:-1])]
    assert len({row.seal for row in rows}) == 4
    assert (rows[0].first_entry, rows[0].last_entry) == tuple(
        Entry.objects.filter(on=DAYS["first"]).order_by("pk").values_list("pk", flat=True)
    )
    assert found() == []


def test_nothing_is_sealed_of_an_empty_log_nor_of_today(committed_db):
    assert (seal_days(), sealed_to()) == (0, None)
    record(None, "x.today", None)
    assert (seal_days(), sealed_to()) == (0, None)


def test_today_cannot_be_sealed(committed_db):
    with pytest.raises(IntegrityError) as caught:
        seal_day(today())
    assert caught.value.__cause__.diag.constraint_name == "audit_dayseal_begins"


@pytest.mark.parametrize(
    "change",
    [
        "reason = '另一个理由'",
        "act = 'x.other'",
        "object_label = 'x'",
        """changes = '{"amount": [null, "1"]}'""",
        "at = at + interval '1 second'",
        "actor_id = 1",
        "side = 'party'",
        "digest = 'x'",
        "id = id + 100000",
    ],
)
def test_entry_of_a_sealed_day_changed(sealed, replica, change):
    replica(f"UPDATE audit_entry SET {change} WHERE act = 'x.b'")

    assert found() == [changed("first", 2, 2)]


def test_entry_of_a_sealed_day_deleted(sealed, replica):
    replica("DELETE FROM audit_entry WHERE act = 'x.c'")

    assert found() == [changed("second", 1, 0)]


def test_entry_slipped_into_a_sealed_day(sealed, replica):
    replica(f"""UPDATE audit_entry SET "on" = '{DAYS["empty"]}' WHERE act = 'x.today'""")

    assert found() == [changed("empty", 0, 1)]


def test_entry_slipped_in_before_the_first_sealed_day(sealed, replica):
    day = DAYS["first"] - timedelta(days=1)
    replica(f"""UPDATE audit_entry SET "on" = '{day}' WHERE act = 'x.today'""")

    words = f"{day} 的操作日志没有封签，以后的日子却有：封签被拿走，或记录是后来添入的。"
    assert found() == [("log", str(day), words)]


def broken_chain(day: str) -> tuple[str, str, str]:
    return ("log", str(DAYS[day]), f"{DAYS[day]} 操作日志的封签与前一封签不衔接：前一封签被改动或拿走。")


def test_entry_deleted_and_its_seal_made_to_fit_without_the_key(sealed, replica):
    replica(
        "DELETE FROM audit_entry WHERE act = 'x.c'",
        f'UPDATE audit_dayseal SET "count" = 0, digest = e.digest FROM (SELECT digest FROM audit_dayseal WHERE day ='
        f" '{DAYS['empty']}') AS e WHERE day = '{DAYS['second']}'",
    )

    assert found() == [("log", str(DAYS["second"]), f"{DAYS['second']} 操作日志的封签被改动。")]


def test_seal_of_another_day_put_in_its_place(sealed, replica):
    replica(
        f"UPDATE audit_dayseal SET seal = o.seal FROM (SELECT seal FROM audit_dayseal WHERE day = '{DAYS['first']}')"
        f" AS o WHERE day = '{DAYS['second']}'"
    )

    assert found() == [
        ("log", str(DAYS["second"]), f"{DAYS['second']} 操作日志的封签被改动。"),
        broken_chain("last"),
    ]


def test_day_taken_away_with_its_seal(sealed, replica):
    replica("DELETE FROM audit_entry WHERE act = 'x.c'", f"DELETE FROM audit_dayseal WHERE day = '{DAYS['second']}'")

    words = f"缺少 {DAYS['second']} 操作日志的封签，以后的日子却有封签。"
    assert found() == [("log", str(DAYS["second"]), words), broken_chain("last")]


def test_first_day_taken_away_with_its_seal(sealed, replica):
    replica(
        f"DELETE FROM audit_entry WHERE \"on\" = '{DAYS['first']}'",
        f"DELETE FROM audit_dayseal WHERE day = '{DAYS['first']}'",
    )

    assert found() == [broken_chain("empty")]


def test_seal_is_made_with_the_key_of_the_office(sealed, settings):
    settings.SEAL_KEY = "another"

    assert [record for _, record, _ in found()] == [str(day) for day in DAYS.values()]


def test_sealed_day_takes_no_more_entries(sealed, superuser):
    """Its guard lets no entry bear an earlier day but in a transaction of that day: without it, the seal stands."""
    superuser("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_guard_insert")

    with pytest.raises(IntegrityError) as caught:
        Entry.objects.create(act="x.late", at=datetime.combine(DAYS["last"], datetime.min.time(), UTC), on=DAYS["last"])

    assert caught.value.__cause__.diag.constraint_name == "audit_entry_sealed_day"
    assert sentence_for(caught.value) == "这一天的操作日志已经封存，不能再补记。请重新办理一次。"
    Entry.objects.create(act="x.late", on=DAYS["last"] + timedelta(days=1))


def test_sealed_day_cannot_be_changed_by_the_owner(sealed, superuser):
    for statement in ("UPDATE audit_dayseal SET seal = 'x'", "DELETE FROM audit_dayseal", "TRUNCATE audit_dayseal"):
        with pytest.raises(psycopg2.errors.RestrictViolation, match="binding record of audit_dayseal"):
            superuser(statement)


def test_missed_days_are_sealed_by_the_work_of_a_later_day(log):
    job = jobs.ask(SEAL_LOG, by=None, title="x")
    run_job(job.pk)
    again = jobs.ask(SEAL_LOG, by=None, title="x")
    run_job(again.pk)

    assert {Job.objects.get(pk=each.pk).state for each in (job, again)} == {Job.State.DONE}
    assert DAYS["last"] <= sealed_to() < today()
    days = (sealed_to() - DAYS["first"]).days + 1
    assert DaySeal.objects.count() == days
    assert Job.objects.get(pk=job.pk).note == f"已封存操作日志 {days} 天，截至 {sealed_to()}。"
    assert found() == []


@pytest.mark.parametrize(
    ("moment", "period"),
    [
        (datetime(2026, 3, 1, 16, 59, tzinfo=UTC), "2026-03-01"),  # 00:59 on the 2nd in Shanghai
        (datetime(2026, 3, 1, 17, 0, tzinfo=UTC), "2026-03-02"),
    ],
)
def test_sealing_comes_round_an_hour_after_midnight(moment, period):
    assert sealing(moment) == period


@pytest.mark.race
def test_two_workers_that_seal_at_once_make_one_chain(log):
    start = Barrier(2)

    def work() -> int:
        try:
            start.wait(30)
            return seal_days()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        sealed = [each.result(60) for each in [pool.submit(work), pool.submit(work)]]

    days = (sealed_to() - DAYS["first"]).days + 1
    assert (DaySeal.objects.count(), max(sealed)) == (days, days)
    assert found() == []
