"""Who loaded a file does not confirm it with a second account either."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# After the row's own constraints: maker and checker with one account have a sentence of their own.
_ANOTHER = f"""
CREATE FUNCTION imports_another_person() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (
        SELECT 1 FROM accounts_user checker JOIN accounts_user maker
            ON COALESCE(maker.main_account_id, maker.id) = COALESCE(checker.main_account_id, checker.id)
        WHERE checker.id = NEW.confirmed_by_id AND maker.id = NEW.recorded_by_id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'imports_another_person',
            TABLE = 'imports_import', MESSAGE = 'who loaded a file cannot confirm it';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER imports_import_another_person AFTER UPDATE OF confirmed_by_id ON imports_import FOR EACH ROW
    WHEN (NEW.confirmed_by_id IS NOT NULL AND OLD.confirmed_by_id IS NULL) EXECUTE FUNCTION imports_another_person();
"""  # noqa: S608  # nosec B608  names from this repository only
_ANOTHER_DROP = """
DROP TRIGGER imports_import_another_person ON imports_import;
DROP FUNCTION imports_another_person();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_guards_against_forged_tables"), ("imports", "0003_empty_columns_pass_no_rule")]
    operations = [migrations.RunSQL(_ANOTHER, _ANOTHER_DROP)]
