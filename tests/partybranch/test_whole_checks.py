"""check_books names what was changed past the application among the binding rows of the branch."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from threading import Event
from time import sleep

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hebi_charity.audit.books import differences
from partybranch.models import LearningRecord, PassOnDuty, Person
from partybranch.services import learning, observers
from partybranch.services.honours import move_honour
from partybranch.services.study import withdraw_occasion
from tests.donations.factories import UserFactory
from tests.partybranch import factories as party
from tests.partybranch.attend.factories import a_make_up, a_missed_event, an_observer
from tests.partybranch.exams.factories import a_written_exam, an_exam, bank_of, marked, result
from tests.partybranch.honours.factories import a_ranking, an_honour
from tests.partybranch.study.factories import attended, sent_to_course, taught, told

CHANGED = "{} 的{}与最后一次操作时不符：被改动、添入或者取走。"
GONE = "操作记录里有{}，现在却不在了。"


def found() -> list[str]:
    return [difference.sentence for difference in differences() if difference.check == "records"]


@pytest.fixture(autouse=True)
def recorded(committed_db) -> None:
    """Rows of each kind by their acts: recorded, ended, confirmed, moved, withdrawn."""
    party.a_branch()
    person, other = party.member(), party.member(name="李四")
    party.stage(party.member(name="王五"), "suspended", date(2020, 1, 1))
    party.circumstance(person), party.term(person), party.standing(person)
    party.withdraw(party.circumstance(other))
    event = a_missed_event()
    a_make_up(event)
    observers.withdraw_observer(an_observer(event, guest="贺讲师"), by=UserFactory(), reason="没有来")
    an_observer(event)
    learning.confirm_learning([told(person)], by=UserFactory())
    credited = attended(person, other)
    learning.credit_event(credited, by=UserFactory())
    learning.withdraw_learning(LearningRecord.objects.get(person=other), by=UserFactory(), reason="登记错误")
    course = sent_to_course(person)
    taught(person, duty=PassOnDuty.objects.get())
    withdraw_occasion(sent_to_course(other, title="另一期"), by=UserFactory(), reason="登记错误")
    assert course.records.live().count() == 2
    marked(an_exam(banks=[bank_of(3)]))
    result(a_written_exam(), score=Decimal(90))
    move_honour(an_honour(), by=UserFactory(), kept_at="会议室")
    a_ranking()
    assert found() == []


@pytest.fixture
def replica(superuser):
    def execute(*statements: str) -> None:
        superuser(f"SET session_replication_role = replica; {'; '.join(statements)}")

    return execute


# What is changed, of which whole: its word, a query for its key, and what of it is named.
WHOLES = {
    "person": ("支部人员", "SELECT id FROM partybranch_person WHERE name = '张建国'", "名册、阶段、情况和职务"),
    "make-up": (
        "组织生活",
        "SELECT a.event_id FROM partybranch_makeup m JOIN partybranch_attendance a ON a.id = m.attendance_id",
        "补学补课",
    ),
    "observer": ("组织生活", "SELECT event_id FROM partybranch_observer LIMIT 1", "列席人员"),
    "self-study": ("学习记录", "SELECT id FROM partybranch_learningrecord WHERE way = 'self'", "登记内容"),
    "meeting": ("学习活动", "SELECT id FROM partybranch_studyoccasion WHERE kind = 'event'", "学习记录和转授任务"),
    "course": (
        "学习活动",
        "SELECT occasion_id FROM partybranch_passonduty WHERE withdrawn_at IS NULL",
        "学习记录和转授任务",
    ),
    "oral exam": ("考试", "SELECT id FROM partybranch_exam WHERE mode = 'oral'", "成绩"),
    "written exam": ("考试", "SELECT id FROM partybranch_exam WHERE mode = 'written'", "成绩"),
    "honour": ("荣誉", "SELECT id FROM partybranch_honour", "登记内容、颁发单位和使用记录"),
    "ranking": ("排名", "SELECT id FROM partybranch_ranking", "登记内容"),
}
OF_ZHANG = "person_id = {0}"
MET = "way = 'meeting' AND withdrawn_at IS NULL"
CHANGES = [
    ("person", 'UPDATE partybranch_stagechange SET "on" = "on" - 365 WHERE ' + OF_ZHANG),
    ("person", "DELETE FROM partybranch_stagechange WHERE stage = 'probationary' AND " + OF_ZHANG),
    ("person", "UPDATE partybranch_membership SET starts_on = starts_on - 1 WHERE " + OF_ZHANG),
    ("person", "UPDATE partybranch_circumstance SET kind = 'exempt' WHERE " + OF_ZHANG),
    ("person", "UPDATE partybranch_term SET post = 'deputy' WHERE " + OF_ZHANG),
    ("person", "UPDATE partybranch_standing SET standing_from = '1960-01-01' WHERE " + OF_ZHANG),
    (
        "person",
        "INSERT INTO partybranch_circumstance (person_id, kind, starts_on, reason, recorded_by_id, recorded_at,"
        " withdrawal_reason) SELECT person_id, 'lost', '2021-01-01', 'x', recorded_by_id, now(), ''"
        " FROM partybranch_membership WHERE " + OF_ZHANG,
    ),
    ("make-up", "UPDATE partybranch_makeup SET done_on = done_on + 1"),
    ("make-up", "DELETE FROM partybranch_makeup"),
    ("observer", "UPDATE partybranch_observer SET unit = 'x'"),
    (
        "observer",
        "UPDATE partybranch_observer SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''",
    ),
    ("self-study", "UPDATE partybranch_learningrecord SET hours = 9, quantity = 9 WHERE way = 'self'"),
    (
        "self-study",
        "UPDATE partybranch_learningrecord SET confirmed_at = NULL, confirmed_by_id = NULL WHERE way = 'self'",
    ),
    ("meeting", f"UPDATE partybranch_learningrecord SET hours = 9 WHERE {MET}"),
    ("meeting", f"DELETE FROM partybranch_learningrecord WHERE {MET}"),
    (
        "meeting",
        (
            "UPDATE partybranch_learningrecord SET withdrawn_at = NULL, withdrawn_by_id = NULL, withdrawal_reason = ''"
            " WHERE occasion_id = {0}"
        ),
    ),
    ("course", "UPDATE partybranch_passonduty SET due_on = '2030-01-01' WHERE withdrawn_at IS NULL"),
    ("course", "UPDATE partybranch_studyoccasion SET title = 'x' WHERE id = {0}"),
    ("oral exam", "UPDATE partybranch_examresult SET outcome = 'resit' WHERE exam_id = {0}"),
    ("written exam", "UPDATE partybranch_examresult SET score = 100 WHERE exam_id = {0}"),
    ("written exam", "DELETE FROM partybranch_examresult WHERE exam_id = {0}"),
    ("honour", "UPDATE partybranch_honour SET title = '全国先进单位'"),
    ("honour", "UPDATE partybranch_honourgrantor SET name = 'x' WHERE place = 2"),
    ("honour", "UPDATE partybranch_honour SET kept_at = 'x'"),
    ("ranking", "UPDATE partybranch_ranking SET rank = 1"),
]


@pytest.mark.parametrize(("whole", "change"), CHANGES, ids=lambda value: value[:40])
def test_change_past_the_application_is_named_with_what_it_concerns(replica, whole, change):
    record, query, what = WHOLES[whole]
    with connection.cursor() as cursor:
        cursor.execute(query)
        key = cursor.fetchone()[0]

    replica(change.format(key))

    assert found() == [CHANGED.format(f"{record} {key}", what)]


def test_row_put_there_where_no_act_tells_of_any(replica, recorded):
    event = party.noticed_event(topic="另一次会")
    replica(
        "INSERT INTO partybranch_observer (event_id, guest, unit, recorded_by_id, recorded_at, withdrawal_reason)"
        f" VALUES ({event.pk}, '何某', 'x', {event.recorded_by_id}, now(), '')"
    )

    assert found() == [CHANGED.format(f"组织生活 {event.pk}", "列席人员")]


def test_row_taken_away_altogether_is_known_to_the_log(replica):
    row = LearningRecord.objects.get(way="self")
    replica(f"DELETE FROM partybranch_learningrecord WHERE id = {row.pk}", "DELETE FROM partybranch_ranking")

    assert found()[0] == GONE.format(f"学习记录 {row.pk}")
    assert len(found()) == 2


def test_queries_do_not_grow_with_the_books(recorded):
    with CaptureQueriesContext(connection) as few:
        found()
    for number in range(5):
        person = party.member(name=f"党员{number}")
        told(person), party.circumstance(person)
    with CaptureQueriesContext(connection) as many:
        found()

    assert len(many) == len(few)


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def is_waited_for() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return cursor.fetchone() == (1,)


@pytest.mark.race
def test_second_act_on_a_person_waits_for_the_first_and_bears_a_digest_of_both():
    person, written, seen = Person.objects.get(name="李四"), Event(), Event()

    def first() -> None:
        try:
            with transaction.atomic():
                party.circumstance(person, "mobile", reason="外出")
                written.set()
                assert seen.wait(30)
        finally:
            connection.close()

    def second() -> None:
        try:
            written.wait(30)
            party.circumstance(person, "exempt", reason="行动不便")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        acts = [pool.submit(first), pool.submit(second)]
        while not (acts[1].done() or is_waited_for()):
            sleep(0.01)
        seen.set()
        for act in acts:
            act.result(30)

    assert person.circumstances.live().count() == 2
    assert found() == []
