"""What happened to one gift, for its page: its entries of the log, and what a bulk act did to it among others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from hebi_charity.audit.history import Line, act_in_words, history_of

if TYPE_CHECKING:
    from donations.models import Donation, Reversal
    from hebi_charity.accounts.models import User


@dataclass(frozen=True)
class BulkLine:
    """An act done to many gifts at once. The log has one entry for all of them (design decision 13), the gift its own
    columns."""

    at: datetime
    by: User
    act: str
    reason: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def _own_columns(donation: Donation) -> list[BulkLine]:
    acts = [("donation.registered", donation.recorded_at, donation.recorded_by)]
    if donation.reviewed_by:
        acts.append(("donation.reviewed", donation.reviewed_at, donation.reviewed_by))
    return [BulkLine(at=at, by=by, act=act_in_words(code)) for code, at, by in acts]


def timeline_of(donation: Donation, reversals: Iterable[Reversal]) -> list[Line | BulkLine]:
    """Everything that happened to this gift and to its reversals, oldest first. One query for each of them."""
    lines = [line for row in (donation, *reversals) for line in history_of(row)]
    told = {line.act for line in lines}
    untold = [line for line in _own_columns(donation) if line.act not in told]
    return sorted([*lines, *untold], key=lambda line: line.at)
