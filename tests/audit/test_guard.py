"""Not even the superuser's ordinary statements change the log."""

import psycopg2
import pytest

from hebi_charity.audit import services


def test_entry_cannot_be_changed_by_the_owner(committed_db, superuser):
    services.record(None, "x.done", None)

    for statement in ("UPDATE audit_entry SET act = 'other'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"):
        with pytest.raises(psycopg2.errors.RestrictViolation, match="binding record of audit_entry"):
            superuser(statement)
