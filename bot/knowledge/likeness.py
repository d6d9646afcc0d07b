"""Example questions of two units that are nearly the same: the same words in another order, or but for one spelling."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.knowledge.letters import Letter
from bot.knowledge.model import Check, Knowledge, Topic, fold

SHORTEST_WORD = 5
"""Letters from which one letter more, less or other is taken for another spelling: "him" and "his" are two words."""


@dataclass(frozen=True)
class NearTwin:
    """Two examples of two units that hardly differ. `how` is order or spelling."""

    first: str
    first_example: str
    second: str
    second_example: str
    how: str


@dataclass(frozen=True)
class _Example:
    unit: str
    text: str
    words: tuple[str, ...]


def near_twins(knowledge: Knowledge) -> Iterator[NearTwin]:
    """Each pair of examples of different topics or checks that differ in the order of words or one spelling only."""
    groups: dict[tuple[str, ...], list[_Example]] = defaultdict(list)
    for example in _examples(knowledge):
        # Two rows of words that differ in one word at most are alike once that word is left out of each.
        for place in range(len(example.words)):
            groups[(*example.words[:place], *example.words[place + 1 :])].append(example)
    told: set[tuple[str, str]] = set()
    for rest, alike in groups.items():
        for number, second in enumerate(alike):
            for first in alike[:number]:
                key = (first.text, second.text)
                how = _how(first, second, rest) if first.unit != second.unit and key not in told else None
                if how is not None:
                    told.add(key)
                    yield NearTwin(first.unit, first.text, second.unit, second.text, how)


def _examples(knowledge: Knowledge) -> Iterator[_Example]:
    kinds: tuple[Mapping[str, Topic | Check | Letter], ...] = (knowledge.topics, knowledge.checks, knowledge.letters)
    for units in kinds:
        for unit in units.values():
            for text in unit.examples:
                yield _Example(unit.id, text, tuple(sorted(fold(text).split())))


def _how(first: _Example, second: _Example, rest: tuple[str, ...]) -> str | None:
    if first.words == second.words:
        return "order"
    if len(first.words) < 2:
        return None
    one, other = _left_out(first.words, rest), _left_out(second.words, rest)
    if min(len(one), len(other)) < SHORTEST_WORD or one.isdecimal() or other.isdecimal():
        return None
    return "spelling" if OSA.distance(one, other, score_cutoff=1) <= 1 else None


def _left_out(words: tuple[str, ...], rest: tuple[str, ...]) -> str:
    """The one word of `words` that `rest`, which is sorted like it, does not hold."""
    return next((word for word, kept in zip(words, rest, strict=False) if word != kept), words[-1])
