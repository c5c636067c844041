"""What was required is never edited: a rule is ended once and withdrawn once. An address is withdrawn once."""

from django.db import migrations

from hebi_charity.core.guards import Transition, guarded

_WITHDRAWN = Transition(
    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND NEW.withdrawn_by_id IS NOT NULL"
    " AND NEW.withdrawal_reason <> ''",
    ["withdrawn_at", "withdrawn_by_id", "withdrawal_reason"],
)
_ENDED = Transition(
    "OLD.withdrawn_at IS NULL AND OLD.ends_on IS NULL AND NEW.ends_on IS NOT NULL AND NEW.ended_by_id IS NOT NULL",
    ["ends_on", "ended_by_id", "ended_at"],
)


class Migration(migrations.Migration):
    dependencies = [("partybranch", "0030_requirements")]
    operations = [
        guarded("partybranch_requirement", _ENDED, _WITHDRAWN, begins="NEW.withdrawn_at IS NULL"),
        guarded(
            "partybranch_calendaraddress",
            Transition("OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL", ["withdrawn_at"]),
            begins="NEW.withdrawn_at IS NULL",
        ),
    ]
