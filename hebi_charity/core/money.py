"""Money: reading what people type, writing it in figures and in Chinese capitals. Always Decimal yuan."""

from __future__ import annotations

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from hebi_charity.core import money_words

CENT = Decimal("0.01")
LIMIT = Decimal(10) ** 14  # numeric(16,2) and the capitals both end here
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("仟", "佰", "拾", "")

_PLAIN = re.compile(r"(\d+)(\.\d+)?\Z", re.ASCII)
_GROUPED = re.compile(r"(\d{1,3}(?:,\d{3})+)(\.\d+)?\Z", re.ASCII)


class AmountError(ValueError):
    """What was typed is not an amount of money; `sentence` says what is wrong and what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def amount_in_words(amount: Decimal) -> str:
    """An amount in capitals as bills and bank slips want it: 1409.50 -> 壹仟肆佰零玖元伍角.

    Without the prefix 人民币. 整 follows 元 only, never 角 or 分; nothing at all is 零元整.
    Source: 正确填写票据和结算凭证的基本规定. Raises ValueError for what is not an exact Decimal (or int) of yuan
    from 0 to below 10^14 with at most two decimals.
    """
    if isinstance(amount, bool) or not isinstance(amount, (Decimal, int)):
        raise ValueError(f"an amount is a Decimal, not {type(amount).__name__}")
    amount = Decimal(amount)
    if not amount.is_finite() or amount < 0 or amount >= LIMIT:
        raise ValueError("an amount lies between 0 and 10^14")
    if amount != amount.quantize(CENT):
        raise ValueError("an amount has at most two decimals")

    fen_in_all = int(amount * 100)
    yuan, fen_left = divmod(fen_in_all, 100)
    jiao, fen = divmod(fen_left, 10)
    words = f"{_integer_in_words(yuan)}元" if yuan or not fen_left else ""
    if not fen_left:
        return f"{words}整"
    # 零 stands after 元 where the digit before or after it is missing: 16409.02 and 107000.53.
    if yuan and (not jiao or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += f"{DIGITS[jiao]}角"
    if fen:
        words += f"{DIGITS[fen]}分"
    return words


def _integer_in_words(number: int) -> str:
    """A whole number below 10^14 in capitals: groups of four digits, joined by 零 where a place is empty."""
    if number == 0:
        return DIGITS[0]
    groups = [number // 10**exponent % 10_000 for exponent in (12, 8, 4, 0)]
    units = ("万" if groups[1] else "万亿", "亿", "万", "")
    words, is_gap = "", False
    for group, unit in zip(groups, units, strict=True):
        if not group:
            is_gap = True
            continue
        if words and (is_gap or group < 1000):
            words += "零"
        words += _group_in_words(group) + unit
        is_gap = False
    return words


def _group_in_words(group: int) -> str:
    words, is_gap = "", False
    for digit, place in zip(f"{group:04d}", PLACES, strict=True):
        if digit == "0":
            is_gap = True
            continue
        if words and is_gap:
            words += "零"
        words += DIGITS[int(digit)] + place
        is_gap = False
    return words


def parse_amount(text: str) -> Decimal:
    """Read an amount of yuan as people type, paste or say it: 1,234.5 · ￥200 · ３００元 · 12。5 · 1.5万 · 壹佰元整.

    Gives yuan with two decimals, 0 included. Raises AmountError (a ValueError) with a sentence for anything
    else: words with two meanings (一百二), a minus, more than two decimals, commas in odd places, 10^14 or more.
    """
    cleaned = "".join(unicodedata.normalize("NFKC", text).split()).replace("。", ".")
    cleaned = cleaned.removeprefix("人民币").removeprefix("¥")
    if not cleaned:
        raise AmountError(_("Please give the amount in figures, for example 100 or 100.50."))
    if cleaned.startswith(("-", "−", "(")):
        raise AmountError(
            _("The amount “%(text)s” is negative. Please give an amount without a minus sign.") % _q(text)
        )
    in_words = _amount_of_words(cleaned)
    return _amount_of_figures(cleaned, text) if in_words is None else in_words


def _amount_of_figures(cleaned: str, text: str) -> Decimal:
    figures = cleaned.removesuffix("整").removesuffix("元")
    found = _PLAIN.match(figures) or _GROUPED.match(figures)
    parts = (found[1].replace(",", ""), (found[2] or ".")[1:]) if found else money_words.scaled_figures(figures)
    if not parts:
        raise AmountError(
            _("The amount “%(text)s” cannot be read for certain. Please write figures, for example 100.") % _q(text)
        )
    digits, decimals = parts[0].lstrip("0") or "0", parts[1].rstrip("0")
    if len(decimals) > 2:
        raise AmountError(_("The amount “%(text)s” has more than two decimals. Please round it to the fen.") % _q(text))
    if len(digits) > 14:
        raise AmountError(_("The amount “%(text)s” is too large. Please check the figures.") % _q(text))
    return Decimal(f"{digits}.{decimals:0<2}")


def _amount_of_words(cleaned: str) -> Decimal | None:
    """The yuan that words say, when writing that amount gives the same words again; None for anything else."""
    fen = money_words.fen_of(cleaned)
    if fen is None or fen >= LIMIT * 100:
        return None
    said, written = (money_words.in_capitals(each) for each in (cleaned, amount_in_words(Decimal(fen) / 100)))
    if said.removesuffix("元") != written.removesuffix("元"):
        return None
    return (Decimal(fen) / 100).quantize(CENT)


def _q(text: str) -> dict[str, str]:
    """What was typed, for a sentence: not longer than a line."""
    text = text.strip()
    return {"text": text if len(text) <= 30 else f"{text[:30]}…"}


def format_yuan(amount: Decimal | None) -> str:
    """1234.5 -> 1,234.50; nothing for None. Half a fen is rounded up, but stored amounts never have one."""
    return "" if amount is None else f"{Decimal(amount).quantize(CENT, ROUND_HALF_UP):,}"


def format_wan(amount: Decimal | None) -> str:
    """Yuan as 万元 with two decimals for headlines: 38169900 -> 3,816.99. Sum first, then round, never the reverse."""
    return "" if amount is None else f"{(Decimal(amount) / 10_000).quantize(CENT, ROUND_HALF_UP):,}"
