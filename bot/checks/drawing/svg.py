"""A drawing as SVG text: text stays text, no script, no style sheet, no font and no address of anything outside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from xml.etree import ElementTree

from bot.checks.drawing.layout import Chart, chart
from bot.checks.drawing.shapes import Box, Look, Node, Stroke, Text
from bot.checks.drawing.top import description, said_of
from bot.checks.drawing.way import way_through
from bot.checks.engine import Answer
from bot.knowledge import Check

FONTS = "Arimo, Arial, 'Liberation Sans', Helvetica, sans-serif"
"""Fonts whose letters are as wide as those measured. In any other font, textLength keeps each line to its width."""


def draw(check: Check, checks_titles: Mapping[str, str], walked: Sequence[Answer] = ()) -> str:
    """`check` as a flowchart: one SVG document, 360 units wide and as high as it needs, in British English.

    `checks_titles` gives the title of each check that can be jumped to, by its id. `walked` is a way through checks:
    what of it lies in this check is highlighted, in words as well. The same check and way give the same text.
    Raises CheckError for a title that is missing, or an answer that the check does not have.
    """
    return _document(chart(check, checks_titles, walked), check.id)


def describe(check: Check, walked: Sequence[Answer] = ()) -> str:
    """What the flowchart shows, in words: the same that a screen reader is told of the drawing. Raises CheckError."""
    return description(check, said_of(check, way_through(check, walked)))


def _document(drawn: Chart, name: str) -> str:
    sheet = drawn.sheet.box
    title, description = f"{name}-title", f"{name}-description"
    root = ElementTree.Element("svg", {
        "xmlns": "http://www.w3.org/2000/svg", "role": "img", "aria-labelledby": f"{title} {description}",
        "xml:lang": "en-GB", "lang": "en-GB", "width": _number(sheet.width), "height": _number(sheet.height),
        "viewBox": f"0 0 {_number(sheet.width)} {_number(sheet.height)}", "font-family": FONTS,
    })  # fmt: skip
    ElementTree.SubElement(root, "title", id=title).text = drawn.title
    ElementTree.SubElement(root, "desc", id=description).text = drawn.description
    root.append(_group(drawn.sheet, name))
    ElementTree.indent(root, space="")
    return ElementTree.tostring(root, encoding="unicode") + "\n"


def _group(node: Node, name: str) -> ElementTree.Element:
    group = ElementTree.Element("g", id=f"{name}.{node.name}")
    group.extend(_painted(node.box, node.look))
    group.extend(_stroke(stroke) for stroke in node.strokes)
    group.extend(_text(text) for text in node.texts)
    group.extend(_group(inner, name) for inner in node.nodes)
    return group


def _painted(box: Box, look: Look) -> Iterator[ElementTree.Element]:
    if look.fill == look.border == "none":
        return
    painted = {
        "x": _number(box.left), "y": _number(box.top), "width": _number(box.width), "height": _number(box.height),
        "rx": _number(look.radius), "fill": look.fill,
    }  # fmt: skip
    if look.border != "none":
        painted |= {"stroke": look.border, "stroke-width": _number(look.thickness)}
    if look.dashes:
        painted["stroke-dasharray"] = look.dashes
    yield ElementTree.Element("rect", painted)


def _stroke(stroke: Stroke) -> ElementTree.Element:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in stroke.points)
    if stroke.closed:
        return ElementTree.Element("polygon", points=points, fill=stroke.colour)
    return ElementTree.Element("polyline", {
        "points": points, "fill": "none", "stroke": stroke.colour, "stroke-width": _number(stroke.thickness),
        "stroke-linejoin": "round",
    })  # fmt: skip


def _text(text: Text) -> ElementTree.Element:
    element = ElementTree.Element("text", {
        "x": _number(text.left), "y": _number(text.baseline), "font-size": _number(text.type.size),
        "fill": text.type.colour, "textLength": _number(text.box.width), "lengthAdjust": "spacingAndGlyphs",
    })  # fmt: skip
    if text.type.weight == "bold":
        element.set("font-weight", "bold")
    element.text = text.words
    return element


def _number(value: float) -> str:
    """A length to a hundredth, written in the shortest way."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
