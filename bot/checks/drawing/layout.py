"""Where everything of a drawing stands: one column, a phone's screen wide, to be followed with a thumb."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.checks.drawing import palette
from bot.checks.drawing.order import in_order, numbers
from bot.checks.drawing.questions import question_node, remark_node
from bot.checks.drawing.shapes import Box, Node, Stroke, arrow_down
from bot.checks.drawing.targets import Targets
from bot.checks.drawing.top import HOW_TO, description, harm_node, paragraph, said_of, start_node
from bot.checks.drawing.way import Way, way_through
from bot.checks.engine import Answer
from bot.knowledge import Check, Question

WIDTH = 360.0
MARGIN = 12.0
GAP = 12.0
STEP = 26.0
"""The room above a question, where the arrow from the one before stands."""

ARROW_LEFT = 35.0
DECIDE = "This chart guides you. The decision is yours."


@dataclass(frozen=True)
class Chart:
    """A drawing before it is written as SVG: the sheet with all that stands on it, and what is read out of it."""

    sheet: Node
    title: str
    description: str


def chart(check: Check, checks_titles: Mapping[str, str], walked: Sequence[Answer] = ()) -> Chart:
    """The drawing of `check`, with the way `walked` through it. Raises CheckError as `draw` does."""
    way = way_through(check, walked)
    said = said_of(check, way)
    nodes = _top(check, way, said)
    questions = in_order(check)
    targets = Targets(check, numbers(check), checks_titles)
    strokes: list[Stroke] = []
    for before, question in zip((None, *questions), questions, strict=False):
        room = _below(nodes[-1], STEP)
        strokes += _arrow(before, question, room.top, way)
        nodes.append(question_node(question, targets.numbers[question.id], room, targets, way))
    nodes.append(paragraph("foot", DECIDE, _below(nodes[-1], GAP), palette.NOTE))
    sheet = Box(0, 0, WIDTH, float(round(nodes[-1].box.bottom + MARGIN)))
    drawn = Node("sheet", sheet, palette.SHEET, (), tuple(strokes), tuple(nodes))
    return Chart(drawn, f"Flowchart: {check.title}", description(check, said))


def _below(node: Node, gap: float) -> Box:
    return Box(MARGIN, node.box.bottom + gap, WIDTH - 2 * MARGIN, 0)


def _top(check: Check, way: Way, said: str) -> list[Node]:
    nodes = [paragraph("title", check.title, Box(MARGIN, MARGIN, WIDTH - 2 * MARGIN, 0), palette.TITLE)]
    nodes.append(paragraph("how-to", HOW_TO, _below(nodes[-1], GAP / 3), palette.NOTE))
    if said:
        nodes.append(remark_node("way", said, _below(nodes[-1], GAP)))
    nodes.append(harm_node(check, _below(nodes[-1], GAP), way))
    return [*nodes, start_node(_below(nodes[-1], GAP))]


def _arrow(before: Question | None, question: Question, top: float, way: Way) -> tuple[Stroke, ...]:
    """The arrow into `question` from the one above it, where an answer of that one leads there."""
    leading = [] if before is None else [option.id for option in before.options if option.leads == question.id]
    if before is not None and not leading:
        return ()
    walked = before is not None and any((before.id, option) in way.chosen for option in leading)
    return arrow_down(ARROW_LEFT, top - STEP + 3, top - 3, palette.INK, palette.THICK if walked else 1.5)
