"""What binds of the branch: rows are recorded once, ended once, withdrawn once; and what only another row can tell."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guarded

_WITHDRAWN = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.withdrawn_by_id IS NOT NULL"
    " AND NEW.withdrawal_reason <> ''",
    ["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"],
)
_ENDS = "OLD.withdrawn_at IS NULL AND OLD.ends_on IS NULL AND NEW.ends_on IS NOT NULL AND NEW.ended_by_id IS NOT NULL"
_ENDED = Transition(_ENDS, ["ends_on", "ended_by_id", "ended_at"])
_LEFT = Transition(_ENDS, ["ends_on", "ended_by_id", "ended_at", "departure", "went_to"])
_BEGINS = "NEW.withdrawn_at IS NULL"

# By the clock and not by the beginning of the transaction: midnight may lie between the two.
_NOT_IN_FUTURE = f"""
CREATE FUNCTION partybranch_not_in_future() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY TG_ARGV LOOP
        IF (to_jsonb(NEW) ->> name)::date > (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_not_in_future',
                TABLE = TG_TABLE_NAME, MESSAGE = 'nothing of the branch is dated after today';
        END IF;
    END LOOP;
    RETURN NULL;
END
$guard$;
"""
_DATED = {
    "membership": ["starts_on", "ends_on"],
    "stagechange": ["on"],
    "circumstance": ["starts_on", "ends_on"],
    "term": ["starts_on", "ends_on"],
    "standing": ["standing_from"],
}
_FUTURE_TRIGGERS = "".join(
    f"CREATE TRIGGER partybranch_{table}_not_in_future AFTER INSERT OR UPDATE ON partybranch_{table}"
    f" FOR EACH ROW EXECUTE FUNCTION partybranch_not_in_future({', '.join(repr(column) for column in columns)});\n"
    for table, columns in _DATED.items()
)
_NOT_IN_FUTURE_DROP = (
    "".join(f"DROP TRIGGER partybranch_{table}_not_in_future ON partybranch_{table};\n" for table in _DATED)
    + "DROP FUNCTION partybranch_not_in_future();"
)

# The stages of one person climb, whatever the order in which they are recorded. What is withdrawn counts no more.
# Between the Ninth and the Eleventh Congress (1 April 1969 to 18 August 1977) members were admitted without probation.
_IN_ORDER = f"""
CREATE FUNCTION partybranch_stage_rank(stage text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT
SET search_path = {SEARCH_PATH} AS $rank$
    SELECT coalesce(array_position(ARRAY['applicant', 'activist', 'candidate', 'probationary', 'full', 'suspended'],
        stage), 9)
$rank$;
CREATE FUNCTION partybranch_stage_may_follow(earlier text, later text) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT
SET search_path = {SEARCH_PATH} AS $follow$
    SELECT public.partybranch_stage_rank(earlier) < public.partybranch_stage_rank(later)
        OR (earlier = 'suspended' AND later = 'full')
        OR (public.partybranch_stage_rank(earlier) = 9 AND earlier <> 'deceased' AND later = 'applicant')
$follow$;
CREATE FUNCTION partybranch_stages_in_order() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    before text;
    after text;
BEGIN
    -- Whoever records another stage of this person waits here, and then sees this one.
    PERFORM 1 FROM partybranch_person p WHERE p.id = NEW.person_id FOR NO KEY UPDATE;
    SELECT s.stage INTO before FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.id <> NEW.id
        AND s.withdrawn_at IS NULL AND s."on" <= NEW."on" ORDER BY s."on" DESC, s.id DESC LIMIT 1;
    SELECT s.stage INTO after FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.id <> NEW.id
        AND s.withdrawn_at IS NULL AND s."on" > NEW."on" ORDER BY s."on", s.id LIMIT 1;
    IF NOT coalesce(public.partybranch_stage_may_follow(before, NEW.stage), true)
        OR NOT coalesce(public.partybranch_stage_may_follow(NEW.stage, after), true) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_stages_in_order',
            TABLE = 'partybranch_stagechange', MESSAGE = 'the stage does not fit those before and after it';
    END IF;
    IF NEW.stage = 'full' AND NOT (NEW."on" BETWEEN '1969-04-01' AND '1977-08-18') AND NOT EXISTS (
        SELECT 1 FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.withdrawn_at IS NULL
            AND s.stage = 'probationary' AND s."on" <= NEW."on"
    ) AND NOT EXISTS (
        SELECT 1 FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.withdrawn_at IS NULL
            AND s.stage = 'full' AND s.id <> NEW.id AND s."on" <= NEW."on"
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_full_after_probation',
            TABLE = 'partybranch_stagechange', MESSAGE = 'a full member was a probationary one before';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_stagechange_in_order AFTER INSERT ON partybranch_stagechange FOR EACH ROW
    EXECUTE FUNCTION partybranch_stages_in_order();
"""  # noqa: S608  # nosec B608  names from this repository only
# Stages are taken back from the last one on: none may hang in the air.
_LAST_WITHDRAWN = f"""
CREATE FUNCTION partybranch_last_stage_withdrawn() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_person p WHERE p.id = NEW.person_id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM partybranch_stagechange s WHERE s.person_id = NEW.person_id AND s.withdrawn_at IS NULL
            AND (s."on", s.id) > (NEW."on", NEW.id)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_last_stage_withdrawn',
            TABLE = 'partybranch_stagechange', MESSAGE = 'a later stage rests on this one';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_stagechange_last_withdrawn AFTER UPDATE OF withdrawn_at ON partybranch_stagechange
    FOR EACH ROW EXECUTE FUNCTION partybranch_last_stage_withdrawn();
"""  # noqa: S608  # nosec B608  names from this repository only
_LAST_WITHDRAWN_DROP = """
DROP TRIGGER partybranch_stagechange_last_withdrawn ON partybranch_stagechange;
DROP FUNCTION partybranch_last_stage_withdrawn();
"""
_IN_ORDER_DROP = """
DROP TRIGGER partybranch_stagechange_in_order ON partybranch_stagechange;
DROP FUNCTION partybranch_stages_in_order();
DROP FUNCTION partybranch_stage_may_follow(text, text);
DROP FUNCTION partybranch_stage_rank(text);
"""

# A stay lies within the life of its branch.
_STAY = f"""
CREATE FUNCTION partybranch_stay_while_branch() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_branch b WHERE b.id = NEW.branch_id AND b.founded_on <= NEW.starts_on
        AND (b.dissolved_on IS NULL OR b.dissolved_on > NEW.starts_on) FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_stay_while_branch',
            TABLE = 'partybranch_membership', MESSAGE = 'the branch does not exist on this day';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_membership_while_branch AFTER INSERT ON partybranch_membership FOR EACH ROW
    EXECUTE FUNCTION partybranch_stay_while_branch();
"""  # nosec B608  names from this repository only
_STAY_DROP = """
DROP TRIGGER partybranch_membership_while_branch ON partybranch_membership;
DROP FUNCTION partybranch_stay_while_branch();
"""

# Named so that the guard of the table speaks first. Who holds a post belongs to the branch on the day it begins; the body is the branch's own, of the kind of the post.
_TERM = f"""
CREATE FUNCTION partybranch_term_fits() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_membership m WHERE m.person_id = NEW.person_id AND m.branch_id = NEW.branch_id
        AND m.withdrawn_at IS NULL AND m.capacity = 'party' AND m.starts_on <= NEW.starts_on
        AND (m.ends_on IS NULL OR m.ends_on > NEW.starts_on) FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_term_of_member',
            TABLE = 'partybranch_term', MESSAGE = 'the person does not belong to the branch on this day';
    END IF;
    IF NEW.body_id IS NOT NULL THEN
        PERFORM 1 FROM partybranch_body b WHERE b.id = NEW.body_id AND b.branch_id = NEW.branch_id
            AND b.founded_on <= NEW.starts_on AND (b.dissolved_on IS NULL OR b.dissolved_on > NEW.starts_on)
            AND (b.kind = 'group') = (NEW.post IN ('group_leader', 'group_member')) FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_term_in_body',
                TABLE = 'partybranch_term', MESSAGE = 'the body does not fit the post, the branch or the day';
        END IF;
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_term_with_member AFTER INSERT ON partybranch_term FOR EACH ROW
    EXECUTE FUNCTION partybranch_term_fits();
"""  # nosec B608  names from this repository only
_TERM_DROP = """
DROP TRIGGER partybranch_term_with_member ON partybranch_term;
DROP FUNCTION partybranch_term_fits();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0001_members")]
    operations = [
        guarded("partybranch_membership", _LEFT, _WITHDRAWN, begins=_BEGINS),
        guarded("partybranch_stagechange", _WITHDRAWN, begins=_BEGINS),
        guarded("partybranch_circumstance", _ENDED, _WITHDRAWN, begins=_BEGINS),
        guarded("partybranch_term", _ENDED, _WITHDRAWN, begins=_BEGINS),
        guarded("partybranch_standing", _WITHDRAWN, begins=_BEGINS),
        migrations.RunSQL(_NOT_IN_FUTURE + _FUTURE_TRIGGERS, _NOT_IN_FUTURE_DROP),
        migrations.RunSQL(_IN_ORDER, _IN_ORDER_DROP),
        migrations.RunSQL(_LAST_WITHDRAWN, _LAST_WITHDRAWN_DROP),
        migrations.RunSQL(_STAY, _STAY_DROP),
        migrations.RunSQL(_TERM, _TERM_DROP),
    ]
