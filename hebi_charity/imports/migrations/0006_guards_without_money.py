"""The guards know imports without money: how they are decided, taken in by one person, and taken back."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, reguarded

_BEFORE = (
    "(OLD.state IN ('uploaded', 'checked', 'returned') OR (OLD.state = 'failed' AND OLD.failed_while = 'checking'))"
)
_ORIGIN = ["id", "import_no", "target", "file_id", "file_sha256", "recorded_by_id", "recorded_at", "recorded_on"]
_CONFIRMATION = ["confirmed_by_id", "confirmed_at", "seal", "merged_to", "outcome", "finished_at"]
_FINDINGS = ["report", "question", "blocks", "digest", "first_day", "last_day"]
_ANSWER = ["answer", "answered_by_id", "answered_at"]
_RETURN = ["returned_by_id", "returned_at", "returned_reason"]
_FAILURE = ["failed_while", "failure"]
_UNDO = ["undone_by_id", "undone_at", "undo_reason"]
_MERGING = (
    "(OLD.state IN ('confirmed', 'merging') OR (OLD.state = 'failed' AND OLD.failed_while = 'merging'))"
    " AND NEW.state IN ('merging', 'done', 'failed')"
)


def _life(*, kind: list[str], empty: str, doubts: list[str], more: list[Transition]) -> list[Transition]:
    return [
        Transition(
            f"{_BEFORE} AND NEW.state IN ('uploaded', 'checking') AND NEW.answer = '' AND NEW.digest = ''{empty}",
            never=[*_ORIGIN, *kind, *_CONFIRMATION, *_RETURN],
        ),
        Transition("OLD.state = 'checking' AND NEW.state = 'checked'", ["state", *_FINDINGS, *doubts]),
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
        *more,
    ]


_OLD = _life(kind=[], empty="", doubts=[], more=[])
_NEW = _life(
    kind=["kind", "needs_second_person", *_UNDO],
    empty=" AND NEW.decisions = '{}'::jsonb AND NEW.undecided = 0",
    doubts=["undecided"],
    more=[
        Transition("OLD.state = 'checked' AND NEW.state = 'checked'", ["decisions", "undecided"]),
        Transition("OLD.state = 'done' AND NEW.state = 'undone' AND NEW.kind = 'entries'", ["state", *_UNDO]),
    ],
)
_BEGINS = (
    "NEW.state = 'uploaded' AND NEW.seal = '' AND NEW.digest = '' AND NEW.merged_to = 0"
    " AND NEW.decisions = '{}'::jsonb AND NEW.undecided = 0"
)

# The same function as before, which now also lets no row in whose shape is not that of its import.
_STAGED = """
CREATE OR REPLACE FUNCTION imports_stagedrow_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = {path} AS $guard$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NOT EXISTS (
            SELECT 1 FROM ({fresh}) AS fresh
            LEFT JOIN imports_import i ON i.id = fresh.import_id WHERE i.state IS DISTINCT FROM 'checking'{shaped}
        ) THEN RETURN NULL; END IF;
    ELSIF TG_OP = 'UPDATE' THEN
        IF EXISTS (
            SELECT 1 FROM imports_import i WHERE i.id = OLD.import_id AND NEW.import_id = OLD.import_id AND (
                i.state = 'checking'{kept} OR (
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
"""  # nosec B608  names from this repository only
_STAGED_NEW = _STAGED.format(
    path=SEARCH_PATH,
    fresh="SELECT DISTINCT import_id, shape = 'entry' AS is_entry FROM added",
    shaped=" OR (i.kind = 'entries') <> fresh.is_entry",
    kept=" AND (i.kind = 'entries') = (NEW.shape = 'entry')",
)
_STAGED_OLD = _STAGED.format(path=SEARCH_PATH, fresh="SELECT DISTINCT import_id FROM added", shaped="", kept="")

_ANOTHER = """
DROP TRIGGER imports_import_another_person ON imports_import;
CREATE TRIGGER imports_import_another_person AFTER UPDATE OF confirmed_by_id ON imports_import FOR EACH ROW
    WHEN (NEW.confirmed_by_id IS NOT NULL AND OLD.confirmed_by_id IS NULL{of})
    EXECUTE FUNCTION imports_another_person();
"""


class Migration(migrations.Migration):
    dependencies = [("imports", "0005_files_without_money")]
    operations = [
        reguarded("imports_import", _OLD, _NEW, begins=_BEGINS),
        migrations.RunSQL(_STAGED_NEW, _STAGED_OLD),
        migrations.RunSQL(_ANOTHER.format(of=" AND NEW.needs_second_person"), _ANOTHER.format(of="")),
    ]
