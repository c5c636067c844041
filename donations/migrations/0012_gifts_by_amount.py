from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("donations", "0011_fill_names_of_gifts")]
    operations = [
        migrations.AddIndex(
            model_name="donation",
            index=models.Index(fields=["-amount", "-id"], name="donation_by_amount"),
        ),
    ]
