"""What a printed issue says about itself beside its facts: number, version, who made it, how it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import segno
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Issue:
    """One printed issue of a report. None of this is part of the facts' digest."""

    organisation: str
    phone: str
    report_no: str
    version: int
    made_by: str
    made_on: date
    check_code: str
    check_url: str
    facts_digest: str
    months_not_issued: tuple[date, ...] = ()
    replaces: str = ""
    replace_reason: str = ""
    differences: tuple[str, ...] = ()

    def qr(self) -> SafeString:
        """The address of the check page as a code; empty without a public address, so that no paper leads nowhere."""
        if not self.check_url:
            return mark_safe("")  # nosec B308 B703
        return squares(self.check_url)


def squares(text: str) -> SafeString:
    """A text as a QR, as SVG to be put into a page."""
    code = segno.make(text, error="m", micro=False)
    drawn = code.svg_inline(scale=3, border=2, omitsize=True)  # segno writes squares only
    return mark_safe(drawn)  # noqa: S308  # nosec B308 B703
