"""What stands above the questions of a drawing: its title, the way walked in words, and the way out at every step."""

from __future__ import annotations

from bot.checks.drawing import palette
from bot.checks.drawing.metrics import width_of, wrap
from bot.checks.drawing.order import numbers
from bot.checks.drawing.questions import CAME_THIS_WAY, HERE, remark_node
from bot.checks.drawing.shapes import Box, Node, Type, centred, lines_of
from bot.checks.drawing.targets import end_node, marks_of
from bot.checks.drawing.way import Way
from bot.knowledge import Check

PADDING = 10.0
GAP = 8.0
HOW_TO = "Start at 1 and follow your answers. An end tells you what to do. A check leads on to other questions."
START = "Start"
HARM_TITLE = "At every step: someone may be harmed"


def paragraph(name: str, words: str, box: Box, kind: Type) -> Node:
    """`words`, wrapped to the width of `box` and beginning at its top."""
    lines = wrap(words, box.width, kind.size, kind.weight)
    return Node(
        name, Box(box.left, box.top, box.width, len(lines) * kind.line), palette.CLEAR,
        lines_of(lines, box.left, box.top, kind),
    )  # fmt: skip


def said_of(check: Check, way: Way) -> str:
    """The way in words, by the numbers of the questions; empty where nothing was walked."""
    if not way.asked:
        return ""
    number = numbers(check)
    steps = ", ".join(str(number[question]) for question in way.asked)
    harm = "".join(f" At {number[question]} you feared harm." for question in way.harm_at)
    here = f" {HERE}: {number[way.here]}." if way.here is not None else ""
    return f"{CAME_THIS_WAY}: {steps}.{harm}{here}"


def harm_words(check: Check) -> str:
    return f"Choose this if {check.harm.when}."


def harm_node(check: Check, box: Box, way: Way) -> Node:
    """The way out that every question has, shown once: to the outcome which tells how to act now."""
    outcome = check.outcome(check.harm.leads)
    assert outcome is not None  # the loader refuses a lead to an outcome that is not there
    inner = Box(box.left + PADDING, box.top + PADDING, box.width - 2 * PADDING, 0)
    title = paragraph("harm.title", HARM_TITLE, inner, palette.HARM)
    words = paragraph("harm.when", harm_words(check), _below(title, inner, 2), palette.BODY)
    end = end_node("harm.end", outcome, inner.left, words.box.bottom + GAP, inner.width)
    nodes = [title, words, end]
    if way.harm_at:
        nodes.append(_harm_walked(check, way, _below(end, inner, GAP)))
    whole = Box(box.left, box.top, box.width, nodes[-1].box.bottom + PADDING - box.top)
    look = palette.HARM_BOX_WALKED if way.harm_at else palette.HARM_BOX
    return Node("harm", whole, look, (), (), tuple(nodes))


def _harm_walked(check: Check, way: Way, box: Box) -> Node:
    number = numbers(check)
    steps = ", ".join(str(number[question]) for question in way.harm_at)
    return remark_node("harm.walked", f"{CAME_THIS_WAY}, from {steps}", box)


def _below(node: Node, box: Box, gap: float) -> Box:
    return Box(box.left, node.box.bottom + gap, box.width, 0)


def start_node(box: Box) -> Node:
    """The mark above the first question."""
    kind = palette.HERE_TEXT
    whole = Box(box.left, box.top, width_of(START, kind.size, kind.weight) + 2 * PADDING, kind.line + 4)
    return Node("start", whole, palette.START, centred((START,), whole, kind))


def description(check: Check, said: str) -> str:
    """What a screen reader is told of the whole drawing."""
    outcome = check.outcome(check.harm.leads)
    assert outcome is not None  # as above
    harm = f"{HARM_TITLE}. That leads to: {outcome.title} ({', '.join(marks_of(outcome))})."
    return " ".join(filter(None, (check.purpose, f"Questions: {len(check.questions)}.", harm, said)))
