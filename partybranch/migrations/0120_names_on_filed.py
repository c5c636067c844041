"""What is filed keeps the names of that moment: of branch and body, of everybody it names, of the accounts it shows.

`partybranch_names_of` says which they are. Filing asks it, seals what it says, and the trigger compares: an event
becomes filed with exactly these names or not at all. Events filed before have none; the guard lets nobody add them.
"""

from django.db import migrations, models
from django.db.models import Q

from hebi_charity.core.guards import SEARCH_PATH

# The people are those of the list, chair, recorder, observers, and of votes whom they concern and the names on ballots.
# Whoever renames one of them waits until the event is filed, or was waited for: the names are those of one moment.
_NAMES = f"""
CREATE FUNCTION partybranch_names_of(event bigint, filer bigint) RETURNS jsonb LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $names$
DECLARE
    kept partybranch_lifeevent;
    people bigint[];
    accounts bigint[];
BEGIN
    SELECT * INTO kept FROM partybranch_lifeevent e WHERE e.id = event;
    people := ARRAY(
        SELECT a.person_id FROM partybranch_attendance a WHERE a.event_id = event
        UNION SELECT o.person_id FROM partybranch_observer o WHERE o.event_id = event
        UNION SELECT v.person_id FROM partybranch_vote v WHERE v.event_id = event
        UNION SELECT c.person_id FROM partybranch_votecandidate c JOIN partybranch_vote v ON v.id = c.vote_id
            WHERE v.event_id = event
        UNION SELECT kept.chair_id UNION SELECT kept.recorder_id
    );
    accounts := ARRAY(SELECT m.written_by_id FROM partybranch_minutes m WHERE m.event_id = event UNION SELECT filer);
    PERFORM 1 FROM partybranch_branch b WHERE b.id = kept.branch_id FOR SHARE;
    PERFORM 1 FROM partybranch_body b WHERE b.id = kept.body_id FOR SHARE;
    PERFORM 1 FROM partybranch_person p WHERE p.id = ANY (people) ORDER BY p.id FOR SHARE;
    PERFORM 1 FROM accounts_user u WHERE u.id = ANY (accounts) ORDER BY u.id FOR SHARE;
    RETURN jsonb_build_object(
        'branch', (SELECT jsonb_object_agg(b.id, b.name) FROM partybranch_branch b WHERE b.id = kept.branch_id),
        'body', (SELECT coalesce(jsonb_object_agg(b.id, b.name), '{{}}') FROM partybranch_body b
            WHERE b.id = kept.body_id),
        'person', (SELECT coalesce(jsonb_object_agg(p.id, p.name), '{{}}') FROM partybranch_person p
            WHERE p.id = ANY (people)),
        'user', (SELECT jsonb_object_agg(u.id, u.full_name) FROM accounts_user u WHERE u.id = ANY (accounts))
    );
END
$names$;
"""  # noqa: S608  # nosec B608  names from this repository only
_NAMES_DROP = "DROP FUNCTION partybranch_names_of(bigint, bigint);"

# Named so that what the record itself lacks is said first.
_KEPT = f"""
CREATE FUNCTION partybranch_filed_has_names() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF NEW.filed_names IS DISTINCT FROM public.partybranch_names_of(NEW.id, NEW.filed_by_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_filed_has_names',
            TABLE = 'partybranch_lifeevent', MESSAGE = 'what is filed keeps the names of this moment';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_lifeevent_with_names AFTER UPDATE OF state ON partybranch_lifeevent
    FOR EACH ROW WHEN (NEW.state = 'filed') EXECUTE FUNCTION partybranch_filed_has_names();
"""
_KEPT_DROP = """
DROP TRIGGER partybranch_lifeevent_with_names ON partybranch_lifeevent;
DROP FUNCTION partybranch_filed_has_names();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0171_study_fits_days")]
    operations = [
        migrations.AddField(
            model_name="lifeevent",
            name="filed_names",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=Q(state="filed") | Q(filed_names__isnull=True),
                name="life_event_names_by_filing",
                violation_error_message="Names are fixed by the filing.",
            ),
        ),
        migrations.RunSQL(_NAMES, _NAMES_DROP),
        migrations.RunSQL(_KEPT, _KEPT_DROP),
    ]
