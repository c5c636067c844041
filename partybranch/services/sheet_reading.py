"""A photograph of a signed sheet comes back: its QR is read here, by pixels that Pillow has decoded and made smaller.

See decision 0007: the library never sees the file that was uploaded. Telephones give pictures turned, skewed, dark:
several sizes are tried, from the one that is read in nearly every case.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

import zxingcpp
from PIL import Image, ImageOps, UnidentifiedImageError

from hebi_charity.files.pictures import MOST_PIXELS
from hebi_charity.files.proof import open_as_given
from partybranch.services import sheet_codes

if TYPE_CHECKING:
    from hebi_charity.accounts.models import User
    from hebi_charity.files.models import Attachment
    from partybranch.models import LifeEvent

SIDES = (1600, 1000, 2600)  # pixels of the longer side, in the order in which they are tried


def event_on(picture: Attachment, *, by: User) -> LifeEvent:
    """The meeting whose code stands on a stored photograph. Raises UnknownSheet when none can be read."""
    with open_as_given(picture) as content:
        texts = list(texts_on(content))
    for text in texts:
        try:
            return sheet_codes.event_of(text, by=by)
        except sheet_codes.UnknownSheet:
            continue  # another product's square may lie on the table too
    raise sheet_codes.UnknownSheet


def texts_on(content: IO[bytes]) -> Iterator[str]:
    """What the squares on a picture say; nothing for what is no picture, damaged or too large."""
    try:
        with Image.open(content, formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return
            picture.draft("L", (max(SIDES), max(SIDES)))  # a JPEG is read small at once
            grey = picture.convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return
    seen: set[str] = set()
    for side in SIDES:
        for text in _read(grey, side):
            if text not in seen:
                seen.add(text)
                yield text
        if seen:
            return


def _read(grey: Image.Image, side: int) -> list[str]:
    small = grey.copy()
    small.thumbnail((side, side))
    found = zxingcpp.read_barcodes(ImageOps.autocontrast(small, cutoff=1), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]
