"""The branch's side of the log. Every act of this app is written here, and nowhere else."""

from functools import partial

from hebi_charity.audit import services as audit
from hebi_charity.audit.models import Entry

record = partial(audit.record, side=Entry.Side.PARTY)
record_bulk = partial(audit.record_bulk, side=Entry.Side.PARTY)
record_view = partial(audit.record_view, side=Entry.Side.PARTY)
