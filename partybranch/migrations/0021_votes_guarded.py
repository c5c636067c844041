"""Votes are counted by the database: quorum and result by the rule of the day, from the frozen list of the event.

Whatever a program gives for a computed column is overwritten when the row is inserted; afterwards nothing changes but
one withdrawal. A list that a vote was counted on changes no more in what the vote depends on.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guarded

_OPEN = "EXISTS (SELECT 1 FROM partybranch_lifeevent e WHERE e.id = OLD.event_id AND e.state = 'noticed')"
_WITHDRAWN = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.withdrawn_by_id IS NOT NULL"
    f" AND NEW.withdrawal_reason <> '' AND {_OPEN}",
    ["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"],
)
_COUNTED = Transition("OLD.outcome = '' AND NEW.outcome = public.partybranch_outcome(NEW.id)", ["outcome"])

_FRACTION = f"""
CREATE FUNCTION partybranch_reaches(part bigint, whole bigint, num bigint, den bigint, is_more boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE STRICT SET search_path = {SEARCH_PATH} AS $reaches$
    SELECT whole > 0 AND CASE WHEN is_more THEN part * den > whole * num ELSE part * den >= whole * num END
$reaches$;
"""
_FRACTION_DROP = "DROP FUNCTION partybranch_reaches(bigint, bigint, bigint, bigint, boolean);"

# Before the row is kept: where a vote may be held, by which rule, on which list, and what follows from the counts.
_COMPUTED = f"""
CREATE FUNCTION partybranch_vote_computed() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $count$
DECLARE
    event partybranch_lifeevent;
    rule partybranch_voterule;
    voters integer;
    exempt integer;
    came integer;
    is_void boolean := NEW.way = 'ballot' AND coalesce(NEW.returned > NEW.issued, false);
BEGIN
    -- Whoever changes the list of this event waits here, and then sees this vote.
    SELECT * INTO event FROM partybranch_lifeevent e WHERE e.id = NEW.event_id FOR NO KEY UPDATE;
    IF event.state IS DISTINCT FROM 'noticed' THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_of_open_event',
            TABLE = 'partybranch_vote', MESSAGE = 'votes are recorded of an event with a list that is not filed';
    END IF;
    IF NEW.kind IN ('admission', 'probation', 'discipline') AND event.kind <> 'general' THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_at_general_meeting',
            TABLE = 'partybranch_vote', MESSAGE = 'only the general meeting decides on members';
    END IF;
    SELECT * INTO rule FROM partybranch_voterule r WHERE r.kind = NEW.kind AND r.valid_from <= event.held_on
        ORDER BY r.valid_from DESC, r.id DESC LIMIT 1;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_has_rule',
            TABLE = 'partybranch_vote', MESSAGE = 'no rule of this kind of vote held on the day of the event';
    END IF;
    SELECT count(*), count(*) FILTER (WHERE a.status = 'exempt'),
        count(*) FILTER (WHERE a.status IN ('present', 'online')) INTO voters, exempt, came
        FROM partybranch_attendance a WHERE a.event_id = NEW.event_id AND a.has_vote;
    NEW.counted_out := CASE WHEN rule.counts_exempt THEN 0 ELSE exempt END;
    NEW.entitled := voters - NEW.counted_out;
    IF NEW.present > came THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_present_on_list',
            TABLE = 'partybranch_vote', MESSAGE = 'more present than the list of the event has';
    END IF;
    IF NEW.kind = 'election' AND NEW.counted_out > 0 AND NEW.counted_out_basis = '' THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_counted_out_by',
            TABLE = 'partybranch_vote', MESSAGE = 'people are counted out of an election without an approval';
    END IF;
    NEW.rule_id := rule.id;
    NEW.has_quorum := public.partybranch_reaches(
        NEW.present, NEW.entitled, rule.present_of, rule.present_in, rule.present_is_more);
    NEW.favour := CASE WHEN is_void OR NOT NEW.has_quorum THEN 0
        ELSE NEW.yes + CASE WHEN rule.counts_written THEN NEW.written_yes ELSE 0 END END;
    NEW.result := CASE
        WHEN NOT NEW.has_quorum THEN 'no_quorum'
        WHEN is_void THEN 'void'
        WHEN NEW.kind = 'election' THEN 'valid'
        WHEN public.partybranch_reaches(
            NEW.favour, CASE rule.carry_base WHEN 'present' THEN NEW.present ELSE NEW.entitled END,
            rule.carry_of, rule.carry_in, rule.carry_is_more) THEN 'carried'
        ELSE 'lost' END;
    RETURN NEW;
END
$count$;
CREATE TRIGGER partybranch_vote_computed BEFORE INSERT ON partybranch_vote FOR EACH ROW
    EXECUTE FUNCTION partybranch_vote_computed();
"""  # noqa: S608  # nosec B608  names from this repository only
_COMPUTED_DROP = """
DROP TRIGGER partybranch_vote_computed ON partybranch_vote;
DROP FUNCTION partybranch_vote_computed();
"""

# Who is elected: enough votes, and among the first of as many as there are posts. NULL until the ballot is whole.
_BALLOT = f"""
CREATE FUNCTION partybranch_outcome(candidate bigint) RETURNS text LANGUAGE sql STABLE STRICT
SET search_path = {SEARCH_PATH} AS $outcome$
    SELECT CASE
        WHEN (SELECT count(*) FROM partybranch_votecandidate o WHERE o.vote_id = v.id) <> v.names THEN NULL
        WHEN v.result <> 'valid' OR NOT public.partybranch_reaches(
            c.yes, CASE r.carry_base WHEN 'present' THEN v.present ELSE v.entitled END,
            r.carry_of, r.carry_in, r.carry_is_more) THEN 'not_elected'
        WHEN (SELECT count(*) FROM partybranch_votecandidate o WHERE o.vote_id = v.id AND o.yes >= c.yes) <= v.seats
            THEN 'elected'
        WHEN (SELECT count(*) FROM partybranch_votecandidate o WHERE o.vote_id = v.id AND o.yes > c.yes) < v.seats
            THEN 'tied'
        ELSE 'not_elected' END
    FROM partybranch_votecandidate c JOIN partybranch_vote v ON v.id = c.vote_id
        JOIN partybranch_voterule r ON r.id = v.rule_id WHERE c.id = candidate
$outcome$;
CREATE FUNCTION partybranch_name_on_ballot() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    vote partybranch_vote;
BEGIN
    SELECT * INTO vote FROM partybranch_vote v WHERE v.id = NEW.vote_id FOR NO KEY UPDATE;
    IF (SELECT count(*) FROM partybranch_votecandidate o WHERE o.vote_id = NEW.vote_id) >= coalesce(vote.names, 0) THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_ballot_is_whole',
            TABLE = 'partybranch_votecandidate', MESSAGE = 'the ballot has all its names already';
    END IF;
    IF vote.result <> 'void' AND NEW.yes + NEW.no + NEW.abstain <> vote.valid THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_candidate_adds_up',
            TABLE = 'partybranch_votecandidate', MESSAGE = 'the votes of a name do not make the valid ballots';
    END IF;
    NEW.outcome := '';
    RETURN NEW;
END
$guard$;
CREATE TRIGGER partybranch_votecandidate_named BEFORE INSERT ON partybranch_votecandidate FOR EACH ROW
    EXECUTE FUNCTION partybranch_name_on_ballot();
CREATE FUNCTION partybranch_ballot_counted() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $count$
BEGIN
    UPDATE partybranch_votecandidate c SET outcome = public.partybranch_outcome(c.id)
        WHERE c.vote_id = NEW.vote_id AND c.outcome = '' AND public.partybranch_outcome(c.id) IS NOT NULL;
    RETURN NULL;
END
$count$;
CREATE TRIGGER partybranch_votecandidate_counted AFTER INSERT ON partybranch_votecandidate FOR EACH ROW
    EXECUTE FUNCTION partybranch_ballot_counted();
CREATE FUNCTION partybranch_ballot_is_whole() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    held integer;
    favour bigint;
BEGIN
    SELECT count(*), coalesce(sum(c.yes), 0) INTO held, favour
        FROM partybranch_votecandidate c WHERE c.vote_id = NEW.id;
    IF held <> NEW.names THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_ballot_is_whole',
            TABLE = 'partybranch_vote', MESSAGE = 'the ballot lacks names';
    END IF;
    IF NEW.kind = 'election' AND NEW.result <> 'void' AND favour > NEW.seats::bigint * NEW.valid THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_votes_within_posts',
            TABLE = 'partybranch_vote', MESSAGE = 'more votes in favour than the valid ballots can hold';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE CONSTRAINT TRIGGER partybranch_vote_is_whole AFTER INSERT ON partybranch_vote
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION partybranch_ballot_is_whole();
"""  # noqa: S608  # nosec B608  names from this repository only
_BALLOT_DROP = """
DROP TRIGGER partybranch_vote_is_whole ON partybranch_vote;
DROP FUNCTION partybranch_ballot_is_whole();
DROP TRIGGER partybranch_votecandidate_counted ON partybranch_votecandidate;
DROP FUNCTION partybranch_ballot_counted();
DROP TRIGGER partybranch_votecandidate_named ON partybranch_votecandidate;
DROP FUNCTION partybranch_name_on_ballot();
DROP FUNCTION partybranch_outcome(bigint);
"""

# Named so that the guards of the tables speak first. A withdrawal waits for a filing under way, and then is refused.
_LIST = f"""
CREATE FUNCTION partybranch_vote_of_open_event() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id AND e.state = 'noticed' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_of_open_event',
            TABLE = 'partybranch_vote', MESSAGE = 'the event was filed or called off';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_vote_of_open_event AFTER UPDATE ON partybranch_vote FOR EACH ROW
    EXECUTE FUNCTION partybranch_vote_of_open_event();
CREATE FUNCTION partybranch_way_of_coming(status text) RETURNS text LANGUAGE sql IMMUTABLE STRICT
SET search_path = {SEARCH_PATH} AS $way$
    SELECT CASE WHEN status IN ('present', 'online') THEN 'came' WHEN status = 'exempt' THEN 'exempt' ELSE 'away' END
$way$;
CREATE FUNCTION partybranch_list_of_votes() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id FOR SHARE;
    IF EXISTS (SELECT 1 FROM partybranch_vote v WHERE v.event_id = NEW.event_id AND v.withdrawn_at IS NULL) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_list_of_votes',
            TABLE = 'partybranch_attendance', MESSAGE = 'a vote was counted on this list';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_attendance_of_votes AFTER UPDATE OF status ON partybranch_attendance FOR EACH ROW
    WHEN (NEW.has_vote AND partybranch_way_of_coming(OLD.status) <> partybranch_way_of_coming(NEW.status))
    EXECUTE FUNCTION partybranch_list_of_votes();
CREATE FUNCTION partybranch_list_made_at_once() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (
        SELECT 1 FROM partybranch_attendance a JOIN (SELECT DISTINCT n.event_id FROM added n) e USING (event_id)
        WHERE a.id NOT IN (SELECT n.id FROM added n)
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_list_of_notice',
            TABLE = 'partybranch_attendance', MESSAGE = 'the list was made by the notice';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_attendance_made_at_once AFTER INSERT ON partybranch_attendance
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION partybranch_list_made_at_once();
"""  # noqa: S608  # nosec B608  names from this repository only
_LIST_DROP = """
DROP TRIGGER partybranch_attendance_made_at_once ON partybranch_attendance;
DROP FUNCTION partybranch_list_made_at_once();
DROP TRIGGER partybranch_attendance_of_votes ON partybranch_attendance;
DROP FUNCTION partybranch_list_of_votes();
DROP FUNCTION partybranch_way_of_coming(text);
DROP TRIGGER partybranch_vote_of_open_event ON partybranch_vote;
DROP FUNCTION partybranch_vote_of_open_event();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0020_votes")]
    operations = [
        migrations.RunSQL(_FRACTION, _FRACTION_DROP),
        migrations.RunSQL(_COMPUTED, _COMPUTED_DROP),
        migrations.RunSQL(_BALLOT, _BALLOT_DROP),
        migrations.RunSQL(_LIST, _LIST_DROP),
        guarded("partybranch_voterule"),
        guarded("partybranch_vote", _WITHDRAWN, begins="NEW.withdrawn_at IS NULL"),
        guarded("partybranch_votecandidate", _COUNTED),
    ]
