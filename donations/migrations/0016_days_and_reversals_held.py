"""What only services held: no gift of a later day, only what is reviewed is reversed, and by another person."""

from django.db import migrations

from hebi_charity.core.four_eyes import another_person
from hebi_charity.core.guards import SEARCH_PATH

# By the clock and not by the beginning of the transaction: midnight may lie between the two.
_NOT_IN_FUTURE = f"""
CREATE FUNCTION donations_not_in_future() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF GREATEST(NEW.donated_on, NEW.received_on) > (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'donations_not_in_future',
            TABLE = 'donations_donation', MESSAGE = 'a gift is not dated after today';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER donations_donation_not_in_future AFTER INSERT OR UPDATE OF donated_on, received_on
    ON donations_donation FOR EACH ROW EXECUTE FUNCTION donations_not_in_future();
"""
_NOT_IN_FUTURE_DROP = """
DROP TRIGGER donations_donation_not_in_future ON donations_donation;
DROP FUNCTION donations_not_in_future();
"""
# What is reviewed stays reviewed, so a look is enough. After the guard's own: a decided reversal is refused by it.
_OF_REVIEWED = f"""
CREATE FUNCTION donations_reversal_of_reviewed() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM donations_donation d WHERE d.id = NEW.donation_id AND d.state = 'reviewed') THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'donations_reversal_of_reviewed',
            TABLE = 'donations_reversal', MESSAGE = 'only a reviewed gift can be reversed';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER donations_reversal_of_reviewed AFTER INSERT ON donations_reversal FOR EACH ROW
    EXECUTE FUNCTION donations_reversal_of_reviewed();
"""  # noqa: S608  # nosec B608  names from this repository only
_OF_REVIEWED_DROP = """
DROP TRIGGER donations_reversal_of_reviewed ON donations_reversal;
DROP FUNCTION donations_reversal_of_reviewed();
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0015_reversals_sealed")]
    operations = [
        migrations.RunSQL(_NOT_IN_FUTURE, _NOT_IN_FUTURE_DROP),
        migrations.RunSQL(_OF_REVIEWED, _OF_REVIEWED_DROP),
        another_person("donations_reversal", "approved_by_id", "recorded_by_id"),
        another_person("donations_donation", "arrival_by_id", "recorded_by_id"),
    ]
