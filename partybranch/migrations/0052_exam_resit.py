"""An exam may be the resit of an earlier one."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partybranch", "0043_materials_guarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="exam",
            name="resit_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="resits",
                to="partybranch.exam",
                verbose_name="earlier exam",
            ),
        ),
        migrations.AlterField(
            model_name="exam",
            name="takes_part",
            field=models.CharField(
                choices=[
                    ("all", "members, those on the way and staff"),
                    ("way", "members and those on the way"),
                    ("members", "members only"),
                    ("event", "who came to an event"),
                    ("resit", "who has not passed an earlier exam"),
                ],
                default="all",
                max_length=8,
                verbose_name="who takes part",
            ),
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("resit_of__isnull", False), ("takes_part", "resit")),
                    models.Q(models.Q(("takes_part", "resit"), _negated=True), ("resit_of__isnull", True)),
                    _connector="OR",
                ),
                name="exam_resit_names_earlier",
                violation_error_message="Choose the earlier exam that is sat again.",
            ),
        ),
    ]
