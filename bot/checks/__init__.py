"""The engine that walks a check: pure, (check, answers) -> question or outcome. Knows knowledge and nothing else."""

from bot.checks.engine import (
    ADVICE_CHECK,
    HARM_NOW,
    RETURN,
    Answer,
    Asking,
    CheckError,
    Place,
    Position,
    Reached,
    answer_with,
    offered,
    walk,
)
from bot.checks.paths import Survey, paths, survey
from bot.checks.scripted import parse_answers

__all__ = [
    "ADVICE_CHECK", "HARM_NOW", "RETURN", "Answer", "Asking", "CheckError", "Place", "Position", "Reached", "Survey",
    "answer_with", "offered", "parse_answers", "paths", "survey", "walk",
]  # fmt: skip
