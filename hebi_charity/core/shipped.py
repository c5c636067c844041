"""Data that ships with the code (roles, kinds of receipt, dated settings), brought up to date after migrating."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from hebi_charity.core.registry import Registry

JSON = str | int | float | bool | list | dict | None

# Each function may run any number of times; it never touches what people have changed.
shipped_data: Registry[Callable[[], None]] = Registry("shipped data")


@dataclass(frozen=True)
class FirstSetting:
    """A dated setting as it comes with the code. What was shipped stays here for ever: `check_books` holds the row
    without a person against it, and a change of the law is a new row with a later day."""

    valid_from: date
    value: JSON
    legal_basis: str


first_settings: Registry[FirstSetting] = Registry("dated settings that come with the code")  # key: the setting's key
