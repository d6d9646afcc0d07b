"""The aims of understanding, and the pairs of units that are confused: what a person reads below the shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

PAIRS_SHOWN = 15


@dataclass(frozen=True)
class Aim:
    """A share that should be at least `wanted`, or at most where `is_limit`. All from 0 to 1."""

    name: str
    reached: float
    wanted: float
    is_limit: bool = False

    @property
    def is_met(self) -> bool:
        return self.reached <= self.wanted if self.is_limit else self.reached >= self.wanted

    def line(self) -> str:
        """One line for a person."""
        bound = "at most" if self.is_limit else "at least"
        verdict = "met" if self.is_met else "MISSED"
        return f"  {self.name:<28}{self.reached:7.1%}  (aim: {bound} {self.wanted:.0%})  {verdict}"


@dataclass(frozen=True)
class Pair:
    """`count` questions that `expected` answers were taken for `got`."""

    expected: str
    got: str
    count: int

    def line(self) -> str:
        """One line for a person."""
        return f"  {self.count:3}  {self.expected} taken for {self.got or 'nothing'}"


def pairs_of(confused: Iterable[tuple[str, str]]) -> tuple[Pair, ...]:
    """The (expected, got) of each confused question, counted, the most frequent pair first."""
    counts = Counter(confused)
    return tuple(
        Pair(expected, got, count)
        for (expected, got), count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
