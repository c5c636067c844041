"""A branch, committee or group that was recorded by mistake is withdrawn with a reason; its name is free again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_PERSON = {
    "editable": False,
    "null": True,
    "on_delete": django.db.models.deletion.PROTECT,
    "related_name": "+",
    "to": settings.AUTH_USER_MODEL,
}
_REASON = {"blank": True, "editable": False, "max_length": 200, "verbose_name": "reason of the withdrawal"}
_LIVE = models.Q(("withdrawn_at__isnull", True))


def _withdrawal(model: str) -> list[migrations.operations.base.Operation]:
    given = models.Q(("withdrawn_at__isnull", False), ("withdrawn_by__isnull", False)) & models.Q(
        ("withdrawal_reason", ""), _negated=True
    )
    none = models.Q(("withdrawal_reason", ""), ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True))
    return [
        migrations.AddField(model, "withdrawn_by", models.ForeignKey(**_PERSON)),
        migrations.AddField(model, "withdrawn_at", models.DateTimeField(editable=False, null=True)),
        migrations.AddField(model, "withdrawal_reason", models.CharField(default="", **_REASON)),
        migrations.AlterField(model, "withdrawal_reason", models.CharField(**_REASON)),
        migrations.AddConstraint(
            model,
            models.CheckConstraint(
                condition=models.Q(none, given, _connector="OR"),
                name=f"{model}_withdrawn_has_reason",
                violation_error_message="What is withdrawn names who withdrew it, when and why.",
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("partybranch", "0132_event_names_people_of_the_day"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        *_withdrawal("branch"),
        *_withdrawal("body"),
        migrations.AlterField("branch", "name", models.CharField(max_length=80, verbose_name="name of the branch")),
        migrations.AddConstraint(
            "branch",
            models.UniqueConstraint(
                condition=_LIVE,
                fields=("name",),
                name="branch_name_once",
                violation_error_message="There is a branch of this name already. Please choose another name.",
            ),
        ),
        migrations.RemoveConstraint("body", "body_name_once"),
        migrations.AddConstraint(
            "body",
            models.UniqueConstraint(
                condition=_LIVE,
                fields=("branch", "name"),
                name="body_name_once",
                violation_error_message="The branch has a body of this name already. Please choose another name.",
            ),
        ),
        migrations.RemoveConstraint("body", "body_one_committee"),
        migrations.AddConstraint(
            "body",
            models.UniqueConstraint(
                condition=models.Q(
                    ("withdrawn_at__isnull", True), ("dissolved_on__isnull", True), ("kind", "committee")
                ),
                fields=("branch",),
                name="body_one_committee",
                violation_error_message="The branch has a committee already. Please record its end first.",
            ),
        ),
    ]
