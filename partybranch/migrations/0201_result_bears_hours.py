"""A result of an exam is not withdrawn while hours rest on it, as attendance and observers are not."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# The hours hold the result until they are written, and whoever withdraws the result waits for them and then looks.
_STAND = f"""
CREATE FUNCTION partybranch_exam_hours_stand() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (
        SELECT 1 FROM partybranch_learningrecord l JOIN partybranch_exam e ON e.occasion_id = l.occasion_id
        JOIN partybranch_examinee x ON x.id = NEW.examinee_id AND x.person_id = l.person_id
        WHERE e.id = NEW.exam_id AND l.way = 'exam' AND l.withdrawn_at IS NULL
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_exam_hours_stand',
            TABLE = 'partybranch_examresult', MESSAGE = 'hours of this person rest on the result';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_examresult_without_hours AFTER UPDATE OF withdrawn_at ON partybranch_examresult FOR EACH ROW
    WHEN (NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION partybranch_exam_hours_stand();
"""  # noqa: S608  # nosec B608  names from this repository only
_STAND_DROP = """
DROP TRIGGER partybranch_examresult_without_hours ON partybranch_examresult;
DROP FUNCTION partybranch_exam_hours_stand();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0182_vote_with_stage")]
    operations = [migrations.RunSQL(_STAND, _STAND_DROP)]
