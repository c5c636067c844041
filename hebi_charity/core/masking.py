"""How personal data looks on screens, in exports and in publications. One function per kind, used everywhere.

A resident ID shows neither the day of birth nor the serial number: with the first six and last four places shown,
a known age would give back the rest through the check digit.
"""

from __future__ import annotations

from hebi_charity.core.surnames import COMPOUND_SURNAMES

STAR = "*"


def mask_name(name: str | None) -> str:
    """张三 -> 张*, 欧阳娜娜 -> 欧阳**. A single character is hidden whole."""
    name = (name or "").strip()
    if len(name) < 2:
        return STAR * len(name)
    shown = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:shown] + STAR * (len(name) - shown)


def mask_phone(phone: str | None) -> str:
    """13812345678 -> 138****5678, 0392-3312345 -> 0392-***2345. Anything else shows its last two places."""
    phone = (phone or "").strip()
    if len(phone) == 11 and phone.isdigit() and phone.startswith("1"):
        return f"{phone[:3]}{STAR * 4}{phone[-4:]}"
    area, dash, rest = phone.partition("-")
    if dash and len(rest) > 4:
        return f"{area}-{STAR * (len(rest) - 4)}{rest[-4:]}"
    return _tail(phone, 2)


def mask_identifier(identifier: str | None) -> str:
    """41062119900101001X -> 4106************1X. Shorter ones (passports) show their last two places."""
    identifier = (identifier or "").strip()
    if len(identifier) >= 15:
        return f"{identifier[:4]}{STAR * (len(identifier) - 6)}{identifier[-2:]}"
    return _tail(identifier, 2)


def mask_card(card: str | None) -> str:
    """6228480012345678901 -> ***************8901: the last four places and the length."""
    return _tail((card or "").strip(), 4)


def _tail(text: str, shown: int) -> str:
    """The last places of a text that is at least twice as long; a shorter one is hidden whole."""
    if len(text) < 2 * shown:
        return STAR * len(text)
    return STAR * (len(text) - shown) + text[-shown:]
