"""The result of a quiz: the score, and in words how well certainty matched it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.conversation import learning_lessons, learning_steps
from bot.conversation import learning_words as words
from bot.conversation.learning_steps import now, opens, reply, state
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, notice
from bot.training import Band, Certainty, missed, quiz_from, score

FEWEST_FOR_CALIBRATION = 3
"""Answers of one certainty from which something is said about it."""

_SURE_HOLDS_FROM = 0.8
"""The share of right answers below which sureness is said to be too much."""

_GUESS_KNOWS_FROM = 0.6
"""The share of right guesses above which somebody is said to know more than they think."""

_BANDS = {
    Certainty.SURE: words.BAND_SURE, Certainty.FAIRLY: words.BAND_FAIRLY, Certainty.GUESSING: words.BAND_GUESSING,
}  # fmt: skip


def show(turn: Turn) -> Reply:
    """The score, and how well certainty matched it."""
    place, quiz = state(turn), quiz_from(state(turn).quiz)
    found = score(quiz)
    if not found.of:
        return reply("score", notice(words.SCORE_NONE, words.SCORE_TITLE), offer=(learning_steps.HOME,))
    told = f"{words.SCORE.format(right=found.right, total=found.of)}\n\n{words.QUIZ_NEVER_LOCKED}"
    offer: list[Button] = []
    if missed(quiz).keys:
        offer.append(now(turn, "Repeat what I missed", "again"))
    if place.day is not None:
        offer.insert(0, now(turn, "Go on with the first day", "next"))
    elif place.lesson and (following := learning_lessons.after_lesson(turn)) is not None:
        offer.append(following)
    if place.module and place.day is None:
        offer.append(opens("Back to the module", "module", place.module))
    return reply(
        "score", Part(told, "plain", words.SCORE_TITLE), calibration(found.bands),
        offer=(*offer, learning_steps.PROGRESS, learning_steps.HOME, learning_steps.LEAVE),
    )  # fmt: skip


def calibration(bands: Iterable[Band]) -> Part | None:
    """How well certainty matched the answers, in words; None where nothing was answered."""
    given = tuple(band for band in bands if band.answered)
    lines = [_BANDS[band.certainty].format(right=band.right, total=band.answered) for band in given]
    text = f"{learning_steps.bullets(lines)}\n\n{_calibration(given)}"
    return Part(text, "plain", words.CALIBRATION_TITLE) if given else None


def _calibration(bands: tuple[Band, ...]) -> str:
    """What the bands say in one sentence: sure and often wrong, guessed and often right, or neither."""
    enough = {band.certainty: band.share for band in bands if band.answered >= FEWEST_FOR_CALIBRATION}
    sure, guessed = enough.get(Certainty.SURE), enough.get(Certainty.GUESSING)
    if sure is not None and sure < _SURE_HOLDS_FROM:
        return words.CALIBRATION_OVER
    if guessed is not None and guessed > _GUESS_KNOWS_FROM:
        return words.CALIBRATION_UNDER
    return words.CALIBRATION_FITS if enough else words.CALIBRATION_FEW
