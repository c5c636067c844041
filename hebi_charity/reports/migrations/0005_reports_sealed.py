"""Reports carry a seal, as other documents do, and are replaced by a later version of the same month only."""

from django.db import migrations, models

from hebi_charity.core import seals
from hebi_charity.core.guards import SEARCH_PATH, Transition, guard_drop_sql, guard_sql

_REPORT = "reports_report"
_BEGINS = "NEW.state = 'made'"


def _life(*also):
    return [
        Transition("OLD.state = 'made' AND NEW.state = 'checked'", ["state", "checked_by_id", "checked_at", *also]),
        Transition("OLD.state = 'checked' AND NEW.state = 'issued'", ["state", "issued_by_id", "issued_at", *also]),
        Transition(
            "OLD.state <> 'superseded' AND NEW.state = 'superseded'",
            ["state", "superseded_by_id", "superseded_at", *also],
        ),
    ]


_UNSEALED = guard_sql(_REPORT, _life(), begins=_BEGINS)
_SEALED = guard_sql(_REPORT, _life("seal"), begins=_BEGINS)
_LATER = f"""
CREATE FUNCTION reports_report_replaced_by_later() RETURNS trigger LANGUAGE plpgsql SET search_path = {SEARCH_PATH}
AS $guard$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM reports_report later WHERE later.id = NEW.superseded_by_id
            AND later.kind = NEW.kind AND later.period_on = NEW.period_on AND later.version > NEW.version
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', CONSTRAINT = 'reports_report_replaced_by_later',
            TABLE = 'reports_report', MESSAGE = 'a report is replaced by a later version of the same month';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER reports_report_replaced_by_later AFTER UPDATE ON reports_report FOR EACH ROW
    WHEN (NEW.state = 'superseded') EXECUTE FUNCTION reports_report_replaced_by_later();
"""  # noqa: S608  # nosec B608
_LATER_DROP = """
DROP TRIGGER reports_report_replaced_by_later ON reports_report; DROP FUNCTION reports_report_replaced_by_later();
"""


def seal_what_is_there(apps, schema_editor):
    """The seal as reports.sealing.seal_of defined it when this was written."""
    for report in apps.get_model("reports", "Report").objects.filter(seal="").order_by("pk"):
        report.seal = seals.seal(
            {
                "number": report.report_no,
                "kind": report.kind,
                "period_on": report.period_on,
                "version": report.version,
                "state": report.state,
                "facts_digest": report.facts_digest,
                "is_final": report.is_final,
                "check_code": report.check_code,
                "pdf_sha256": report.pdf_sha256,
                "replace_reason": report.replace_reason,
                "made_by": report.made_by_id,
                "made_at": report.made_at,
                "checked_by": report.checked_by_id,
                "checked_at": report.checked_at,
                "issued_by": report.issued_by_id,
                "issued_at": report.issued_at,
                "superseded_by": report.superseded_by_id,
                "superseded_at": report.superseded_at,
            }
        )
        report.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("reports", "0004_three_people")]
    operations = [
        migrations.AddField(
            model_name="report",
            name="seal",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
        migrations.RunSQL(guard_drop_sql(_REPORT), _UNSEALED),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL(_SEALED, guard_drop_sql(_REPORT)),
        migrations.RunSQL(_LATER, _LATER_DROP),
    ]
