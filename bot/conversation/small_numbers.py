"""Points out details that together may tell one person from the rest, with more general words. Pure.

Small numbers: an age, a school and an event each fit many people. All three may fit one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.conversation.small_number_harm import end_with_its_time, tells_of_harm, with_general_time
from bot.conversation.small_number_lists import SETTING_MASKS
from bot.conversation.small_number_patterns import LABELS, PATTERNS, WEIGHTS, Kind
from bot.privacy import TYPES

LIKELY_FROM = 3
"""Sum of the weights of the kinds present from which a description may fit one person only."""

_MASKED = re.compile("|".join(re.escape(info.placeholder) for info in TYPES.values()))
_SPACES = re.compile(r"[ \t]{2,}")
_RUN = re.compile(r"\s\s")
_RUN_OR_SIGN = re.compile(r"\s+|\S")
_BEFORE_SIGN = re.compile(r"(?<!\s)\s+([,.;:!?)])")
_LEFT_ARTICLE = re.compile(r"\b(an?)\s+(?=(\w))", re.IGNORECASE)
_VOWELS = frozenset("aeiouAEIOU")


@dataclass(frozen=True)
class Hint:
    """A detail from `start` to `end` of the text, as it is `said`, and `general` words for it.

    Where there are none, it is best left out.
    """

    start: int
    end: int
    said: str
    kind: Kind
    general: str

    @property
    def label(self) -> str:
        """What kind of detail this is, in words."""
        return LABELS[self.kind]


def details(text: str) -> tuple[Hint, ...]:
    """Every detail of `text` that narrows down who is meant, in order, but what the gate has masked.

    Where harm is all that could be made general, `general` is what was `said`: it counts, and stays as it is.
    """
    line, places = _spaced_once(text)
    masked = [match.span() for match in _MASKED.finditer(line)]
    found: list[Hint] = []
    for pattern in PATTERNS:
        for match in pattern.written.finditer(line):
            start, end = _trimmed(line, *match.span())
            taken = (*masked, *((hint.start, hint.end) for hint in found))
            if start >= end or _overlaps(start, end, taken):
                continue
            general = pattern.general(match)
            if pattern.kind == "incident" and tells_of_harm(line[start:end]):
                longer = end_with_its_time(line, end)
                end = end if _overlaps(start, longer, taken) else longer
                general = with_general_time(line[start:end])
            found.append(Hint(start, end, line[start:end], pattern.kind, _like(line[start], general)))
    ordered = sorted(found, key=lambda hint: hint.start)
    return tuple(replace(hint, start=places[hint.start], end=places[hint.end - 1] + 1) for hint in ordered)


def _spaced_once(text: str) -> tuple[str, Sequence[int]]:
    """`text` with one sign for each run of white space, and where each of its signs stands in `text`.

    The patterns would look from each space of a long run to its end.
    """
    if _RUN.search(text) is None:
        return text, range(len(text))
    places = [match.start() for match in _RUN_OR_SIGN.finditer(text)]
    return "".join(text[place] for place in places), places


def warning(text: str, earlier: Iterable[str] = (), kept: Collection[str] = ()) -> tuple[Hint, ...]:
    """The details of `text` to make general; none where they are too few to tell somebody apart.

    `earlier`: what the same person wrote before to the same reader, which counts with it. `kept`: details, as they are
    said, that the user has looked at and chose to keep; they count, and are not pointed out again.
    """
    here = details(text)
    kinds = _kinds(text, here).union(*(_kinds(each, details(each)) for each in earlier))
    if len(kinds) < 2 or sum(WEIGHTS[kind] for kind in kinds) < LIKELY_FROM:
        return ()
    folded = {each.casefold() for each in kept}
    return tuple(hint for hint in here if hint.general != hint.said and hint.said.casefold() not in folded)


def _kinds(text: str, found: Iterable[Hint]) -> set[Kind]:
    """What kinds of detail are there. A masked school counts: the reader mostly knows which one it is."""
    masked: set[Kind] = {"school"} if any(mask in text for mask in SETTING_MASKS) else set()
    return masked | {hint.kind for hint in found}


def generalised(text: str, hints: Iterable[Hint]) -> str:
    """`text` with the general words of each of `hints` in the place of what was said."""
    parts: list[str] = []
    place = 0
    for hint in sorted(hints, key=lambda each: each.start):
        parts += (text[place : hint.start], hint.general)
        place = hint.end
    joined = "".join([*parts, text[place:]])
    return _BEFORE_SIGN.sub(r"\1", _SPACES.sub(" ", _articles_mended(joined))).strip(" ,")


def _articles_mended(text: str) -> str:
    """ "a" and "an" as the next word asks for: the word that they stood before may be gone."""

    def mended(match: re.Match[str]) -> str:
        right = "an" if match[2] in _VOWELS else "a"
        return f"{right.capitalize() if match[1][0].isupper() else right} "

    return _LEFT_ARTICLE.sub(mended, text)


def _like(first: str, general: str) -> str:
    """`general` with a capital where what it stands for begins with one."""
    return general[:1].upper() + general[1:] if first.isupper() else general


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _overlaps(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)
