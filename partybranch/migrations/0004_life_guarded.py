"""What the notice of an event fixes: kind, body, day and the list. Attendance changes while the event stands."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guarded

_ALWAYS = ["id", "branch_id", "recorded_by_id", "recorded_at"]
_FIXED = [*_ALWAYS, "kind", "body_id", "held_on", "with_others", "noticed_by_id", "noticed_at"]
_CHANGES = "NEW IS DISTINCT FROM OLD"
_STANDS = "EXISTS (SELECT 1 FROM partybranch_lifeevent e WHERE e.id = OLD.event_id AND e.state = 'noticed')"

# Named so that the guard of the table speaks first.
_EVENT = f"""
CREATE FUNCTION partybranch_event_in_body() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF NEW.body_id IS NOT NULL THEN
        PERFORM 1 FROM partybranch_body b WHERE b.id = NEW.body_id AND b.branch_id = NEW.branch_id
            AND b.kind = NEW.kind AND b.founded_on <= NEW.held_on
            AND (b.dissolved_on IS NULL OR b.dissolved_on > NEW.held_on) FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_event_in_body',
                TABLE = 'partybranch_lifeevent', MESSAGE = 'the body does not fit the event';
        END IF;
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_lifeevent_in_body AFTER INSERT OR UPDATE OF body_id, kind, held_on ON partybranch_lifeevent
    FOR EACH ROW EXECUTE FUNCTION partybranch_event_in_body();
"""  # nosec B608  names from this repository only
_EVENT_DROP = """
DROP TRIGGER partybranch_lifeevent_in_body ON partybranch_lifeevent;
DROP FUNCTION partybranch_event_in_body();
"""
_LIST = f"""
CREATE FUNCTION partybranch_list_of_notice() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id AND e.state = 'noticed' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_list_of_notice',
            TABLE = 'partybranch_attendance', MESSAGE = 'the list is made by the notice';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_attendance_of_notice AFTER INSERT ON partybranch_attendance FOR EACH ROW
    EXECUTE FUNCTION partybranch_list_of_notice();
"""  # nosec B608  names from this repository only
_LIST_DROP = """
DROP TRIGGER partybranch_attendance_of_notice ON partybranch_attendance;
DROP FUNCTION partybranch_list_of_notice();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0003_organisational_life")]
    operations = [
        guarded(
            "partybranch_lifeevent",
            Transition(f"OLD.state = 'draft' AND {_CHANGES}", never=_ALWAYS),
            Transition(f"OLD.state = 'noticed' AND NEW.state IN ('noticed', 'cancelled') AND {_CHANGES}", never=_FIXED),
            begins="NEW.state = 'draft'",
        ),
        guarded(
            "partybranch_attendance",
            Transition(f"{_STANDS} AND {_CHANGES}", ["status", "leave_reason", "marked_by_id", "marked_at"]),
            begins="NEW.marked_at IS NULL",
        ),
        migrations.RunSQL(_EVENT, _EVENT_DROP),
        migrations.RunSQL(_LIST, _LIST_DROP),
    ]
