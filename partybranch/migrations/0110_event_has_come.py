"""Who came and what was decided is recorded on the day of the event or later; a leave may be recorded before."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_COME = f"""
CREATE FUNCTION partybranch_event_has_come() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id
        AND e.held_on <= (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_event_has_come',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the day of the event lies in the future';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_attendance_when_come AFTER UPDATE OF status ON partybranch_attendance FOR EACH ROW
    WHEN (NEW.status IN ('present', 'online', 'absent')) EXECUTE FUNCTION partybranch_event_has_come();
CREATE TRIGGER partybranch_vote_when_come AFTER INSERT ON partybranch_vote FOR EACH ROW
    EXECUTE FUNCTION partybranch_event_has_come();
"""  # nosec B608  names from this repository only
_COME_DROP = """
DROP TRIGGER partybranch_vote_when_come ON partybranch_vote;
DROP TRIGGER partybranch_attendance_when_come ON partybranch_attendance;
DROP FUNCTION partybranch_event_has_come();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0100_late_notice")]
    operations = [migrations.RunSQL(_COME, _COME_DROP)]
