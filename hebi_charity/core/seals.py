"""Canonical form, digest and seal of a record: the same facts give the same bytes, on every machine, for years."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings


def canonical(values: Mapping[str, object]) -> bytes:
    """JSON with sorted keys and no blanks, UTF-8. Money has two decimals, days are ISO, moments are UTC.

    A number finer than a fen (a rate) keeps all its digits. Raises ValueError for what has no single form: floats,
    moments without a time zone, numbers that are not finite, rows, lazy text.
    """
    return json.dumps(_plain(values), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) for key in value):
            raise ValueError("the names of a sealed record are text")
        return {str.__str__(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool) else _single(value)


def _single(value: object) -> object:
    for kind, form in _FORMS:
        if isinstance(value, kind):
            return form(value)
    raise ValueError(f"{type(value).__name__} has no canonical form")


def _decimal(value: Decimal) -> str:
    if not value.is_finite():
        raise ValueError("a sealed number is finite")
    if value == 0:
        return "0.00"  # never -0.00
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        text = f"{value:f}".rstrip("0")
        decimals = len(text.partition(".")[2])
        return text + "0" * (2 - decimals) if decimals < 2 else text
    return f"{value:.2f}"


def _moment(value: datetime) -> str:
    if value.tzinfo is None:
        raise ValueError("a sealed moment needs its time zone")
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


# A moment is a date too, and a choice of an enumeration is text or a number: the first that fits counts.
_FORMS = (
    (int, int),
    (str, str.__str__),
    (Decimal, _decimal),
    (datetime, _moment),
    (date, date.isoformat),
    (UUID, str),
)


class Sha256Sink:
    """Takes what COPY TO STDOUT writes, for a digest over many rows: `size` bytes came.

    Several times faster than putting the rows together and hashing them in SQL, and no row stays in memory. Use the
    binary format: it depends on no setting of the session.
    """

    def __init__(self) -> None:
        self._sha256 = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        self._sha256.update(data)
        self.size += len(data)
        return len(data)

    def hexdigest(self) -> str:
        return self._sha256.hexdigest()


def digest(values: Mapping[str, object]) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal places. Anyone can compute it."""
    return hashlib.sha256(canonical(values)).hexdigest()


def seal(values: Mapping[str, object]) -> str:
    """HMAC-SHA256 of the canonical form with the office's SEAL_KEY, 64 hexadecimal places. Only the office can."""
    return hmac.new(settings.SEAL_KEY.encode(), canonical(values), hashlib.sha256).hexdigest()


def is_sealed(values: Mapping[str, object], expected: str) -> bool:
    """Whether these values carry this seal; whatever text stands in its place is none."""
    return hmac.compare_digest(seal(values).encode(), expected.encode())
