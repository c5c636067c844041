"""A disciplinary measure concerns a member of the day, and elections belong to meetings of the branch."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# Members as in 0130: of the day, or of the day before where that very meeting ended the membership.
_MEMBER = f"""
CREATE FUNCTION partybranch_vote_on_member() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    event partybranch_lifeevent;
BEGIN
    SELECT * INTO event FROM partybranch_lifeevent e WHERE e.id = NEW.event_id;
    IF NOT public.partybranch_was_in_branch(NEW.person_id, event.branch_id, event.held_on)
        OR NOT (
            coalesce(public.partybranch_stage_by(NEW.person_id, event.held_on), '') IN ('probationary', 'full')
            OR coalesce(public.partybranch_stage_by(NEW.person_id, event.held_on - 1), '') IN ('probationary', 'full')
        ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_on_member',
            TABLE = 'partybranch_vote', MESSAGE = 'only a member of the branch is disciplined';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_vote_on_member AFTER INSERT ON partybranch_vote FOR EACH ROW
    WHEN (NEW.kind = 'discipline') EXECUTE FUNCTION partybranch_vote_on_member();
"""  # noqa: S608  # nosec B608  names from this repository only
_MEMBER_DROP = """
DROP TRIGGER partybranch_vote_on_member ON partybranch_vote;
DROP FUNCTION partybranch_vote_on_member();
"""

_ELECTION = f"""
CREATE FUNCTION partybranch_election_at_meeting() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e
        WHERE e.id = NEW.event_id AND e.kind IN ('general', 'committee', 'group');
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_election_at_meeting',
            TABLE = 'partybranch_vote', MESSAGE = 'an election is held at a meeting of the branch, committee or group';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_vote_election_at_meeting AFTER INSERT ON partybranch_vote FOR EACH ROW
    WHEN (NEW.kind = 'election') EXECUTE FUNCTION partybranch_election_at_meeting();
"""  # nosec B608  names from this repository only
_ELECTION_DROP = """
DROP TRIGGER partybranch_vote_election_at_meeting ON partybranch_vote;
DROP FUNCTION partybranch_election_at_meeting();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0185_honour_awarded_as")]
    operations = [
        migrations.RunSQL(_MEMBER, _MEMBER_DROP),
        migrations.RunSQL(_ELECTION, _ELECTION_DROP),
    ]
