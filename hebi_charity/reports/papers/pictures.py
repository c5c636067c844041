"""Pictures of a paper: made small one at a time, so that a book of hundreds needs no more memory than one picture."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _
from PIL import Image

from hebi_charity.files.models import Attachment
from hebi_charity.files.pictures import MOST_PIXELS
from hebi_charity.files.proof import sha256_of
from hebi_charity.reports.papers.building import PaperRefused

LONGER_SIDE = 1000  # pixels: 150 dots an inch on the width of a page
QUALITY = 72


@dataclasses.dataclass(frozen=True)
class Picture:
    """A stored picture in a paper's facts, by the SHA-256 of its bytes; `caption` is printed with it."""

    sha256: str
    caption: str = ""


def pictures_in(facts: object) -> Iterator[str]:
    """The SHA-256 of every picture within facts, in their order, repetitions too."""
    if isinstance(facts, Picture):
        yield facts.sha256
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

    `say(done, total)` hears of every one. Raises PaperRefused for a picture that is not as it was stored.
    """
    wanted = list(dict.fromkeys(pictures_in(facts)))
    with TemporaryDirectory(prefix="paper-") as folder:
        small: dict[str, Path] = {}
        for number, sha256 in enumerate(wanted, start=1):
            small[sha256] = Path(folder) / f"{sha256}.jpg"
            make_small(sha256, small[sha256])
            say(number, len(wanted))
        yield small


def make_small(sha256: str, target: Path) -> None:
    """Write a JPEG of at most `LONGER_SIDE` pixels, on white where the picture was transparent. Raises PaperRefused."""
    try:
        with default_storage.open(Attachment.path_of(sha256), "rb") as content:
            if sha256_of(content) != sha256:
                raise PaperRefused(_changed())
            content.seek(0)
            with Image.open(content, formats=["JPEG", "PNG", "WEBP"]) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise PaperRefused(_changed())
                picture.draft("RGB", (LONGER_SIDE, LONGER_SIDE))  # a JPEG is read small at once
                picture.thumbnail((LONGER_SIDE, LONGER_SIDE))
                _on_white(picture).save(target, format="JPEG", quality=QUALITY)
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
