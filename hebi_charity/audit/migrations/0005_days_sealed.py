"""Each day of the log is sealed after it ended, once and for ever; a sealed day takes no more entries."""

import django.db.models.functions.datetime
from django.db import migrations, models

from hebi_charity.core.guards import SEARCH_PATH, guarded

# An hour after midnight at the earliest (hebi_charity.audit.day_seals): whoever could seal today would stop every act.
_ENDED = "NEW.day < (timezone('Asia/Shanghai', clock_timestamp() - interval '1 hour'))::date"
# Only for what a transaction of yesterday writes; its own guard lets no other entry bear an earlier day.
_SEALED_DAY = f"""
CREATE FUNCTION audit_entry_sealed_day() RETURNS trigger LANGUAGE plpgsql SET search_path = {SEARCH_PATH} AS $guard$
BEGIN
    IF EXISTS (SELECT 1 FROM audit_dayseal s WHERE s.day >= NEW."on") THEN
        RAISE EXCEPTION USING ERRCODE = 'restrict_violation', CONSTRAINT = 'audit_entry_sealed_day',
            TABLE = 'audit_entry', MESSAGE = 'the day of this entry is sealed';
    END IF;
    RETURN NULL;
END
$guard$;
CREATE TRIGGER audit_entry_sealed_day AFTER INSERT ON audit_entry FOR EACH ROW
    WHEN (NEW."on" < timezone('Asia/Shanghai', clock_timestamp())::date) EXECUTE FUNCTION audit_entry_sealed_day();
"""  # noqa: S608  # nosec B608  names from this repository only
_SEALED_DAY_DROP = """
DROP TRIGGER audit_entry_sealed_day ON audit_entry;
DROP FUNCTION audit_entry_sealed_day();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0004_log_begins_now")]
    operations = [
        migrations.CreateModel(
            name="DaySeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(unique=True, verbose_name="day")),
                ("count", models.PositiveIntegerField(verbose_name="entries")),
                ("first_entry", models.BigIntegerField(null=True, verbose_name="first entry")),
                ("last_entry", models.BigIntegerField(null=True, verbose_name="last entry")),
                (
                    "digest",
                    models.CharField(db_collation="C", max_length=64, verbose_name="digest of the entries"),
                ),
                (
                    "before",
                    models.CharField(
                        blank=True, db_collation="C", max_length=64, verbose_name="seal of the day before"
                    ),
                ),
                ("seal", models.CharField(db_collation="C", max_length=64, verbose_name="seal")),
                (
                    "sealed_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False, verbose_name="sealed at"
                    ),
                ),
            ],
            options={
                "verbose_name": "sealed day of the log",
                "verbose_name_plural": "sealed days of the log",
                "ordering": ["day"],
                "default_permissions": (),
            },
        ),
        guarded("audit_dayseal", begins=_ENDED),
        migrations.RunSQL(_SEALED_DAY, _SEALED_DAY_DROP),
    ]
