"""Whose account it is, is said once: four eyes compare people, and a link taken off for a moment would make two of one.

Nor do accounts form a chain: two accounts of one person would have different main accounts and pass for two people.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_FIXED = f"""
CREATE FUNCTION accounts_main_account_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'accounts_main_account_fixed',
        TABLE = 'accounts_user', MESSAGE = 'whose second account this is, was said once';
END
$guard$;
CREATE TRIGGER accounts_main_account_fixed BEFORE UPDATE ON accounts_user FOR EACH ROW
    WHEN (OLD.main_account_id IS NOT NULL AND NEW.main_account_id IS DISTINCT FROM OLD.main_account_id)
    EXECUTE FUNCTION accounts_main_account_fixed();
"""
_FIXED_DROP = """
DROP TRIGGER accounts_main_account_fixed ON accounts_user;
DROP FUNCTION accounts_main_account_fixed();
"""
# Both rows are held until the end, so that two links at once cannot make a chain together.
_NO_CHAIN = f"""
CREATE FUNCTION accounts_main_account_is_first() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM accounts_user u WHERE u.id IN (NEW.id, NEW.main_account_id) ORDER BY u.id FOR SHARE;
    IF EXISTS (
        SELECT 1 FROM accounts_user u
        WHERE (u.id = NEW.main_account_id AND u.main_account_id IS NOT NULL) OR u.main_account_id = NEW.id
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_main_account_is_first',
            TABLE = 'accounts_user', MESSAGE = 'a second account is that of a first account';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER accounts_main_account_is_first AFTER INSERT OR UPDATE OF main_account_id ON accounts_user FOR EACH ROW
    WHEN (NEW.main_account_id IS NOT NULL) EXECUTE FUNCTION accounts_main_account_is_first();
"""  # noqa: S608  # nosec B608  names from this repository only
_NO_CHAIN_DROP = """
DROP TRIGGER accounts_main_account_is_first ON accounts_user;
DROP FUNCTION accounts_main_account_is_first();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_guards_against_forged_tables")]
    operations = [
        migrations.RunSQL(_FIXED, _FIXED_DROP),
        migrations.RunSQL(_NO_CHAIN, _NO_CHAIN_DROP),
    ]
