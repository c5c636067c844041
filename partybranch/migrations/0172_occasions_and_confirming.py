"""An occasion of study has the days of what it is of; nobody confirms what they stated of the own study."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_FUTURE = """
CREATE TRIGGER partybranch_studyoccasion_not_in_future AFTER INSERT ON partybranch_studyoccasion FOR EACH ROW
    WHEN (NEW.kind = 'course') EXECUTE FUNCTION partybranch_not_in_future('ends_on');
"""
_FUTURE_DROP = "DROP TRIGGER partybranch_studyoccasion_not_in_future ON partybranch_studyoccasion;"

# The day of a meeting is fixed by its notice, that of an exam from the beginning: from then on they agree for good.
_DAYS = f"""
CREATE FUNCTION partybranch_occasion_days() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF TG_TABLE_NAME = 'partybranch_exam' THEN
        PERFORM 1 FROM partybranch_studyoccasion o WHERE o.id = NEW.occasion_id AND o.kind = 'exam'
            AND o.branch_id = NEW.branch_id AND o.starts_on = NEW.held_on AND o.ends_on = NEW.held_on;
    ELSE
        PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id AND e.state IN ('noticed', 'filed')
            AND e.branch_id = NEW.branch_id AND e.held_on = NEW.starts_on AND e.held_on = NEW.ends_on FOR SHARE;
    END IF;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_occasion_days',
            TABLE = TG_TABLE_NAME, MESSAGE = 'occasion and event or exam are of different branches or days';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_studyoccasion_of_event AFTER INSERT ON partybranch_studyoccasion FOR EACH ROW
    WHEN (NEW.event_id IS NOT NULL) EXECUTE FUNCTION partybranch_occasion_days();
CREATE TRIGGER partybranch_exam_of_occasion AFTER INSERT ON partybranch_exam FOR EACH ROW
    EXECUTE FUNCTION partybranch_occasion_days();
"""  # nosec B608  names from this repository only
_DAYS_DROP = """
DROP TRIGGER partybranch_exam_of_occasion ON partybranch_exam;
DROP TRIGGER partybranch_studyoccasion_of_event ON partybranch_studyoccasion;
DROP FUNCTION partybranch_occasion_days();
"""

_CONFIRMS = f"""
CREATE FUNCTION partybranch_own_study_confirmed() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_person p WHERE p.id = NEW.person_id AND p.account_id = NEW.confirmed_by_id FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_own_study_confirmed',
            TABLE = 'partybranch_learningrecord', MESSAGE = 'confirmed by who stated it of the own study';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_learningrecord_own_confirmed AFTER UPDATE OF confirmed_by_id ON partybranch_learningrecord
    FOR EACH ROW WHEN (NEW.confirmed_by_id = NEW.recorded_by_id) EXECUTE FUNCTION partybranch_own_study_confirmed();
"""  # nosec B608  names from this repository only
_CONFIRMS_DROP = """
DROP TRIGGER partybranch_learningrecord_own_confirmed ON partybranch_learningrecord;
DROP FUNCTION partybranch_own_study_confirmed();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0121_addendum_written_as")]
    operations = [
        migrations.RunSQL(_FUTURE, _FUTURE_DROP),
        migrations.RunSQL(_DAYS, _DAYS_DROP),
        migrations.RunSQL(_CONFIRMS, _CONFIRMS_DROP),
    ]
