"""Numbers that are written as words: "oh seven double seven"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.privacy.view import View

_UNITS = {
    "zero": "0", "oh": "0", "o": "0", "nought": "0", "naught": "0", "nil": "0", "one": "1", "two": "2", "three": "3",
    "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8", "nine": "9",
}  # fmt: skip
_TEENS = {
    "ten": "10", "eleven": "11", "twelve": "12", "thirteen": "13", "fourteen": "14", "fifteen": "15", "sixteen": "16",
    "seventeen": "17", "eighteen": "18", "nineteen": "19",
}  # fmt: skip
_HUNDRED = {"hundred": "00"}
_TENS = {
    "twenty": "2", "thirty": "3", "forty": "4", "fifty": "5", "sixty": "6", "seventy": "7", "eighty": "8", "ninety": "9"
}  # fmt: skip
_REPEATS = {"double": 2, "triple": 3, "treble": 3}
_NUMBER_WORD = "|".join([*_UNITS, *_TEENS, *_TENS, *_HUNDRED, *_REPEATS])
# Two or more number words or digits in a row; a lone digit group is not a spoken number.
_RUN = re.compile(rf"\b(?:(?:{_NUMBER_WORD}|plus|\d{{1,6}})[\s,.\-]{{1,3}}){{2,}}(?:{_NUMBER_WORD}|\d{{1,6}})\b")
_PART = re.compile(r"[a-z]+|\d+")
SHORTEST_RUN = 7


@dataclass(frozen=True, slots=True)
class NumberRun:
    """A stretch of spoken digits: offsets into the view, and the digits (with + in front where it was said)."""

    start: int
    end: int
    digits: str


def number_runs(view: View) -> Iterator[NumberRun]:
    """Runs of at least seven digits of which at least three are words."""
    for hit in _RUN.finditer(view.lower):
        parts = _PART.findall(hit.group())
        if sum(part.isalpha() for part in parts) < 3:
            continue
        digits = digits_of(parts)
        if len(digits) >= SHORTEST_RUN:
            yield NumberRun(hit.start(), hit.end(), digits)


def digits_of(parts: list[str]) -> str:
    """The digits that number words stand for; "double seven" is 77, "twenty one" is 21."""
    digits = ""
    repeat = 1
    tens = ""
    for part in parts:
        if part in _REPEATS:
            repeat = _REPEATS[part]
            continue
        if part in _TENS:
            digits += _pending(tens)
            tens = _TENS[part]
            continue
        unit = _UNITS.get(
            part, part if part.isdigit() else _TEENS.get(part) or _HUNDRED.get(part, "+" if part == "plus" else "")
        )
        if tens and len(unit) == 1 and unit != "0":
            digits += tens + unit
        else:
            digits += _pending(tens) + unit * repeat
        tens, repeat = "", 1
    return digits + _pending(tens)


def _pending(tens: str) -> str:
    return tens + "0" if tens else ""
