"""An exam is closed when no drawn question waits for its outcome: afterwards none could be judged any more."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# Whoever draws holds the row of the exam, so that closing waits for the draw, and then sees it.
_JUDGED = f"""
CREATE FUNCTION partybranch_exam_closed_when_judged() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (SELECT 1 FROM partybranch_draw d WHERE d.exam_id = NEW.id AND d.outcome = '' AND d.withdrawn_at IS NULL)
    THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_exam_closed_when_judged',
            TABLE = 'partybranch_exam', MESSAGE = 'a drawn question of this exam waits for its outcome';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_exam_closed_when_judged AFTER UPDATE OF state ON partybranch_exam FOR EACH ROW
    WHEN (NEW.state = 'closed') EXECUTE FUNCTION partybranch_exam_closed_when_judged();
"""  # noqa: S608  # nosec B608  names from this repository only
_JUDGED_DROP = """
DROP TRIGGER partybranch_exam_closed_when_judged ON partybranch_exam;
DROP FUNCTION partybranch_exam_closed_when_judged();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0081_loaded_rows_guarded")]
    operations = [migrations.RunSQL(_JUDGED, _JUDGED_DROP)]
