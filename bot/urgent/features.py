"""A message as numbers for the classifier: hashed words, word pairs and pieces of words. No dictionary is kept."""

from __future__ import annotations

import math
import re
import zlib
from collections import Counter

from bot.urgent.normalise import plain
from bot.urgent.vocabulary import MASKED_PERSON

SIZE = 1 << 17
"""Number of features; a power of two. Words that fall on the same feature are rare enough to do no harm."""

_MASK = re.compile(r"\[[a-z][a-z0-9 _-]{0,30}\]")
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[?!]")
_PIECES = (3, 4, 5)
_LONGEST_WORD = 24


def features(text: str) -> dict[int, float]:
    """Feature number to weight; the weights' squares add up to 1. Empty for a text without a letter or digit."""
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(_MASK.sub(f" {MASKED_PERSON} ", plain(text)))]
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
    weights: dict[int, float] = {}
    for name, count in counts.items():
        number = zlib.crc32(name.encode()) & (SIZE - 1)
        weights[number] = weights.get(number, 0.0) + 1.0 + math.log(count)
    norm = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {number: weight / norm for number, weight in weights.items()}
