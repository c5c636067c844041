"""What makes a row without an order number the same row in another file."""

from __future__ import annotations

from hashlib import sha256

_SEPARATOR = "\x1f"  # never part of a value: control characters are taken out when a cell is read


def content_key(channel: str, received_on: str, name_key: str, fen: int, currency: str, note_key: str) -> bytes:
    """SHA-256 over the account or channel, the day (ISO), name, amount, currency and note. See design decision 11."""
    parts = (channel, received_on, name_key, str(fen), currency, note_key)
    return sha256(_SEPARATOR.join(parts).encode()).digest()


def loose_key(name_key: str, fen: int, currency: str, note_key: str) -> int:
    """The same without channel and day, as a signed 64-bit number: finds a list that came once more under another day.

    Two rows may share it by chance, so it only ever raises a question.
    """
    parts = (name_key, str(fen), currency, note_key)
    return int.from_bytes(sha256(_SEPARATOR.join(parts).encode()).digest()[:8], "big", signed=True)
