"""Whether this process's role could change what is binding: asked by /health/ready and by `check --deploy`."""

from __future__ import annotations

from django.core.checks import CheckMessage, Warning
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

ENFORCED = """
SELECT NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
   AND NOT EXISTS (
       SELECT FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
         AND pg_has_role(current_user, relowner, 'MEMBER'))
"""


def is_append_only_enforced() -> bool:
    """Whether the role of this process neither owns the tables nor can become their owner."""
    with connection.cursor() as cursor:
        cursor.execute(ENFORCED)
        return cursor.fetchone()[0]


def check_append_only(**_kwargs: object) -> list[CheckMessage]:
    """For `check --deploy`: says when one role owns the tables and works on them, and when that cannot be known."""
    try:
        if is_append_only_enforced():
            return []
    except DatabaseError:
        return [
            Warning(
                _("The database cannot be asked, so it is not known whether append-only is enforced."), id="office.W002"
            )
        ]
    return [
        Warning(
            _("Append-only is not enforced: the application's role owns the tables and can switch their guards off."),
            hint=_("Give the application a role of its own in DATABASE_URL and the owner's in DATABASE_OWNER_URL."),
            id="office.W001",
        )
    ]
