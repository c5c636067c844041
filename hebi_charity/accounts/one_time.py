"""Passwords for one log-in: made to be printed, read aloud and typed."""

from __future__ import annotations

import secrets

# Without what looks alike on paper: 0 and o, 1, l and i.
READABLE = "23456789abcdefghjkmnpqrstuvwxyz"


def as_printed(typed: str) -> str:
    """A one-time password as the slip shows it, however it was typed: capitals, blanks and the dash do not matter."""
    characters = "".join(typed.split()).replace("-", "").lower()
    return f"{characters[:5]}-{characters[5:]}" if len(characters) == 10 else typed


def one_time_password() -> str:
    """Ten readable characters in two groups: about 49 bits."""
    characters = [secrets.choice(READABLE) for _position in range(10)]
    return f"{''.join(characters[:5])}-{''.join(characters[5:])}"
