from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0004_chosen_for")]

    operations = [
        migrations.AddField(
            model_name="use",
            name="seal",
            field=models.CharField(
                blank=True, db_collation="C", db_default="", default="", editable=False, max_length=64
            ),
        ),
    ]
