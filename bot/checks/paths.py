"""Every way through the checks, for tests and for authors: paths of one check, and all that jumping can lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.checks.engine import Answer, Position, Reached, answer_with, offered, step, walk
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

    Each jump is tried as one that is taken for the first time and as one that was taken before, wherever it stands, so
    a situation is met whatever led to it. The survey ends because no check is under way twice, so there are only so
    many return stacks, and each situation is visited once.
    """
    seen: set[tuple[object, ...]] = set()
    outcomes: set[tuple[str, str]] = set()
    waiting: list[Position] = [walk(checks, start)]
    deepest = 0
    while waiting:
        position = waiting.pop()
        key = (type(position), position.place, position.returns)  # an outcome may share its id with a question
        if key in seen:
            continue
        seen.add(key)
        deepest = max(deepest, len(position.returns))
        if isinstance(position, Reached):
            outcomes.add((position.check.id, position.outcome.id))
        for option in offered(position):
            answer = answer_with(position, option)
            taken: set[Answer] = set()
            waiting.append(step(checks, position, answer, taken))
            if taken:  # it was a jump, and may lead elsewhere the second time
                waiting.append(step(checks, position, answer, taken))
    return Survey(len(seen), frozenset(outcomes), deepest)
