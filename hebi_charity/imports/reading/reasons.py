"""Why a row or a file is refused: a code with the values its sentence needs."""

from __future__ import annotations


class Reason(Exception):
    """Something is wrong; `code` names the sentence, `values` fill it. Raised for a row or for the whole file."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def as_dict(self) -> dict[str, str | int]:
        return {"code": self.code, **self.values}
