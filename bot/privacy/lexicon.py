"""The lists that tell a name from a word. Loaded once; read-only afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.privacy.model import PrivacyError

_DATA = Path(__file__).parent / "data"
# Words as frequent as this are what a typing error is an error of.
_TYPO_TARGETS = 14_000
# A word less frequent than this may still be a name that no list holds, where a person is plainly meant.
RARE = 25_000
_SHORTEST_TYPO = 3
_PREFIXES = ("un", "re", "non", "anti", "pre", "mis", "dis", "over", "under", "multi", "self", "inter", "co", "de")
_COMPOUND_RANK = 9_000
_SHORTEST_PART = 3
_SHORT_PART_RANK = 2_500
_LONG_WORD = 7


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Sets of folded words (lower case, no accents, apostrophes or hyphens)."""

    names: frozenset[str]
    given_words: frozenset[str]
    christened: frozenset[str]
    surname_words: frozenset[str]
    places: frozenset[str]
    given_places: frozenset[str]
    eponyms: frozenset[str]
    jargon: frozenset[str]
    plain: frozenset[str]
    towns: frozenset[str]
    behind: dict[str, frozenset[str]]
    front: dict[str, frozenset[str]]
    rank: dict[str, int]
    typo_targets: dict[str, tuple[str, ...]]
    name_targets: dict[str, tuple[str, ...]]
    phrases: tuple[str, ...]

    def is_everyday(self, word: str) -> bool:
        """Whether this is a word of ordinary English, a term of the field, or a plain inflection of one."""
        return word in self.jargon or word in self.rank or word in self.plain

    def word_distance(self, word: str) -> int:
        """Typing errors between this and the nearest frequent word; 9 where none is near."""
        return _nearest(word, self.typo_targets)

    def name_distance(self, word: str) -> int:
        """Typing errors between this and the nearest listed name; 9 where none is near."""
        return _nearest(word, self.name_targets)

    def is_built_from_words(self, word: str) -> bool:
        """Whether this is two frequent words written as one ("flowchart"), or a frequent word with a prefix."""
        for prefix in _PREFIXES:
            if word.startswith(prefix) and self.rank.get(word[len(prefix) :], _COMPOUND_RANK) < _COMPOUND_RANK:
                return True
        stem = word.removesuffix("s")
        cuts = range(_SHORTEST_PART, len(stem) - _SHORTEST_PART + 1)
        return any(self._is_part(stem[:cut]) and self._is_part(stem[cut:]) for cut in cuts)

    def _is_part(self, part: str) -> bool:
        limit = _SHORT_PART_RANK if len(part) == _SHORTEST_PART else _COMPOUND_RANK
        return self.rank.get(part, limit) < limit

    def resembles_word(self, word: str) -> bool:
        """Whether an unlisted word is more likely a typing error of a frequent word than of a name, or a new name."""
        if len(word) < _SHORTEST_TYPO:
            return True
        distance = self.word_distance(word)
        allowed = 2 if len(word) >= _LONG_WORD else 1
        return distance <= allowed and distance <= self.name_distance(word)

    def resembles_name(self, word: str) -> bool:
        """Whether an unlisted word is one slip away from a listed name, and not as near to a frequent word."""
        if len(word) <= _SHORTEST_TYPO + 1:
            return False
        distance = self.name_distance(word)
        return distance == 1 and distance < self.word_distance(word)


FAR = 9


def _nearest(word: str, targets: dict[str, tuple[str, ...]]) -> int:
    best = FAR
    for key in {word[:2], word[1::-1], word[:1] + word[2:3]}:
        hit = process.extractOne(word, targets.get(key, ()), scorer=OSA.distance, score_cutoff=min(best, 2))
        if hit is not None:
            best = min(best, int(hit[1]))
    return best


def _read(name: str) -> list[str]:
    path = _DATA / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PrivacyError(f"The list {name} cannot be read.", "Install the application again.") from error
    return [line for line in lines if line and not line.startswith("#")]


def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in _read(name) for word in line.split())


def _companions(side: int) -> dict[str, frozenset[str]]:
    """The words that make a name a plain word: side 0 those behind it, side 1 those in front of it."""
    found: dict[str, frozenset[str]] = {}
    for line in _read("companions.txt"):
        word, _, companions = line.partition(":")
        found[word] = frozenset(companions.split("|")[side].split()) if side <= companions.count("|") else frozenset()
    return found


def _by_beginning(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    buckets: dict[str, list[str]] = {}
    for word in words:
        if len(word) >= _SHORTEST_TYPO:
            buckets.setdefault(word[:2], []).append(word)
    return {key: tuple(found) for key, found in buckets.items()}


@cache
def load() -> Lexicon:
    """Read the data files.

    Raises PrivacyError where one is missing.
    """
    ordered = _read("words.txt")
    jargon = _words("jargon.txt")
    names = _words("names.txt")
    return Lexicon(
        names=names,
        given_words=_words("ambiguous_given_names.txt"),
        christened=_words("words_given_as_names.txt"),
        surname_words=_words("ambiguous_surnames.txt"),
        places=_words("places.txt"),
        given_places=_words("given_names_of_places.txt"),
        eponyms=_words("eponyms.txt"),
        jargon=jargon,
        plain=_words("plain_words.txt"),
        towns=_words("towns_named_like_people.txt"),
        behind=_companions(0),
        front=_companions(1),
        rank={
            word.replace("'", ""): place
            for place, word in reversed(list(enumerate(ordered)))
            if not (word.endswith("'s") and word.removesuffix("'s") in names)
        },
        typo_targets=_by_beginning([*ordered[:_TYPO_TARGETS], *(word for word in jargon if len(word) > 3)]),
        name_targets=_by_beginning(word for word in names if len(word) > _SHORTEST_TYPO),
        phrases=tuple(_read("phrases.txt")),
    )
