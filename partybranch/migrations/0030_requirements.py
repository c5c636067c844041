"""What the rules require of the branch from a day on, and secret addresses of the calendar."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partybranch", "0011_filing_guarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar address",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("owner",),
                        name="calendar_address_one_each",
                        violation_error_message="You have an address already. Withdraw it first, then make a new one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("token_hash", ""), _negated=True),
                        name="calendar_address_has_hash",
                        violation_error_message="A calendar address has its secret.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Requirement",
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
                ("starts_on", models.DateField(verbose_name="from the day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until the day")),
                ("ended_at", models.DateTimeField(editable=False, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("general", "general meeting of the branch"),
                            ("committee", "meeting of the branch committee"),
                            ("group", "meeting of a Party group"),
                            ("lecture", "Party lecture"),
                            ("theme_day", "theme Party day"),
                            ("life", "organisational life meeting"),
                            ("review", "democratic review of members"),
                            ("study", "study together"),
                            ("visit", "visit"),
                            ("training", "training"),
                        ],
                        max_length=10,
                        verbose_name="kind of event",
                    ),
                ),
                (
                    "per",
                    models.CharField(
                        choices=[("month", "each month"), ("quarter", "each quarter"), ("year", "each year")],
                        max_length=7,
                        verbose_name="how often asked for",
                    ),
                ),
                ("times", models.PositiveSmallIntegerField(verbose_name="at least so many times")),
                ("source", models.CharField(max_length=120, verbose_name="rule or notice")),
                ("article", models.CharField(blank=True, max_length=60, verbose_name="article or document number")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "branch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partybranch.branch",
                        verbose_name="Party branch",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "requirement",
                "ordering": ["kind", "-starts_on", "-id"],
                "permissions": [
                    ("record_requirement", "May record what the rules require of the branch, from a day on"),
                    ("view_warnings", "May see who has long been absent or out of contact"),
                ],
                "abstract": False,
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("withdrawal_reason", ""),
                                ("withdrawn_at__isnull", True),
                                ("withdrawn_by__isnull", True),
                            ),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawal_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="requirement_withdrawn_has_reason",
                        violation_error_message="What is withdrawn names who withdrew it, when and why.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gt", models.F("starts_on")), _connector="OR"
                        ),
                        name="requirement_ends_after_start",
                        violation_error_message="The end must lie after the beginning. Please check the two days.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("ends_on__isnull", True)),
                            models.Q(
                                ("ended_at__isnull", False), ("ended_by__isnull", False), ("ends_on__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="requirement_end_has_person",
                        violation_error_message="What has ended names who recorded the end, and when.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("kind", "branch", "starts_on"),
                        name="requirement_once",
                        nulls_distinct=False,
                        violation_error_message="A rule for this kind of event is recorded from this day on already. Please withdraw it first, or check the day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("times__lte", 31)),
                        name="requirement_times_possible",
                        violation_error_message="So many times are impossible. Give a number from 0 to 31.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("source", ""), _negated=True),
                        name="requirement_has_source",
                        violation_error_message="Name the rule or the notice this rests on.",
                    ),
                ],
            },
        ),
    ]
