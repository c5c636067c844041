"""What is decided at the same moment: the second waits for the first, looks again and is refused."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import psycopg2
import pytest

from partybranch.services.filing import names_now
from tests.guards.ways.copying import copy_of
from tests.partybranch.factories import member, noticed_event
from tests.partybranch.record.factories import ready_event
from tests.partybranch.study.factories import attended

pytestmark = pytest.mark.race

REVIEW = """
UPDATE donations_donation SET state = 'reviewed', reviewed_at = now(), booked_on = received_on, seal = 'x',
    reviewed_by_id = (SELECT max(id) FROM accounts_user) WHERE id = {0}
"""
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def wait_until_blocked(session, sessions: int = 1) -> None:
    for _ in range(2_000):
        if session.run(WAITING) == [(sessions,)]:
            return
        time.sleep(0.005)
    raise AssertionError("nobody waits, or too few")


def refusal_during(first, second, watcher, statement, other):
    """What the second session is answered when the first commits `statement` while the second waits with `other`."""
    with first.connection.cursor() as cursor:
        cursor.execute(statement)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(second.refusal, other)
        wait_until_blocked(watcher)
        first.connection.commit()
        return waiting.result(30)


@pytest.fixture
def three(open_session, rows):
    return open_session(), open_session(), open_session()


def test_part_moved_while_another_reviews(three, rows):
    fund = three[0].run("SELECT max(id) FROM donations_fund")[0][0]
    move = f"UPDATE donations_fundallocation SET fund_id = {fund} WHERE donation_id = {rows.registered.pk}"

    error = refusal_during(*three, REVIEW.format(rows.registered.pk), move)

    assert isinstance(error, psycopg2.errors.RestrictViolation)
    assert error.diag.constraint_name == "donations_fundallocation_guard"


def test_order_added_while_another_reviews(three, rows):
    pool = rows.open_pool.pk
    order = copy_of("donations_platformorder", "donation_id = {0}", id="900001", row_no="99", order_no='"9"')
    order = (order + " AND row_no = 1").format(pool)

    error = refusal_during(*three, REVIEW.format(pool), order)

    assert isinstance(error, psycopg2.errors.RestrictViolation)
    assert error.diag.constraint_name == "donations_platformorder_pool_open"


def test_gift_booked_while_the_month_closes(three, rows):
    close = """
        UPDATE office_period SET state = 'closing', submitted_at = now(),
            submitted_by_id = (SELECT max(id) FROM accounts_user) WHERE month = '2022-02-01'
    """
    book = REVIEW.format(rows.registered.pk).replace(
        "booked_on = received_on", "donated_on = '2022-02-05', received_on = '2022-02-05', booked_on = '2022-02-05'"
    )

    error = refusal_during(*three, close, book)

    assert isinstance(error, psycopg2.errors.RestrictViolation)
    assert error.diag.constraint_name == "donations_in_open_month"


@pytest.mark.parametrize(
    "statement",
    [
        (
            "UPDATE partybranch_attendance SET status = 'absent', marked_at = now(),"
            " marked_by_id = (SELECT max(id) FROM accounts_user) WHERE event_id = {event}"
        ),
        (
            "INSERT INTO partybranch_minutes (event_id, version, outcome, text, written_by_id, written_at)"
            " SELECT {event}, 2, 'x', 'x', max(id), now() FROM accounts_user"
        ),
        (
            "INSERT INTO partybranch_lifepicture (event_id, kind, given_id, attachment_id, turns, caption, added_by_id,"
            " added_at) SELECT {event}, 'photo', a.id, a.id, 0, '', u.id, now() FROM files_attachment a,"
            " accounts_user u LIMIT 1"
        ),
    ],
    ids=["attendance", "minutes", "picture"],
)
def test_part_of_an_event_changed_while_another_files_it(three, rows, statement):
    event = ready_event(topic="正在归档").pk
    file = f"""
        UPDATE partybranch_lifeevent SET state = 'filed', filed_at = now(), sealed_parts = '{{}}', seal = 'x',
            filed_by_id = (SELECT max(id) FROM accounts_user),
            filed_names = partybranch_names_of(id, (SELECT max(id) FROM accounts_user)) WHERE id = {event}
    """

    error = refusal_during(*three, file, statement.format(event=event))

    assert isinstance(error, psycopg2.errors.RestrictViolation)
    assert error.diag.constraint_name == "partybranch_event_is_filed"


def test_two_sessions_mark_rows_of_one_list_at_once(three, rows, open_session):
    """Both wait for whoever holds the event, then one for the other: nobody waits crosswise, and all are counted."""
    people = [member(name=name) for name in ("周一", "周二")]
    event = noticed_event(topic="同时登记").pk
    mark = f"""
        UPDATE partybranch_attendance SET status = 'present', marked_at = now(),
            marked_by_id = (SELECT max(id) FROM accounts_user) WHERE event_id = {event} AND person_id = {{0.pk}}
    """
    with three[2].connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM partybranch_lifeevent WHERE id = {event} FOR SHARE")
    with ThreadPoolExecutor(2) as pool:
        marking = [pool.submit(one.refusal, mark.format(who)) for one, who in zip(three, people, strict=False)]
        wait_until_blocked(open_session(), sessions=2)
        three[2].connection.commit()
        assert [answer.result(30) for answer in marking] == [None, None]

    assert three[2].run(f"SELECT came FROM partybranch_lifeevent WHERE id = {event}") == [(2,)]


def test_attendance_set_back_while_another_credits_the_hours(three, rows):
    event = attended(member(name="周一"), topic="正在计学时").pk
    credit = f"""
        WITH occasion AS (
            INSERT INTO partybranch_studyoccasion (branch_id, kind, title, starts_on, ends_on, organiser, place,
                event_id, recorded_by_id, recorded_at)
            SELECT branch_id, 'event', topic, held_on, held_on, '', '', id, recorded_by_id, now()
            FROM partybranch_lifeevent WHERE id = {event} RETURNING *
        )
        INSERT INTO partybranch_learningrecord (branch_id, person_id, way, subject, note, starts_on, ends_on, year,
            rule_id, quantity, hours, occasion_id, recorded_by_id, recorded_at, withdrawal_reason, confirmed_by_id,
            confirmed_at)
        SELECT o.branch_id, a.person_id, 'meeting', 'x', '', o.starts_on, o.ends_on, 2024, r.id, 1, r.hours, o.id,
            o.recorded_by_id, now(), '', o.recorded_by_id, now()
        FROM occasion o, partybranch_attendance a, partybranch_hourrule r
        WHERE a.event_id = {event} AND a.status = 'present' AND r.unit = 'hour'
    """
    set_back = f"""
        UPDATE partybranch_attendance SET status = 'absent' WHERE event_id = {event} AND status = 'present'
    """

    error = refusal_during(*three, credit, set_back)

    assert isinstance(error, psycopg2.errors.CheckViolation)
    assert error.diag.constraint_name == "partybranch_hours_stand"


def test_self_study_of_one_day_recorded_by_two_at_once(three, rows):
    person = member(name="周一")
    state = f"""
        INSERT INTO partybranch_learningrecord (branch_id, person_id, way, subject, note, starts_on, ends_on, year,
            rule_id, quantity, hours, recorded_by_id, recorded_at, withdrawal_reason)
        SELECT m.branch_id, m.person_id, 'self', 'x', '', '2024-03-01', '2024-03-01', 2024, r.id, 13, 13 * r.hours,
            m.recorded_by_id, now(), '' FROM partybranch_membership m, partybranch_hourrule r
        WHERE m.person_id = {person.pk} AND r.unit = 'self_hour'
    """

    error = refusal_during(*three, state, state)

    assert isinstance(error, psycopg2.errors.CheckViolation)
    assert error.diag.constraint_name == "partybranch_self_study_fits_day"
    assert three[2].run(f"SELECT hours FROM partybranch_learningrecord WHERE person_id = {person.pk}") == [(13,)]


def test_person_renamed_while_another_files_with_the_name_of_before(three, rows):
    """Whoever files waits for the new name and is refused: what is kept is the name of the moment of filing."""
    event = ready_event(topic="正在归档")
    renamed = f"UPDATE partybranch_person SET name = '改名' WHERE id = {event.chair_id}"
    names = json.dumps(names_now(event, by=event.noticed_by))
    file = f"""
        UPDATE partybranch_lifeevent SET state = 'filed', filed_at = now(), sealed_parts = '{{}}', seal = 'x',
            filed_by_id = {event.noticed_by_id}, filed_names = '{names}' WHERE id = {event.pk}
    """

    error = refusal_during(*three, renamed, file)

    assert isinstance(error, psycopg2.errors.CheckViolation)
    assert error.diag.constraint_name == "partybranch_filed_has_names"


def test_person_is_renamed_only_after_what_names_it_is_filed(three, rows):
    event = ready_event(topic="正在归档")
    file = f"""
        UPDATE partybranch_lifeevent SET state = 'filed', filed_at = now(), sealed_parts = '{{}}', seal = 'x',
            filed_by_id = {event.noticed_by_id}, filed_names = partybranch_names_of(id, {event.noticed_by_id})
            WHERE id = {event.pk}
    """

    error = refusal_during(*three, file, f"UPDATE partybranch_person SET name = '改名' WHERE id = {event.chair_id}")

    event.refresh_from_db()
    assert (error, event.chair.name, event.name_of(event.chair)) == (None, "改名", "张建国")
