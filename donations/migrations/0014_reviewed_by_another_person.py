"""Four eyes are two people: whoever changed a gift before review, or has a second account, is no other person."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# After the row's own constraints: maker and checker with one account have a sentence of their own.
_ANOTHER = f"""
CREATE FUNCTION donations_another_person() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (
        SELECT 1 FROM accounts_user checker JOIN accounts_user maker
            ON COALESCE(maker.main_account_id, maker.id) = COALESCE(checker.main_account_id, checker.id)
        WHERE checker.id = NEW.reviewed_by_id AND (maker.id = NEW.recorded_by_id OR EXISTS (
            SELECT 1 FROM audit_entry e WHERE e.object_type = 'donations.donation' AND e.object_id = NEW.id
                AND e.act = 'donation.changed' AND e.actor_id = maker.id
        ))
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'donations_another_person',
            TABLE = 'donations_donation', MESSAGE = 'who recorded or changed a gift cannot review it';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER donations_donation_another_person AFTER UPDATE OF reviewed_by_id ON donations_donation FOR EACH ROW
    WHEN (NEW.reviewed_by_id IS NOT NULL AND OLD.reviewed_by_id IS NULL) EXECUTE FUNCTION donations_another_person();
"""  # noqa: S608  # nosec B608  names from this repository only
_ANOTHER_DROP = """
DROP TRIGGER donations_donation_another_person ON donations_donation;
DROP FUNCTION donations_another_person();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_guards_against_forged_tables"),
        ("audit", "0004_log_begins_now"),
        ("donations", "0013_empty_columns_pass_no_rule"),
    ]
    operations = [migrations.RunSQL(_ANOTHER, _ANOTHER_DROP)]
