"""The last stage of a day is read from the index alone, also of all people of five hundred branches."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0140_turnout")]
    operations = [
        migrations.RemoveIndex(model_name="stagechange", name="stage_change_of_day"),
        migrations.AddIndex(
            model_name="stagechange",
            index=models.Index(
                condition=models.Q(withdrawn_at__isnull=True),
                fields=["person", "-on", "-id"],
                include=["stage"],
                name="stage_change_of_day",
            ),
        ),
    ]
