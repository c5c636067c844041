"""Reversals carry a seal, as documents do: a reason, a day or an approver changed in the database is found."""

from django.db import migrations, models

from hebi_charity.core import seals
from hebi_charity.core.guards import Transition, guard_drop_sql, guard_sql

_REVERSAL = "donations_reversal"
_BEGINS = "NEW.state = 'requested'"
_DECIDED = "OLD.state = 'requested' AND NEW.state IN ('approved', 'refused')"
_COLUMNS = ["state", "approved_by_id", "approved_at", "reversed_on", "refusal"]
_UNSEALED = guard_sql(_REVERSAL, [Transition(_DECIDED, _COLUMNS)], begins=_BEGINS)
_SEALED = guard_sql(_REVERSAL, [Transition(_DECIDED, [*_COLUMNS, "seal"])], begins=_BEGINS)


def seal_what_is_there(apps, schema_editor):
    """The seal as donations.services.sealing.reversal_seal defined it when this was written."""
    reversals = apps.get_model("donations", "Reversal").objects
    for reversal in reversals.filter(seal="").order_by("pk"):
        reversal.seal = seals.seal(
            {
                "number": reversal.reversal_no,
                "donation": reversal.donation_id,
                "reason": reversal.reason,
                "state": reversal.state,
                "recorded_by": reversal.recorded_by_id,
                "approved_by": reversal.approved_by_id,
                "approved_at": reversal.approved_at,
                "reversed_on": reversal.reversed_on,
                "refusal": reversal.refusal,
            }
        )
        reversal.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("donations", "0014_reviewed_by_another_person")]
    operations = [
        migrations.AddField(
            model_name="reversal",
            name="seal",
            field=models.CharField(blank=True, db_default="", editable=False, max_length=64),
        ),
        migrations.RunSQL(guard_drop_sql(_REVERSAL), _UNSEALED),
        migrations.RunPython(seal_what_is_there, migrations.RunPython.noop),
        migrations.RunSQL(_SEALED, guard_drop_sql(_REVERSAL)),
    ]
