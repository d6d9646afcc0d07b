"""A message as numbers for the classifier: hashed words, word pairs and pieces of words. No dictionary is kept.

What a message asks stands mostly in its last clause ("... where do i file it"), what it is about in its first words,
and what is denied behind a negation. These words count a second time, in a table of their own.
"""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter

from bot.urgent.normalise import plain
from bot.urgent.vocabulary import MASKED_PERSON

WORD_SIZE = 1 << 17
"""Features of words; a power of two. Words that fall on the same feature are rare enough to do no harm."""

PLACE_SIZE = 1 << 16
"""Features of words by their place in the message; a power of two."""

SIZE = WORD_SIZE + PLACE_SIZE

_MASK = re.compile(r"\[[a-z][a-z0-9 _-]{0,30}\]")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!]")
_CLAUSE_END = re.compile(r"[.!?;:,\n]+| but | so ")
_PIECES = (3, 4, 5)
_LONGEST_WORD = 24
_NEGATIONS = frozenset(
    "no not never nobody none nothing without neither nor cannot "
    "isnt wasnt arent werent dont doesnt didnt hasnt havent hadnt aint cant couldnt wont wouldnt".split()
)
_NEGATION_REACH = 5
_OPENING_WORDS = 4
_PLACE_SHARE = 0.6
"""Length of the vector of places beside that of words, which is 1. Between 0.4 and 0.8 it makes little difference."""


def features(text: str) -> dict[int, float]:
    """Feature number (below SIZE) to weight. Empty for a text without a letter or digit."""
    typed = _MASK.sub(f" {MASKED_PERSON} ", plain(text))
    found = _hashed(_words_and_pieces(_words(typed)), WORD_SIZE, 1.0)
    for number, weight in _hashed(_words_by_place(typed), PLACE_SIZE, _PLACE_SHARE).items():
        found[WORD_SIZE + number] = weight
    return found


def _words(typed: str) -> list[str]:
    return [word[:_LONGEST_WORD] for word in _WORD.findall(typed)]


def _words_and_pieces(words: list[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for place, word in enumerate(words):
        counts[word] += 1
        if place:
            counts[f"{words[place - 1]} {word}"] += 1
        if place > 1:
            counts[f"{words[place - 2]} * {word}"] += 1
        framed = f"<{word}>"
        for length in _PIECES:
            for start in range(len(framed) - length + 1):
                counts[f"~{framed[start : start + length]}"] += 1
    return counts


def _words_by_place(typed: str) -> Counter[str]:
    """Words of the last clause, first words of the message, and words shortly behind a negation in their clause."""
    clauses = [words for clause in _CLAUSE_END.split(typed) if (words := _words(clause))]
    counts: Counter[str] = Counter()
    if not clauses:
        return counts
    counts.update(f"first {word}" for word in clauses[0][:_OPENING_WORDS])
    counts.update(f"last {word}" for word in clauses[-1])
    counts.update(f"last {one} {two}" for one, two in zip(clauses[-1], clauses[-1][1:], strict=False))
    for words in clauses:
        counts.update(f"not {word}" for word in _negated(words))
    return counts


def _negated(words: list[str]) -> list[str]:
    found: list[str] = []
    reach = 0
    for word in words:
        if word.replace("'", "") in _NEGATIONS:
            reach = _NEGATION_REACH
        elif reach:
            found.append(word)
            reach -= 1
    return found


def _hashed(counts: Counter[str], size: int, length: float) -> dict[int, float]:
    weights: dict[int, float] = {}
    for name, count in counts.items():
        number = zlib.crc32(name.encode()) & (size - 1)
        weights[number] = weights.get(number, 0.0) + 1.0 + math.log(count)
    norm = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {number: length * weight / norm for number, weight in weights.items()}
