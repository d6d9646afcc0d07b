"""The engine that walks a check: pure, (check, answers) -> question or outcome; and its drawing as a flowchart.
Knows knowledge and nothing else."""

from bot.checks.drawing import DrawingError, as_png, draw
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
    "ADVICE_CHECK", "HARM_NOW", "RETURN", "Answer", "Asking", "CheckError", "DrawingError", "Place", "Position",
    "Reached", "Survey", "answer_with", "as_png", "draw", "offered", "parse_answers", "paths", "survey", "walk",
]  # fmt: skip
