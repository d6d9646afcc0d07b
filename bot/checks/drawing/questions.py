"""A question as a box: its number and words, and beneath them a row for each answer."""

from __future__ import annotations

from dataclasses import replace

from bot.checks.drawing import palette
from bot.checks.drawing.metrics import width_of, wrap
from bot.checks.drawing.shapes import Box, Node, Text, arrow_right, centred, lines_of, tick
from bot.checks.drawing.targets import Targets
from bot.checks.drawing.way import Way
from bot.knowledge import Option, Question

PADDING = 10.0
DISC = 26.0
WIDEST_LABEL = 108.0
"""The width of an answer's words. Longer ones wrap; where all are shorter, what they lead to has the room."""

ARROW = 26.0
ROW_PADDING = 4.0
ROW_SIDE = 7.0
ROW_OUTSIDE = 6.0
"""How far a row stands off the border of its question: the same is left free on both sides."""

ROW_GAP = 4.0
TICK = 18.0

CAME_THIS_WAY = "You came this way"
HERE = "You are here"
LEFT_FOR_HARM = "You came this way: see the red box at the top"


def question_node(question: Question, number: int, room: Box, targets: Targets, way: Way) -> Node:
    """The box of `question`, as wide as `room` and beginning at its top; its height is what it needs."""
    walked = question.id in way.asked or question.id == way.here
    left, width = room.left + PADDING, room.width - 2 * PADDING
    here = _here(question, left, room.top + PADDING) if question.id == way.here else ()
    head_top = here[0].box.bottom + PADDING / 2 if here else room.top + PADDING
    disc = _disc(question, number, left, head_top, walked)
    asks = _asks(question, disc, left + width)
    bottom = max(disc.box.bottom, asks[-1].box.bottom) + PADDING / 2
    rows = _rows(question, _inside(room, bottom), targets, way)
    bottom = rows[-1].box.bottom
    if question.id in way.harm_at:
        remark = _inside(room, bottom + ROW_GAP)
        rows = (*rows, remark_node(f"left.{question.id}", LEFT_FOR_HARM, remark))
        bottom = rows[-1].box.bottom
    whole = Box(room.left, room.top, room.width, bottom + ROW_PADDING - room.top)
    look = palette.QUESTION_WALKED if walked else palette.QUESTION
    return Node(f"question.{question.id}", whole, look, asks, (), (*here, disc, *rows))


def remark_node(name: str, words: str, room: Box) -> Node:
    """What is said of the way walked, with a tick, in a box as wide as `room`."""
    kind = palette.WALKED
    lines = wrap(words, room.width - 2 * PADDING - TICK, kind.size, kind.weight)
    top, left = room.top + PADDING - 2, room.left + PADDING
    whole = Box(room.left, room.top, room.width, len(lines) * kind.line + 2 * (PADDING - 2))
    mark = tick(left, top + kind.line / 2, palette.INK)
    return Node(name, whole, palette.WAY, lines_of(lines, left + TICK, top, kind), (mark,))


def _rows(question: Question, room: Box, targets: Targets, way: Way) -> tuple[Node, ...]:
    kind = palette.STRONG
    labels = [width_of(option.text, kind.size, kind.weight) for option in question.options]
    label_width = min(max(labels), WIDEST_LABEL)
    rows: list[Node] = []
    for option in question.options:
        top = rows[-1].box.bottom + ROW_GAP if rows else room.top
        remark = CAME_THIS_WAY if (question.id, option.id) in way.chosen else ""
        row = Box(room.left, top, room.width, 0)
        rows.append(_row(question, option, row, label_width, targets, remark))
    return tuple(rows)


def _inside(room: Box, top: float) -> Box:
    return Box(room.left + ROW_OUTSIDE, top, room.width - 2 * ROW_OUTSIDE, 0)


def _here(question: Question, left: float, top: float) -> tuple[Node]:
    kind = palette.HERE_TEXT
    box = Box(left, top, width_of(HERE, kind.size, kind.weight) + 2 * PADDING, kind.line + 4)
    return (Node(f"here.{question.id}", box, palette.HERE, centred((HERE,), box, kind)),)


def _disc(question: Question, number: int, left: float, top: float, walked: bool) -> Node:
    box = Box(left, top, DISC, DISC)
    look = palette.NUMBER_DISC_WALKED if walked else palette.NUMBER_DISC
    return Node(f"number.{question.id}", box, look, centred((str(number),), box, palette.NUMBER))


def _asks(question: Question, disc: Node, right: float) -> tuple[Text, ...]:
    kind = palette.ASKED
    left = disc.box.right + PADDING
    lines = wrap(question.asks, right - left, kind.size, kind.weight)
    return lines_of(lines, left, disc.box.top + (DISC - kind.line) / 2, kind)


def _row(question: Question, option: Option, room: Box, label_width: float, targets: Targets, remark: str) -> Node:
    """The row of an answer: its words, an arrow, and where it leads. `remark` is written beneath, with a tick."""
    name = f"{question.id}.{option.id}"
    left, top, right = room.left + ROW_SIDE, room.top + ROW_PADDING, room.right - ROW_SIDE
    target_left = left + label_width + ARROW
    target = targets.node(f"target.{name}", option.leads, target_left, top, right - target_left)
    kind = palette.STRONG if remark else palette.BODY
    label = wrap(option.text, label_width, kind.size, kind.weight)
    height = max(target.box.height, len(label) * kind.line)
    target = _moved(target, (height - target.box.height) / 2)
    texts = lines_of(label, left, top + (height - len(label) * kind.line) / 2, kind)
    thickness = palette.THICK if remark else 1.25
    strokes = arrow_right(left + label_width + 6, target_left - 3, top + height / 2, palette.INK, thickness)
    bottom = top + height + ROW_PADDING
    if remark:
        texts += lines_of((remark,), left + TICK, bottom, palette.WALKED)
        strokes = (*strokes, tick(left, bottom + palette.WALKED.line / 2, palette.INK))
        bottom += palette.WALKED.line + ROW_PADDING
    look = palette.ROW_WALKED if remark else palette.ROW
    return Node(
        f"answer.{name}", Box(room.left, room.top, room.width, bottom - room.top), look, texts, strokes, (target,)
    )


def _moved(node: Node, down: float) -> Node:
    """`node`, which holds texts only, a bit further down."""
    texts = tuple(replace(text, baseline=text.baseline + down) for text in node.texts)
    return replace(node, box=replace(node.box, top=node.box.top + down), texts=texts)
