"""How an app below the log writes into it: the log's app registers its recorder when it starts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from hebi_charity.core.registry import Registry

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.db.models import Model


class Recorder(Protocol):
    """What the log offers: one row per human act, in the transaction of the act."""

    def __call__(
        self,
        by: AbstractBaseUser | None,
        act: str,
        row: Model | None,
        *,
        changes: Mapping[str, object] | None = None,
        reason: str = "",
        side: str = "charity",
    ) -> object: ...


act_recorders: Registry[Recorder] = Registry("recorders of acts")


def record_act(
    by: AbstractBaseUser | None,
    act: str,
    row: Model | None,
    *,
    changes: Mapping[str, object] | None = None,
    reason: str = "",
    side: str = "charity",
) -> None:
    """Write one human act into the log. `by` is None for the server's own command and for a failed log-in."""
    for recorder in act_recorders:
        recorder(by, act, row, changes=changes, reason=reason, side=side)
