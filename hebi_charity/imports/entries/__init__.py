"""Rows without money: what their columns can mean, and what a target says about each row."""

from hebi_charity.imports.entries.fields import Field
from hebi_charity.imports.entries.rows import Judged, ReadRow

__all__ = ["Field", "Judged", "ReadRow"]
