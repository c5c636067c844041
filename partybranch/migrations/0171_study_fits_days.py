"""A day has 24 hours of self-study and one full day of study, over all records of one person together.

Two measures, each for itself: hours of self-study against 24 a day, and what counts by full or half days against the
calendar. Hours of meetings, courses and lectures are counted in neither.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_UNITS = "'full_day', 'half_day', 'theme_half'"
# What a record takes up of its days: hours of self-study, and full days, of which a half day is the half.
_TAKES = f"""
CREATE FUNCTION partybranch_taken(of_person bigint, of_year int, measure text, since date, until date)
RETURNS TABLE (starts_on date, ends_on date, taken numeric) LANGUAGE sql STABLE SET search_path = {SEARCH_PATH} AS $taken$
    SELECT l.starts_on, l.ends_on,
        CASE WHEN measure = 'hours' THEN l.hours WHEN r.unit = 'full_day' THEN l.quantity ELSE l.quantity / 2 END
    FROM partybranch_learningrecord l JOIN partybranch_hourrule r ON r.id = l.rule_id
    WHERE l.person_id = of_person AND l.year = of_year AND l.withdrawn_at IS NULL
        AND l.starts_on <= until AND l.ends_on >= since
        AND CASE WHEN measure = 'hours' THEN l.way = 'self' ELSE r.unit IN ({_UNITS}) END
$taken$;
"""  # noqa: S608  # nosec B608  names from this repository only
# More than fits lies within some stretch that begins with one record and ends with another; the new one lies within.
# Records that do not touch each other's days, even through others, never share them: those are not looked at.
_ROOM = f"""
CREATE FUNCTION partybranch_has_room(of_person bigint, of_year int, measure text, a_day numeric, first date, last date)
RETURNS boolean LANGUAGE plpgsql STABLE SET search_path = {SEARCH_PATH} AS $room$
DECLARE
    since date := first;
    until date := last;
    found record;
BEGIN
    LOOP
        SELECT min(t.starts_on) AS since, max(t.ends_on) AS until INTO found
            FROM partybranch_taken(of_person, of_year, measure, since, until) t;
        EXIT WHEN (found.since < since OR found.until > until) IS NOT TRUE;
        since := least(since, found.since);
        until := greatest(until, found.until);
    END LOOP;
    RETURN NOT EXISTS (
        WITH t AS (SELECT * FROM partybranch_taken(of_person, of_year, measure, since, until))
        SELECT 1 FROM (SELECT DISTINCT t.starts_on AS day FROM t WHERE t.starts_on <= first) b
            CROSS JOIN (SELECT DISTINCT t.ends_on AS day FROM t WHERE t.ends_on >= last) e
            JOIN t ON t.starts_on >= b.day AND t.ends_on <= e.day
        GROUP BY b.day, e.day HAVING sum(t.taken) > a_day * (e.day - b.day + 1)
    );
END
$room$;
"""  # noqa: S608  # nosec B608  names from this repository only
# The lock on the person makes two who record study of the same day wait for each other; the questions after it see
# what was committed meanwhile.
_FITS = f"""
CREATE FUNCTION partybranch_study_fits_days() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF NEW.way <> 'self' AND NOT EXISTS (
        SELECT 1 FROM partybranch_hourrule r WHERE r.id = NEW.rule_id AND r.unit IN ({_UNITS})
    ) THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM partybranch_person p WHERE p.id = NEW.person_id FOR NO KEY UPDATE;
    IF NOT partybranch_has_room(NEW.person_id, NEW.year, 'days', 1, NEW.starts_on, NEW.ends_on) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_days_fit_calendar',
            TABLE = 'partybranch_learningrecord', MESSAGE = 'more days of study than the calendar has',
            DETAIL = NEW.person_id::text;
    ELSIF NOT partybranch_has_room(NEW.person_id, NEW.year, 'hours', 24, NEW.starts_on, NEW.ends_on) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_self_study_fits_day',
            TABLE = 'partybranch_learningrecord', MESSAGE = 'more hours of study than a day has',
            DETAIL = NEW.person_id::text;
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_learningrecord_takes_room AFTER INSERT ON partybranch_learningrecord FOR EACH ROW
    EXECUTE FUNCTION partybranch_study_fits_days();
"""  # noqa: S608  # nosec B608  names from this repository only
_DROP = """
DROP TRIGGER partybranch_learningrecord_takes_room ON partybranch_learningrecord;
DROP FUNCTION partybranch_study_fits_days();
DROP FUNCTION partybranch_has_room(bigint, int, text, numeric, date, date);
DROP FUNCTION partybranch_taken(bigint, int, text, date, date);
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0130_vote_names_who_may_be")]
    operations = [migrations.RunSQL(_TAKES + _ROOM + _FITS, _DROP)]
