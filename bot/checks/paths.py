"""Every way through the checks, for tests and for authors: paths of one check, and all that jumping can lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.checks.engine import Answer, Asking, Position, Reached, answer_with, offered, walk
from bot.knowledge import Check


def paths(checks: Mapping[str, Check], start: str) -> Iterator[tuple[tuple[Answer, ...], Position]]:
    """Every path of the check `start`, each to its outcome or to the first question of the check it jumps to."""
    waiting: list[tuple[Answer, ...]] = [()]
    while waiting:
        answers = waiting.pop()
        position = walk(checks, start, answers)
        if isinstance(position, Reached) or position.check.id != start:
            yield answers, position
            continue
        waiting.extend((*answers, answer_with(position, option)) for option in reversed(offered(position)))


@dataclass(frozen=True)
class Survey:
    """What can be met when the checks jump to one another: how many situations, and the deepest return stack."""

    situations: int
    outcomes: frozenset[tuple[str, str]]
    deepest: int


def survey(checks: Mapping[str, Check], start: str) -> Survey:
    """Visits every situation (place and return stack) that a walk from `start` can come to.

    A walk is finite because a check is not entered twice and a jump is not taken twice; the survey is finite because
    a situation is visited once.
    """
    seen: dict[tuple[object, ...], tuple[Answer, ...]] = {}
    outcomes: set[tuple[str, str]] = set()
    waiting: list[tuple[Answer, ...]] = [()]
    deepest = 0
    while waiting:
        answers = waiting.pop()
        position = walk(checks, start, answers)
        key = (position.place, position.returns)
        if key in seen:
            continue
        seen[key] = answers
        deepest = max(deepest, len(position.returns))
        if isinstance(position, Asking):
            waiting.extend((*answers, answer_with(position, option)) for option in offered(position))
        else:
            outcomes.add((position.check.id, position.outcome.id))
    return Survey(len(seen), frozenset(outcomes), deepest)
