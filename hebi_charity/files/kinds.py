"""Which files we take. The content decides, never the name or what the browser says."""

from __future__ import annotations

import codecs
import zipfile
from dataclasses import dataclass
from typing import IO

MEGABYTE = 1024 * 1024
HEAD = 64 * 1024
PICTURE_LIMIT = 20 * MEGABYTE
FILE_LIMIT = 50 * MEGABYTE

OFFICE = "application/vnd.openxmlformats-officedocument"
ZIP_MEMBERS = {
    "xl/workbook.xml": f"{OFFICE}.spreadsheetml.sheet",
    "word/document.xml": f"{OFFICE}.wordprocessingml.document",
}
OLE_STREAMS = {"Workbook": "application/vnd.ms-excel", "Book": "application/vnd.ms-excel"}
# The kinds of file that telephones call HEIC.
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# BIFF files without the OLE envelope, as older bank software writes them.
BARE_BIFF = (b"\x09\x08\x10\x00", b"\x09\x08\x08\x00", b"\x09\x04\x06\x00", b"\x09\x02\x06\x00", b"\x09\x00\x04\x00")


@dataclass(frozen=True)
class Kind:
    """A kind of file we take: its type and how large it may be in bytes."""

    content_type: str
    limit: int = FILE_LIMIT

    @property
    def is_picture(self) -> bool:
        return self.content_type.startswith("image/")


def kind_of(content: IO[bytes]) -> Kind | None:
    """The kind of this content, or None for one we do not take. Leaves the position at the start."""
    content.seek(0)
    head = content.read(HEAD)
    content.seek(0)
    found = _by_magic(head) or _by_container(head, content) or ("text/plain" if _is_text(head) else None)
    content.seek(0)
    if found is None:
        return None
    return Kind(found, PICTURE_LIMIT) if found.startswith("image/") else Kind(found)


def is_heif(content: IO[bytes]) -> bool:
    """Whether this is a photograph as some telephones keep it, which few programs open. Leaves the start position."""
    content.seek(0)
    head = content.read(12)
    content.seek(0)
    return head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS


def _by_magic(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(BARE_BIFF):
        return "application/vnd.ms-excel"
    return None


def _by_container(head: bytes, content: IO[bytes]) -> str | None:
    if head.startswith(b"PK\x03\x04"):
        try:
            with zipfile.ZipFile(content) as archive:
                members = set(archive.namelist())
        except zipfile.BadZipFile:
            return None
        return next((kind for member, kind in ZIP_MEMBERS.items() if member in members), None)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        whole = content.read()
        return next((kind for name, kind in OLE_STREAMS.items() if name.encode("utf-16-le") in whole), None)
    return None


def _is_text(head: bytes) -> bool:
    if not head:
        return False
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decodes(head, "utf-16")
    if any(byte < 9 or 13 < byte < 27 for byte in head):
        return False
    return _decodes(head, "utf-8") or _decodes(head, "gb18030")


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        # Not the final part: a character may be cut at the end of the head.
        codecs.getincrementaldecoder(encoding)().decode(head, final=False)
    except UnicodeDecodeError:
        return False
    return True
