"""The database itself refuses two roles that may not meet in one person, whoever inserts."""

from django.db import migrations

CREATE = """
CREATE FUNCTION accounts_roles_may_not_meet() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public AS $guard$
BEGIN
    -- Two grants at once wait for each other here, so that the second sees the first.
    PERFORM 1 FROM accounts_user holder, accounts_user me
        WHERE me.id = NEW.user_id
        AND COALESCE(holder.main_account_id, holder.id) = COALESCE(me.main_account_id, me.id)
        ORDER BY holder.id FOR NO KEY UPDATE OF holder;
    IF EXISTS (
        SELECT 1 FROM accounts_roleassignment held
        JOIN accounts_user holder ON holder.id = held.user_id
        JOIN accounts_user me ON me.id = NEW.user_id
        JOIN accounts_incompatibleroles pair
            ON (pair.first_id, pair.second_id) IN ((held.role_id, NEW.role_id), (NEW.role_id, held.role_id))
        WHERE held.ended_at IS NULL
        AND COALESCE(holder.main_account_id, holder.id) = COALESCE(me.main_account_id, me.id)
        AND NOT (pair.is_overridable AND held.user_id <> NEW.user_id AND NEW.decision_id IS NOT NULL)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'accounts_roles_may_not_meet',
            TABLE = 'accounts_roleassignment', MESSAGE = 'these two roles may not meet in one person';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE TRIGGER accounts_roles_may_not_meet BEFORE INSERT ON accounts_roleassignment
    FOR EACH ROW WHEN (NEW.ended_at IS NULL) EXECUTE FUNCTION accounts_roles_may_not_meet();
"""

DROP = """
DROP TRIGGER IF EXISTS accounts_roles_may_not_meet ON accounts_roleassignment;
DROP FUNCTION IF EXISTS accounts_roles_may_not_meet();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_phone_and_kept_forms")]

    operations = [migrations.RunSQL(CREATE, DROP)]
