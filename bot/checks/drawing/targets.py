"""Where an answer leads, as a box: to another question, to an end, or to another check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.checks.drawing import palette
from bot.checks.drawing.metrics import width_of, wrap
from bot.checks.drawing.shapes import Box, Node, lines_of
from bot.checks.engine import CheckError
from bot.knowledge import Check, Outcome

PADDING = 8.0
PILL_PADDING = 14.0
BETWEEN_MARKS = " · "

URGENCY_WORDS = {
    "now": "Now",
    "same-day": "Today",
    "within-3-working-days": "Within 3 working days",
    "routine": "",
}
APPROVAL_WORDS = "Needs approval"


@dataclass(frozen=True)
class Targets:
    """Draws where the answers of `check` lead. `numbers` are those of its questions, `titles` those of all checks."""

    check: Check
    numbers: Mapping[str, int]
    titles: Mapping[str, str]

    def node(self, name: str, leads: str, left: float, top: float, width: float) -> Node:
        """The box of what `leads` leads to, `width` wide at most. Raises CheckError for an unknown check."""
        kind, _, target = leads.rpartition(":")
        if kind == "check":
            return self._check(name, target, left, top, width)
        if kind == "outcome":
            outcome = self.check.outcome(target)
            assert outcome is not None  # the loader refuses a lead to an outcome that is not there
            return end_node(name, outcome, left, top, width)
        return _go_to(name, self.numbers[target], left, top)

    def _check(self, name: str, target: str, left: float, top: float, width: float) -> Node:
        title = self.titles.get(target)
        if title is None:
            raise CheckError(f"The title of the check '{target}' is missing.", "Give the titles of all checks.")
        kind = palette.STRONG
        lines = wrap(f"Check: {title}", width - 2 * PADDING, kind.size, kind.weight)
        box = Box(left, top, width, len(lines) * kind.line + PADDING)
        return Node(name, box, palette.CHECK, lines_of(lines, left + PADDING, top + PADDING / 2, kind))


def end_node(name: str, outcome: Outcome, left: float, top: float, width: float) -> Node:
    """The end `outcome`: its title, and in words that it is an end, how soon, and whether it needs approval."""
    urgent = outcome.urgency == "now"
    title, mark = (palette.ON_ALARM, palette.ON_ALARM_MARK) if urgent else (palette.STRONG, palette.MARK)
    inner = width - 2 * PADDING
    titles = wrap(outcome.title, inner, title.size, title.weight)
    marks = _marks(outcome, inner)
    height = PADDING + len(titles) * title.line + len(marks) * mark.line
    texts = (
        *lines_of(titles, left + PADDING, top + PADDING / 2, title),
        *lines_of(marks, left + PADDING, top + PADDING / 2 + len(titles) * title.line, mark),
    )
    return Node(name, Box(left, top, width, height), palette.ENDS[outcome.urgency], texts)


def marks_of(outcome: Outcome) -> tuple[str, ...]:
    """What the box of an end says beneath its title."""
    words = ("End", URGENCY_WORDS[outcome.urgency], APPROVAL_WORDS if outcome.approval else "")
    return tuple(filter(None, words))


def _marks(outcome: Outcome, width: float) -> tuple[str, ...]:
    """The marks on as few lines as they need, each whole on its line."""
    lines: list[str] = []
    for mark in marks_of(outcome):
        joined = f"{lines[-1]}{BETWEEN_MARKS}{mark}" if lines else mark
        if lines and width_of(joined, palette.MARK.size, palette.MARK.weight) <= width:
            lines[-1] = joined
        else:
            lines.append(mark)
    return tuple(lines)


def _go_to(name: str, number: int, left: float, top: float) -> Node:
    kind = palette.GO
    words = f"Go to {number}"
    box = Box(left, top, width_of(words, kind.size, kind.weight) + 2 * PILL_PADDING, kind.line + PADDING)
    look = replace(palette.GO_TO, radius=box.height / 2)
    return Node(name, box, look, lines_of((words,), left + PILL_PADDING, top + PADDING / 2, kind))
