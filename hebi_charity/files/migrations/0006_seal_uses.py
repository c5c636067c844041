"""Uses of before get the seal that new ones have. The guard of the table sleeps for this alone."""

from django.db import migrations

from hebi_charity.core import seals
from hebi_charity.core.guards import guard_drop_sql, guard_sql


def seal_uses(apps, schema_editor):
    uses = apps.get_model("files", "Use").objects.filter(seal="").select_related("attachment")
    for use in uses.iterator():
        use.seal = seals.seal(
            {
                "file": use.attachment.sha256,
                "attachment": use.attachment_id,
                "owner_type": use.owner_type,
                "owner_id": use.owner_id,
                "purpose": use.purpose,
                "used_by": use.used_by_id,
            }
        )
        use.save(update_fields=["seal"])


class Migration(migrations.Migration):
    dependencies = [("files", "0005_use_sealed")]

    operations = [
        migrations.RunSQL(guard_drop_sql("files_use"), guard_sql("files_use")),
        migrations.RunPython(seal_uses, migrations.RunPython.noop),
        migrations.RunSQL(guard_sql("files_use"), guard_drop_sql("files_use")),
    ]
