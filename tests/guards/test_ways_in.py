"""Other ways in: round the guards, under them, or through what they trust. Every way leaves every binding row as it is.

Some statements are refused, some do nothing: what counts is what is there afterwards.
"""

import psycopg2
import pytest

from hebi_charity.core.registry import book_checks
from tests.guards.state import state_of
from tests.guards.ways import steps_of_events, steps_of_gifts, steps_of_the_branch
from tests.guards.ways.as_if_decided import AS_IF_DECIDED, HONOURS
from tests.guards.ways.round_the_guards import FORGED_TABLES, ROUND_THE_GUARDS, THROUGH_KEYS

STEPS = (steps_of_gifts, steps_of_events, steps_of_the_branch)
AROUND_THE_STEPS = {name: way for steps in STEPS for name, way in steps.AROUND_THE_STEPS.items()}


@pytest.fixture
def names(session, rows):
    """What stands in the braces of the statements."""
    one = lambda sql: session.run(sql)[0][0]  # noqa: E731
    return {
        "database": one("SELECT current_database()"),
        "reviewed": rows.reviewed.pk,
        "registered": rows.registered.pk,
        "returned": rows.returned.pk,
        "pending": rows.pending.pk,
        "other_registered": rows.other_registered.pk,
        "pool": rows.pool.pk,
        "open_pool": rows.open_pool.pk,
        "requested": rows.requested.pk,
        "requested_gift": rows.requested.donation_id,
        "approved": rows.approved.pk,
        "reversed_gift": rows.approved.donation_id,
        "maker": rows.reviewed.recorded_by_id,
        "other": one("SELECT max(id) FROM accounts_user"),
        "fund": rows.reviewed.allocations.get().fund_id,
        "other_fund": one("SELECT max(id) FROM donations_fund"),
        "donor": rows.reviewed.donor_id,
        "other_donor": rows.registered.donor_id,
    }


def test_no_way_round_the_guards_moves_anything(session, names):
    before, moved = state_of(session), []
    for statements in ROUND_THE_GUARDS + THROUGH_KEYS:
        error = session.refusal(*(statement.format(**names) for statement in statements))
        assert not isinstance(error, psycopg2.errors.SyntaxErrorOrAccessRuleViolation) or error.pgcode == "42501", error
        if state_of(session) != before:
            moved.append(statements)
            before = state_of(session)

    assert moved == []
    assert [difference for check in book_checks for difference in check()] == []


BEGINS = {
    "inserted as reviewed": "donations_donation_begins",
    "inserted as voided": "donations_donation_begins",
    "reversal inserted as approved": "donations_reversal_begins",
    "import inserted as merged": "imports_import_begins",
    "month inserted as closed": "office_period_begins",
    "report inserted as issued": "reports_report_begins",
    "role inserted as ended": "accounts_roleassignment_begins",
    "order inserted as reversed": "donations_platformorder_begins",
    "day sealed before it ended": "audit_dayseal_begins",
    "event inserted as noticed": "partybranch_lifeevent_begins",
    "event inserted as filed": "partybranch_lifeevent_begins",
    "picture inserted as taken away": "partybranch_lifepicture_begins",
    "attendance inserted as marked": "partybranch_attendance_begins",
    **{
        f"{table} inserted as withdrawn": f"partybranch_{table}_begins"
        for table in (
            "branch",
            "body",
            "membership",
            "stagechange",
            "circumstance",
            "term",
            "standing",
            "passonduty",
            "learningrecord",
            "materialpurchase",
            "issueline",
            "materialloan",
            "requirement",
            "calendaraddress",
            "question",
            "draw",
            "examresult",
            "vote",
            *HONOURS,
            "observer",
            "makeup",
        )
    },
}


def test_no_step_is_left_out(session, names):
    """Each is refused: documents begin undecided, parts belong to open documents, months are open, people differ."""
    assert not AS_IF_DECIDED.keys() & AROUND_THE_STEPS
    assert len(AROUND_THE_STEPS) == sum(len(steps.AROUND_THE_STEPS) for steps in STEPS)
    before, passed = state_of(session), []
    for name, statements in (AS_IF_DECIDED | AROUND_THE_STEPS).items():
        error = session.refusal(*(statement.format(**names) for statement in statements))
        assert isinstance(error, (psycopg2.errors.IntegrityError, psycopg2.errors.InsufficientPrivilege, type(None))), (
            name,
            error,
        )
        if error is None:
            passed.append(name)

    assert passed == []
    assert state_of(session) == before
    assert [difference for check in book_checks for difference in check()] == []


def test_decided_row_is_refused_by_how_its_table_begins(session, names):
    """Whatever else stands in the way of such a row: the table's own rule does."""
    found = {}
    for name in BEGINS:
        error = session.refusal(*(statement.format(**names) for statement in AS_IF_DECIDED[name]))
        found[name] = getattr(error, "diag", None) and error.diag.constraint_name

    assert found == BEGINS


@pytest.mark.parametrize("statements", FORGED_TABLES)
def test_forged_temporary_table_is_not_believed(session, names, superuser, statements):
    """Even on a server whose administrator lets everybody make temporary tables."""
    superuser(f"GRANT TEMP ON DATABASE {names['database']} TO PUBLIC")

    error = session.refusal(*(statement.format(**names) for statement in statements))

    assert isinstance(error, psycopg2.errors.RestrictViolation)
