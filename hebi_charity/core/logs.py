"""What the log says of a fault: where in the code, never with which values. People's data stays in the database."""

from __future__ import annotations

import logging
import traceback


class CodeOnlyFormatter(logging.Formatter):
    """Tracebacks as places in the code and kinds of errors.

    The text of an error is left out: the database names the values it refused, and conversions what they were given.
    Of a database's error its code and the name of the broken rule are kept.
    """

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # another handler may have written the whole error into it
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatException(self, ei: tuple) -> str:
        return "\n".join(_told(ei[1]))


def _told(error: BaseException, depth: int = 0) -> list[str]:
    """The lines of an error after those of what caused it."""
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = [*_told(cause, depth + 1), "which led to:"] if cause is not None and depth < 10 else []
    for frame in traceback.extract_tb(error.__traceback__):
        lines += [f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}', f"    {frame.line}"]
    return [*lines, f"{type(error).__module__}.{type(error).__qualname__}{_rule_of(error)}"]


def _rule_of(error: BaseException) -> str:
    code = getattr(error, "pgcode", None)
    name = getattr(getattr(error, "diag", None), "constraint_name", None)
    return " ".join(["", *(str(part) for part in (code, name) if part)])
