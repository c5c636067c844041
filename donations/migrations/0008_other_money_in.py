from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("donations", "0007_files_guarded")]
    operations = [
        migrations.AlterModelOptions(
            name="donation",
            options={
                "permissions": [
                    ("review_donation", "May review what another recorded"),
                    ("void_donation", "May void a gift before review"),
                    ("record_income", "May record money that is no gift"),
                    ("record_arrival", "May record that money arrived or bounced"),
                    ("export_donations", "May export lists of gifts"),
                ],
                "verbose_name": "gift",
            },
        ),
        migrations.AlterField(
            model_name="donation",
            name="payer_relation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "the donor pays"),
                    ("passed_on", "passed on by another"),
                    ("on_behalf", "given on behalf of another"),
                    ("sender", "pays in its own name, no gift"),
                ],
                max_length=10,
                verbose_name="payer's part",
            ),
        ),
    ]
