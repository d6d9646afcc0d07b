"""Reads drawings back: the groups and words of an SVG, and the pixels of a PNG."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from bot.checks import HARM_NOW, Answer, Place
from bot.knowledge import Check

SVG = "{http://www.w3.org/2000/svg}"
CHECK_IDS = sorted(path.stem for path in (Path(__file__).parents[2] / "knowledge" / "checks").glob("*.yml"))


def titles(checks: Mapping[str, Check]) -> dict[str, str]:
    return {check.id: check.title for check in checks.values()}


@dataclass(frozen=True)
class Drawing:
    """A drawing of one check, read back from its SVG."""

    root: ElementTree.Element

    @property
    def groups(self) -> dict[str, ElementTree.Element]:
        """Every group by its name, which is its id without the check's."""
        found = [(group.get("id", "").partition(".")[2], group) for group in self.root.iter(f"{SVG}g")]
        assert len(dict(found)) == len(found), "a name stands twice"
        return dict(found)

    def names(self, kind: str) -> list[str]:
        """The names of the groups of a kind, such as `question`, in the order in which they stand."""
        return [name.removeprefix(f"{kind}.") for name in self.groups if name.startswith(f"{kind}.")]

    def words(self, name: str) -> str:
        """The words that stand in a group itself, not in those within it."""
        return " ".join(text.text or "" for text in self.groups[name].findall(f"{SVG}text"))

    def all_words(self) -> str:
        return " ".join(text.text or "" for text in self.root.iter(f"{SVG}text"))

    def border(self, name: str) -> float:
        """How thick the border of a group's box is; 0 where it has none."""
        box = self.groups[name].find(f"{SVG}rect")
        return 0.0 if box is None else float(box.get("stroke-width", "0"))


def read(svg: str) -> Drawing:
    return Drawing(ElementTree.fromstring(svg))


def every_answer(check: Check) -> tuple[Answer, ...]:
    """Each answer of each question, and harm at each: what makes a drawing as full as it can be."""
    return tuple(
        Answer(Place(check.id, question.id), option)
        for question in check.questions
        for option in (*(option.id for option in question.options), HARM_NOW)
    )


@dataclass(frozen=True)
class Picture:
    """A PNG of eight bits a channel. Each row holds its pixels as (red, green, blue)."""

    width: int
    height: int
    rows: Sequence[Sequence[tuple[int, ...]]]

    def columns_darker_than(self, limit: int) -> list[int]:
        """The columns in which some pixel has a red below `limit`."""
        return sorted({x for row in self.rows for x, pixel in enumerate(row) if pixel[0] < limit})


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def picture(png: bytes) -> Picture:
    width, height = size_of(png)
    depth, colour, _, _, interlaced = png[24:29]
    channels = {2: 3, 6: 4}[colour]
    assert (depth, interlaced) == (8, 0)
    data = zlib.decompress(b"".join(body for kind, body in _chunks(png) if kind == b"IDAT"))
    length = width * channels
    above = bytearray(length)
    rows = []
    for start in range(0, len(data), length + 1):
        line = _unfiltered(data[start], bytearray(data[start + 1 : start + 1 + length]), above, channels)
        rows.append([tuple(line[x : x + 3]) for x in range(0, length, channels)])
        above = line
    return Picture(width, height, rows)


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += 12 + length


def _unfiltered(kind: int, line: bytearray, above: bytearray, channels: int) -> bytearray:
    for index in range(len(line)):
        left = line[index - channels] if index >= channels else 0
        corner = above[index - channels] if index >= channels else 0
        up = above[index]
        guess = (0, left, up, (left + up) // 2, _nearest(left, up, corner))[kind]
        line[index] = (line[index] + guess) & 255
    return line


def _nearest(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda value: abs(estimate - value))
