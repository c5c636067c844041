"""Numbers of documents and of reversals."""

from __future__ import annotations

from collections.abc import Iterator

from donations.models import Donation, Reversal
from hebi_charity.audit.numbering import check_numbers_of
from hebi_charity.core.registry import Difference


def check_numbers() -> Iterator[Difference]:
    """Every number given in the series of gifts, other income and reversals is there, and no other."""
    yield from check_numbers_of(Donation, "donation_no", kinds=("donation", "income"))
    yield from check_numbers_of(Reversal, "reversal_no", kinds=("reversal",))
