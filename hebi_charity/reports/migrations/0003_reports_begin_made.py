"""A report is inserted as made: another person checks it, a third issues it."""

from django.db import migrations

from hebi_charity.core.guards import Transition, reguarded

_LIFE = [
    Transition("OLD.state = 'made' AND NEW.state = 'checked'", ["state", "checked_by_id", "checked_at"]),
    Transition("OLD.state = 'checked' AND NEW.state = 'issued'", ["state", "issued_by_id", "issued_at"]),
    Transition(
        "OLD.state <> 'superseded' AND NEW.state = 'superseded'",
        ["state", "superseded_by_id", "superseded_at"],
    ),
]


class Migration(migrations.Migration):
    dependencies = [("reports", "0002_reports_guarded")]
    operations = [reguarded("reports_report", _LIFE, _LIFE, begins="NEW.state = 'made'")]
