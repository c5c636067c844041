"""What binds of study materials: purchases, lists and their lines, loans; and copies never fall below nothing."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, append_only, guarded

_WITHDRAWN = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.withdrawn_by_id IS NOT NULL"
    " AND NEW.withdrawal_reason <> ''",
    ["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"],
)
_SIGNED = Transition(
    "OLD.withdrawn_at IS NULL AND OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL AND NEW.signed_by_id IS NOT NULL",
    ["signed_at", "signed_by_id"],
)
_RETURNED = Transition(
    "OLD.withdrawn_at IS NULL AND OLD.returned_on IS NULL AND NEW.returned_on IS NOT NULL"
    " AND NEW.returned_to_id IS NOT NULL",
    ["returned_on", "returned_to_id"],
)

_DATED = {"materialpurchase": ["bought_on"], "issuelist": ["issued_on"], "materialloan": ["lent_on", "returned_on"]}
_FUTURE = "".join(
    f"CREATE TRIGGER partybranch_{table}_not_in_future AFTER INSERT OR UPDATE ON partybranch_{table}"
    f" FOR EACH ROW EXECUTE FUNCTION partybranch_not_in_future({', '.join(repr(column) for column in columns)});\n"
    for table, columns in _DATED.items()
)
_FUTURE_DROP = "".join(f"DROP TRIGGER partybranch_{table}_not_in_future ON partybranch_{table};\n" for table in _DATED)

# The lock on the title makes two who hand out its last copy wait for each other.
_STOCK = f"""
CREATE FUNCTION partybranch_stock_not_negative() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_studymaterial m WHERE m.id = NEW.material_id FOR NO KEY UPDATE;
    IF (SELECT coalesce(sum(p.copies), 0) FROM partybranch_materialpurchase p
            WHERE p.material_id = NEW.material_id AND p.withdrawn_at IS NULL)
        < (SELECT coalesce(sum(i.copies), 0) FROM partybranch_issueline i
            WHERE i.material_id = NEW.material_id AND i.withdrawn_at IS NULL)
        + (SELECT coalesce(sum(l.copies), 0) FROM partybranch_materialloan l
            WHERE l.material_id = NEW.material_id AND l.withdrawn_at IS NULL AND l.returned_on IS NULL)
    THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_stock_not_negative',
            TABLE = TG_TABLE_NAME, MESSAGE = 'more copies would be out than came in';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_materialpurchase_stock AFTER UPDATE OF withdrawn_at ON partybranch_materialpurchase
    FOR EACH ROW EXECUTE FUNCTION partybranch_stock_not_negative();
CREATE TRIGGER partybranch_issueline_stock AFTER INSERT ON partybranch_issueline
    FOR EACH ROW EXECUTE FUNCTION partybranch_stock_not_negative();
CREATE TRIGGER partybranch_materialloan_stock AFTER INSERT ON partybranch_materialloan
    FOR EACH ROW EXECUTE FUNCTION partybranch_stock_not_negative();
"""  # noqa: S608  # nosec B608  names from this repository only
_STOCK_DROP = """
DROP TRIGGER partybranch_materialloan_stock ON partybranch_materialloan;
DROP TRIGGER partybranch_issueline_stock ON partybranch_issueline;
DROP TRIGGER partybranch_materialpurchase_stock ON partybranch_materialpurchase;
DROP FUNCTION partybranch_stock_not_negative();
"""

_BRANCH = f"""
CREATE FUNCTION partybranch_issue_of_branch() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_issuelist l JOIN partybranch_studymaterial m ON m.branch_id = l.branch_id
        WHERE l.id = NEW.issue_list_id AND m.id = NEW.material_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_issue_of_branch',
            TABLE = 'partybranch_issueline', MESSAGE = 'list and material belong to different branches';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_issueline_of_branch AFTER INSERT ON partybranch_issueline
    FOR EACH ROW EXECUTE FUNCTION partybranch_issue_of_branch();
"""  # nosec B608  names from this repository only
_BRANCH_DROP = """
DROP TRIGGER partybranch_issueline_of_branch ON partybranch_issueline;
DROP FUNCTION partybranch_issue_of_branch();
"""
_BEGINS = "NEW.withdrawn_at IS NULL"


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0042_plans_and_materials")]
    operations = [
        guarded("partybranch_materialpurchase", _WITHDRAWN, begins=_BEGINS),
        append_only("partybranch_issuelist"),
        guarded("partybranch_issueline", _SIGNED, _WITHDRAWN, begins=f"{_BEGINS} AND NEW.signed_at IS NULL"),
        guarded("partybranch_materialloan", _RETURNED, _WITHDRAWN, begins=f"{_BEGINS} AND NEW.returned_on IS NULL"),
        migrations.RunSQL(_FUTURE, _FUTURE_DROP),
        migrations.RunSQL(_STOCK, _STOCK_DROP),
        migrations.RunSQL(_BRANCH, _BRANCH_DROP),
    ]
