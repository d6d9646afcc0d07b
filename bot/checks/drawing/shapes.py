"""What a drawing is made of. Lengths are in drawing units: a drawing is 360 wide, as a phone's screen is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.checks.drawing.metrics import LINE_HEIGHT, width_of


@dataclass(frozen=True)
class Look:
    """How a box is painted. Colours are written #rrggbb, or `none`."""

    fill: str = "none"
    border: str = "none"
    thickness: float = 1.0
    radius: float = 8.0
    dashes: str = ""


@dataclass(frozen=True)
class Box:
    """A rectangle: its left and upper edge, and its size."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height


@dataclass(frozen=True)
class Type:
    """How a text is set. `weight` is `regular` or `bold`."""

    size: float
    weight: str
    colour: str

    @property
    def line(self) -> float:
        return self.size * LINE_HEIGHT


@dataclass(frozen=True)
class Text:
    """One line of text. `baseline` is the height on which its letters stand."""

    words: str
    left: float
    baseline: float
    type: Type

    @property
    def box(self) -> Box:
        """The room that the line takes."""
        top = self.baseline - self.type.size
        return Box(self.left, top, width_of(self.words, self.type.size, self.type.weight), self.type.line)


@dataclass(frozen=True)
class Stroke:
    """A line through points: part of an arrow, or a tick. A closed one is filled."""

    points: tuple[tuple[float, float], ...]
    colour: str
    thickness: float
    closed: bool = False


@dataclass(frozen=True)
class Node:
    """A box of the drawing with all that stands in it. `name` tells what it draws, and is unique in a drawing."""

    name: str
    box: Box
    look: Look
    texts: tuple[Text, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    nodes: tuple[Node, ...] = ()


def lines_of(words: tuple[str, ...], left: float, top: float, kind: Type) -> tuple[Text, ...]:
    """The lines `words`, one beneath the other from `top`."""
    return tuple(Text(line, left, top + index * kind.line + kind.size, kind) for index, line in enumerate(words))


def centred(words: tuple[str, ...], box: Box, kind: Type) -> tuple[Text, ...]:
    """The lines `words` in the middle of `box`, both ways."""
    top = box.top + (box.height - len(words) * kind.line) / 2
    return tuple(
        text
        for index, line in enumerate(words)
        for text in lines_of(
            (line,), box.left + (box.width - width_of(line, kind.size, kind.weight)) / 2, top + index * kind.line, kind
        )
    )


def arrow_down(x: float, top: float, bottom: float, colour: str, thickness: float) -> tuple[Stroke, ...]:
    """An arrow that points down, from `top` to `bottom`."""
    head = 5.0
    return (
        Stroke(((x, top), (x, bottom - head)), colour, thickness),
        Stroke(((x - head, bottom - head * 1.4), (x + head, bottom - head * 1.4), (x, bottom)), colour, 0, closed=True),
    )


def arrow_right(left: float, right: float, y: float, colour: str, thickness: float) -> tuple[Stroke, ...]:
    """An arrow that points right, from `left` to `right`."""
    head = 4.0
    return (
        Stroke(((left, y), (right - head, y)), colour, thickness),
        Stroke(((right - head * 1.5, y - head), (right - head * 1.5, y + head), (right, y)), colour, 0, closed=True),
    )


def tick(left: float, middle: float, colour: str) -> Stroke:
    """A tick, 12 units wide, at the height `middle`."""
    return Stroke(((left, middle), (left + 4.5, middle + 4.5), (left + 12, middle - 5.5)), colour, 2.5)
