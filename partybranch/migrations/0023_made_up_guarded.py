"""Observers stand beside the fixed list while the event is open; a make-up closes one row of it, also after filing."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guarded

_WITHDRAWN = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.withdrawn_by_id IS NOT NULL"
    " AND NEW.withdrawal_reason <> ''",
    ["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"],
)
_BEGINS = "NEW.withdrawn_at IS NULL"

# Named so that the guards of the tables speak first.
_OBSERVER = f"""
CREATE FUNCTION partybranch_observer_fits() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id AND e.state = 'noticed' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_observer_of_open_event',
            TABLE = 'partybranch_observer', MESSAGE = 'observers are recorded between the notice and the filing';
    END IF;
    IF EXISTS (SELECT 1 FROM partybranch_attendance a WHERE a.event_id = NEW.event_id AND a.person_id = NEW.person_id)
    THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_observer_not_on_list',
            TABLE = 'partybranch_observer', MESSAGE = 'the person stands on the list';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_observer_fits AFTER INSERT OR UPDATE ON partybranch_observer FOR EACH ROW
    EXECUTE FUNCTION partybranch_observer_fits();
"""  # noqa: S608  # nosec B608  names from this repository only
_OBSERVER_DROP = """
DROP TRIGGER partybranch_observer_fits ON partybranch_observer;
DROP FUNCTION partybranch_observer_fits();
"""
_MADE_UP = f"""
CREATE FUNCTION partybranch_make_up_fits() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    missed record;
BEGIN
    SELECT a.status, e.held_on, e.state INTO missed FROM partybranch_attendance a
        JOIN partybranch_lifeevent e ON e.id = a.event_id WHERE a.id = NEW.attendance_id FOR SHARE;
    IF missed.status NOT IN ('leave', 'absent', 'exempt') OR missed.state NOT IN ('noticed', 'filed') THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_make_up_of_missed',
            TABLE = 'partybranch_makeup', MESSAGE = 'who came, or an event that was not held, has nothing to make up';
    END IF;
    IF NEW.done_on < missed.held_on THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_make_up_after_event',
            TABLE = 'partybranch_makeup', MESSAGE = 'nothing is made up before it was held';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_makeup_fits AFTER INSERT ON partybranch_makeup FOR EACH ROW
    EXECUTE FUNCTION partybranch_make_up_fits();
CREATE TRIGGER partybranch_makeup_not_in_future AFTER INSERT ON partybranch_makeup FOR EACH ROW
    EXECUTE FUNCTION partybranch_not_in_future('done_on');
CREATE FUNCTION partybranch_missed_was_made_up() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (SELECT 1 FROM partybranch_makeup m WHERE m.attendance_id = NEW.id AND m.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_missed_was_made_up',
            TABLE = 'partybranch_attendance', MESSAGE = 'what was missed here was made up';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_attendance_was_made_up AFTER UPDATE OF status ON partybranch_attendance FOR EACH ROW
    WHEN (NEW.status NOT IN ('leave', 'absent', 'exempt')) EXECUTE FUNCTION partybranch_missed_was_made_up();
"""  # noqa: S608  # nosec B608  names from this repository only
_MADE_UP_DROP = """
DROP TRIGGER partybranch_attendance_was_made_up ON partybranch_attendance;
DROP FUNCTION partybranch_missed_was_made_up();
DROP TRIGGER partybranch_makeup_not_in_future ON partybranch_makeup;
DROP TRIGGER partybranch_makeup_fits ON partybranch_makeup;
DROP FUNCTION partybranch_make_up_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0022_made_up")]
    operations = [
        guarded("partybranch_observer", _WITHDRAWN, begins=_BEGINS),
        guarded("partybranch_makeup", _WITHDRAWN, begins=_BEGINS),
        migrations.RunSQL(_OBSERVER, _OBSERVER_DROP),
        migrations.RunSQL(_MADE_UP, _MADE_UP_DROP),
    ]
