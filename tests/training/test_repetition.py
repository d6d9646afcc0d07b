"""Questions that were missed come again, later each time they are known, and on the same day for the same answers."""

from __future__ import annotations

from datetime import date, timedelta

from bot.training import Certainty, Mark
from bot.training.repetition import LONGEST_DAYS, Repetition, repeated

TODAY = date(2026, 11, 20)
WRONG = Mark("a/b", False, Certainty.SURE)
GUESSED = Mark("a/b", True, Certainty.GUESSING)
FAIRLY = Mark("a/b", True, Certainty.FAIRLY)
SURE = Mark("a/b", True, Certainty.SURE)


def after(*marks: Mark) -> Repetition:
    """What is planned after these answers, each given on the day on which the question came again."""
    planned: Repetition | None = None
    for mark in marks:
        planned = repeated(planned, mark, planned.due if planned else TODAY)
    assert planned is not None
    return planned


def gaps(*marks: Mark) -> list[int]:
    """The days from each answer to the next."""
    return [(after(*marks[:number]).due - after(*marks[:number]).reviewed).days for number in range(1, len(marks) + 1)]


def test_what_was_known_at_once_never_comes_again() -> None:
    assert repeated(None, SURE, TODAY) is None
    assert repeated(None, FAIRLY, TODAY) is None


def test_what_was_missed_comes_the_next_day() -> None:
    for missed in (WRONG, Mark("a/b", False, Certainty.GUESSING), GUESSED):
        planned = repeated(None, missed, TODAY)
        assert planned is not None
        assert TODAY < planned.due <= TODAY + timedelta(days=2)


def test_gaps_grow_while_it_is_known_and_shrink_when_it_is_not() -> None:
    known = gaps(WRONG, FAIRLY, SURE, SURE, SURE)
    assert known == sorted(known) and known[-1] > 10 * known[0]
    assert gaps(WRONG, FAIRLY, SURE, SURE, WRONG)[-1] < known[-2] / 2


def test_the_surer_a_right_answer_is_the_later_it_comes_again() -> None:
    guessed, fairly, sure = (gaps(WRONG, FAIRLY, mark)[-1] for mark in (GUESSED, FAIRLY, SURE))
    assert guessed <= fairly < sure


def test_the_same_answers_give_the_same_days() -> None:
    marks = (WRONG, GUESSED, FAIRLY, SURE, WRONG, SURE, SURE)
    assert after(*marks) == after(*marks)


def test_no_gap_is_longer_than_half_a_year() -> None:
    assert max(gaps(WRONG, *[SURE] * 9)) == LONGEST_DAYS
