"""Personal data at rest: one encrypted field class, and the keyed hash by which an encrypted value is found."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import FieldError
from django.db import models

from hebi_charity.core.identifiers import normal_identifier


class UnreadableValue(Exception):
    """An encrypted value that no key opens, or that was written for another column."""


@lru_cache(maxsize=8)
def _fernets(keys: tuple[str, ...]) -> tuple[Fernet, ...]:
    return tuple(Fernet(key) for key in keys)


def _all_keys() -> MultiFernet:
    return MultiFernet(_fernets(tuple(settings.FIELD_KEYS)))


def encrypt(value: str, *, column: str) -> str:
    """A token of this value for this "table.column", under the newest key. Differs at every call."""
    return _all_keys().encrypt(f"{column}\0{value}".encode()).decode()


def decrypt(token: str, *, column: str) -> str:
    """The value of a token. Raises UnreadableValue when no key opens it or it belongs to another column."""
    try:
        plain = _all_keys().decrypt(token.encode()).decode()
    except InvalidToken:
        raise UnreadableValue(f"no key opens a value of {column}") from None
    written_for, _, value = plain.partition("\0")
    if written_for != column:
        raise UnreadableValue(f"a value of {column} was written for {written_for}")
    return value


def is_under_newest_key(token: str) -> bool:
    """Whether the newest key alone opens this token."""
    try:
        _fernets(tuple(settings.FIELD_KEYS))[0].decrypt(token.encode())
    except InvalidToken:
        return False
    return True


def rotate(token: str) -> str:
    """The same value under the newest key. Raises UnreadableValue when no key opens it."""
    try:
        return _all_keys().rotate(token.encode()).decode()
    except InvalidToken:
        raise UnreadableValue("no key opens this value") from None


def keyed_hash(value: str, *, purpose: str) -> str:
    """HMAC-SHA256 by which an identifier is found without being readable: 64 hexadecimal places, "" for nothing.

    The value is normalised first (blanks, dashes, width, case), so every way of typing it finds the same row. The
    purpose keeps hashes of different columns apart: the same number as card and as phone gives two hashes.
    """
    normal = normal_identifier(value)
    if not normal:
        return ""
    return hmac.new(settings.INDEX_KEY.encode(), f"{purpose}\0{normal}".encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database and plain in Python. "" and None stay what they are.

    It cannot be searched or sorted by: keep a `keyed_hash` beside it. Renaming its table or column needs a data
    migration, because the name is inside the encrypted value.
    """

    is_encrypted = True

    @property
    def sealed_for(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: object) -> object:
        value = super().get_prep_value(value)
        return encrypt(value, column=self.sealed_for) if isinstance(value, str) and value else value

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str | None:
        return decrypt(value, column=self.sealed_for) if value else value

    def get_lookup(self, lookup_name: str) -> type[models.Lookup] | None:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted: look it up by its keyed hash")
        return super().get_lookup(lookup_name)
