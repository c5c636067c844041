"""Check digits and normal forms of the numbers that people and organisations carry.

An identifier judged here is taken as it stands; what people type goes through `normal_identifier` first.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from hebi_charity.core.dates import today
from hebi_charity.core.names import without_blanks

_RESIDENT = re.compile(r"(\d{6})(\d{4})(\d{2})(\d{2})(\d{3})([\dXx])\Z", re.ASCII)
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_CHECKS = "10X98765432"
_OLDEST_YEAR = 1850

# Neither I, O, S, V nor Z. The first two places may hold letters: village collectives have codes that begin with N2.
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT = re.compile(rf"[{_CREDIT_ALPHABET}]{{2}}\d{{6}}[{_CREDIT_ALPHABET}]{{10}}\Z", re.ASCII)

_CARD = re.compile(r"\d{16,19}\Z", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}\Z", re.ASCII)
_LANDLINE = re.compile(r"(010|02\d|0[3-9]\d{2})-?([2-9]\d{6,7})\Z", re.ASCII)
_DASHES = dict.fromkeys(map(ord, "-‐‑‒–—―−﹣－"))


def is_resident_id(text: str) -> bool:
    """Whether this is a resident ID of 18 places (GB 11643-1999): a real day of birth and the right check digit.

    The division code is never judged: codes change, and old ones live on in the numbers of old people.
    """
    found = _RESIDENT.match(text) if isinstance(text, str) else None
    return bool(found) and _is_birthday(found) and resident_check_digit(text[:17]) == found[6].upper()


def _is_birthday(found: re.Match[str]) -> bool:
    try:
        born_on = date(int(found[2]), int(found[3]), int(found[4]))
    except ValueError:
        return False
    return born_on.year >= _OLDEST_YEAR and born_on <= today()


def resident_check_digit(first: str) -> str:
    """The check digit that belongs to the first 17 digits of a resident ID: 0 to 9 or X."""
    total = sum(int(digit) * weight for digit, weight in zip(first, _RESIDENT_WEIGHTS, strict=True))
    return _RESIDENT_CHECKS[total % 11]


def birth_day(resident_id: str) -> date:
    """The day of birth inside a valid resident ID. Raises ValueError for any other text."""
    if not is_resident_id(resident_id):
        raise ValueError("not a resident ID")
    return date(int(resident_id[6:10]), int(resident_id[10:12]), int(resident_id[12:14]))


def is_credit_code(text: str) -> bool:
    """Whether this is a unified social credit code of 18 places (GB 32100-2015) with the right check character."""
    return isinstance(text, str) and bool(_CREDIT.match(text)) and credit_check_character(text[:17]) == text[17]


def credit_check_character(first: str) -> str:
    """The check character that belongs to the first 17 places of a credit code."""
    total = sum(_CREDIT_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(first))
    return _CREDIT_ALPHABET[-total % 31]


def is_bank_card(text: str) -> bool:
    """Whether 16 to 19 digits satisfy Luhn. Some passbook accounts do not: use it for a warning, never a refusal."""
    if not isinstance(text, str) or not _CARD.match(text):
        return False
    doubled = [sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(reversed(text))]
    return sum(doubled) % 10 == 0


def is_phone(text: str) -> bool:
    """Whether this is a mobile number or a landline with its area code (0392-3312345)."""
    return isinstance(text, str) and bool(_MOBILE.match(text) or _LANDLINE.match(text))


def normal_identifier(text: str) -> str:
    """One form for every way of typing the same identifier: no blanks, no dashes, half-width, capital X."""
    return unicodedata.normalize("NFKC", without_blanks(text)).translate(_DASHES).upper()


def normal_phone(text: str) -> str:
    """One form of a phone number: 13812345678 or 0392-3312345. What is no phone number comes back without blanks."""
    digits = normal_identifier(text).replace("(", "").replace(")", "")
    digits = re.sub(r"\A(\+|00)86", "", digits)
    if re.fullmatch(r"86(1[3-9]\d{9})", digits):
        digits = digits[2:]
    landline = _LANDLINE.match(digits)
    return f"{landline[1]}-{landline[2]}" if landline else digits
