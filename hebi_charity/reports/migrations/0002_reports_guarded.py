from django.db import migrations

from hebi_charity.core.guards import Transition, guarded


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_reports")]
    operations = [
        guarded(
            "reports_report",
            Transition("OLD.state = 'made' AND NEW.state = 'checked'", ["state", "checked_by_id", "checked_at"]),
            Transition("OLD.state = 'checked' AND NEW.state = 'issued'", ["state", "issued_by_id", "issued_at"]),
            Transition(
                "OLD.state <> 'superseded' AND NEW.state = 'superseded'",
                ["state", "superseded_by_id", "superseded_at"],
            ),
        ),
    ]
