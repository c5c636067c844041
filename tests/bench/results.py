"""A figure of the benchmark: always a ratio, because machines differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    name: str
    ratio: float
    limit: float
    note: str

    @property
    def ok(self) -> bool:
        return self.ratio <= self.limit

    def line(self) -> str:
        verdict = "ok" if self.ok else "TOO SLOW"
        return f"{self.name:<40}{self.ratio:>7.2f}  (at most {self.limit:g})  {verdict:<9} {self.note}"
