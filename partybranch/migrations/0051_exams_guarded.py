"""What binds of exams: lists and sheets are fixed when made, draws are judged once, closing fixes all the rest."""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH, Transition, guarded

_CHANGES = "NEW IS DISTINCT FROM OLD"
_WITHDRAWS = ["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"]
_WITHDRAWN = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.withdrawn_by_id IS NOT NULL"
    " AND NEW.withdrawal_reason <> ''",
    _WITHDRAWS,
)
_NOT_USED = (
    "NOT EXISTS (SELECT 1 FROM partybranch_draw d WHERE d.question_id = OLD.id)"
    " AND NOT EXISTS (SELECT 1 FROM partybranch_sheetquestion s WHERE s.question_id = OLD.id)"
)
_QUESTION_STAYS = ["id", "bank_id", "replaces_id", "recorded_by_id", "recorded_at", *_WITHDRAWS]
_EXAM_CHANGES = ["title", "room", "state", "closed_by_id", "closed_at", "cancelled_reason"]
_NO_RESULT = "NOT EXISTS (SELECT 1 FROM partybranch_examresult r WHERE r.exam_id = OLD.id AND r.withdrawn_at IS NULL)"

# Names of the triggers begin so that the guard of the table speaks first. The row of the exam is held: whoever closes
# it waits for what is being written, and then nothing is written any more.
_OPEN = f"""
CREATE FUNCTION partybranch_exam_is_open() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_exam e WHERE e.id = NEW.exam_id AND e.state = 'open' FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_exam_is_open',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the exam is closed or called off';
    END IF;
    RETURN NULL;
END
$guard$;
"""  # nosec B608  names from this repository only
_OF_EXAM = ("exambank", "examinee", "sheetquestion", "draw", "examresult")
_OPEN_TRIGGERS = "".join(
    f"CREATE TRIGGER partybranch_{table}_of_open AFTER INSERT OR UPDATE ON partybranch_{table} FOR EACH ROW"
    " EXECUTE FUNCTION partybranch_exam_is_open();\n"
    for table in _OF_EXAM
)
_OPEN_DROP = (
    "".join(f"DROP TRIGGER partybranch_{table}_of_open ON partybranch_{table};\n" for table in _OF_EXAM)
    + "DROP FUNCTION partybranch_exam_is_open();"
)

# Drawn or put on the sheet is a live question of the exam's own banks, held until it is written: it is not edited then.
_QUESTION = f"""
CREATE FUNCTION partybranch_question_of_exam() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_question q WHERE q.id = NEW.question_id AND q.withdrawn_at IS NULL AND EXISTS (
        SELECT 1 FROM partybranch_exambank b JOIN partybranch_exam e ON e.id = b.exam_id
        WHERE b.bank_id = q.bank_id AND e.id = NEW.exam_id AND e.mode = TG_ARGV[0]
    ) FOR SHARE OF q;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_question_of_exam',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the question is not one of the banks of this exam';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_draw_with_question AFTER INSERT ON partybranch_draw FOR EACH ROW
    EXECUTE FUNCTION partybranch_question_of_exam('oral');
CREATE TRIGGER partybranch_sheetquestion_with_question AFTER INSERT ON partybranch_sheetquestion FOR EACH ROW
    EXECUTE FUNCTION partybranch_question_of_exam('written');
"""  # noqa: S608  # nosec B608  names from this repository only
_QUESTION_DROP = """
DROP TRIGGER partybranch_draw_with_question ON partybranch_draw;
DROP TRIGGER partybranch_sheetquestion_with_question ON partybranch_sheetquestion;
DROP FUNCTION partybranch_question_of_exam();
"""

# Who is asked or judged stands on the list of this exam, whose day has come.
_EXAMINEE = f"""
CREATE FUNCTION partybranch_examinee_of_exam() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    PERFORM 1 FROM partybranch_examinee x WHERE x.id = NEW.examinee_id AND x.exam_id = NEW.exam_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_examinee_of_exam',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the person does not take part in this exam';
    END IF;
    PERFORM 1 FROM partybranch_exam e WHERE e.id = NEW.exam_id
        AND e.held_on <= (clock_timestamp() AT TIME ZONE 'Asia/Shanghai')::date;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_exam_has_come',
            TABLE = TG_TABLE_NAME, MESSAGE = 'the day of the exam lies in the future';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_draw_with_examinee AFTER INSERT ON partybranch_draw FOR EACH ROW
    EXECUTE FUNCTION partybranch_examinee_of_exam();
CREATE TRIGGER partybranch_examresult_with_examinee AFTER INSERT ON partybranch_examresult FOR EACH ROW
    EXECUTE FUNCTION partybranch_examinee_of_exam();
"""  # nosec B608  names from this repository only
_EXAMINEE_DROP = """
DROP TRIGGER partybranch_draw_with_examinee ON partybranch_draw;
DROP TRIGGER partybranch_examresult_with_examinee ON partybranch_examresult;
DROP FUNCTION partybranch_examinee_of_exam();
"""

# Points where the exam has them, at most those of the sheet; the pass follows from them and is not chosen.
_RESULT = f"""
CREATE FUNCTION partybranch_result_fits_exam() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
DECLARE
    pass numeric;
    most numeric;
BEGIN
    SELECT e.points_to_pass INTO pass FROM partybranch_exam e WHERE e.id = NEW.exam_id;
    IF (pass IS NULL) <> (NEW.score IS NULL) OR (NEW.outcome = 'passed') <> coalesce(NEW.score >= pass, NEW.outcome = 'passed')
    THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_result_fits_exam',
            TABLE = 'partybranch_examresult', MESSAGE = 'the result does not follow from the points';
    END IF;
    SELECT sum(s.points) INTO most FROM partybranch_sheetquestion s WHERE s.exam_id = NEW.exam_id;
    IF NEW.score > most THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'partybranch_result_within_sheet',
            TABLE = 'partybranch_examresult', MESSAGE = 'more points than the sheet gives';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER partybranch_examresult_with_points AFTER INSERT ON partybranch_examresult FOR EACH ROW
    EXECUTE FUNCTION partybranch_result_fits_exam();
"""  # noqa: S608  # nosec B608  names from this repository only
_RESULT_DROP = """
DROP TRIGGER partybranch_examresult_with_points ON partybranch_examresult;
DROP FUNCTION partybranch_result_fits_exam();
"""


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0050_exams")]
    operations = [
        guarded(
            "partybranch_question",
            _WITHDRAWN,
            Transition(f"OLD.withdrawn_at IS NULL AND {_CHANGES} AND {_NOT_USED}", never=_QUESTION_STAYS),
            begins="NEW.withdrawn_at IS NULL",
        ),
        guarded(
            "partybranch_exam",
            Transition(f"OLD.state = 'open' AND NEW.state IN ('open', 'closed') AND {_CHANGES}", _EXAM_CHANGES),
            Transition(f"OLD.state = 'open' AND NEW.state = 'cancelled' AND {_NO_RESULT}", _EXAM_CHANGES),
            begins="NEW.state = 'open'",
        ),
        guarded("partybranch_exambank"),
        guarded("partybranch_examinee"),
        guarded("partybranch_sheetquestion"),
        guarded(
            "partybranch_draw",
            Transition(
                "OLD.withdrawn_at IS NULL AND OLD.outcome = '' AND OLD.revealed_at IS NULL"
                " AND NEW.revealed_at IS NOT NULL",
                ["revealed_at"],
            ),
            Transition(
                "OLD.withdrawn_at IS NULL AND OLD.outcome = '' AND NEW.outcome <> ''",
                ["outcome", "note", "marked_by_id", "marked_at"],
            ),
            _WITHDRAWN,
            begins="NEW.withdrawn_at IS NULL AND NEW.outcome = ''",
        ),
        guarded("partybranch_examresult", _WITHDRAWN, begins="NEW.withdrawn_at IS NULL"),
        migrations.RunSQL(_OPEN + _OPEN_TRIGGERS, _OPEN_DROP),
        migrations.RunSQL(_QUESTION, _QUESTION_DROP),
        migrations.RunSQL(_EXAMINEE, _EXAMINEE_DROP),
        migrations.RunSQL(_RESULT, _RESULT_DROP),
    ]
