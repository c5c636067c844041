"""The list of all meetings is read in its order, newest day first, without sorting what it does not show."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0110_event_has_come")]
    operations = [
        migrations.AddIndex(
            model_name="lifeevent",
            index=models.Index(fields=["-held_on", "-id"], name="life_event_by_day"),
        )
    ]
