"""A rule of votes begins after the last vote that was counted for its kind: no result of before rests on another rule.

A vote keeps the rule it was counted by, and so a rule of an earlier day would say of its day what did not hold. Votes
that were withdrawn count for nothing. Whoever counts a vote holds the rules of its kind, so that none is put before it.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

_AFTER = f"""
CREATE FUNCTION partybranch_vote_rule_after_votes() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_voterule r WHERE r.kind = NEW.kind AND r.id <> NEW.id ORDER BY r.id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM partybranch_vote v JOIN partybranch_lifeevent e ON e.id = v.event_id
            WHERE v.kind = NEW.kind AND v.withdrawn_at IS NULL AND e.held_on >= NEW.valid_from
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_rule_after_votes',
            TABLE = 'partybranch_voterule', MESSAGE = 'votes of this day or a later one were counted already';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_voterule_after_votes AFTER INSERT ON partybranch_voterule FOR EACH ROW
    EXECUTE FUNCTION partybranch_vote_rule_after_votes();
CREATE FUNCTION partybranch_vote_holds_rules() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $hold$
BEGIN
    PERFORM 1 FROM partybranch_voterule r WHERE r.kind = NEW.kind ORDER BY r.id FOR SHARE;
    RETURN NEW;
END
$hold$;
CREATE TRIGGER partybranch_vote_begins_with_rules BEFORE INSERT ON partybranch_vote FOR EACH ROW
    EXECUTE FUNCTION partybranch_vote_holds_rules();
"""  # noqa: S608  # nosec B608  names from this repository only
_AFTER_DROP = """
DROP TRIGGER partybranch_vote_begins_with_rules ON partybranch_vote;
DROP FUNCTION partybranch_vote_holds_rules();
DROP TRIGGER partybranch_voterule_after_votes ON partybranch_voterule;
DROP FUNCTION partybranch_vote_rule_after_votes();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0120_names_on_filed")]
    operations = [migrations.RunSQL(_AFTER, _AFTER_DROP)]
