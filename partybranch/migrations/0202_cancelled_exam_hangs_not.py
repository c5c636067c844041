"""An exam that was called off hangs on no branch any more, nor does its occasion, of which nobody has hours."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_BEFORE = """o.branch_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM partybranch_learningrecord l WHERE l.occasion_id = o.id AND l.withdrawn_at IS NOT NULL)"""
_CALLED_OFF = """EXISTS (SELECT 1 FROM partybranch_exam x WHERE x.occasion_id = o.id AND x.state = 'cancelled'
                AND NOT EXISTS (
                    SELECT 1 FROM partybranch_learningrecord l WHERE l.occasion_id = o.id AND l.withdrawn_at IS NULL
                ))"""
_AFTER = f"{_BEFORE} AND NOT {_CALLED_OFF}"


def _unused(occasions: str) -> str:
    return f"""
CREATE OR REPLACE FUNCTION partybranch_branch_unused() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (SELECT 1 FROM partybranch_membership m WHERE m.branch_id = NEW.id AND m.withdrawn_at IS NULL)
        OR EXISTS (SELECT 1 FROM partybranch_term t WHERE t.branch_id = NEW.id AND t.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_branch_has_members',
            TABLE = 'partybranch_branch', MESSAGE = 'somebody belongs to the branch';
    END IF;
    IF EXISTS (SELECT 1 FROM partybranch_lifeevent e WHERE e.branch_id = NEW.id AND e.state <> 'cancelled') THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_branch_has_events',
            TABLE = 'partybranch_branch', MESSAGE = 'events of the branch stand';
    END IF;
    IF EXISTS (SELECT 1 FROM partybranch_body b WHERE b.branch_id = NEW.id AND b.withdrawn_at IS NULL)
        OR EXISTS (SELECT 1 FROM partybranch_honour h WHERE h.branch_id = NEW.id AND h.withdrawn_at IS NULL)
        OR EXISTS (SELECT 1 FROM partybranch_requirement r WHERE r.branch_id = NEW.id AND r.withdrawn_at IS NULL)
        OR EXISTS (SELECT 1 FROM partybranch_learningrecord l WHERE l.branch_id = NEW.id AND l.withdrawn_at IS NULL)
        OR EXISTS (SELECT 1 FROM partybranch_studyoccasion o WHERE {occasions})
        OR EXISTS (SELECT 1 FROM partybranch_exam x WHERE x.branch_id = NEW.id AND x.state <> 'cancelled')
        OR EXISTS (SELECT 1 FROM partybranch_studyplan p WHERE p.branch_id = NEW.id)
        OR EXISTS (SELECT 1 FROM partybranch_studymaterial s WHERE s.branch_id = NEW.id)
        OR EXISTS (SELECT 1 FROM partybranch_issuelist i WHERE i.branch_id = NEW.id) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_branch_has_records',
            TABLE = 'partybranch_branch', MESSAGE = 'other records of the branch stand';
    END IF;
    RETURN NULL;
END
$guard$;
"""  # noqa: S608  # nosec B608  names from this repository only


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0201_result_bears_hours")]
    operations = [migrations.RunSQL(_unused(_AFTER), _unused(_BEFORE))]
