"""Papers beside the monthly report: inserted as a whole, never changed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from hebi_charity.core.guards import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0003_guards_against_forged_tables"),
        ("jobs", "0002_progress_label"),
        ("reports", "0005_reports_sealed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Paper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        db_collation="C", editable=False, max_length=60, verbose_name="kind of printed paper"
                    ),
                ),
                ("title", models.CharField(editable=False, max_length=150, verbose_name="printed paper")),
                ("subject_type", models.CharField(blank=True, db_collation="C", editable=False, max_length=80)),
                ("subject_id", models.BigIntegerField(editable=False, null=True)),
                ("subject_key", models.CharField(blank=True, db_collation="C", editable=False, max_length=40)),
                ("version", models.PositiveSmallIntegerField(editable=False, verbose_name="printing")),
                ("facts", models.JSONField(editable=False, verbose_name="facts")),
                ("facts_digest", models.CharField(db_collation="C", editable=False, max_length=64)),
                ("pdf_sha256", models.CharField(db_collation="C", editable=False, max_length=64)),
                ("made_at", models.DateTimeField(editable=False, verbose_name="made at")),
                ("seal", models.CharField(db_collation="C", editable=False, max_length=64)),
                (
                    "job",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="paper",
                        to="jobs.job",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pdf",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="files.attachment",
                    ),
                ),
            ],
            options={
                "verbose_name": "printed paper",
                "ordering": ["-pk"],
                "default_permissions": (),
                "indexes": [models.Index(fields=["kind", "-id"], name="paper_of_kind")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("kind", "subject_id", "subject_key", "version"),
                        name="paper_version_once",
                        nulls_distinct=False,
                        violation_error_message="This printing of the paper exists already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)),
                        name="paper_version_from_one",
                        violation_error_message="The first printing of a paper is number 1.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("subject_id__isnull", True), ("subject_type", "")),
                            models.Q(("subject_id__isnull", False), models.Q(("subject_type", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="paper_subject_has_type",
                        violation_error_message="A paper about a record names its kind.",
                    ),
                ],
            },
        ),
        append_only("reports_paper"),
    ]
