"""Answers written on a command line: `purpose=yes,identifiable=not-sure`."""

from __future__ import annotations

from collections.abc import Mapping

from bot.checks.engine import Answer, CheckError, answer_with, walk
from bot.knowledge import Check


def parse_answers(checks: Mapping[str, Check], start: str, text: str) -> tuple[Answer, ...]:
    """The answers of `text`, each checked against the question that is asked when its turn comes.

    A question may be written with its check (`gillick-competence/age=under-12`) or without.
    Raises CheckError naming the first answer that is wrong and what could stand there.
    """
    answers: list[Answer] = []
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        name, equals, option = part.partition("=")
        position = walk(checks, start, answers)
        if not equals:
            raise CheckError(f"'{part}' is not an answer.", "Write question=option, with commas between.")
        if name.strip() not in (position.place.question, str(position.place)):
            raise CheckError(f"'{name}' is not asked here.", f"Answer {position.place} next.")
        answers.append(answer_with(position, option.strip()))
    return tuple(answers)
