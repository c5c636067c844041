from django.db import migrations

from hebi_charity.core.guards import Transition, append_only, guarded

_EARLIER_CLOSED = "NOT EXISTS (SELECT 1 FROM office_period p WHERE p.month < OLD.month AND p.state <> 'closed')"


class Migration(migrations.Migration):
    dependencies = [("office", "0001_office_and_books")]
    operations = [
        guarded("office_numberseries", Transition("NEW.last > OLD.last", ["last"])),
        guarded(
            "office_formkey",
            Transition("OLD.result_id IS NULL AND NEW.result_id IS NOT NULL", ["result_id", "result_model"]),
        ),
        append_only("office_datedsetting"),
        guarded(
            "office_period",
            Transition(
                f"OLD.state = 'open' AND NEW.state = 'closing' AND {_EARLIER_CLOSED}",
                ["state", "submitted_by_id", "submitted_at"],
            ),
            Transition("OLD.state = 'closing' AND NEW.state = 'open'", ["state", "submitted_by_id", "submitted_at"]),
            Transition(
                "OLD.state = 'closing' AND NEW.state = 'closed'",
                ["state", "confirmed_by_id", "confirmed_at", "totals", "seal"],
            ),
        ),
    ]
