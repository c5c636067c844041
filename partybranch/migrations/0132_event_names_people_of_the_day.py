"""Chair and recorder of an event stood on the roll of its branch on its day, when they are named and when it is filed.

Of a stay that was recorded or taken back after they were named the filing tells. What was called off stays as it is.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_NAMED = "".join(
    f"""
    IF NEW.{name}_id IS NOT NULL AND (is_all OR NEW.{name}_id IS DISTINCT FROM OLD.{name}_id)
        AND NOT public.partybranch_was_in_branch(NEW.{name}_id, NEW.branch_id, NEW.held_on) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_{name}_on_roll',
            TABLE = 'partybranch_lifeevent', MESSAGE = '{name}: not in the branch on the day of the event';
    END IF;"""
    for name in ("chair", "recorder")
)
_PEOPLE = f"""
CREATE FUNCTION partybranch_event_names_people_of_the_day() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    is_all boolean := TG_OP = 'INSERT' OR NEW.state = 'filed' OR NEW.held_on IS DISTINCT FROM OLD.held_on;
BEGIN{_NAMED}
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_lifeevent_people_of_the_day AFTER INSERT OR UPDATE OF chair_id, recorder_id, held_on, state
    ON partybranch_lifeevent FOR EACH ROW WHEN (NEW.state <> 'cancelled')
    EXECUTE FUNCTION partybranch_event_names_people_of_the_day();
"""  # nosec B608  names from this repository only
_PEOPLE_DROP = """
DROP TRIGGER partybranch_lifeevent_people_of_the_day ON partybranch_lifeevent;
DROP FUNCTION partybranch_event_names_people_of_the_day();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0172_occasions_and_confirming")]
    operations = [migrations.RunSQL(_PEOPLE, _PEOPLE_DROP)]
