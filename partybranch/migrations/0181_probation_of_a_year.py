"""Nobody is confirmed, and no probation extended, by vote before its year is over."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# The first day on which the probation may be decided of; NULL where none runs, or it began before its rule of a year.
_YEAR = f"""
CREATE FUNCTION partybranch_probation_over_on(person bigint, day date) RETURNS date LANGUAGE sql STABLE STRICT
SET search_path = {SEARCH_PATH} AS $year$
    SELECT (max(s."on") + interval '1 year')::date FROM partybranch_stagechange s WHERE s.person_id = person
        AND s.withdrawn_at IS NULL AND s.stage = 'probationary' AND s."on" <= day
        HAVING max(s."on") >= upper(public.partybranch_no_probation())
$year$;
CREATE FUNCTION partybranch_vote_after_probation() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id
        AND e.held_on < public.partybranch_probation_over_on(NEW.person_id, e.held_on);
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_vote_after_probation',
            TABLE = 'partybranch_vote', MESSAGE = 'the year of the probation is not over';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_vote_when_probation_is_over AFTER INSERT ON partybranch_vote FOR EACH ROW
    WHEN (NEW.kind = 'probation' AND NEW.decision IN ('confirm', 'extend'))
    EXECUTE FUNCTION partybranch_vote_after_probation();
"""  # noqa: S608  # nosec B608  names from this repository only
_YEAR_DROP = """
DROP TRIGGER partybranch_vote_when_probation_is_over ON partybranch_vote;
DROP FUNCTION partybranch_vote_after_probation();
DROP FUNCTION partybranch_probation_over_on(bigint, date);
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0180_discipline_and_elections")]
    operations = [migrations.RunSQL(_YEAR, _YEAR_DROP)]
