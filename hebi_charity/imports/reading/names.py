"""What the name on a row says: masked by a platform, or one person handing over another's gift."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MASKED = re.compile(r".*[*＊※●].*|[\u4e00-\u9fff][某xX×]{1,3}|[\u4e00-\u9fff]某[\u4e00-\u9fff]{0,2}")
_LETTER_MASK = re.compile(r".[xX]")
_HANDED_OVER = re.compile(r"(?P<payer>.{2,60}?)\s*转来\s*(?P<donor>.{2,60}?)\s*(?:的)?捐款")
_ON_BEHALF = re.compile(r".{2,60}代.{2,60}")


@dataclass(frozen=True)
class Parties:
    """Who gave and who brought the money. Where a person has to decide, `is_clear` is False and the name whole."""

    donor: str
    payer: str = ""
    is_clear: bool = True


def is_masked(name: str) -> bool:
    """Whether a platform has hidden part of this name (*静, 张**, 李某某): it identifies nobody."""
    # Most names are plain: look for a mask's mark before anything costlier.
    if name.isalnum() and "某" not in name and not _LETTER_MASK.match(name):
        return False
    return bool(_MASKED.fullmatch(name)) and not name.endswith(("公司", "会", "学校", "医院"))


def parties(name: str) -> Parties:
    """Take “A转来B捐款” apart into payer A and donor B where it can be read in one way only.

    “A代B” stays whole, for 代 is also part of names (时代, 代表); so does a chain with more than two parties.
    """
    found = _HANDED_OVER.fullmatch(name)
    if found and "转来" not in found["donor"] and "代" not in found["donor"] and "代" not in found["payer"]:
        return Parties(found["donor"].strip(), found["payer"].strip())
    if "转来" in name or (_ON_BEHALF.fullmatch(name) and is_on_behalf(name)):
        return Parties(name, is_clear=False)
    return Parties(name)


def is_on_behalf(name: str) -> bool:
    """Whether 代 in this name probably means "for": a personal name or an organisation on each side."""
    payer, _, donor = name.partition("代")
    if not re.fullmatch(r"[\u4e00-\u9fff·]{2,4}|.*(公司|厂|店|会|校|院|局|委|社|所|中心|商行|小学|中学)", payer):
        return False
    return bool(
        re.fullmatch(r"[\u4e00-\u9fff·]{2,4}|.*(公司|厂|店|会|校|院|局|委|社|所|中心|商行|小学|中学)(捐款)?", donor)
    )
