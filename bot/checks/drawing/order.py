"""In which order a drawing shows the questions of a check."""

from __future__ import annotations

from collections.abc import Mapping

from bot.knowledge import Check, Question


def in_order(check: Check) -> tuple[Question, ...]:
    """The questions, each above all that it leads to. Where that leaves a choice, the order of the file decides."""
    waiting = list(check.questions)
    placed: list[Question] = []
    while waiting:
        led_to = {option.leads for question in waiting for option in question.options}
        following = next((question for question in waiting if question.id not in led_to), waiting[0])
        waiting.remove(following)
        placed.append(following)
    return tuple(placed)


def numbers(check: Check) -> Mapping[str, int]:
    """The number of each question, by its id, from 1."""
    return {question.id: number for number, question in enumerate(in_order(check), start=1)}
