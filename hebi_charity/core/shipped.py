"""Data that ships with the code (roles, kinds of receipt, dated settings), brought up to date after migrating."""

from collections.abc import Callable

from hebi_charity.core.registry import Registry

# Each function may run any number of times; it never touches what people have changed.
shipped_data: Registry[Callable[[], None]] = Registry("shipped data")
