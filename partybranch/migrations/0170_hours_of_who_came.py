"""Hours of a meeting rest on its attendance, those of an exam on its result: what bears them does not fall away."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# The rows that the hours rest on are held until they are written. Named so that the guard of the table speaks first.
_RESTS = f"""
CREATE FUNCTION partybranch_hours_rest_on() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    occasion record;
    stands boolean;
    attended text;
BEGIN
    SELECT o.kind, o.event_id INTO occasion FROM partybranch_studyoccasion o WHERE o.id = NEW.occasion_id;
    IF occasion.kind <> (CASE WHEN NEW.way IN ('course', 'exam') THEN NEW.way ELSE 'event' END) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_way_of_occasion',
            TABLE = 'partybranch_learningrecord', MESSAGE = 'such hours come from another kind of occasion';
    ELSIF NEW.way IN ('meeting', 'teaching') THEN
        PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = occasion.event_id AND e.state IN ('noticed', 'filed')
            FOR SHARE;
        stands := FOUND;
        IF stands THEN
            SELECT a.status INTO attended FROM partybranch_attendance a
                WHERE a.event_id = occasion.event_id AND a.person_id = NEW.person_id FOR SHARE;
        END IF;
        IF attended IN ('present', 'online') THEN
            RETURN NULL;
        ELSIF NEW.way = 'meeting' THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_hours_of_who_came',
                TABLE = 'partybranch_learningrecord', MESSAGE = 'who did not come has no hours of a meeting';
        END IF;
        PERFORM 1 FROM partybranch_observer s WHERE stands AND attended IS NULL AND s.event_id = occasion.event_id
            AND s.person_id = NEW.person_id AND s.withdrawn_at IS NULL FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_lecture_of_who_came',
                TABLE = 'partybranch_learningrecord', MESSAGE = 'who did not come has not lectured';
        END IF;
    ELSIF NEW.way = 'exam' THEN
        PERFORM 1 FROM partybranch_examresult r JOIN partybranch_examinee x ON x.id = r.examinee_id
            JOIN partybranch_exam e ON e.id = r.exam_id WHERE e.occasion_id = NEW.occasion_id
            AND x.person_id = NEW.person_id AND r.withdrawn_at IS NULL FOR SHARE OF r;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_hours_of_examined',
                TABLE = 'partybranch_learningrecord', MESSAGE = 'who has no result has no hours of an exam';
        END IF;
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_learningrecord_rests_on AFTER INSERT ON partybranch_learningrecord FOR EACH ROW
    WHEN (NEW.occasion_id IS NOT NULL) EXECUTE FUNCTION partybranch_hours_rest_on();
"""  # noqa: S608  # nosec B608  names from this repository only
_RESTS_DROP = """
DROP TRIGGER partybranch_learningrecord_rests_on ON partybranch_learningrecord;
DROP FUNCTION partybranch_hours_rest_on();
"""

_STAND = f"""
CREATE FUNCTION partybranch_hours_stand() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (
        SELECT 1 FROM partybranch_learningrecord l JOIN partybranch_studyoccasion o ON o.id = l.occasion_id
        WHERE o.event_id = NEW.event_id AND l.person_id = NEW.person_id AND l.withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_hours_stand',
            TABLE = TG_TABLE_NAME, MESSAGE = 'hours of this person rest on it';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_attendance_without_hours AFTER UPDATE OF status ON partybranch_attendance FOR EACH ROW
    WHEN (NEW.status NOT IN ('present', 'online')) EXECUTE FUNCTION partybranch_hours_stand();
CREATE TRIGGER partybranch_observer_without_hours AFTER UPDATE OF withdrawn_at ON partybranch_observer FOR EACH ROW
    WHEN (NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION partybranch_hours_stand();
"""  # noqa: S608  # nosec B608  names from this repository only
_STAND_DROP = """
DROP TRIGGER partybranch_observer_without_hours ON partybranch_observer;
DROP TRIGGER partybranch_attendance_without_hours ON partybranch_attendance;
DROP FUNCTION partybranch_hours_stand();
"""

# What was held is not called off. A vote needs no mention: whose list was voted on keeps who came.
_HELD = f"""
CREATE FUNCTION partybranch_called_off_bare() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (
        SELECT 1 FROM partybranch_learningrecord l JOIN partybranch_studyoccasion o ON o.id = l.occasion_id
        WHERE o.event_id = NEW.id AND l.withdrawn_at IS NULL
    ) OR EXISTS (
        SELECT 1 FROM partybranch_attendance a
        WHERE a.event_id = NEW.id AND a.status IN ('present', 'online', 'absent')
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_called_off_bare',
            TABLE = 'partybranch_lifeevent', MESSAGE = 'attendance or hours of the event stand';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_lifeevent_called_off_bare AFTER UPDATE OF state ON partybranch_lifeevent FOR EACH ROW
    WHEN (NEW.state = 'cancelled') EXECUTE FUNCTION partybranch_called_off_bare();
"""  # noqa: S608  # nosec B608  names from this repository only
_HELD_DROP = """
DROP TRIGGER partybranch_lifeevent_called_off_bare ON partybranch_lifeevent;
DROP FUNCTION partybranch_called_off_bare();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0160_life_event_by_day")]
    operations = [
        migrations.RunSQL(_RESTS, _RESTS_DROP),
        migrations.RunSQL(_STAND, _STAND_DROP),
        migrations.RunSQL(_HELD, _HELD_DROP),
    ]
