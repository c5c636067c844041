"""Whoever writes a binding row of the branch sees what others have committed: a guard that locks looks at what is there.

Guards lock a row, wait for whoever holds it, and then look. A transaction that keeps the sight of its beginning
(REPEATABLE READ, SERIALIZABLE) would look at what was there before it waited, and pass. So it does not write.
"""

from django.db import migrations

from hebi_charity.core.guards import SEARCH_PATH

# A test compares these with the binding tables of the branch.
TABLES = (
    *("branch", "body", "membership", "stagechange", "circumstance", "term", "standing"),
    *("lifeevent", "attendance", "minutes", "addendum", "lifepicture", "observer", "makeup"),
    *("voterule", "vote", "votecandidate", "requirement", "calendaraddress", "loadedrow"),
    *("hourrule", "hourtarget", "studyoccasion", "passonduty", "learningrecord"),
    *("materialpurchase", "issuelist", "issueline", "materialloan"),
    *("question", "exam", "exambank", "examinee", "sheetquestion", "draw", "examresult"),
    *("honour", "honourgrantor", "honourdossier", "dossieritem", "honourcitation"),
    *("ranking", "pressreport", "leaderword", "thanks"),
)
_FUNCTION = f"""
CREATE FUNCTION partybranch_read_committed() RETURNS trigger LANGUAGE plpgsql
SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'partybranch_read_committed',
            TABLE = TG_TABLE_NAME, MESSAGE = 'written in a transaction that does not see what others commit';
    END IF;
    RETURN NULL;
END
$guard$;
"""  # nosec B608  names from this repository only
_TRIGGERS = "".join(
    f"CREATE TRIGGER partybranch_{table}_read_committed BEFORE INSERT OR UPDATE ON partybranch_{table}"
    " FOR EACH STATEMENT EXECUTE FUNCTION partybranch_read_committed();\n"
    for table in TABLES
)
_TRIGGERS_DROP = "".join(
    f"DROP TRIGGER partybranch_{table}_read_committed ON partybranch_{table};\n" for table in TABLES
)


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0202_cancelled_exam_hangs_not")]
    operations = [
        migrations.RunSQL(_FUNCTION, "DROP FUNCTION partybranch_read_committed();"),
        migrations.RunSQL(_TRIGGERS, _TRIGGERS_DROP),
    ]
