"""What binds of study: a record is confirmed once and withdrawn once; conversions, targets and occasions stay."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, append_only, guarded

_WITHDRAWN = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.withdrawn_by_id IS NOT NULL"
    " AND NEW.withdrawal_reason <> ''",
    ["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"],
)
_CONFIRMED = Transition(
    "OLD.withdrawn_at IS NULL AND OLD.confirmed_at IS NULL AND NEW.confirmed_at IS NOT NULL"
    " AND NEW.confirmed_by_id IS NOT NULL",
    ["confirmed_at", "confirmed_by_id"],
)
_LINKED = Transition(
    "OLD.withdrawn_at IS NULL AND OLD.passes_on_id IS NULL AND NEW.passes_on_id IS NOT NULL", ["passes_on_id"]
)
# Self-study rests on a statement alone: somebody confirms it in a second act.
_BEGINS = "NEW.withdrawn_at IS NULL AND (NEW.way <> 'self' OR NEW.confirmed_at IS NULL)"

_FUTURE = """
CREATE TRIGGER partybranch_learningrecord_not_in_future AFTER INSERT ON partybranch_learningrecord
    FOR EACH ROW EXECUTE FUNCTION partybranch_not_in_future('ends_on');
"""
_FUTURE_DROP = "DROP TRIGGER partybranch_learningrecord_not_in_future ON partybranch_learningrecord;"

# Hours are never typed: they come from the conversion that held on the first day.
_BY_RULE = f"""
CREATE FUNCTION partybranch_hours_by_rule() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_hourrule r WHERE r.id = NEW.rule_id AND r.valid_from <= NEW.starts_on
        AND NEW.hours = round(NEW.quantity * r.hours, 2)
        AND NOT EXISTS (
            SELECT 1 FROM partybranch_hourrule later WHERE later.unit = r.unit
                AND later.valid_from > r.valid_from AND later.valid_from <= NEW.starts_on
        );
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_hours_by_rule',
            TABLE = 'partybranch_learningrecord', MESSAGE = 'hours come from the conversion of the first day';
    END IF;
    IF NEW.hours > 24 * (NEW.ends_on - NEW.starts_on + 1) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_hours_fit_days',
            TABLE = 'partybranch_learningrecord', MESSAGE = 'more than 24 hours a day';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_learningrecord_hours_by_rule AFTER INSERT ON partybranch_learningrecord
    FOR EACH ROW EXECUTE FUNCTION partybranch_hours_by_rule();
"""  # noqa: S608  # nosec B608  names from this repository only
_BY_RULE_DROP = """
DROP TRIGGER partybranch_learningrecord_hours_by_rule ON partybranch_learningrecord;
DROP FUNCTION partybranch_hours_by_rule();
"""

# A record lies within its occasion. What is not credited from a list of attendance asks the roll of the first day.
_FITS = f"""
CREATE FUNCTION partybranch_learning_fits() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF NEW.occasion_id IS NOT NULL THEN
        PERFORM 1 FROM partybranch_studyoccasion o WHERE o.id = NEW.occasion_id AND o.branch_id = NEW.branch_id
            AND o.starts_on <= NEW.starts_on AND o.ends_on >= NEW.ends_on;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_learning_of_occasion',
                TABLE = 'partybranch_learningrecord', MESSAGE = 'the record does not lie within its occasion';
        END IF;
    END IF;
    IF NEW.way IN ('self', 'course', 'teaching') THEN
        PERFORM 1 FROM partybranch_membership m WHERE m.person_id = NEW.person_id AND m.branch_id = NEW.branch_id
            AND m.withdrawn_at IS NULL AND m.starts_on <= NEW.starts_on
            AND (m.ends_on IS NULL OR m.ends_on > NEW.starts_on) FOR SHARE;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_learner_in_branch',
                TABLE = 'partybranch_learningrecord', MESSAGE = 'the person is not in the branch on this day';
        END IF;
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_learningrecord_lies_within AFTER INSERT ON partybranch_learningrecord
    FOR EACH ROW EXECUTE FUNCTION partybranch_learning_fits();
"""  # nosec B608  names from this repository only
_FITS_DROP = """
DROP TRIGGER partybranch_learningrecord_lies_within ON partybranch_learningrecord;
DROP FUNCTION partybranch_learning_fits();
"""

# What was learnt is passed on by who learnt it, after the course. Named so that the guard of the table speaks first.
_PASSED_ON = f"""
CREATE FUNCTION partybranch_passed_on_by_learner() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF NEW.passes_on_id IS NOT NULL THEN
        PERFORM 1 FROM partybranch_passonduty d JOIN partybranch_studyoccasion o ON o.id = d.occasion_id
            WHERE d.id = NEW.passes_on_id AND d.person_id = NEW.person_id AND d.withdrawn_at IS NULL
            AND o.ends_on <= NEW.starts_on FOR SHARE OF d;
        IF NOT FOUND THEN
            RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_passed_on_by_learner',
                TABLE = 'partybranch_learningrecord', MESSAGE = 'the lecture is not by the learner after the course';
        END IF;
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_learningrecord_passed_on AFTER INSERT OR UPDATE OF passes_on_id
    ON partybranch_learningrecord FOR EACH ROW EXECUTE FUNCTION partybranch_passed_on_by_learner();
"""  # nosec B608  names from this repository only
_PASSED_ON_DROP = """
DROP TRIGGER partybranch_learningrecord_passed_on ON partybranch_learningrecord;
DROP FUNCTION partybranch_passed_on_by_learner();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0040_learning")]
    operations = [
        append_only("partybranch_hourrule"),
        append_only("partybranch_hourtarget"),
        append_only("partybranch_studyoccasion"),
        guarded("partybranch_passonduty", _WITHDRAWN, begins="NEW.withdrawn_at IS NULL"),
        guarded("partybranch_learningrecord", _CONFIRMED, _LINKED, _WITHDRAWN, begins=_BEGINS),
        migrations.RunSQL(_FUTURE, _FUTURE_DROP),
        migrations.RunSQL(_BY_RULE, _BY_RULE_DROP),
        migrations.RunSQL(_FITS, _FITS_DROP),
        migrations.RunSQL(_PASSED_ON, _PASSED_ON_DROP),
    ]
