import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partybranch", "0051_exams_guarded"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="VoteRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary resolution"),
                            ("admission", "admission of a probationary member"),
                            ("probation", "confirmation, extension or cancellation of probation"),
                            ("election", "election"),
                            ("discipline", "disciplinary measure"),
                        ],
                        max_length=10,
                        verbose_name="kind of vote",
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="valid from")),
                (
                    "present_of",
                    models.PositiveSmallIntegerField(verbose_name="part of those entitled that must be present"),
                ),
                ("present_in", models.PositiveSmallIntegerField(verbose_name="out of")),
                ("present_is_more", models.BooleanField(verbose_name="more than this part is asked for")),
                ("carry_of", models.PositiveSmallIntegerField(verbose_name="part that must be in favour")),
                ("carry_in", models.PositiveSmallIntegerField(verbose_name="out of")),
                ("carry_is_more", models.BooleanField(verbose_name="more than this part is asked for")),
                (
                    "carry_base",
                    models.CharField(
                        choices=[
                            ("entitled", "those entitled who should attend"),
                            ("present", "those entitled who are present"),
                        ],
                        max_length=8,
                        verbose_name="counted against",
                    ),
                ),
                (
                    "counts_written",
                    models.BooleanField(verbose_name="written opinions given before the meeting count as votes"),
                ),
                (
                    "counts_exempt",
                    models.BooleanField(
                        verbose_name="who has no hard requirement to attend counts among those entitled"
                    ),
                ),
                ("source", models.CharField(max_length=200, verbose_name="source with article")),
                ("is_checked", models.BooleanField(verbose_name="compared with the text of the source")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
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
            ],
            options={
                "verbose_name": "rule of votes",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Vote",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("ordinary", "ordinary resolution"),
                            ("admission", "admission of a probationary member"),
                            ("probation", "confirmation, extension or cancellation of probation"),
                            ("election", "election"),
                            ("discipline", "disciplinary measure"),
                        ],
                        max_length=10,
                        verbose_name="kind of vote",
                    ),
                ),
                ("matter", models.CharField(max_length=200, verbose_name="matter put to the vote")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("confirm", "confirmed as full member"),
                            ("extend", "probation extended"),
                            ("cancel", "probation cancelled"),
                        ],
                        max_length=8,
                        verbose_name="decision put to the vote",
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[("ballot", "by ballot"), ("hands", "by show of hands")],
                        default="ballot",
                        max_length=6,
                        verbose_name="way of voting",
                    ),
                ),
                ("seats", models.PositiveSmallIntegerField(default=0, verbose_name="posts to fill")),
                ("names", models.PositiveSmallIntegerField(default=0, verbose_name="names on the ballot")),
                (
                    "counted_out_basis",
                    models.CharField(
                        blank=True,
                        max_length=200,
                        verbose_name="approval by which people are not counted among those who should attend",
                    ),
                ),
                ("present", models.PositiveIntegerField(verbose_name="entitled and present")),
                ("written", models.PositiveIntegerField(default=0, verbose_name="written opinions")),
                ("written_yes", models.PositiveIntegerField(default=0, verbose_name="of these in favour")),
                ("issued", models.PositiveIntegerField(blank=True, null=True, verbose_name="ballots handed out")),
                ("returned", models.PositiveIntegerField(blank=True, null=True, verbose_name="ballots returned")),
                ("valid", models.PositiveIntegerField(blank=True, null=True, verbose_name="valid ballots")),
                ("yes", models.PositiveIntegerField(default=0, verbose_name="in favour")),
                ("no", models.PositiveIntegerField(default=0, verbose_name="against")),
                ("abstain", models.PositiveIntegerField(default=0, verbose_name="abstained")),
                ("entitled", models.PositiveIntegerField(editable=False, verbose_name="entitled who should attend")),
                ("counted_out", models.PositiveIntegerField(editable=False, verbose_name="not counted among them")),
                ("favour", models.PositiveIntegerField(editable=False, verbose_name="in favour, all told")),
                ("has_quorum", models.BooleanField(editable=False, verbose_name="enough present")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("no_quorum", "too few present"),
                            ("void", "void"),
                            ("carried", "carried"),
                            ("lost", "not carried"),
                            ("valid", "election valid"),
                        ],
                        editable=False,
                        max_length=9,
                        verbose_name="result",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="votes", to="partybranch.lifeevent"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partybranch.person",
                        verbose_name="whom it concerns",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
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
                (
                    "rule",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="votes",
                        to="partybranch.voterule",
                    ),
                ),
            ],
            options={
                "verbose_name": "vote",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="VoteCandidate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("post", models.CharField(blank=True, max_length=60, verbose_name="post")),
                ("yes", models.PositiveIntegerField(verbose_name="in favour")),
                ("no", models.PositiveIntegerField(verbose_name="against")),
                ("abstain", models.PositiveIntegerField(verbose_name="abstained")),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("elected", "elected"),
                            ("tied", "equal votes: another ballot between them"),
                            ("not_elected", "not elected"),
                        ],
                        editable=False,
                        max_length=11,
                        verbose_name="result",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="candidacies",
                        to="partybranch.person",
                        verbose_name="name on the ballot",
                    ),
                ),
                (
                    "vote",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="candidates", to="partybranch.vote"
                    ),
                ),
            ],
            options={
                "verbose_name": "name on the ballot",
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("vote", "person"),
                        name="vote_candidate_once",
                        violation_error_message="This name stands on the ballot already.",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="voterule",
            index=models.Index(fields=["kind", "-valid_from", "-id"], name="vote_rule_in_force"),
        ),
        migrations.AddConstraint(
            model_name="voterule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("present_in__gt", 0), ("present_of__gt", 0), ("present_of__lte", models.F("present_in"))
                ),
                name="vote_rule_present_is_part",
                violation_error_message="The part that must be present lies between nothing and the whole.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voterule",
            constraint=models.CheckConstraint(
                condition=models.Q(("carry_in__gt", 0), ("carry_of__gt", 0), ("carry_of__lte", models.F("carry_in"))),
                name="vote_rule_carry_is_part",
                violation_error_message="The part that must be in favour lies between nothing and the whole.",
            ),
        ),
        migrations.AddConstraint(
            model_name="voterule",
            constraint=models.CheckConstraint(
                condition=models.Q(("source", ""), _negated=True),
                name="vote_rule_has_source",
                violation_error_message="Say which rule or decision this comes from, with its article.",
            ),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(fields=["event", "id"], name="vote_of_event"),
        ),
        migrations.AddIndex(
            model_name="vote",
            index=models.Index(
                condition=models.Q(("person__isnull", False)), fields=["person"], name="vote_about_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
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
                name="vote_withdrawn_has_reason",
                violation_error_message="What is withdrawn names who withdrew it, when and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("matter", ""), _negated=True),
                name="vote_has_matter",
                violation_error_message="Say what was put to the vote.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind__in", ("admission", "probation", "discipline")), ("person__isnull", False)),
                    models.Q(
                        models.Q(("kind__in", ("admission", "probation", "discipline")), _negated=True),
                        ("person__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="vote_names_person",
                violation_error_message="Say whom the vote concerns.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "probation"), models.Q(("decision", ""), _negated=True)),
                    models.Q(models.Q(("kind", "probation"), _negated=True), ("decision", "")),
                    _connector="OR",
                ),
                name="vote_names_decision",
                violation_error_message="Say what was put to the vote: confirmation, extension or cancellation.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "election"), ("names__gte", models.F("seats")), ("seats__gt", 0)),
                    models.Q(models.Q(("kind", "election"), _negated=True), ("names", 0), ("seats", 0)),
                    _connector="OR",
                ),
                name="vote_election_has_names",
                violation_error_message="An election has posts to fill and at least as many names on the ballot.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("issued__isnull", False),
                        ("returned__isnull", False),
                        ("valid__isnull", False),
                        ("way", "ballot"),
                    ),
                    models.Q(
                        ("issued__isnull", True), ("returned__isnull", True), ("valid__isnull", True), ("way", "hands")
                    ),
                    _connector="OR",
                ),
                name="vote_ballots_are_counted",
                violation_error_message="Give the ballots handed out, returned and valid; a show of hands has none of them.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("way", "ballot"), models.Q(("kind", "election"), _negated=True), _connector="OR"),
                name="vote_election_by_ballot",
                violation_error_message="An election is held by ballot.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("issued__isnull", True), ("issued__lte", models.F("present")), _connector="OR"),
                name="vote_issued_within_present",
                violation_error_message="More ballots were handed out than people entitled are present. Please count again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid__isnull", True), ("valid__lte", models.F("returned")), _connector="OR"),
                name="vote_valid_within_returned",
                violation_error_message="More ballots are valid than were returned. Please count again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("abstain", 0), ("kind", "election"), ("no", 0), ("yes", 0)),
                    models.Q(
                        models.Q(("kind", "election"), _negated=True),
                        ("way", "ballot"),
                        ("returned__gt", models.F("issued")),
                    ),
                    models.Q(
                        models.Q(("kind", "election"), _negated=True),
                        (
                            "valid",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(models.F("yes"), "+", models.F("no")),
                                "+",
                                models.F("abstain"),
                            ),
                        ),
                        ("way", "ballot"),
                    ),
                    models.Q(
                        models.Q(("kind", "election"), _negated=True),
                        (
                            "present",
                            django.db.models.expressions.CombinedExpression(
                                django.db.models.expressions.CombinedExpression(models.F("yes"), "+", models.F("no")),
                                "+",
                                models.F("abstain"),
                            ),
                        ),
                        ("way", "hands"),
                    ),
                    _connector="OR",
                ),
                name="vote_adds_up",
                violation_error_message="In favour, against and abstained must together make the valid ballots, or, by show of hands, all who are present. Please count again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(("written_yes__lte", models.F("written"))),
                name="vote_written_yes_within_written",
                violation_error_message="More written opinions are in favour than were given.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vote",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "written__lte",
                        django.db.models.expressions.CombinedExpression(models.F("entitled"), "-", models.F("present")),
                    )
                ),
                name="vote_written_by_absent",
                violation_error_message="A written opinion comes from somebody entitled who is absent: there are not so many of them.",
            ),
        ),
    ]
