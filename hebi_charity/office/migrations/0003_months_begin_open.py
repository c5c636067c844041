"""A month is inserted open; guards read our own tables only, whatever temporary ones there are."""

from django.db import migrations

from hebi_charity.core.guards import Transition, reguarded

_EARLIER_CLOSED = "NOT EXISTS (SELECT 1 FROM office_period p WHERE p.month < OLD.month AND p.state <> 'closed')"
_COUNTS_UP = [Transition("NEW.last > OLD.last", ["last"])]
_SETTLED_ONCE = [Transition("OLD.result_id IS NULL AND NEW.result_id IS NOT NULL", ["result_id", "result_model"])]
_CLOSES = [
    Transition(
        f"OLD.state = 'open' AND NEW.state = 'closing' AND {_EARLIER_CLOSED}",
        ["state", "submitted_by_id", "submitted_at"],
    ),
    Transition("OLD.state = 'closing' AND NEW.state = 'open'", ["state", "submitted_by_id", "submitted_at"]),
    Transition(
        "OLD.state = 'closing' AND NEW.state = 'closed'",
        ["state", "confirmed_by_id", "confirmed_at", "totals", "seal"],
    ),
]


class Migration(migrations.Migration):
    dependencies = [("office", "0002_books_guarded")]
    operations = [
        reguarded("office_numberseries", _COUNTS_UP, _COUNTS_UP),
        reguarded("office_formkey", _SETTLED_ONCE, _SETTLED_ONCE),
        reguarded("office_datedsetting"),
        reguarded("office_period", _CLOSES, _CLOSES, begins="NEW.state = 'open'"),
    ]
