"""When a question that was missed comes again: one scheduler (FSRS-6), the same for the same answers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache

from fsrs import Card, Rating, Scheduler, State

from bot.training.quiz import Certainty, Mark

LONGEST_DAYS = 180
"""A question that is known this well comes twice a year."""


@dataclass(frozen=True)
class Repetition:
    """What is remembered of a missed question: how well it is known, and the day on which it comes again.

    `stability` is in days, `difficulty` from 1 to 10, as FSRS means them.
    """

    key: str
    stability: float
    difficulty: float
    reviewed: date
    due: date


def rating_of(mark: Mark) -> Rating:
    """What an answer tells of memory: a wrong one, a lucky guess, a fairly sure and a sure one."""
    if not mark.right:
        return Rating.Again
    return {Certainty.GUESSING: Rating.Hard, Certainty.FAIRLY: Rating.Good, Certainty.SURE: Rating.Easy}[mark.certainty]


def repeated(earlier: Repetition | None, mark: Mark, today: date) -> Repetition | None:
    """When the question comes again after `mark`. None for one that was never missed: it needs no repetition."""
    if earlier is None and not mark.missed:
        return None
    card, _ = _scheduler().review_card(_card(earlier, today), rating_of(mark), _moment(today))
    assert card.stability is not None and card.difficulty is not None  # a reviewed card has both
    return Repetition(mark.key, card.stability, card.difficulty, today, card.due.date())


@cache
def _scheduler() -> Scheduler:
    # Without steps of minutes, and without chance: people come back on another day, and a test can say on which.
    return Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False)


def _card(earlier: Repetition | None, today: date) -> Card:
    if earlier is None:
        return Card(card_id=0, due=_moment(today))
    return Card(
        card_id=0, state=State.Review, stability=earlier.stability, difficulty=earlier.difficulty,
        due=_moment(earlier.due), last_review=_moment(earlier.reviewed),
    )  # fmt: skip


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
