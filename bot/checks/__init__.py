"""The engine that walks a check: pure, (check, answers) -> question or outcome; and its drawing as a flowchart.
Knows knowledge and nothing else."""

from bot.checks.drawing import DrawingError, Way, as_png, describe, draw, in_order, way_through
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
    "Reached", "Survey", "Way", "answer_with", "as_png", "describe", "draw", "in_order", "offered", "parse_answers",
    "paths", "survey", "walk", "way_through",
]  # fmt: skip
