"""Numbers of official documents: 机关代字〔年份〕序号号, with the brackets 〔〕. Others are asked about."""

from __future__ import annotations

import re

# The year with whatever stands around it: round, square and black brackets, half and full width.
_YEAR = re.compile(r"[(\[{【〖（［〈<＜「『]\s*((?:19|20|21)\d{2})\s*年?\s*[)\]}】〗）］〉>＞」』]")
_USUAL = re.compile(r"\S+〔(?:19|20|21)\d{2}〕\s*第?\d+号\Z")


def usual_form(text: str) -> str:
    """The number with its year in 〔〕 and 号 at its end, as far as that can be told from what was typed."""
    usual = _YEAR.sub(r"〔\1〕", text.strip())
    return f"{usual}号" if re.search(r"〔\d{4}〕\s*\d+\Z", usual) else usual


def is_usual(text: str) -> bool:
    return _USUAL.match(text) is not None
