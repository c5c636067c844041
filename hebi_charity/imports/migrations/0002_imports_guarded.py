from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guarded

_BEFORE = (
    "(OLD.state IN ('uploaded', 'checked', 'returned') OR (OLD.state = 'failed' AND OLD.failed_while = 'checking'))"
)
_ORIGIN = ["id", "import_no", "target", "file_id", "file_sha256", "recorded_by_id", "recorded_at", "recorded_on"]
_CONFIRMATION = ["confirmed_by_id", "confirmed_at", "seal", "merged_to", "outcome", "finished_at"]
_FINDINGS = ["report", "question", "blocks", "digest", "first_day", "last_day"]
_ANSWER = ["answer", "answered_by_id", "answered_at"]
_RETURN = ["returned_by_id", "returned_at", "returned_reason"]
_FAILURE = ["failed_while", "failure"]
_MERGING = (
    "(OLD.state IN ('confirmed', 'merging') OR (OLD.state = 'failed' AND OLD.failed_while = 'merging'))"
    " AND NEW.state IN ('merging', 'done', 'failed')"
)
_LIFE = [
    Transition(
        f"{_BEFORE} AND NEW.state IN ('uploaded', 'checking') AND NEW.answer = '' AND NEW.digest = ''",
        never=[*_ORIGIN, *_CONFIRMATION, *_RETURN],
    ),
    Transition("OLD.state = 'checking' AND NEW.state = 'checked'", ["state", *_FINDINGS]),
    Transition("OLD.state = 'checking' AND NEW.state = 'failed'", ["state", *_FAILURE]),
    Transition(
        "OLD.state = 'failed' AND OLD.failed_while = 'checking' AND NEW.state = 'checking'", ["state", *_FAILURE]
    ),
    Transition("OLD.state = 'checked' AND NEW.state = 'checked' AND OLD.answer = ''", _ANSWER),
    Transition(
        f"{_BEFORE} AND NEW.state = 'discarded'",
        ["state", "discarded_by_id", "discarded_at", "discard_reason", *_RETURN, *_FAILURE],
    ),
    Transition("OLD.state = 'checked' AND NEW.state = 'submitted'", ["state", "submitted_at", *_RETURN]),
    Transition(
        "OLD.state = 'submitted' AND NEW.state = 'confirmed'", ["state", "confirmed_by_id", "confirmed_at", "seal"]
    ),
    Transition("OLD.state = 'submitted' AND NEW.state = 'returned'", ["state", *_RETURN]),
    Transition(
        f"{_MERGING} AND NEW.merged_to >= OLD.merged_to",
        ["state", "merged_to", "outcome", "finished_at", *_FAILURE],
    ),
]

# Rows come and go by the half million, so their guard looks once a statement; it stands for the foreign key too.
# A single row is changed only by the check, or marked at the merge as taken by others meanwhile.
_STAGED_ROWS = f"""
CREATE FUNCTION imports_stagedrow_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT 1 FROM (SELECT DISTINCT import_id FROM added) AS fresh
            LEFT JOIN imports_import i ON i.id = fresh.import_id WHERE i.state IS DISTINCT FROM 'checking'
        ) THEN RETURN NULL; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF EXISTS (
            SELECT 1 FROM imports_import i WHERE i.id = OLD.import_id AND NEW.import_id = OLD.import_id AND (
                i.state = 'checking' OR (
                    i.state IN ('confirmed', 'merging') AND NEW.known_at_merge AND NOT OLD.known_at_merge
                    AND to_jsonb(NEW) - 'known_at_merge' = to_jsonb(OLD) - 'known_at_merge'
                )
            )
        ) THEN RETURN NEW; END IF;
    ELSIF TG_OP = 'DELETE' THEN
        IF NOT EXISTS (
            SELECT 1 FROM (SELECT DISTINCT import_id, verdict = 'rejected' AS is_rejected FROM gone) AS rows_gone
            LEFT JOIN imports_import i ON i.id = rows_gone.import_id
            WHERE i.id IS NULL OR NOT (
                i.state IN ('checking', 'discarded') OR (i.state = 'done' AND NOT rows_gone.is_rejected)
            )
        ) THEN RETURN NULL; END IF;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'imports_stagedrow_guard',
        TABLE = 'imports_stagedrow', MESSAGE = 'staged rows are frozen: ' || lower(TG_OP) || ' refused';
END
$guard$;
CREATE TRIGGER imports_stagedrow_guard_insert AFTER INSERT ON imports_stagedrow
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION imports_stagedrow_guard();
CREATE TRIGGER imports_stagedrow_guard_row BEFORE UPDATE ON imports_stagedrow
    FOR EACH ROW EXECUTE FUNCTION imports_stagedrow_guard();
CREATE TRIGGER imports_stagedrow_guard_delete AFTER DELETE ON imports_stagedrow
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION imports_stagedrow_guard();
CREATE TRIGGER imports_stagedrow_guard_truncate BEFORE TRUNCATE ON imports_stagedrow
    FOR EACH STATEMENT EXECUTE FUNCTION imports_stagedrow_guard();
"""  # noqa: S608  # nosec B608  names from this repository only
_STAGED_ROWS_DROP = """
DROP TRIGGER imports_stagedrow_guard_insert ON imports_stagedrow;
DROP TRIGGER imports_stagedrow_guard_row ON imports_stagedrow;
DROP TRIGGER imports_stagedrow_guard_delete ON imports_stagedrow;
DROP TRIGGER imports_stagedrow_guard_truncate ON imports_stagedrow;
DROP FUNCTION imports_stagedrow_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0001_import_records")]
    operations = [
        guarded(
            "imports_import",
            *_LIFE,
            begins="NEW.state = 'uploaded' AND NEW.seal = '' AND NEW.digest = '' AND NEW.merged_to = 0",
        ),
        migrations.RunSQL(_STAGED_ROWS, _STAGED_ROWS_DROP),
    ]
