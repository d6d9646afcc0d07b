"""How wide text is in the letters that drawings are set in, and where its lines break. Widths are in drawing units."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
LINE_HEIGHT = 1.3
"""The height of a line of text, as a multiple of the size of its letters."""


def width_of(text: str, size: float, weight: str) -> float:
    """The width of `text` at `size`, in the weight `regular` or `bold`. An unknown letter counts as a whole em."""
    units, widths = _table(weight)
    return sum(widths.get(letter, units) for letter in text) * size / units


def knows(letter: str) -> bool:
    """Whether the fonts have `letter`: one that they lack would be an empty box in a picture."""
    return all(letter in _table(weight)[1] for weight in ("regular", "bold"))


def wrap(text: str, width: float, size: float, weight: str) -> tuple[str, ...]:
    """The lines of `text`, none wider than `width`. A word that is wider by itself is broken between letters.

    Lines are made narrower where that keeps the last word from standing alone and takes no further line.
    """
    lines = _filled(text, width, size, weight)
    longest_word = max((width_of(word, size, weight) for word in text.split()), default=0)
    while len(lines) > 1 and " " not in lines[-1]:
        width = max(width_of(line, size, weight) for line in lines) - 1
        narrower = _filled(text, width, size, weight)
        if width < longest_word or len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _filled(text: str, width: float, size: float, weight: str) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(joined, size, weight) <= width:
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, width, size, weight))
    return tuple(lines)


def _pieces(word: str, width: float, size: float, weight: str) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, weight) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@cache
def _table(weight: str) -> tuple[int, Mapping[str, int]]:
    data = json.loads((FONTS / "widths.json").read_text(encoding="utf-8"))
    return data["units"], data[weight]
