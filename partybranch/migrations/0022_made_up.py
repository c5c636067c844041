import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partybranch", "0052_exam_resit"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MakeUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="reason of the withdrawal"
                    ),
                ),
                ("done_on", models.DateField(verbose_name="made up on")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("home", "taught at home"),
                            ("session", "attended another session"),
                            ("recording", "watched or heard the recording"),
                            ("reading", "read the material"),
                            ("told", "was told by a member"),
                        ],
                        max_length=9,
                        verbose_name="way of making up",
                    ),
                ),
                ("what", models.CharField(max_length=200, verbose_name="what was made up")),
                ("helper", models.CharField(blank=True, max_length=40, verbose_name="who taught or told it")),
            ],
            options={
                "verbose_name": "make-up",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Observer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(editable=False, null=True)),
                (
                    "withdrawal_reason",
                    models.CharField(
                        blank=True, editable=False, max_length=200, verbose_name="reason of the withdrawal"
                    ),
                ),
                ("guest", models.CharField(blank=True, max_length=40, verbose_name="name of the guest")),
                ("unit", models.CharField(blank=True, max_length=80, verbose_name="unit and post of the guest")),
            ],
            options={
                "verbose_name": "observer",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.AlterField(
            model_name="attendance",
            name="status",
            field=models.CharField(
                choices=[
                    ("expected", "attendance not recorded"),
                    ("present", "present"),
                    ("online", "on line"),
                    ("leave", "leave"),
                    ("absent", "absent"),
                    ("exempt", "no hard requirement"),
                ],
                default="expected",
                max_length=8,
                verbose_name="attendance",
            ),
        ),
        migrations.AddConstraint(
            model_name="attendance",
            constraint=models.CheckConstraint(
                condition=models.Q(models.Q(("status", "exempt"), _negated=True), ("is_exempt", True), _connector="OR"),
                name="attendance_exempt_by_notice",
                violation_error_message="“No hard requirement” holds only of whom it held at the notice.",
            ),
        ),
        migrations.AddField(
            model_name="makeup",
            name="attendance",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="make_ups", to="partybranch.attendance"
            ),
        ),
        migrations.AddField(
            model_name="makeup",
            name="recorded_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="makeup",
            name="withdrawn_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="observer",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="observers", to="partybranch.lifeevent"
            ),
        ),
        migrations.AddField(
            model_name="observer",
            name="person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="observed",
                to="partybranch.person",
                verbose_name="person of the branch",
            ),
        ),
        migrations.AddField(
            model_name="observer",
            name="recorded_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="observer",
            name="withdrawn_by",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="makeup",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawal_reason", ""), ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="makeup_withdrawn_has_reason",
                violation_error_message="What is withdrawn names who withdrew it, when and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="makeup",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("attendance",),
                name="make_up_once",
                violation_error_message="This was made up already. Withdraw that record first if it is wrong.",
            ),
        ),
        migrations.AddConstraint(
            model_name="makeup",
            constraint=models.CheckConstraint(
                condition=models.Q(("what", ""), _negated=True),
                name="make_up_says_what",
                violation_error_message="Say what was made up.",
            ),
        ),
        migrations.AddIndex(
            model_name="observer",
            index=models.Index(fields=["event", "id"], name="observer_of_event"),
        ),
        migrations.AddConstraint(
            model_name="observer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawal_reason", ""), ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True)),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawal_reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="observer_withdrawn_has_reason",
                violation_error_message="What is withdrawn names who withdrew it, when and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="observer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("guest", ""), ("person__isnull", False), ("unit", "")),
                    models.Q(
                        ("person__isnull", True),
                        models.Q(("guest", ""), _negated=True),
                        models.Q(("unit", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="observer_is_named",
                violation_error_message="Choose a person of the branch, or give name and unit of a guest from outside; not both.",
            ),
        ),
        migrations.AddConstraint(
            model_name="observer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("event", "person"),
                name="observer_once",
                violation_error_message="This person is recorded as an observer already.",
            ),
        ),
    ]
