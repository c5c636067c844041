"""A carried vote is not withdrawn while the stage that follows from it stands."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# Whoever records a stage of this person waits at the person. A vote recorded twice may lose one of the two.
_STAGE = f"""
CREATE FUNCTION partybranch_vote_with_stage() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    follows text := CASE WHEN NEW.kind = 'admission' THEN 'probationary' WHEN NEW.decision = 'confirm' THEN 'full'
        WHEN NEW.decision = 'cancel' THEN 'cancelled' END;
BEGIN
    PERFORM 1 FROM partybranch_person p WHERE p.id = NEW.person_id FOR NO KEY UPDATE;
    PERFORM 1 FROM partybranch_lifeevent e JOIN partybranch_stagechange s ON s."on" = e.held_on
        WHERE e.id = NEW.event_id AND s.person_id = NEW.person_id AND s.stage = follows AND s.withdrawn_at IS NULL
        AND NOT EXISTS (
            SELECT 1 FROM partybranch_vote v WHERE v.event_id = NEW.event_id AND v.person_id = NEW.person_id
                AND v.id <> NEW.id AND v.kind = NEW.kind AND v.decision = NEW.decision AND v.result = 'carried'
                AND v.withdrawn_at IS NULL
        );
    IF FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_vote_with_stage',
            TABLE = 'partybranch_vote', MESSAGE = 'the stage that follows from the vote stands';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_vote_with_stage AFTER UPDATE OF withdrawn_at ON partybranch_vote FOR EACH ROW
    WHEN (NEW.withdrawn_at IS NOT NULL AND NEW.result = 'carried' AND NEW.kind IN ('admission', 'probation'))
    EXECUTE FUNCTION partybranch_vote_with_stage();
"""  # noqa: S608  # nosec B608  names from this repository only
_STAGE_DROP = """
DROP TRIGGER partybranch_vote_with_stage ON partybranch_vote;
DROP FUNCTION partybranch_vote_with_stage();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0181_probation_of_a_year")]
    operations = [migrations.RunSQL(_STAGE, _STAGE_DROP)]
