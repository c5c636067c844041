"""What a file is, by its content: its name may lie."""

from __future__ import annotations

import codecs
import zipfile
from pathlib import Path

from hebi_charity.imports.reading.reasons import Reason

MAX_BYTES = 50 * 1024 * 1024
MAX_UNZIPPED = 500 * 1024 * 1024
MAX_COLUMNS = 200
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCODINGS = ("utf-8-sig", "gb18030", "utf-16")
_BLOCK = 1 << 20


def detect_kind(path: Path) -> str:
    """Give "xlsx", "xls" or "csv". Raises Reason for anything else, for an empty and for a too large file."""
    size = path.stat().st_size
    if size == 0:
        raise Reason("file_empty")
    if size > MAX_BYTES:
        raise Reason("file_too_large", megabytes=size // 1024 // 1024)
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_OLE):
        return "xls"
    if head.startswith(b"PK"):
        check_zip(path)
        return "xlsx"
    start = head.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith((b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"gif8", b"<!doctype", b"<html", b"<?xml")):
        raise Reason("file_kind_unknown")
    if b"\x00" in head and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Reason("file_kind_unknown")
    return "csv"


def check_zip(path: Path) -> None:
    """Read only the directory of a zip file: it must be a workbook that unpacks to at most 500 MB."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Reason("file_damaged") from None
    if sum(entry.file_size for entry in entries) > MAX_UNZIPPED:
        raise Reason("file_unpacks_too_large")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Reason("file_has_password")
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise Reason("file_kind_unknown")


def detect_encoding(path: Path) -> str:
    """Give "utf-16", "utf-8-sig" (with or without mark) or "gb18030". Raises Reason when none of them fits."""
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    for encoding in candidates:
        if _decodes(path, encoding):
            return encoding
    raise Reason("encoding_unknown")


def checked_encoding(path: Path, encoding: str) -> str:
    """The encoding a person gave, when the whole file can be read in it. Raises Reason."""
    if encoding not in ENCODINGS or not _decodes(path, encoding):
        raise Reason("encoding_unknown")
    return encoding


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
