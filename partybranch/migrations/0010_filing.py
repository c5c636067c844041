"""Minutes by version, pictures, filing with its seal, and addenda: see decision record 5."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0003_guards_against_forged_tables"),
        ("partybranch", "0041_learning_guarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Addendum",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=2000, verbose_name="addendum")),
                ("written_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "addendum",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="LifePicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("sheet", "sign-in sheet"), ("page", "page of the notebook"), ("photo", "photograph")],
                        max_length=5,
                        verbose_name="what the picture shows",
                    ),
                ),
                ("turns", models.PositiveSmallIntegerField(default=0)),
                ("caption", models.CharField(blank=True, max_length=200, verbose_name="caption")),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "picture of an event",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Minutes",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("outcome", models.TextField(blank=True, max_length=2000, verbose_name="outcome")),
                ("text", models.TextField(blank=True, max_length=20000, verbose_name="minutes")),
                ("written_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "minutes",
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="lifeevent",
            name="life_event_notice_has_person",
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="filed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="filed_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="held_with",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="held_together",
                to="partybranch.lifeevent",
                verbose_name="held together with",
            ),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="is_back_entry",
            field=models.BooleanField(default=False, editable=False, verbose_name="back entry"),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="seal",
            field=models.CharField(blank=True, db_collation="C", default="", editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="sealed_parts",
            field=models.JSONField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="lifeevent",
            name="state",
            field=models.CharField(
                choices=[
                    ("draft", "being prepared"),
                    ("noticed", "notice given"),
                    ("filed", "filed for good"),
                    ("cancelled", "called off"),
                ],
                default="draft",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("noticed_at__isnull", True), ("noticed_by__isnull", True), ("state", "draft")),
                    models.Q(
                        ("noticed_at__isnull", False),
                        ("noticed_by__isnull", False),
                        ("state__in", ["noticed", "filed"]),
                    ),
                    ("state", "cancelled"),
                    _connector="OR",
                ),
                name="life_event_notice_has_person",
                violation_error_message="A notice names who gave it, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "filed"), _negated=True), ("begins_at__isnull", False), _connector="OR"
                ),
                name="life_event_filed_has_time",
                violation_error_message="Give the time at which it began, for example 09:00.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "filed"), _negated=True), models.Q(("place", ""), _negated=True), _connector="OR"
                ),
                name="life_event_filed_has_place",
                violation_error_message="Give the place, or the link of a meeting on line.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "filed"), _negated=True), ("chair__isnull", False), _connector="OR"
                ),
                name="life_event_filed_has_chair",
                violation_error_message="Say who was in the chair.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "filed"), _negated=True), ("recorder__isnull", False), _connector="OR"
                ),
                name="life_event_filed_has_recorder",
                violation_error_message="Say who took the minutes.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("filed_at__isnull", False),
                        ("filed_by__isnull", False),
                        ("sealed_parts__isnull", False),
                        ("state", "filed"),
                        models.Q(("seal", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("state", "filed"), _negated=True),
                        ("filed_at__isnull", True),
                        ("filed_by__isnull", True),
                        ("seal", ""),
                        ("sealed_parts__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="life_event_filed_has_person",
                violation_error_message="What is filed names who filed it, and when, and carries a seal.",
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="addenda", to="partybranch.lifeevent"
            ),
        ),
        migrations.AddField(
            model_name="addendum",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="lifepicture",
            name="added_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="lifepicture",
            name="attachment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.attachment"
            ),
        ),
        migrations.AddField(
            model_name="lifepicture",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="pictures", to="partybranch.lifeevent"
            ),
        ),
        migrations.AddField(
            model_name="lifepicture",
            name="given",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.attachment"
            ),
        ),
        migrations.AddField(
            model_name="lifepicture",
            name="removed_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="minutes", to="partybranch.lifeevent"
            ),
        ),
        migrations.AddField(
            model_name="minutes",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="addendum",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="addendum_has_text",
                violation_error_message="Write what is to be added.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifepicture",
            constraint=models.CheckConstraint(
                condition=models.Q(("turns__lt", 4)),
                name="life_picture_turned_by_quarters",
                violation_error_message="A picture is turned by quarters.",
            ),
        ),
        migrations.AddConstraint(
            model_name="lifepicture",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("removed_at__isnull", True), ("removed_by__isnull", True)),
                    models.Q(("removed_at__isnull", False), ("removed_by__isnull", False)),
                    _connector="OR",
                ),
                name="life_picture_removed_has_person",
                violation_error_message="A picture that was taken away names who took it away, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.UniqueConstraint(
                fields=("event", "version"),
                name="minutes_each_version_once",
                violation_error_message="Somebody else saved these minutes meanwhile. Please reload the page.",
            ),
        ),
    ]
