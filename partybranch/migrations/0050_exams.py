import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partybranch", "0032_first_requirements"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Exam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100, verbose_name="title of the exam")),
                (
                    "mode",
                    models.CharField(
                        choices=[("oral", "questions put on the spot"), ("written", "written exam")],
                        default="oral",
                        max_length=8,
                        verbose_name="kind of exam",
                    ),
                ),
                ("held_on", models.DateField(verbose_name="day of the exam")),
                ("room", models.CharField(blank=True, max_length=60, verbose_name="room of the exam")),
                (
                    "takes_part",
                    models.CharField(
                        choices=[
                            ("all", "members, those on the way and staff"),
                            ("way", "members and those on the way"),
                            ("members", "members only"),
                            ("event", "who came to an event"),
                        ],
                        default="all",
                        max_length=8,
                        verbose_name="who takes part",
                    ),
                ),
                (
                    "points_to_pass",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="points that pass"
                    ),
                ),
                (
                    "hours",
                    models.DecimalField(
                        decimal_places=1, default=1, max_digits=4, verbose_name="hours of study it counts for"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "exam under way"), ("closed", "exam closed"), ("cancelled", "called off")],
                        default="open",
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "cancelled_reason",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="why it was called off"),
                ),
                (
                    "branch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exams",
                        to="partybranch.branch",
                        verbose_name="Party branch",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exams",
                        to="partybranch.lifeevent",
                        verbose_name="event whose people take part",
                    ),
                ),
                (
                    "occasion",
                    models.OneToOneField(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="exam",
                        to="partybranch.studyoccasion",
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
            ],
            options={
                "verbose_name": "exam",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Examinee",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "stage",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("applicant", "applicant"),
                            ("activist", "activist"),
                            ("candidate", "candidate for admission"),
                            ("probationary", "probationary member"),
                            ("full", "full member"),
                            ("suspended", "membership suspended"),
                            ("cancelled", "probation cancelled"),
                            ("withdrew", "withdrew from the Party"),
                            ("removed", "removed from the rolls"),
                            ("expelled", "expelled"),
                            ("deceased", "deceased"),
                        ],
                        max_length=12,
                        verbose_name="stage",
                    ),
                ),
                (
                    "exam",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="examinees", to="partybranch.exam"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="exams", to="partybranch.person"
                    ),
                ),
            ],
            options={
                "verbose_name": "examinee",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ExamResult",
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
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=5, null=True, verbose_name="points achieved"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("passed", "has passed"), ("resit", "to resit")], max_length=8, verbose_name="result"
                    ),
                ),
                ("wrong", models.CharField(blank=True, max_length=100, verbose_name="questions answered wrongly")),
                (
                    "exam",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="partybranch.exam"
                    ),
                ),
                (
                    "examinee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="results", to="partybranch.examinee"
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
            ],
            options={
                "verbose_name": "result of an exam",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Question",
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
                            ("single", "one right answer"),
                            ("multiple", "several right answers"),
                            ("judge", "true or false"),
                            ("short", "short answer"),
                        ],
                        max_length=8,
                        verbose_name="kind of question",
                    ),
                ),
                ("text", models.CharField(max_length=500, verbose_name="question")),
                ("answer_a", models.CharField(blank=True, max_length=200, verbose_name="answer A")),
                ("answer_b", models.CharField(blank=True, max_length=200, verbose_name="answer B")),
                ("answer_c", models.CharField(blank=True, max_length=200, verbose_name="answer C")),
                ("answer_d", models.CharField(blank=True, max_length=200, verbose_name="answer D")),
                ("answer_e", models.CharField(blank=True, max_length=200, verbose_name="answer E")),
                ("answer_f", models.CharField(blank=True, max_length=200, verbose_name="answer F")),
                ("right", models.CharField(blank=True, max_length=6, verbose_name="right answer")),
                (
                    "reference",
                    models.TextField(blank=True, max_length=1000, verbose_name="reference answer or explanation"),
                ),
                ("source", models.CharField(blank=True, max_length=120, verbose_name="source of the question")),
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
                    "replaces",
                    models.OneToOneField(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="partybranch.question",
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
                "verbose_name": "question",
                "ordering": ["bank_id", "id"],
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Draw",
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
                ("number", models.PositiveIntegerField(verbose_name="number of the draw")),
                ("revealed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "not judged yet"),
                            ("passed", "has passed"),
                            ("again", "to answer again"),
                            ("away", "not there"),
                        ],
                        max_length=8,
                        verbose_name="outcome of the answer",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("marked_at", models.DateTimeField(editable=False, null=True)),
                (
                    "marked_by",
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
                    "exam",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="partybranch.exam"
                    ),
                ),
                (
                    "examinee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="partybranch.examinee"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="draws", to="partybranch.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "drawn question",
                "abstract": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="QuestionBank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True, verbose_name="name of the question bank")),
                ("topic", models.CharField(blank=True, max_length=120, verbose_name="what the bank is about")),
                ("recorded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "question bank",
                "ordering": ["name"],
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="question",
            name="bank",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="questions",
                to="partybranch.questionbank",
                verbose_name="question bank",
            ),
        ),
        migrations.CreateModel(
            name="ExamBank",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "exam",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sources", to="partybranch.exam"
                    ),
                ),
                (
                    "bank",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="uses", to="partybranch.questionbank"
                    ),
                ),
            ],
            options={
                "verbose_name": "bank of an exam",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SheetQuestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number of the question")),
                ("points", models.DecimalField(decimal_places=1, max_digits=4, verbose_name="points")),
                (
                    "exam",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheet", to="partybranch.exam"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sheets", to="partybranch.question"
                    ),
                ),
            ],
            options={
                "verbose_name": "question of a sheet",
                "ordering": ["exam_id", "number"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="exam",
            index=models.Index(fields=["branch", "-held_on", "-id"], name="exam_list"),
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), _negated=True),
                name="exam_has_title",
                violation_error_message="Give the exam a title.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event__isnull", False), ("takes_part", "event")),
                    models.Q(models.Q(("takes_part", "event"), _negated=True), ("event__isnull", True)),
                    _connector="OR",
                ),
                name="exam_event_is_named",
                violation_error_message="Choose the event whose people take part.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("points_to_pass__isnull", True),
                    models.Q(("mode", "written"), ("points_to_pass__gt", 0)),
                    _connector="OR",
                ),
                name="exam_points_of_written",
                violation_error_message="Points that pass are greater than 0, and of a written exam only.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.CheckConstraint(
                condition=models.Q(("hours__gt", 0), ("hours__lte", 24)),
                name="exam_hours_within_a_day",
                violation_error_message="An exam counts for more than 0 and at most 24 hours of study.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", False), ("closed_by__isnull", False), ("state", "closed")),
                    models.Q(
                        models.Q(("state", "closed"), _negated=True),
                        ("closed_at__isnull", True),
                        ("closed_by__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="exam_closed_has_person",
                violation_error_message="A closed exam names who closed it, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exam",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "cancelled"), models.Q(("cancelled_reason", ""), _negated=True)),
                    models.Q(models.Q(("state", "cancelled"), _negated=True), ("cancelled_reason", "")),
                    _connector="OR",
                ),
                name="exam_cancelled_has_reason",
                violation_error_message="Say why the exam was called off.",
            ),
        ),
        migrations.AddConstraint(
            model_name="examinee",
            constraint=models.UniqueConstraint(
                fields=("exam", "person"),
                name="examinee_once",
                violation_error_message="This person takes part already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="examresult",
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
                name="examresult_withdrawn_has_reason",
                violation_error_message="What is withdrawn names who withdrew it, when and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="examresult",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("examinee",),
                name="exam_result_once",
                violation_error_message="This person has a result already. Withdraw it first, with a reason.",
            ),
        ),
        migrations.AddConstraint(
            model_name="examresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("score__isnull", True), ("score__gte", 0), _connector="OR"),
                name="exam_result_score_not_negative",
                violation_error_message="Points cannot be less than 0.",
            ),
        ),
        migrations.AddConstraint(
            model_name="examresult",
            constraint=models.CheckConstraint(
                condition=models.Q(("wrong__regex", "^([0-9]{1,3}(,[0-9]{1,3})*)?$")),
                name="exam_result_wrong_are_numbers",
                violation_error_message="Write the numbers of the questions, like 3, 7, 12.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
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
                name="draw_withdrawn_has_reason",
                violation_error_message="What is withdrawn names who withdrew it, when and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(
                fields=("exam", "number"),
                name="draw_number_once",
                violation_error_message="Another telephone drew at the same moment. Please draw again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True), ("outcome", "")),
                fields=("examinee",),
                name="draw_person_waits_once",
                violation_error_message="This person is being asked already. Please draw again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True), ("outcome", "")),
                fields=("exam", "question"),
                name="draw_question_waits_once",
                violation_error_message="This question is being put already. Please draw again.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("marked_at__isnull", True), ("marked_by__isnull", True), ("note", ""), ("outcome", "")),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        ("marked_at__isnull", False),
                        ("marked_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="draw_marked_has_person",
                violation_error_message="An outcome names who judged, and when.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draw",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome", "away"), _negated=True), models.Q(("note", ""), _negated=True), _connector="OR"
                ),
                name="draw_away_has_reason",
                violation_error_message="Say why the person is not there.",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionbank",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True),
                name="question_bank_has_name",
                violation_error_message="A question bank needs its name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
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
                name="question_withdrawn_has_reason",
                violation_error_message="What is withdrawn names who withdrew it, when and why.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True),
                name="question_has_text",
                violation_error_message="Write the question.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at__isnull", True)),
                fields=("bank", "text"),
                name="question_once_in_bank",
                violation_error_message="This question stands in the bank already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("right__contains", "A"), _negated=True),
                        models.Q(("answer_a", ""), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("right__contains", "B"), _negated=True),
                        models.Q(("answer_b", ""), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("right__contains", "C"), _negated=True),
                        models.Q(("answer_c", ""), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("right__contains", "D"), _negated=True),
                        models.Q(("answer_d", ""), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("right__contains", "E"), _negated=True),
                        models.Q(("answer_e", ""), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("right__contains", "F"), _negated=True),
                        models.Q(("answer_f", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="question_right_has_answer",
                violation_error_message="A right letter has no answer. Please fill in this answer, or correct the letter.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "single"), ("right__regex", "^[A-F]$")),
                    models.Q(("kind", "multiple"), ("right__regex", "^(?=..)A?B?C?D?E?F?$")),
                    models.Q(("kind", "judge"), ("right__in", ["A", "B"])),
                    models.Q(("kind", "short"), ("right", "")),
                    _connector="OR",
                ),
                name="question_right_fits_kind",
                violation_error_message="The right answer does not fit the kind: one letter, several in the order of the alphabet, true or false, none of a short answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answer_b", ""), models.Q(("answer_a", ""), _negated=True), _connector="OR"),
                    models.Q(("answer_c", ""), models.Q(("answer_b", ""), _negated=True), _connector="OR"),
                    models.Q(("answer_d", ""), models.Q(("answer_c", ""), _negated=True), _connector="OR"),
                    models.Q(("answer_e", ""), models.Q(("answer_d", ""), _negated=True), _connector="OR"),
                    models.Q(("answer_f", ""), models.Q(("answer_e", ""), _negated=True), _connector="OR"),
                ),
                name="question_answers_without_gap",
                violation_error_message="Fill in the answers in their order, without an empty one between.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["single", "multiple"]),
                        models.Q(("answer_a", ""), _negated=True),
                        models.Q(("answer_b", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind", "judge"),
                        models.Q(("answer_a", ""), _negated=True),
                        models.Q(("answer_b", ""), _negated=True),
                        ("answer_c", ""),
                        ("answer_d", ""),
                        ("answer_e", ""),
                        ("answer_f", ""),
                    ),
                    models.Q(
                        ("kind", "short"),
                        ("answer_a", ""),
                        ("answer_b", ""),
                        ("answer_c", ""),
                        ("answer_d", ""),
                        ("answer_e", ""),
                        ("answer_f", ""),
                    ),
                    _connector="OR",
                ),
                name="question_answers_fit_kind",
                violation_error_message="A choice needs at least the answers A and B; a short answer has none to choose from.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "short"), _negated=True),
                    models.Q(("reference", ""), _negated=True),
                    _connector="OR",
                ),
                name="question_short_has_reference",
                violation_error_message="A short answer needs its reference answer.",
            ),
        ),
        migrations.AddConstraint(
            model_name="exambank",
            constraint=models.UniqueConstraint(
                fields=("exam", "bank"),
                name="exam_bank_once",
                violation_error_message="The exam draws from this bank already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetquestion",
            constraint=models.UniqueConstraint(
                fields=("exam", "number"),
                name="sheet_number_once",
                violation_error_message="This number stands on the sheet already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetquestion",
            constraint=models.UniqueConstraint(
                fields=("exam", "question"),
                name="sheet_question_once",
                violation_error_message="This question stands on the sheet already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="sheetquestion",
            constraint=models.CheckConstraint(
                condition=models.Q(("points__gte", 0)),
                name="sheet_points_not_negative",
                violation_error_message="Points cannot be less than 0.",
            ),
        ),
    ]
