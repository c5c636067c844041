"""Marking attendance locks its event once, as whoever counts the list does: no lock is raised to a stronger one.

Two sessions that both held the event shared would each wait for the other before they count. FOR NO KEY UPDATE lets
foreign keys through. Services lock the event before the rows of its list; sessions that mark several rows in several
statements without it may still meet crosswise, and then one of them is refused and tries again.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_ONCE = "FOR NO KEY UPDATE"


def _refuse(strength: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION partybranch_refuse_filed(event bigint) RETURNS void LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $refuse$
DECLARE
    found text;
BEGIN
    SELECT e.state INTO found FROM partybranch_lifeevent e WHERE e.id = event {strength};
    IF found = 'filed' THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_event_is_filed',
            TABLE = 'partybranch_lifeevent', MESSAGE = 'the event is filed';
    END IF;
END
$refuse$;
"""  # noqa: S608  # nosec B608  names from this repository only


def _listed(strength: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION partybranch_list_of_notice() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id AND e.state = 'noticed' {strength};
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_list_of_notice',
            TABLE = 'partybranch_attendance', MESSAGE = 'the list is made by the notice';
    END IF;
    RETURN NULL;
END
$guard$;
"""  # nosec B608  names from this repository only


_COUNTS = """
    count(*) FILTER (WHERE a.status <> 'exempt') AS expected,
    count(*) FILTER (WHERE a.status IN ('present', 'online')) AS came,
    count(*) FILTER (WHERE a.status IN ('leave', 'absent')) AS missed
"""


def _counted(strength: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION partybranch_turnout_of_list() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $count$
DECLARE
    events bigint[];
BEGIN
    SELECT array_agg(DISTINCT n.event_id ORDER BY n.event_id) INTO events FROM changed n;
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = ANY(events) ORDER BY e.id {strength};
    UPDATE partybranch_lifeevent e SET expected = c.expected, came = c.came, missed = c.missed
        FROM (SELECT a.event_id,{_COUNTS} FROM partybranch_attendance a WHERE a.event_id = ANY(events)
            GROUP BY a.event_id) c
        WHERE c.event_id = e.id AND (e.expected, e.came, e.missed) <> (c.expected, c.came, c.missed);
    RETURN NULL;
END
$count$;
"""  # noqa: S608  # nosec B608  names from this repository only


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0173_no_probation_once")]
    operations = [
        migrations.RunSQL(_refuse(_ONCE), _refuse("FOR SHARE")),
        migrations.RunSQL(_listed(_ONCE), _listed("FOR SHARE")),
        migrations.RunSQL(_counted(_ONCE), _counted("FOR UPDATE")),
    ]
