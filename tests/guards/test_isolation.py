"""Guards that lock and then look need to see what others committed meanwhile: no other transaction writes."""

import psycopg2
import pytest

from hebi_charity.core.guards import BINDING
from hebi_charity.core.sentences import sentence_of
from tests.partybranch.factories import a_branch, member

RULE = "partybranch_read_committed"
BEFORE, INSERT, UPDATE = 2, 4, 16  # bits of pg_trigger.tgtype; without 1: for each statement
TRIGGERS = f"""
SELECT c.relname, t.tgtype, t.tgenabled FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
JOIN pg_proc p ON p.oid = t.tgfoid WHERE p.proname = '{RULE}'
"""
SELF_STUDY = """
INSERT INTO partybranch_learningrecord (branch_id, person_id, way, subject, note, starts_on, ends_on, year, rule_id,
    quantity, hours, recorded_by_id, recorded_at, withdrawal_reason)
SELECT m.branch_id, m.person_id, 'self', 'x', '', '2024-03-01', '2024-03-01', 2024, r.id, 20, 20 * r.hours,
    m.recorded_by_id, now(), '' FROM partybranch_membership m, partybranch_hourrule r
WHERE m.person_id = {person.pk} AND r.unit = 'self_hour'
"""


@pytest.fixture
def person(rows):
    return member(name="周一")


def test_every_binding_table_of_the_branch_asks(session):
    found = {table: (kind, enabled) for table, kind, enabled in session.run(TRIGGERS)}

    wanted = (BEFORE | INSERT | UPDATE, "O")
    assert found == dict.fromkeys((table for table in BINDING if table.startswith("partybranch_")), wanted)


@pytest.mark.parametrize("level", ["REPEATABLE READ", "SERIALIZABLE"])
@pytest.mark.parametrize("how", ["SET TRANSACTION ISOLATION LEVEL", "SET default_transaction_isolation TO"])
def test_two_statements_of_20_hours_of_self_study_on_one_day(open_session, person, level, how):
    """The second looked before the first committed: with the sight of then, it would find room for its own."""
    first, second = open_session(), open_session()
    statement = SELF_STUDY.format(person=person)
    with second.connection.cursor() as cursor:
        if how.startswith("SET default"):
            cursor.execute(f"{how} '{level.lower()}'")
            second.connection.commit()
        else:
            cursor.execute(f"{how} {level}")
        cursor.execute("SELECT count(*) FROM partybranch_person")
        first.run(statement)
        with pytest.raises(psycopg2.errors.RestrictViolation) as caught:
            cursor.execute(statement)
    second.connection.rollback()

    assert caught.value.diag.constraint_name == RULE
    assert first.run(f"SELECT hours FROM partybranch_learningrecord WHERE person_id = {person.pk}") == [(20,)]


def test_branch_withdrawn_with_the_sight_of_before_a_body_was_added(open_session, rows):
    branch = a_branch("登记错的支部").pk
    first, second = open_session(), open_session()
    body = f"""
        INSERT INTO partybranch_body (branch_id, kind, name, founded_on, withdrawal_reason)
        VALUES ({branch}, 'group', '第一党小组', '2024-01-01', '')
    """
    withdraw = f"""
        UPDATE partybranch_branch SET withdrawn_at = now(), withdrawal_reason = 'x',
            withdrawn_by_id = (SELECT max(id) FROM accounts_user) WHERE id = {branch}
    """
    with second.connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute("SELECT count(*) FROM partybranch_person")
        first.run(body)
        with pytest.raises(psycopg2.errors.RestrictViolation) as caught:
            cursor.execute(withdraw)
    second.connection.rollback()

    assert caught.value.diag.constraint_name == RULE
    assert first.refusal(withdraw).diag.constraint_name == "partybranch_branch_has_records"


def test_it_says_so_in_chinese():
    assert sentence_of(RULE) == (
        "这次写入所用的事务看不到别人刚保存的内容，没有任何改动。请用 READ COMMITTED 隔离级别重新办理。"
    )
