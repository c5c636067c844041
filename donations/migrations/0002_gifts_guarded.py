from django.db import migrations

from hebi_charity.core.guards import Transition, append_only, guard_drop_sql, guarded

_UNREVIEWED = "OLD.state IN ('registered', 'returned')"
_APPROVED = (
    "EXISTS (SELECT 1 FROM donations_reversal r"
    " WHERE r.id = NEW.reversal_id AND r.donation_id = OLD.{owner} AND r.state = 'approved')"
)

# The parts of a document may change as long as the document may.
_ALLOCATION_GUARD = """
CREATE FUNCTION donations_fundallocation_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $guard$
BEGIN
    IF TG_OP <> 'TRUNCATE' AND (TG_OP = 'INSERT' OR EXISTS (
        SELECT 1 FROM donations_donation d WHERE d.id = OLD.donation_id AND d.state IN ('registered', 'returned')
    )) AND (TG_OP = 'DELETE' OR EXISTS (
        SELECT 1 FROM donations_donation d WHERE d.id = NEW.donation_id AND d.state IN ('registered', 'returned')
    )) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'donations_fundallocation_guard',
        TABLE = 'donations_fundallocation', MESSAGE = 'binding allocation: ' || lower(TG_OP) || ' refused';
END
$guard$;
CREATE TRIGGER donations_fundallocation_guard_row BEFORE INSERT OR UPDATE OR DELETE ON donations_fundallocation
    FOR EACH ROW EXECUTE FUNCTION donations_fundallocation_guard();
CREATE TRIGGER donations_fundallocation_guard_truncate BEFORE TRUNCATE ON donations_fundallocation
    FOR EACH STATEMENT EXECUTE FUNCTION donations_fundallocation_guard();
"""

# At commit, the parts of every touched document sum to its amount, and there is at least one.
_SUM = """
CREATE FUNCTION donations_allocations_sum() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $guard$
DECLARE
    touched bigint;
    wrong boolean;
BEGIN
    IF TG_TABLE_NAME = 'donations_donation' THEN
        touched := NEW.id;
    ELSIF TG_OP = 'DELETE' THEN
        touched := OLD.donation_id;
    ELSE
        touched := NEW.donation_id;
    END IF;
    SELECT d.amount IS DISTINCT FROM (SELECT sum(a.amount) FROM donations_fundallocation a WHERE a.donation_id = d.id)
    INTO wrong FROM donations_donation d WHERE d.id = touched;
    IF wrong THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'donations_allocations_sum',
            TABLE = 'donations_fundallocation', MESSAGE = 'allocations do not sum to the amount';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE CONSTRAINT TRIGGER donations_allocations_sum_part AFTER INSERT OR UPDATE OR DELETE ON donations_fundallocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION donations_allocations_sum();
CREATE CONSTRAINT TRIGGER donations_allocations_sum_whole AFTER INSERT OR UPDATE OF amount ON donations_donation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION donations_allocations_sum();
"""
_SUM_DROP = """
DROP TRIGGER donations_allocations_sum_part ON donations_fundallocation;
DROP TRIGGER donations_allocations_sum_whole ON donations_donation;
DROP FUNCTION donations_allocations_sum();
"""

# A pool takes orders only until it is reviewed. One test a statement: half a million orders come in a few.
_ORDERS = """
CREATE FUNCTION donations_platformorder_pool_open() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $guard$
BEGIN
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
CREATE TRIGGER donations_platformorder_pool_open AFTER INSERT ON donations_platformorder
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION donations_platformorder_pool_open();
"""
_ORDERS_DROP = """
DROP TRIGGER donations_platformorder_pool_open ON donations_platformorder;
DROP FUNCTION donations_platformorder_pool_open();
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0001_gifts_and_funds")]
    operations = [
        guarded(
            "donations_donation",
            Transition(
                _UNREVIEWED,
                never=[
                    "id",
                    "donation_no",
                    "query_code",
                    "shape",
                    "recorded_by_id",
                    "recorded_at",
                    "recorded_on",
                    "content_key",
                    "occurrence",
                ],
            ),
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
        ),
        migrations.RunSQL(_ALLOCATION_GUARD, guard_drop_sql("donations_fundallocation")),
        migrations.RunSQL(_SUM, _SUM_DROP),
        guarded(
            "donations_platformorder",
            Transition("OLD.reversal_id IS NULL AND " + _APPROVED.format(owner="donation_id"), ["reversal_id"]),
        ),
        migrations.RunSQL(_ORDERS, _ORDERS_DROP),
        guarded(
            "donations_reversal",
            Transition(
                "OLD.state = 'requested' AND NEW.state IN ('approved', 'refused')",
                ["state", "approved_by_id", "approved_at", "reversed_on", "refusal"],
            ),
        ),
        append_only("donations_incomekindrule"),
    ]
