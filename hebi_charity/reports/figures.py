"""How figures look on paper: yuan in tables, 10,000 yuan in headlines, changes in per cent."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from hebi_charity.reports.facts import HUNDREDTH, Number

NONE = "—"
WAN = Decimal(10_000)
YI = Decimal(100_000_000)


def yuan(amount: Number | None) -> str:
    """1,234.50; a dash where there is no figure."""
    return NONE if amount is None else f"{amount:,.2f}"


def count(number: Number | None) -> str:
    return NONE if number is None else f"{number:,}"


def percent(figure: Decimal | None, *, signed: bool = False) -> str:
    """+103.14% or 62.00%; a dash where there is none."""
    if figure is None:
        return NONE
    return f"{figure:+,.2f}%" if signed and figure else f"{figure:,.2f}%"


def scaled(amount: Number) -> tuple[str, str]:
    """A headline's figure and its unit: 万元, from one hundred million on 亿元; rounded once, from yuan."""
    size, unit = (YI, _("100 million yuan")) if abs(amount) >= YI else (WAN, _("10,000 yuan"))
    return f"{(Decimal(amount) / size).quantize(HUNDREDTH, ROUND_HALF_UP):,}", unit


def in_words(amount: Number) -> str:
    """An amount within a sentence: 7,753.67万元; below 10,000 yuan in yuan."""
    if abs(amount) < WAN:
        return _("%(amount)s yuan") % {"amount": yuan(amount)}
    figure, unit = scaled(amount)
    return f"{figure}{unit}"


def quoted(name: str) -> str:
    """A name between quotation marks; marks within it become the inner ones."""
    inner = name.translate(str.maketrans("“”", "‘’"))
    return f"“{inner}”"
