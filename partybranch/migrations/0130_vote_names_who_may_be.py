"""A vote names whom it may: a candidate to be admitted, a probationary member to be confirmed, a full member to elect.

The history of stages is read as of the day of the event, and of the day before: what the meeting decides is dated
with its own day, and somebody who became a probationary member by this vote was a candidate in it. Likewise whose
stay was ended by a stage of that day was still there.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_ASKED = f"""
CREATE FUNCTION partybranch_stage_by(person bigint, day date) RETURNS text LANGUAGE sql STABLE STRICT
SET search_path = {SEARCH_PATH} AS $stage$
    SELECT s.stage FROM partybranch_stagechange s WHERE s.person_id = person AND s.withdrawn_at IS NULL
        AND s."on" <= day ORDER BY s."on" DESC, s.id DESC LIMIT 1
$stage$;
CREATE FUNCTION partybranch_was_in_branch(person bigint, branch bigint, day date) RETURNS boolean
LANGUAGE sql STABLE STRICT SET search_path = {SEARCH_PATH} AS $stay$
    SELECT EXISTS (
        SELECT 1 FROM partybranch_membership m WHERE m.person_id = person AND m.branch_id = branch
            AND m.withdrawn_at IS NULL AND m.starts_on <= day
            AND (m.ends_on IS NULL OR m.ends_on > day OR (m.ends_on = day AND m.departure = 'ended'))
    )
$stay$;
"""  # noqa: S608  # nosec B608  names from this repository only
_ASKED_DROP = """
DROP FUNCTION partybranch_was_in_branch(bigint, bigint, date);
DROP FUNCTION partybranch_stage_by(bigint, date);
"""

_CONCERNED = f"""
CREATE FUNCTION partybranch_vote_names_who_may_be() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    event partybranch_lifeevent;
    wanted text := CASE NEW.kind WHEN 'admission' THEN 'candidate' ELSE 'probationary' END;
BEGIN
    SELECT * INTO event FROM partybranch_lifeevent e WHERE e.id = NEW.event_id;
    IF public.partybranch_was_in_branch(NEW.person_id, event.branch_id, event.held_on) AND (
        public.partybranch_stage_by(NEW.person_id, event.held_on) IS NOT DISTINCT FROM wanted
        OR public.partybranch_stage_by(NEW.person_id, event.held_on - 1) IS NOT DISTINCT FROM wanted
    ) THEN
        RETURN NULL;
    END IF;
    IF NEW.kind = 'admission' THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_on_candidate',
            TABLE = 'partybranch_vote', MESSAGE = 'only a candidate of the branch is admitted';
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_on_probationary',
        TABLE = 'partybranch_vote', MESSAGE = 'only of a probationary member of the branch the probation ends';
END
$guard$;
CREATE TRIGGER partybranch_vote_names_who_may_be AFTER INSERT ON partybranch_vote FOR EACH ROW
    WHEN (NEW.kind IN ('admission', 'probation')) EXECUTE FUNCTION partybranch_vote_names_who_may_be();
"""  # noqa: S608  # nosec B608  names from this repository only
_CONCERNED_DROP = """
DROP TRIGGER partybranch_vote_names_who_may_be ON partybranch_vote;
DROP FUNCTION partybranch_vote_names_who_may_be();
"""

_STANDS = f"""
CREATE FUNCTION partybranch_ballot_names_who_may_be() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_vote v JOIN partybranch_lifeevent e ON e.id = v.event_id
        JOIN partybranch_membership m ON m.branch_id = e.branch_id AND m.person_id = NEW.person_id
        WHERE v.id = NEW.vote_id AND m.withdrawn_at IS NULL AND m.starts_on <= e.held_on
        AND (m.ends_on IS NULL OR m.ends_on > e.held_on)
        AND public.partybranch_stage_by(NEW.person_id, e.held_on) = 'full';
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_ballot_of_full_members',
            TABLE = 'partybranch_votecandidate', MESSAGE = 'only a full member on the roll of the day is elected';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_votecandidate_who_may_be AFTER INSERT ON partybranch_votecandidate FOR EACH ROW
    EXECUTE FUNCTION partybranch_ballot_names_who_may_be();
"""  # nosec B608  names from this repository only
_STANDS_DROP = """
DROP TRIGGER partybranch_votecandidate_who_may_be ON partybranch_votecandidate;
DROP FUNCTION partybranch_ballot_names_who_may_be();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0170_hours_of_who_came")]
    operations = [
        migrations.RunSQL(_ASKED, _ASKED_DROP),
        migrations.RunSQL(_CONCERNED, _CONCERNED_DROP),
        migrations.RunSQL(_STANDS, _STANDS_DROP),
    ]
