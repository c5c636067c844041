from django.db import migrations

# Books and reports name a fund by its code and sort it by its restriction: both stay once a document names it.
_FIXED = """
CREATE FUNCTION donations_fund_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    IF (NEW.code, NEW.restriction) IS DISTINCT FROM (OLD.code, OLD.restriction)
       AND EXISTS (SELECT 1 FROM donations_fundallocation a WHERE a.fund_id = OLD.id) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'donations_fund_fixed',
            TABLE = 'donations_fund', MESSAGE = 'code and restriction of a used fund are fixed';
    END IF;
    RETURN NEW;
END
$guard$;
CREATE TRIGGER donations_fund_fixed BEFORE UPDATE ON donations_fund
    FOR EACH ROW EXECUTE FUNCTION donations_fund_fixed();
"""
_FIXED_DROP = """
DROP TRIGGER donations_fund_fixed ON donations_fund;
DROP FUNCTION donations_fund_fixed();
"""


class Migration(migrations.Migration):
    dependencies = [("donations", "0004_income_kind_rule_recorded_by")]
    operations = [migrations.RunSQL(_FIXED, _FIXED_DROP)]
