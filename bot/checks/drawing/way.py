"""The way that somebody walked through one check, as its drawing shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checks.engine import HARM_NOW, RETURN, Answer, CheckError
from bot.knowledge import Check


@dataclass(frozen=True)
class Way:
    """What was answered in one check. A question that was come back to may have two answers: both were walked.

    `asked` holds the ids of the questions in the order of their answers, `harm_at` those at which harm was feared,
    and `here` the question that waits for an answer where the last answer led to one.
    """

    asked: tuple[str, ...] = ()
    chosen: frozenset[tuple[str, str]] = frozenset()
    harm_at: tuple[str, ...] = ()
    here: str | None = None


def way_through(check: Check, walked: Sequence[Answer]) -> Way:
    """The part of `walked` that lies in `check`; answers of other checks are passed over.

    Raises CheckError for an answer that the check does not have.
    """
    ours = [answer for answer in walked if answer.place.check == check.id and answer.option != RETURN]
    for answer in ours:
        _must_exist(check, answer)
    asked = tuple(dict.fromkeys(answer.place.question for answer in ours))
    harm_at = tuple(answer.place.question for answer in ours if answer.option == HARM_NOW)
    chosen = frozenset((answer.place.question, answer.option) for answer in ours if answer.option != HARM_NOW)
    here = _led_to(check, walked[-1]) if ours and walked[-1] is ours[-1] else None
    return Way(asked, chosen, harm_at, here)


def _must_exist(check: Check, answer: Answer) -> None:
    question = check.question(answer.place.question)
    if question is None or (answer.option != HARM_NOW and question.option(answer.option) is None):
        raise CheckError(
            f"The check '{check.id}' has no answer '{answer.option}' at {answer.place}.",
            "Walk the check again: its questions may have changed since.",
        )


def _led_to(check: Check, answer: Answer) -> str | None:
    question = check.question(answer.place.question)
    option = question.option(answer.option) if question is not None else None
    return option.leads if option is not None and check.question(option.leads) is not None else None
