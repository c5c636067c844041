"""A transaction for a service's outer edge: a dead-lock is tried once more, as design decision 9 says."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

Params = ParamSpec("Params")
Result = TypeVar("Result")
_DEADLOCK, _SERIALIZATION = "40P01", "40001"


def _may_retry(error: OperationalError) -> bool:
    return getattr(error.__cause__, "pgcode", None) in {_DEADLOCK, _SERIALIZATION}


def atomic_with_retry(service: Callable[Params, Result]) -> Callable[Params, Result]:
    """Run a service in a transaction; after a dead-lock run it once again. Inside another transaction: no retry."""

    @wraps(service)
    def run(*args: Params.args, **kwargs: Params.kwargs) -> Result:
        nested = connection.in_atomic_block
        try:
            with transaction.atomic():
                return service(*args, **kwargs)
        except OperationalError as error:
            if nested or not _may_retry(error):
                raise
            with transaction.atomic():
                return service(*args, **kwargs)

    return run
