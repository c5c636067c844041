"""The branch's side of the log. Every act of this app is written here, and nowhere else.

An act on binding rows bears their digest as it left them: write it when the rows are saved.
"""

from functools import partial

from django.db.models import Model

from hebi_charity.accounts.models import User
from hebi_charity.audit import services as audit
from hebi_charity.audit.models import Entry
from partybranch.services.whole_seals import digest_after


def record(by: User | None, act: str, row: Model, *, digest: str = "", **said: object) -> Entry:
    """As `audit.record`."""
    return audit.record(by, act, row, digest=digest or digest_after(act, row), side=Entry.Side.PARTY, **said)


def record_bulk(by: User | None, act: str, row: Model, *, digest: str = "", **said: object) -> Entry:
    """As `audit.record_bulk`."""
    return audit.record_bulk(by, act, row, digest=digest or digest_after(act, row), side=Entry.Side.PARTY, **said)


record_view = partial(audit.record_view, side=Entry.Side.PARTY)
