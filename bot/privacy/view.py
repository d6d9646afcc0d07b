"""A text as the recognisers read it: disguises undone, every character still knowing where it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.privacy.model import TYPES

# A placeholder of an earlier masking becomes a run of this private-use character, which no recogniser matches.
BARRIER = "\ue000"
_PLACEHOLDER = re.compile("|".join(re.escape(info.placeholder) for info in TYPES.values()))

_LOOKALIKES = str.maketrans(
    "аеорсухіјѕԁһкмтвнАЕОРСУХІЈЅКМТВНαειοκνρτυΑΒΕΖΗΙΚΜΝΟΡΤΥΧłŁıøØđĐæœðþƙɡɑ"
    "\u2018\u2019\u201b\u02bc\u2032`´\u2010\u2011\u2012\u2013\u2014\u2212",
    "aeopcyxijsdhkmtbhAEOPCYXIJSKMTBHaeiokvptuABEZHIKMNOPTYXlLioOdDaedtkga'''''''------",
)


@dataclass(frozen=True, slots=True)
class View:
    """`text` keeps capitals, `lower` does not; `origin[i]` is the place in the source that character i came from."""

    text: str
    lower: str
    origin: Sequence[int]
    source_length: int

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the text as given; what was dropped inside or right behind (accents, zero-width) is included."""
        begin = self.origin[start]
        following = self.origin[end] if end < len(self.origin) else self.source_length
        return begin, max(self.origin[end - 1] + 1, following)


def look_at(source: str) -> View:
    """The view of a text. Linear in its length."""
    if source.isascii() and source.isprintable():
        text, origin = source, range(len(source))
        return _hide_placeholders(text, origin, len(source))
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(source):
        for plain in _plain(character):
            characters.append(plain)
            places.append(place)
    return _hide_placeholders("".join(characters), places, len(source))


def _hide_placeholders(text: str, origin: Sequence[int], length: int) -> View:
    if "[" in text:
        text = _PLACEHOLDER.sub(lambda hit: BARRIER * len(hit.group()), text)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(one.lower() if len(one.lower()) == 1 else one for one in text)
    return View(text, lower, origin, length)


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """One character without its disguise, empty for what is invisible. Caches characters, never words."""
    if character in "\n\t\r":
        return character
    if character == BARRIER:
        return " "
    kept: list[str] = []
    for part in unicodedata.normalize("NFKD", character):
        category = unicodedata.category(part)
        if category in ("Mn", "Me", "Cf", "Cc"):
            continue
        kept.append(" " if category in ("Zs", "Zl", "Zp") else part.translate(_LOOKALIKES))
    return "".join(kept)
