"""What the first guards let through: a reversal set while reviewing, parts changed while another reviews, a part moved
away from a document, an order added while another reviews, a document booked in a month that is not open, and
documents inserted as if they were decided.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guard_drop_sql, reguarded

_OPEN = "OLD.state IN ('registered', 'returned')"
_FROZEN = [
    "id",
    "donation_no",
    "query_code",
    "shape",
    "recorded_by_id",
    "recorded_at",
    "recorded_on",
    "content_key",
    "occurrence",
]
_APPROVED = (
    "EXISTS (SELECT 1 FROM donations_reversal r"
    " WHERE r.id = NEW.reversal_id AND r.donation_id = OLD.{owner} AND r.state = 'approved')"
)
_AFTER_REVIEW = [
    Transition(
        "OLD.state = 'reviewed' AND OLD.reversal_id IS NULL AND " + _APPROVED.format(owner="id"),
        ["reversal_id"],
    ),
    Transition(
        "OLD.state = 'reviewed' AND OLD.arrival = 'pending' AND OLD.reversal_id IS NULL"
        " AND NEW.arrival IN ('arrived', 'bounced') AND NEW.arrival_by_id IS NOT NULL",
        ["arrival", "arrival_by_id", "received_on", "booked_on", "seal"],
    ),
    Transition("NEW.printed_times = OLD.printed_times + 1", ["printed_times"]),
]
_DONATION_BEFORE = [Transition(_OPEN, never=_FROZEN), *_AFTER_REVIEW]
_DONATION = [
    Transition(
        f"{_OPEN} AND NEW.reversal_id IS NULL AND NEW.arrival_by_id IS NULL"
        " AND (NEW.state <> 'reviewed' OR OLD.state = 'registered')",
        never=_FROZEN,
    ),
    *_AFTER_REVIEW,
]
_ORDER = [Transition("OLD.reversal_id IS NULL AND " + _APPROVED.format(owner="donation_id"), ["reversal_id"])]
_REVERSAL = [
    Transition(
        "OLD.state = 'requested' AND NEW.state IN ('approved', 'refused')",
        ["state", "approved_by_id", "approved_at", "reversed_on", "refusal"],
    )
]

# The lock makes a change of a part wait for a review under way, and look again.
_ALLOCATION_GUARD = f"""
CREATE FUNCTION donations_fundallocation_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    may_change boolean := TG_OP <> 'TRUNCATE';
BEGIN
    IF TG_OP IN ('UPDATE', 'DELETE') THEN
        PERFORM 1 FROM donations_donation d
            WHERE d.id = OLD.donation_id AND d.state IN ('registered', 'returned') FOR SHARE;
        may_change := FOUND;
    END IF;
    IF may_change AND TG_OP <> 'DELETE' THEN
        PERFORM 1 FROM donations_donation d
            WHERE d.id = NEW.donation_id AND d.state IN ('registered', 'returned') FOR SHARE;
        may_change := FOUND;
    END IF;
    IF NOT may_change THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'donations_fundallocation_guard',
            TABLE = 'donations_fundallocation', MESSAGE = 'binding allocation: ' || lower(TG_OP) || ' refused';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$guard$;
CREATE TRIGGER donations_fundallocation_guard_row BEFORE INSERT OR UPDATE OR DELETE ON donations_fundallocation
    FOR EACH ROW EXECUTE FUNCTION donations_fundallocation_guard();
CREATE TRIGGER donations_fundallocation_guard_truncate BEFORE TRUNCATE ON donations_fundallocation
    FOR EACH STATEMENT EXECUTE FUNCTION donations_fundallocation_guard();
"""

_SUM = f"""
CREATE OR REPLACE FUNCTION donations_allocations_sum() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    touched bigint[];
BEGIN
    IF TG_TABLE_NAME = 'donations_donation' THEN
        touched := ARRAY[NEW.id];
    ELSIF TG_OP = 'INSERT' THEN
        touched := ARRAY[NEW.donation_id];
    ELSIF TG_OP = 'DELETE' THEN
        touched := ARRAY[OLD.donation_id];
    ELSE
        touched := ARRAY[OLD.donation_id, NEW.donation_id];
    END IF;
    IF EXISTS (
        SELECT 1 FROM donations_donation d WHERE d.id = ANY(touched) AND d.amount IS DISTINCT FROM
            (SELECT sum(a.amount) FROM donations_fundallocation a WHERE a.donation_id = d.id)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'donations_allocations_sum',
            TABLE = 'donations_fundallocation', MESSAGE = 'allocations do not sum to the amount';
    END IF;
    RETURN NULL;
END
$guard$;
"""  # noqa: S608  # nosec B608  names from this repository only

_ORDERS = f"""
CREATE OR REPLACE FUNCTION donations_platformorder_pool_open() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    -- A review under way is waited for; what it made of the pool is then seen below.
    PERFORM 1 FROM donations_donation d WHERE d.id IN (SELECT donation_id FROM added) ORDER BY d.id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT donation_id FROM added) AS pool
        JOIN donations_donation d ON d.id = pool.donation_id
        WHERE d.shape <> 'pool' OR d.state <> 'registered'
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'donations_platformorder_pool_open',
            TABLE = 'donations_platformorder', MESSAGE = 'the pool takes no more orders';
    END IF;
    RETURN NULL;
END
$guard$;
"""  # noqa: S608  # nosec B608  names from this repository only

# The name makes it fire after the guard of the table: what binds already is refused by the guard.
_IN_OPEN_MONTH = f"""
CREATE FUNCTION donations_in_open_month() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    day date := to_jsonb(NEW) ->> TG_ARGV[0];
BEGIN
    PERFORM 1 FROM office_period p WHERE p.month = date_trunc('month', day)::date AND p.state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'donations_in_open_month',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the month is not open: nothing can be booked in it';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE TRIGGER donations_donation_in_open_month BEFORE UPDATE OF booked_on ON donations_donation FOR EACH ROW
    WHEN (NEW.booked_on IS NOT NULL) EXECUTE FUNCTION donations_in_open_month('booked_on');
CREATE TRIGGER donations_reversal_in_open_month BEFORE UPDATE OF reversed_on ON donations_reversal FOR EACH ROW
    WHEN (NEW.reversed_on IS NOT NULL) EXECUTE FUNCTION donations_in_open_month('reversed_on');
"""
_IN_OPEN_MONTH_DROP = """
DROP TRIGGER donations_donation_in_open_month ON donations_donation;
DROP TRIGGER donations_reversal_in_open_month ON donations_reversal;
DROP FUNCTION donations_in_open_month();
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0002_gifts_guarded"), ("office", "0003_months_begin_open")]
    operations = [
        reguarded(
            "donations_donation",
            _DONATION_BEFORE,
            _DONATION,
            begins="NEW.state = 'registered' AND NEW.arrival_by_id IS NULL",
        ),
        migrations.RunSQL(guard_drop_sql("donations_fundallocation") + _ALLOCATION_GUARD, migrations.RunSQL.noop),
        migrations.RunSQL(_SUM, migrations.RunSQL.noop),
        reguarded("donations_platformorder", _ORDER, _ORDER, begins="NEW.reversal_id IS NULL"),
        migrations.RunSQL(_ORDERS, migrations.RunSQL.noop),
        reguarded("donations_reversal", _REVERSAL, _REVERSAL, begins="NEW.state = 'requested'"),
        reguarded("donations_incomekindrule"),
        migrations.RunSQL(_IN_OPEN_MONTH, _IN_OPEN_MONTH_DROP),
    ]
