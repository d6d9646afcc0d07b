"""Cue phrases and how they match.

A phrase is a row of words:
- `hit|hits|hitting`  alternatives; `_` joins words of one alternative: `passed_out|unconscious`
- `<child>`           a list of words from bot/urgent/concepts.py, also as an alternative: `<child>|<person>`
- `word?`             may be absent
- `~`                 up to six words of any kind
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.errors import SharewellError

_GAP = "~"
_WIDEST_GAP = 6


class CueError(SharewellError):
    """A cue phrase is malformed or names a word list that does not exist."""


@dataclass(frozen=True, slots=True)
class Words:
    """One place in a phrase: single words, and longer alternatives by their first word."""

    single: frozenset[str]
    longer: Mapping[str, tuple[tuple[str, ...], ...]]

    def ends(self, words: tuple[str, ...], place: int) -> Iterator[int]:
        """Every place behind an alternative that stands at `place`, the longest first."""
        if place >= len(words):
            return
        for alternative in self.longer.get(words[place], ()):
            end = place + len(alternative)
            if words[place:end] == alternative:
                yield end
        if words[place] in self.single:
            yield place + 1

    def firsts(self) -> frozenset[str]:
        """The words with which this place can begin."""
        return self.single | frozenset(self.longer)


@dataclass(frozen=True, slots=True)
class _Part:
    words: Words
    gap_before: bool
    optional: bool


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands: first word, place behind the last, and how many words it named (gaps not counted)."""

    start: int
    end: int
    named: int
    gaps: tuple[tuple[int, int], ...] = ()


class Phrase:
    """A compiled cue phrase."""

    def __init__(self, text: str, concepts: Mapping[str, Words]) -> None:
        self.text = text
        self._parts = tuple(_parse(text, concepts))
        if not self._parts or self._parts[0].optional:
            raise CueError(f"The cue '{text}' has no first word.", "Begin it with a word that must be present.")
        self._firsts = self._parts[0].words.firsts()
        required = [part.words.firsts() for part in self._parts if not part.optional]
        self.anchor = min(required, key=len)
        """One of these words must be in a sentence for the phrase to match it: an index key."""

    def vocabulary(self) -> frozenset[str]:
        """Every word that the phrase names."""
        return frozenset(word for part in self._parts for word in _words_of(part.words))

    def matches(self, words: tuple[str, ...]) -> Iterator[Match]:
        """Every place where the phrase stands."""
        for start, word in enumerate(words):
            if word in self._firsts and (found := self._from(words, start, 0, start, 0, ())) is not None:
                yield found

    def _from(
        self, words: tuple[str, ...], place: int, index: int, start: int, named: int, gaps: tuple[tuple[int, int], ...]
    ) -> Match | None:
        if index == len(self._parts):
            return Match(start, place, named, gaps)
        part = self._parts[index]
        furthest = min(place + _WIDEST_GAP, len(words)) if part.gap_before else place
        for here in range(place, furthest + 1):
            for end in part.words.ends(words, here):
                skipped = (*gaps, (place, here)) if here > place else gaps
                found = self._from(words, end, index + 1, start, named + end - here, skipped)
                if found is not None:
                    return found
        return self._from(words, place, index + 1, start, named, gaps) if part.optional else None


def compile_concepts(definitions: Mapping[str, str]) -> dict[str, Words]:
    """Word lists by name; a list may take in one defined above it as `<name>`."""
    compiled: dict[str, Words] = {}
    for name, text in definitions.items():
        compiled[name] = _alternatives("|".join(text.split()), compiled, name)
    return compiled


def _parse(text: str, concepts: Mapping[str, Words]) -> Iterator[_Part]:
    gap = False
    for piece in text.split():
        if piece == _GAP:
            gap = True
            continue
        yield _Part(_alternatives(piece.removesuffix("?"), concepts, text), gap, piece.endswith("?"))
        gap = False


def _alternatives(piece: str, concepts: Mapping[str, Words], where: str) -> Words:
    single: set[str] = set()
    longer: dict[str, set[tuple[str, ...]]] = {}
    for alternative in piece.split("|"):
        if alternative.startswith("<"):
            _take_in(concepts, alternative[1:-1], single, longer, where)
            continue
        words = tuple(alternative.split("_"))
        if not all(words):
            raise CueError(f"The cue '{where}' has an empty word.", "Take out the stray | or _.")
        if len(words) == 1:
            single.add(words[0])
        else:
            longer.setdefault(words[0], set()).add(words)
    ordered = {first: tuple(sorted(found, key=len, reverse=True)) for first, found in longer.items()}
    return Words(frozenset(single), ordered)


def _take_in(
    concepts: Mapping[str, Words], name: str, single: set[str], longer: dict[str, set[tuple[str, ...]]], where: str
) -> None:
    if name not in concepts:
        raise CueError(
            f"The cue '{where}' names <{name}>, which does not exist.", "Use a list of bot/urgent/concepts.py."
        )
    single |= concepts[name].single
    for first, found in concepts[name].longer.items():
        longer.setdefault(first, set()).update(found)


def _words_of(words: Words) -> Iterator[str]:
    yield from words.single
    for found in words.longer.values():
        for alternative in found:
            yield from alternative
