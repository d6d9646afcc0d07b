"""Receipt codes in what is typed: found before anything else reads the text, and taken out of it.

A code opens a thread, so no log, session, tracker or transcript may hold one. The gate would take some for a bank card.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.privacy import TYPES, Gate, Masked, Span

MOST_WORDS_BESIDE = 8
"""Words that may stand beside a code ("my code is ..."). With more, the digits are a detail of what is told."""

MOST_BESIDE_MISTYPED = 4
"""The same where digits are missing or too many: what else it may be is likelier then."""

_BETWEEN = r"[\s\u2010-\u2015.-]{0,2}"
_WIDE = r"[\W_]{1,3}"
_YEARS = rf"(?:(?:19|20)\d\d{_WIDE}){{3}}(?:19|20)\d\d(?!\d)"
_GROUPS = rf"(?<!\d[\W_])(?<!\d[\W_]{{2}})(?<!\d[\W_]{{3}})(?!{_YEARS})\d{{4}}(?:{_WIDE}\d{{4}}){{2}}{_WIDE}"
"""Groups of four, as the receipt shows them, with any signs between: "4821 / 7730 / ...". Four years are no code."""

_BEGINS = r"(?:(?<![^\W_])|(?<=/advice)|(?<=code))"
_CODE = re.compile(
    rf"{_BEGINS}(?:(?<!\d[ -])\d(?:{_BETWEEN}\d){{15}}(?![^\W_])(?![ -]\d)|"
    rf"{_GROUPS}\d{{4}}(?![^\W_])(?!{_WIDE}\d))",
    re.IGNORECASE,
)
_NEARLY = re.compile(
    rf"{_BEGINS}(?:\d(?:{_BETWEEN}\d){{13,17}}(?![^\W_])|{_GROUPS}\d{{3,5}}(?![^\W_])(?!{_WIDE}\d))",
    re.IGNORECASE,
)
_GAP = re.compile(r"\D+")
_WHY = "It looks like a receipt code."
_TYPE = "reference"


@dataclass(frozen=True)
class Typed:
    """A `code` of 16 digits in a text, where it stands, and the `rest` of the text without it."""

    code: str
    start: int
    end: int
    rest: str


def code_in(text: str) -> Typed | None:
    """The receipt code that `text` is sent for; None where it holds none, or tells so much that it is no code."""
    found = [*_CODE.finditer(text)]
    if len(found) != 1:
        return None
    start, end = found[0].span()
    rest = f"{text[:start]} {text[end:]}".strip()
    if len(rest.split()) > MOST_WORDS_BESIDE:
        return None
    return Typed("".join(str(int(sign)) for sign in _GAP.sub("", found[0].group())), start, end, rest)


def nearly_a_code(text: str) -> bool:
    """Whether `text` is a receipt code with some digits too few or too many."""
    found = _NEARLY.search(text)
    return found is not None and len(f"{text[: found.start()]} {text[found.end() :]}".split()) <= MOST_BESIDE_MISTYPED


def masked_with(gate: Gate, text: str, allowed: Collection[str]) -> Masked:
    """`text` as the gate masks it, and with it every row of digits that a receipt code, right or mistyped, could be."""
    masked, codes = gate.mask(text, allowed), [Span(*match.span(), _TYPE, _WHY) for match in _NEARLY.finditer(text)]
    if all(any(span.start <= code.start and code.end <= span.end for span in masked.spans) for code in codes):
        return masked
    # Spaces of the same length stand in for the codes, so that offsets stay offsets into `text`.
    rest = gate.mask(_NEARLY.sub(lambda match: " " * len(match.group()), text), allowed)
    spans = [*codes, *(span for span in rest.spans if not any(_overlap(span, code) for code in codes))]
    spans.sort(key=lambda span: span.start)
    parts: list[str] = []
    place = 0
    for span in spans:
        parts += (text[place : span.start], TYPES[span.type].placeholder)
        place = span.end
    return Masked("".join([*parts, text[place:]]), tuple(spans))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end
