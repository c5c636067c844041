"""Pictures are stored anew: upright, and without the place, time and camera that phones write into them."""

from __future__ import annotations

from io import BytesIO
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 60_000_000
THUMBNAIL, LARGE = 256, 1600  # pixels of the longer side: beside a name, and filling a page
FORMATS = {"image/jpeg": ("JPEG", "RGB"), "image/png": ("PNG", "RGBA"), "image/webp": ("WEBP", "RGBA")}
QUALITY = {"JPEG": {"quality": 88}, "WEBP": {"quality": 88}}
# Pillow names turns by the other direction.
_CLOCKWISE = {1: Image.Transpose.ROTATE_270, 2: Image.Transpose.ROTATE_180, 3: Image.Transpose.ROTATE_90}


class PictureUnreadable(Exception):
    """The picture is damaged, or it has more pixels than we open."""


def thumbnail(content: IO[bytes], side: int = THUMBNAIL) -> BytesIO:
    """A smaller JPEG of a picture that we stored, on white where it was transparent. Raises PictureUnreadable."""
    try:
        with Image.open(content, formats=["JPEG", "PNG", "WEBP"]) as picture:
            picture.draft("RGB", (2 * side, 2 * side))  # a JPEG is read small at once
            picture.thumbnail((side, side))
            whole = picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureUnreadable from error
    small = Image.new("RGB", whole.size, "white")
    small.paste(whole, mask=whole.getchannel("A"))
    stored = BytesIO()
    small.save(stored, format="JPEG", quality=80)
    stored.seek(0)
    return stored


def turned(content: IO[bytes], content_type: str, quarters: int) -> BytesIO:
    """A picture that we stored, turned so many quarters clockwise. Raises PictureUnreadable."""
    name, _mode = FORMATS[content_type]
    try:
        with Image.open(content, formats=["JPEG", "PNG", "WEBP"]) as picture:
            upright = picture.transpose(_CLOCKWISE[quarters])
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureUnreadable from error
    stored = BytesIO()
    upright.save(stored, format=name, **QUALITY.get(name, {}))
    stored.seek(0)
    return stored


def without_metadata(content: IO[bytes], content_type: str) -> BytesIO:
    """The same picture with nothing but its pixels. Raises PictureUnreadable."""
    name, mode = FORMATS[content_type]
    try:
        with Image.open(content, formats=["JPEG", "PNG", "WEBP"]) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PictureUnreadable
            upright = ImageOps.exif_transpose(picture)
            clean = upright.convert("L" if upright.mode == "L" else mode)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise PictureUnreadable from error
    except (OSError, SyntaxError, ValueError) as error:
        # What Pillow raises in the middle of a broken file.
        raise PictureUnreadable from error
    clean.info = {}
    stored = BytesIO()
    clean.save(stored, format=name, **QUALITY.get(name, {}))
    stored.seek(0)
    return stored
