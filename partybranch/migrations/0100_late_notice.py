"""A notice that comes after the day of the event makes it a back entry: nobody can have been called to it."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, reguarded

_ALWAYS = ["id", "branch_id", "recorded_by_id", "recorded_at"]
_SINCE_EVER = [*_ALWAYS, "is_back_entry", "held_with_id"]
_BY_NOTICE = ["kind", "body_id", "held_on", "with_others", "noticed_by_id", "noticed_at"]
_CHANGES = "NEW IS DISTINCT FROM OLD"
_OLD_EVENT = [
    Transition(f"OLD.state = 'draft' AND NEW.state <> 'filed' AND {_CHANGES}", never=_SINCE_EVER),
    Transition(
        f"OLD.state = 'noticed' AND NEW.state IN ('noticed', 'cancelled', 'filed') AND {_CHANGES}",
        never=[*_SINCE_EVER, *_BY_NOTICE],
    ),
]
_NEW_EVENT = [
    *_OLD_EVENT,
    Transition("OLD.state = 'draft' AND NEW.state = 'noticed' AND NEW.is_back_entry", never=[*_ALWAYS, "held_with_id"]),
]

# Rows of before stay as they were: what is filed carries a seal over them.
_MARKED = f"""
CREATE FUNCTION partybranch_late_notice_marked() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF (NEW.noticed_at AT TIME ZONE 'Asia/Shanghai')::date > NEW.held_on AND NOT NEW.is_back_entry THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_late_notice_marked',
            TABLE = 'partybranch_lifeevent', MESSAGE = 'a notice after the day makes a back entry';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_lifeevent_late_notice AFTER UPDATE OF state ON partybranch_lifeevent
    FOR EACH ROW WHEN (OLD.state = 'draft' AND NEW.state = 'noticed')
    EXECUTE FUNCTION partybranch_late_notice_marked();
"""
_MARKED_DROP = """
DROP TRIGGER partybranch_lifeevent_late_notice ON partybranch_lifeevent;
DROP FUNCTION partybranch_late_notice_marked();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0090_exam_closed_when_judged")]
    operations = [
        reguarded("partybranch_lifeevent", _OLD_EVENT, _NEW_EVENT, begins="NEW.state = 'draft'"),
        migrations.RunSQL(_MARKED, _MARKED_DROP),
    ]
