"""A role held is ended once and never changed otherwise; a written decision never changes."""

from django.db import migrations

from hebi_charity.core.guards import Transition, append_only, guarded


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people")]

    operations = [
        append_only("accounts_writtendecision"),
        guarded(
            "accounts_roleassignment",
            Transition("OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL", columns=["ended_at", "ended_by_id"]),
        ),
    ]
