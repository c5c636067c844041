"""What filing fixes: event, list, minutes and pictures. Every room's rows of an event ask `partybranch_refuse_filed`.

It locks the event, so that nothing slips in while another files: who waits looks again and is refused.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, append_only, guarded, reguarded

_ALWAYS = ["id", "branch_id", "recorded_by_id", "recorded_at"]
_SINCE_EVER = [*_ALWAYS, "is_back_entry", "held_with_id"]
_BY_NOTICE = ["kind", "body_id", "held_on", "with_others", "noticed_by_id", "noticed_at"]
_CHANGES = "NEW IS DISTINCT FROM OLD"
_OPEN = "NOT EXISTS (SELECT 1 FROM partybranch_lifeevent e WHERE e.id = OLD.event_id AND e.state = 'filed')"
_THERE = f"{_OPEN} AND OLD.removed_at IS NULL AND {_CHANGES}"
_OLD_EVENT = [
    Transition(f"OLD.state = 'draft' AND {_CHANGES}", never=_ALWAYS),
    Transition(
        f"OLD.state = 'noticed' AND NEW.state IN ('noticed', 'cancelled') AND {_CHANGES}",
        never=[*_ALWAYS, *_BY_NOTICE],
    ),
]
_NEW_EVENT = [
    Transition(f"OLD.state = 'draft' AND NEW.state <> 'filed' AND {_CHANGES}", never=_SINCE_EVER),
    Transition(
        f"OLD.state = 'noticed' AND NEW.state IN ('noticed', 'cancelled', 'filed') AND {_CHANGES}",
        never=[*_SINCE_EVER, *_BY_NOTICE],
    ),
]

_REFUSE = f"""
CREATE FUNCTION partybranch_refuse_filed(event bigint) RETURNS void LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $refuse$
DECLARE
    found text;
BEGIN
    SELECT e.state INTO found FROM partybranch_lifeevent e WHERE e.id = event FOR SHARE;
    IF found = 'filed' THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_event_is_filed',
            TABLE = 'partybranch_lifeevent', MESSAGE = 'the event is filed';
    END IF;
END
$refuse$;
CREATE FUNCTION partybranch_of_open_event() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM partybranch_refuse_filed(NEW.event_id);
    RETURN NULL;
END
$guard$;
"""  # noqa: S608  # nosec B608  names from this repository only
_REFUSE_DROP = """
DROP FUNCTION partybranch_of_open_event();
DROP FUNCTION partybranch_refuse_filed(bigint);
"""
_ASKING = {"minutes": "INSERT", "lifepicture": "INSERT OR UPDATE", "attendance": "UPDATE"}
_ASK = "".join(
    f"CREATE TRIGGER partybranch_{table}_of_open_event AFTER {acts} ON partybranch_{table} FOR EACH ROW"
    " EXECUTE FUNCTION partybranch_of_open_event();\n"
    for table, acts in _ASKING.items()
)
_ASK_DROP = "".join(f"DROP TRIGGER partybranch_{table}_of_open_event ON partybranch_{table};\n" for table in _ASKING)

_IN_ORDER = f"""
CREATE FUNCTION partybranch_minutes_in_order() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF NEW.version <> (SELECT count(*) FROM partybranch_minutes m WHERE m.event_id = NEW.event_id) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_minutes_in_order',
            TABLE = 'partybranch_minutes', MESSAGE = 'versions are counted from 1 without a gap';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_minutes_in_order AFTER INSERT ON partybranch_minutes FOR EACH ROW
    EXECUTE FUNCTION partybranch_minutes_in_order();
"""  # noqa: S608  # nosec B608  names from this repository only
_IN_ORDER_DROP = """
DROP TRIGGER partybranch_minutes_in_order ON partybranch_minutes;
DROP FUNCTION partybranch_minutes_in_order();
"""

_LACKS = {
    "partybranch_filed_after_the_day": "NEW.held_on > (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date",
    "partybranch_filed_has_attendance": (
        "EXISTS (SELECT 1 FROM partybranch_attendance a WHERE a.event_id = NEW.id AND a.status = 'expected')"
    ),
    "partybranch_filed_has_outcome": (
        "coalesce((SELECT m.outcome FROM partybranch_minutes m WHERE m.event_id = NEW.id"
        " ORDER BY m.version DESC LIMIT 1), '') = ''"
    ),
}
_REFUSALS = "".join(
    f"""
    IF {lacks} THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = '{rule}',
            TABLE = 'partybranch_lifeevent', MESSAGE = 'what is filed is whole';
    END IF;"""
    for rule, lacks in _LACKS.items()
)
_WHOLE = f"""
CREATE FUNCTION partybranch_filed_is_whole() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN{_REFUSALS}
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_lifeevent_whole AFTER UPDATE OF state ON partybranch_lifeevent
    FOR EACH ROW WHEN (NEW.state = 'filed') EXECUTE FUNCTION partybranch_filed_is_whole();
"""  # nosec B608  names from this repository only
_WHOLE_DROP = """
DROP TRIGGER partybranch_lifeevent_whole ON partybranch_lifeevent;
DROP FUNCTION partybranch_filed_is_whole();
"""

# The second names the first, whose day the notice has fixed. A third names the first too.
_TOGETHER = f"""
CREATE FUNCTION partybranch_held_together() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.held_with_id AND e.id <> NEW.id
        AND e.branch_id = NEW.branch_id AND e.held_on = NEW.held_on AND e.held_with_id IS NULL
        AND e.state IN ('noticed', 'filed') FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_held_together',
            TABLE = 'partybranch_lifeevent', MESSAGE = 'held together on another day, or by another branch';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_lifeevent_together AFTER INSERT OR UPDATE OF held_on, held_with_id ON partybranch_lifeevent
    FOR EACH ROW WHEN (NEW.held_with_id IS NOT NULL) EXECUTE FUNCTION partybranch_held_together();
"""  # nosec B608  names from this repository only
_TOGETHER_DROP = """
DROP TRIGGER partybranch_lifeevent_together ON partybranch_lifeevent;
DROP FUNCTION partybranch_held_together();
"""

_ADDENDUM = f"""
CREATE FUNCTION partybranch_addendum_of_filed() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_lifeevent e WHERE e.id = NEW.event_id AND e.state = 'filed';
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_addendum_of_filed',
            TABLE = 'partybranch_addendum', MESSAGE = 'what is not filed is changed itself';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_addendum_of_filed AFTER INSERT ON partybranch_addendum FOR EACH ROW
    EXECUTE FUNCTION partybranch_addendum_of_filed();
"""  # nosec B608  names from this repository only
_ADDENDUM_DROP = """
DROP TRIGGER partybranch_addendum_of_filed ON partybranch_addendum;
DROP FUNCTION partybranch_addendum_of_filed();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0010_filing")]
    operations = [
        reguarded("partybranch_lifeevent", _OLD_EVENT, _NEW_EVENT, begins="NEW.state = 'draft'"),
        append_only("partybranch_minutes"),
        append_only("partybranch_addendum"),
        guarded(
            "partybranch_lifepicture",
            Transition(_THERE, ["attachment_id", "turns"]),
            Transition(_THERE, ["removed_by_id", "removed_at"]),
            begins="NEW.removed_at IS NULL AND NEW.turns = 0 AND NEW.attachment_id = NEW.given_id",
        ),
        migrations.RunSQL(_REFUSE, _REFUSE_DROP),
        migrations.RunSQL(_ASK, _ASK_DROP),
        migrations.RunSQL(_IN_ORDER, _IN_ORDER_DROP),
        migrations.RunSQL(_WHOLE, _WHOLE_DROP),
        migrations.RunSQL(_TOGETHER, _TOGETHER_DROP),
        migrations.RunSQL(_ADDENDUM, _ADDENDUM_DROP),
    ]
