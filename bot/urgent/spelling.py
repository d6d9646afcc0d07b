"""Small spelling correction, of the words that matter only: "overdosd", "suicdal", "hittin".

A word is changed only if it is no word that the detector knows and no ordinary word that looks like one
(ordinary_words.txt). Nothing is remembered between messages, because an unknown word may be a name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST = 5
_TWO_ERRORS_FROM = 8


class Speller:
    """Corrects words towards `key_terms`; leaves `known` and ordinary words alone."""

    def __init__(self, key_terms: Iterable[str], known: Iterable[str]) -> None:
        self._by_initial: dict[str, list[str]] = {}
        for term in sorted(set(key_terms)):
            self._by_initial.setdefault(term[0], []).append(term)
        self._terms = frozenset(key_terms)
        self._known = frozenset(known) | self._terms | _ordinary_words()

    def knows(self, word: str) -> bool:
        """Whether the word is one that cues name, or an ordinary word that looks like one."""
        return word in self._known

    def correct(self, word: str) -> str:
        """The key term that this word was meant to be, or the word itself."""
        if word in self._known or not word.isalpha():
            return word
        if word.endswith("in") and word + "g" in self._known:
            return word + "g"
        return self.nearest(word) or word

    def nearest(self, word: str) -> str | None:
        """The key term within one typing error (two from eight letters), with the same first letter."""
        if len(word) < _SHORTEST:
            return None
        errors = 2 if len(word) >= _TWO_ERRORS_FROM else 1
        found = process.extractOne(word, self._by_initial.get(word[0], []), scorer=OSA.distance, score_cutoff=errors)
        return found[0] if found else None


@cache
def _ordinary_words() -> frozenset[str]:
    path = Path(__file__).with_name("ordinary_words.txt")
    return frozenset(path.read_text(encoding="utf-8").split())
