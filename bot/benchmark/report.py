"""Figures with their aims, and the table of a run."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.errors import SharewellError

_P95 = 0.95


class BenchmarkError(SharewellError):
    """The benchmark cannot be run, or what it measured does not hold together."""


@dataclass(frozen=True)
class Figure:
    """One measured value. `aim` is the bound that it should keep to: at most or at least; None where there is none.

    `beside` tells what the value was reckoned from, such as both times of a ratio.
    """

    name: str
    value: float
    unit: str
    aim: float | None = None
    bound: Literal["at most", "at least"] = "at most"
    beside: str = ""

    @property
    def met(self) -> bool | None:
        if self.aim is None:
            return None
        return self.value <= self.aim if self.bound == "at most" else self.value >= self.aim

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name, "value": round(self.value, 3), "unit": self.unit, "aim": self.aim,
            "bound": self.bound if self.aim is not None else None, "met": self.met, "beside": self.beside,
        }  # fmt: skip


@dataclass(frozen=True)
class Report:
    """All figures of a run, how long it took in seconds, training apart, and what to know about the figures."""

    figures: tuple[Figure, ...]
    seconds: float
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "figures": [figure.as_json() for figure in self.figures],
            "met": all(figure.met is not False for figure in self.figures),
            "seconds": round(self.seconds, 1),
            **({"notes": list(self.notes)} if self.notes else {}),
        }

    def table(self) -> str:
        """The figures for a person: value, aim, whether it is met, and what it was reckoned from."""
        rows = [("Figure", "Measured", "Aim", "", "From")]
        rows += [
            (figure.name, _number(figure.value, figure.unit), _aim(figure), _verdict(figure), figure.beside)
            for figure in self.figures
        ]
        widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
        lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
        end = ["", *self.notes, f"The run took {self.seconds:.0f} s."]
        return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], *end])


def p95(values: Sequence[float]) -> float:
    """The smallest value that at least 95 in 100 of `values` do not exceed. Raises BenchmarkError on nothing."""
    if not values:
        raise BenchmarkError("Nothing was measured.", "Run it again.")
    return sorted(values)[math.ceil(_P95 * len(values)) - 1]


def median(values: Sequence[float]) -> float:
    """Raises BenchmarkError on nothing."""
    if not values:
        raise BenchmarkError("Nothing was measured.", "Run it again.")
    return statistics.median(values)


def ratio(ours: float, bare: float) -> float:
    """Ours divided by bare Rasa's. Raises BenchmarkError when there is nothing to divide by."""
    if bare <= 0:
        raise BenchmarkError("Bare Rasa gave no time to compare with.", "Run it again.")
    return ours / bare


def _number(value: float, unit: str) -> str:
    digits = 0 if value >= 100 else 2
    return f"{value:.{digits}f} {unit}".strip()


def _aim(figure: Figure) -> str:
    return "" if figure.aim is None else f"{figure.bound} {figure.aim:g}"


def _verdict(figure: Figure) -> str:
    return {None: "", True: "met", False: "NOT MET"}[figure.met]
