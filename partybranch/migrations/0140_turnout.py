"""应到, 实到 and those who missed it, kept with each event by the database; nobody sets them by hand.

Counted anew from the list whenever a row of it is written or changed, and whenever somebody tries to set them.
"""

from django.db import migrations, models

from hebi_charity.core.guards import SEARCH_PATH

_COUNTS = """
    count(*) FILTER (WHERE a.status <> 'exempt') AS expected,
    count(*) FILTER (WHERE a.status IN ('present', 'online')) AS came,
    count(*) FILTER (WHERE a.status IN ('leave', 'absent')) AS missed
"""
# What is filed does not change any more, so the guards stand aside for what is counted here the first time.
_FIRST = f"""
ALTER TABLE partybranch_lifeevent DISABLE TRIGGER USER;
UPDATE partybranch_lifeevent e SET expected = c.expected, came = c.came, missed = c.missed
    FROM (SELECT a.event_id,{_COUNTS} FROM partybranch_attendance a GROUP BY a.event_id) c WHERE c.event_id = e.id;
ALTER TABLE partybranch_lifeevent ENABLE TRIGGER USER;
"""  # noqa: S608  # nosec B608  names from this repository only
# Named so that it has counted when the guard of the table looks.
_EVENT = f"""
CREATE FUNCTION partybranch_count_turnout() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $count$
BEGIN
    SELECT{_COUNTS} INTO NEW.expected, NEW.came, NEW.missed FROM partybranch_attendance a WHERE a.event_id = NEW.id;
    RETURN NEW;
END
$count$;
CREATE TRIGGER partybranch_lifeevent_counts BEFORE INSERT OR UPDATE OF expected, came, missed
    ON partybranch_lifeevent FOR EACH ROW EXECUTE FUNCTION partybranch_count_turnout();
"""  # nosec B608  names from this repository only
_EVENT_DROP = """
DROP TRIGGER partybranch_lifeevent_counts ON partybranch_lifeevent;
DROP FUNCTION partybranch_count_turnout();
"""
# The event is locked first: who waits for another who marks the same list counts what that one left.
_LIST = f"""
CREATE FUNCTION partybranch_turnout_of_list() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $count$
DECLARE
    events bigint[];
BEGIN
    SELECT array_agg(DISTINCT n.event_id ORDER BY n.event_id) INTO events FROM changed n;
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = ANY(events) ORDER BY e.id FOR UPDATE;
    UPDATE partybranch_lifeevent e SET expected = c.expected, came = c.came, missed = c.missed
        FROM (SELECT a.event_id,{_COUNTS} FROM partybranch_attendance a WHERE a.event_id = ANY(events)
            GROUP BY a.event_id) c
        WHERE c.event_id = e.id AND (e.expected, e.came, e.missed) <> (c.expected, c.came, c.missed);
    RETURN NULL;
END
$count$;
CREATE TRIGGER partybranch_attendance_written AFTER INSERT ON partybranch_attendance
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION partybranch_turnout_of_list();
CREATE TRIGGER partybranch_attendance_marked AFTER UPDATE ON partybranch_attendance
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION partybranch_turnout_of_list();
"""  # noqa: S608  # nosec B608  names from this repository only
_LIST_DROP = """
DROP TRIGGER partybranch_attendance_marked ON partybranch_attendance;
DROP TRIGGER partybranch_attendance_written ON partybranch_attendance;
DROP FUNCTION partybranch_turnout_of_list();
"""
_FIELDS = {"expected": "expected", "came": "came", "missed": "on leave or absent"}


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0162_branch_withdrawn_guarded")]
    operations = [
        *(
            migrations.AddField(
                model_name="lifeevent",
                name=name,
                field=models.SmallIntegerField(db_default=0, editable=False, verbose_name=label),
            )
            for name, label in _FIELDS.items()
        ),
        migrations.RunSQL(_FIRST, migrations.RunSQL.noop),
        migrations.RunSQL(_EVENT, _EVENT_DROP),
        migrations.RunSQL(_LIST, _LIST_DROP),
    ]
