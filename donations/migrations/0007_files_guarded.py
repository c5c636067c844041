"""Gifts and pools from files: where they come from never changes, and a pool that takes orders is nobody's to touch."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, reguarded

_OPEN = "OLD.state IN ('registered', 'returned')"
_UNREVIEWED = (
    f"{_OPEN} AND NEW.reversal_id IS NULL AND NEW.arrival_by_id IS NULL"
    " AND (NEW.state <> 'reviewed' OR OLD.state = 'registered')"
)
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
_ORIGIN = ["loose_key", "import_id", "import_row"]
_AFTER_REVIEW = [
    Transition(
        "OLD.state = 'reviewed' AND OLD.reversal_id IS NULL AND EXISTS (SELECT 1 FROM donations_reversal r"
        " WHERE r.id = NEW.reversal_id AND r.donation_id = OLD.id AND r.state = 'approved')",
        ["reversal_id"],
    ),
    Transition(
        "OLD.state = 'reviewed' AND OLD.arrival = 'pending' AND OLD.reversal_id IS NULL"
        " AND NEW.arrival IN ('arrived', 'bounced') AND NEW.arrival_by_id IS NOT NULL",
        ["arrival", "arrival_by_id", "received_on", "booked_on", "seal"],
    ),
    Transition("NEW.printed_times = OLD.printed_times + 1", ["printed_times"]),
]
# Only the merge of its own import makes a pool binding, and only in the name of who confirmed that import.
_MERGED = Transition(
    "OLD.state = 'merging' AND NEW.state = 'reviewed' AND EXISTS (SELECT 1 FROM imports_import i"
    " WHERE i.id = OLD.import_id AND i.state IN ('merging', 'failed') AND i.confirmed_by_id = NEW.reviewed_by_id)",
    ["state", "orders_digest", "reviewed_by_id", "reviewed_at", "booked_on", "seal"],
)
_BEFORE = [Transition(_UNREVIEWED, never=_FROZEN), *_AFTER_REVIEW]
_AFTER = [
    Transition(f"{_UNREVIEWED} AND NEW.state <> 'merging'", never=[*_FROZEN, *_ORIGIN]),
    _MERGED,
    *_AFTER_REVIEW,
]

_ORDERS = f"""
CREATE OR REPLACE FUNCTION donations_platformorder_pool_open() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    -- A review under way is waited for; what it made of the pool is then seen below.
    PERFORM 1 FROM donations_donation d WHERE d.id IN (SELECT donation_id FROM added) ORDER BY d.id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM (SELECT DISTINCT donation_id FROM added) AS pool
        JOIN donations_donation d ON d.id = pool.donation_id
        WHERE d.shape <> 'pool' OR d.state NOT IN ('registered', 'merging')
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'donations_platformorder_pool_open',
            TABLE = 'donations_platformorder', MESSAGE = 'the pool takes no more orders';
    END IF;
    RETURN NULL;
END
$guard$;
"""  # noqa: S608  # nosec B608  names from this repository only

# The parts of a pool are given once, when it is opened, and wait with it.
_ALLOCATIONS = f"""
CREATE OR REPLACE FUNCTION donations_fundallocation_guard() RETURNS trigger LANGUAGE plpgsql
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
            WHERE d.id = NEW.donation_id
            AND (d.state IN ('registered', 'returned') OR (TG_OP = 'INSERT' AND d.state = 'merging')) FOR SHARE;
        may_change := FOUND;
    END IF;
    IF NOT may_change THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'donations_fundallocation_guard',
            TABLE = 'donations_fundallocation', MESSAGE = 'binding allocation: ' || lower(TG_OP) || ' refused';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END
$guard$;
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0006_gifts_from_files"), ("imports", "0002_imports_guarded")]
    operations = [
        reguarded(
            "donations_donation",
            _BEFORE,
            _AFTER,
            begins="NEW.state IN ('registered', 'merging') AND NEW.arrival_by_id IS NULL",
        ),
        migrations.RunSQL(_ORDERS, migrations.RunSQL.noop),
        migrations.RunSQL(_ALLOCATIONS, migrations.RunSQL.noop),
    ]
