"""Only a branch or body on which nothing hangs is withdrawn, for good, and nothing is hung on it afterwards."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guarded

# Names and days of a branch are corrected as long as it stands; a log entry tells of each change.
_CHANGES = "OLD.withdrawn_at IS NULL AND NEW IS DISTINCT FROM OLD"
_STANDS = Transition(_CHANGES, never=["id"])
_BODY_STANDS = Transition(_CHANGES, never=["id", "branch_id"])
_BEGINS = "NEW.withdrawn_at IS NULL"

# What was itself withdrawn or called off hangs on nothing any more.
_UNUSED = f"""
CREATE FUNCTION partybranch_branch_unused() RETURNS trigger LANGUAGE plpgsql
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
        OR EXISTS (SELECT 1 FROM partybranch_studyoccasion o WHERE o.branch_id = NEW.id AND NOT EXISTS (
            SELECT 1 FROM partybranch_learningrecord l WHERE l.occasion_id = o.id AND l.withdrawn_at IS NOT NULL))
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
CREATE FUNCTION partybranch_body_unused() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (SELECT 1 FROM partybranch_term t WHERE t.body_id = NEW.id AND t.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_body_has_members',
            TABLE = 'partybranch_body', MESSAGE = 'somebody holds or held a post in it';
    END IF;
    IF EXISTS (SELECT 1 FROM partybranch_lifeevent e WHERE e.body_id = NEW.id AND e.state <> 'cancelled') THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_body_has_events',
            TABLE = 'partybranch_body', MESSAGE = 'its meetings stand';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_branch_withdrawn_unused AFTER UPDATE OF withdrawn_at ON partybranch_branch FOR EACH ROW
    WHEN (NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION partybranch_branch_unused();
CREATE TRIGGER partybranch_body_withdrawn_unused AFTER UPDATE OF withdrawn_at ON partybranch_body FOR EACH ROW
    WHEN (NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION partybranch_body_unused();
"""  # noqa: S608  # nosec B608  names from this repository only
_UNUSED_DROP = """
DROP TRIGGER partybranch_body_withdrawn_unused ON partybranch_body;
DROP TRIGGER partybranch_branch_withdrawn_unused ON partybranch_branch;
DROP FUNCTION partybranch_body_unused();
DROP FUNCTION partybranch_branch_unused();
"""

# Whoever withdraws it waits for this row, and whoever records this row waits for the withdrawal: one sees the other.
_LIVE = f"""
CREATE FUNCTION partybranch_of_live_branch() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_branch b WHERE b.id = NEW.branch_id AND b.withdrawn_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_of_live_branch',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the branch was withdrawn';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE FUNCTION partybranch_of_live_body() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_body b WHERE b.id = NEW.body_id AND b.withdrawn_at IS NULL FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_of_live_body',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the body was withdrawn';
    END IF;
    RETURN NULL;
END
$guard$;
"""  # nosec B608  names from this repository only
_LIVE_DROP = "DROP FUNCTION partybranch_of_live_body(); DROP FUNCTION partybranch_of_live_branch();"
_OF_BRANCH = (
    *("body", "membership", "term", "lifeevent", "honour", "requirement", "learningrecord", "studyoccasion"),
    *("exam", "studyplan", "studymaterial", "issuelist"),
)
_TRIGGERS = [(table, "branch") for table in _OF_BRANCH] + [("term", "body"), ("lifeevent", "body")]
# Named so that the guard of each table speaks first.
_HANGS = "".join(
    f"CREATE TRIGGER partybranch_{table}_of_live_{what} AFTER INSERT OR UPDATE OF {what}_id ON partybranch_{table}"
    f" FOR EACH ROW WHEN (NEW.{what}_id IS NOT NULL) EXECUTE FUNCTION partybranch_of_live_{what}();\n"
    for table, what in _TRIGGERS
)
_HANGS_DROP = "".join(
    f"DROP TRIGGER partybranch_{table}_of_live_{what} ON partybranch_{table};\n" for table, what in _TRIGGERS
)


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0161_branch_withdrawn")]
    operations = [
        guarded("partybranch_branch", _STANDS, begins=_BEGINS),
        guarded("partybranch_body", _BODY_STANDS, begins=_BEGINS),
        migrations.RunSQL(_UNUSED, _UNUSED_DROP),
        migrations.RunSQL(_LIVE + _HANGS, _HANGS_DROP + _LIVE_DROP),
    ]
