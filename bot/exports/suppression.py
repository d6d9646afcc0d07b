"""Hides small numbers, and whatever they could be worked out from.

Numbers from one to four are hidden. Two sums of the same thing, such as the decisions by kind and the decisions by
week, would give a hidden number away when all else in them is shown. So wherever one is hidden, a large number of the
same pair is hidden with it, a total first. Nought is shown: nobody stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import TypeAlias

FEWEST = 5
"""Numbers below it are hidden."""

_LARGE = 9
"""A number that can hide a small one: whichever of one to four that is, this one would still not be small."""

Cells: TypeAlias = frozenset[str]


def hidden(counts: Mapping[str, int], sums: Sequence[Sequence[Cells]], totals: Cells) -> Cells:
    """The cells that must not be shown. Each member of `sums` lists sets of cells that add up to the same number."""
    found = {name for name, count in counts.items() if 0 < count < FEWEST}
    pairs = [pair for same in sums for pair in _pairs(same)]
    changed = True
    while changed:
        changed = False
        for pair in pairs:
            more = _also(pair, found, counts, totals) - found
            found |= more
            changed = changed or bool(more)
    return frozenset(found)


def _pairs(same: Sequence[Cells]) -> Iterator[Cells]:
    for one, other in combinations(same, 2):
        yield one ^ other  # what stands on both sides tells nothing


def _also(pair: Cells, found: set[str], counts: Mapping[str, int], totals: Cells) -> set[str]:
    shut = pair & found
    if not shut or any(counts[name] >= _LARGE for name in shut):
        return set()
    large = [name for name in pair if counts[name] >= _LARGE]
    if large:
        return {min(large, key=lambda name: (name not in totals, counts[name], name))}
    return {name for name in pair if counts[name]}
