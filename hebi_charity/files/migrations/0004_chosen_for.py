from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("files", "0003_guards_against_forged_tables")]

    operations = [
        migrations.AddField(
            model_name="attachment",
            name="chosen_for",
            field=models.CharField(blank=True, db_collation="C", db_default="", default="", max_length=80),
        ),
    ]
