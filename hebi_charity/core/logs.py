"""What the log says of a fault: where in the code, never with which values. People's data stays in the database."""

from __future__ import annotations

import copy
import logging
import traceback
from collections.abc import Mapping

# Celery's names for what it puts into its sentences as text: errors, and what a task was given and gave.
WITHHELD = {"exc", "traceback", "args", "kwargs", "return_value"}
NO_FAULT = {403, 404}  # a refused or a missing page is no fault of the code: its address says enough


class CodeOnlyFormatter(logging.Formatter):
    """Tracebacks as places in the code and kinds of errors.

    The text of an error is left out: the database names the values it refused, and conversions what they were given.
    Of a database's error its code and the name of the broken rule are kept.
    """

    def format(self, record: logging.LogRecord) -> str:
        record = copy.copy(record)  # other handlers have their own view of it
        record.exc_text = None  # one of them may have written the whole error into it
        if getattr(record, "status_code", None) in NO_FAULT:
            record.exc_info = None
        record.msg = _without_values(record.msg)
        record.args = _arguments(record.args)
        return super().format(record)

    def formatException(self, ei: tuple) -> str:
        return "\n".join(_told(ei[1]))


def _arguments(args: object) -> object:
    if isinstance(args, Mapping):
        return {name: "…" if name in WITHHELD else _without_values(value) for name, value in args.items()}
    return tuple(_without_values(value) for value in args) if isinstance(args, tuple) else args


def _without_values(value: object) -> object:
    """An error as its kind and rule, an address without its query, anything else as it is."""
    if isinstance(value, BaseException):
        return _kind_of(value)
    return value.partition("?")[0] if isinstance(value, str) and value.startswith("/") else value


def _told(error: BaseException, depth: int = 0) -> list[str]:
    """The lines of an error after those of what caused it."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_told(cause, depth + 1), "which led to:"] if cause is not None and depth < 10 else []
    for frame in traceback.extract_tb(error.__traceback__):
        lines += [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}', f"    {frame.line}"]
    return [*lines, _kind_of(error)]


def _kind_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}{_rule_of(error)}"


def _rule_of(error: BaseException) -> str:
    code = getattr(error, "pgcode", None)
    name = getattr(getattr(error, "diag", None), "constraint_name", None)
    return " ".join(["", *(str(part) for part in (code, name) if part)])
