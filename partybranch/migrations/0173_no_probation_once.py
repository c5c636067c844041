"""When members were admitted without probation stands in one place: triggers and services ask it."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# Between the Ninth and the Eleventh Congress: 1 April 1969 to 18 August 1977, both days counted.
_DAYS = f"""
CREATE FUNCTION partybranch_no_probation() RETURNS daterange LANGUAGE sql IMMUTABLE
SET search_path = {SEARCH_PATH} AS $days$
    SELECT daterange('1969-04-01', '1977-08-18', '[]')
$days$;
"""
_DAYS_DROP = "DROP FUNCTION partybranch_no_probation();"
_IN_ORDER = """
CREATE OR REPLACE FUNCTION partybranch_stages_in_order() RETURNS trigger LANGUAGE plpgsql
SET search_path = {path} AS $guard$
DECLARE
    before text;
    after text;
BEGIN
    -- Whoever records another stage of this person waits here, and then sees this one.
    PERFORM 1 FROM partybranch_person p WHERE p.id = NEW.person_id FOR NO KEY UPDATE;
    SELECT s.stage INTO before FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.id <> NEW.id
        AND s.withdrawn_at IS NULL AND s."on" <= NEW."on" ORDER BY s."on" DESC, s.id DESC LIMIT 1;
    SELECT s.stage INTO after FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.id <> NEW.id
        AND s.withdrawn_at IS NULL AND s."on" > NEW."on" ORDER BY s."on", s.id LIMIT 1;
    IF NOT coalesce(public.partybranch_stage_may_follow(before, NEW.stage), true)
        OR NOT coalesce(public.partybranch_stage_may_follow(NEW.stage, after), true) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_stages_in_order',
            TABLE = 'partybranch_stagechange', MESSAGE = 'the stage does not fit those before and after it';
    END IF;
    IF NEW.stage = 'full' AND NOT ({without}) AND NOT EXISTS (
        SELECT 1 FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.withdrawn_at IS NULL
            AND s.stage = 'probationary' AND s."on" <= NEW."on"
    ) AND NOT EXISTS (
        SELECT 1 FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.withdrawn_at IS NULL
            AND s.stage = 'full' AND s.id <> NEW.id AND s."on" <= NEW."on"
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_full_after_probation',
            TABLE = 'partybranch_stagechange', MESSAGE = 'a full member was a probationary one before';
    END IF;
    RETURN NULL;
END
$guard$;
"""
_NEW = _IN_ORDER.format(path=SEARCH_PATH, without='NEW."on" <@ public.partybranch_no_probation()')
_OLD = _IN_ORDER.format(path=SEARCH_PATH, without="NEW.\"on\" BETWEEN '1969-04-01' AND '1977-08-18'")


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0141_stage_of_day")]
    operations = [
        migrations.RunSQL(_DAYS, _DAYS_DROP),
        migrations.RunSQL(_NEW, _OLD),
    ]
