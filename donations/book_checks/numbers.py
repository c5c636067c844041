"""Numbers of documents and of reversals."""

from __future__ import annotations

from collections.abc import Iterator

from donations.models import Donation, Reversal
from hebi_charity.core.registry import Difference
from hebi_charity.office.services.number_checks import number_differences


def check_numbers() -> Iterator[Difference]:
    """Every number given in the series of gifts, other income and reversals is there, and no other."""
    yield from number_differences(Donation, "donation_no", kinds=("donation", "income"))
    yield from number_differences(Reversal, "reversal_no", kinds=("reversal",))
