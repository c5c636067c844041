"""Pictures of a paper: made small one at a time, so that a book of hundreds needs no more memory than one picture.

The small copy is kept beside the original, sealed: the next printing takes it, and a copy that somebody put there is
made anew from the original.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from hebi_charity.core import seals
from hebi_charity.files.models import Attachment
from hebi_charity.files.pictures import MOST_PIXELS
from hebi_charity.files.proof import sha256_of
from hebi_charity.reports.papers.building import PaperRefused

FULL, HALF = 1000, 720  # pixels of the longer side: across a page, and two beside each other
QUALITY = 72
SEAL = 64  # the first bytes of a kept copy


@dataclasses.dataclass(frozen=True)
class Picture:
    """A stored picture in a paper's facts, by the SHA-256 of its bytes; `caption` is printed with it.

    `side` is how many pixels its longer side has on paper.
    """

    sha256: str
    caption: str = ""
    side: int = FULL


def pictures_in(facts: object) -> Iterator[Picture]:
    """Every picture within facts, in their order, repetitions too."""
    if isinstance(facts, Picture):
        yield facts
    elif isinstance(facts, tuple | list):
        for item in facts:
            yield from pictures_in(item)
    elif isinstance(facts, dict):
        yield from pictures_in(tuple(facts.values()))
    elif dataclasses.is_dataclass(facts) and not isinstance(facts, type):
        for field in dataclasses.fields(facts):
            yield from pictures_in(getattr(facts, field.name))


@contextmanager
def made_small(facts: object, *, say: Callable[[int, int], None]) -> Iterator[Mapping[str, Path]]:
    """Small JPEG files of the pictures within facts, by SHA-256, as long as the block lasts.

    `say(done, total)` hears of every one. A picture that is there twice is as large as it is anywhere. Raises
    PaperRefused for one that is not as it was stored.
    """
    wanted: dict[str, int] = {}
    for picture in pictures_in(facts):
        wanted[picture.sha256] = max(picture.side, wanted.get(picture.sha256, 0))
    with TemporaryDirectory(prefix="paper-") as folder:
        small: dict[str, Path] = {}
        for number, (sha256, side) in enumerate(wanted.items(), start=1):
            small[sha256] = Path(folder) / f"{sha256}.jpg"
            small[sha256].write_bytes(small_copy(sha256, side))
            say(number, len(wanted))
        yield small


def small_copy(sha256: str, side: int) -> bytes:
    """A JPEG of at most `side` pixels: the one that is kept, else made from the original. Raises PaperRefused."""
    path = f"{Attachment.path_of(sha256)}.paper{side}"
    kept = _kept(path)
    content = kept[SEAL:]
    if kept[:SEAL] != _seal(sha256, side, content):
        content = make_small(sha256, side)
        default_storage.save(path, File(BytesIO(_seal(sha256, side, content) + content)))
    return content


def _kept(path: str) -> bytes:
    if not default_storage.exists(path):
        return b""
    with default_storage.open(path, "rb") as content:
        return content.read()


def _seal(sha256: str, side: int, content: bytes) -> bytes:
    digest = hashlib.sha256(content).hexdigest()
    return seals.seal({"picture": sha256, "side": side, "small": digest}).encode()


def make_small(sha256: str, side: int) -> bytes:
    """A JPEG of at most `side` pixels, on white where the picture was transparent. Raises PaperRefused."""
    try:
        with default_storage.open(Attachment.path_of(sha256), "rb") as content:
            if sha256_of(content) != sha256:
                raise PaperRefused(_changed())
            content.seek(0)
            with Image.open(content, formats=["JPEG", "PNG", "WEBP"]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PaperRefused(_changed())
                picture.draft("RGB", (side, side))  # a JPEG is read small at once
                picture.thumbnail((side, side))
                small = BytesIO()
                _on_white(picture).save(small, format="JPEG", quality=QUALITY)
                return small.getvalue()
    except (OSError, SyntaxError, ValueError) as error:
        raise PaperRefused(_changed()) from error


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGB", "L"}:
        return picture
    whole = picture.convert("RGBA")
    paper = Image.new("RGB", whole.size, "white")
    paper.paste(whole, mask=whole.getchannel("A"))
    return paper


def _changed() -> str:
    return _(
        "A picture of this paper is missing in the store, or was changed there. Nothing was printed. Please tell the"
        " administrator, who gets the file back from a backup."
    )
