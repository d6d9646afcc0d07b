"""Ages typed at a question whose options are age bands: "she's fourteen", "about 10"."""

from __future__ import annotations

import re

from bot.knowledge import Question

_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_NUMBERS = {word: number for number, word in enumerate(_WORDS)}
_OLDEST = 130
_ORDINAL = re.compile(r"(?:st|nd|rd|th)$")
_BESIDE = frozenset({
    "she", "he", "they", "it", "is", "are", "i", "am", "just", "only", "now", "aged", "age", "year", "years",
    "of", "himself", "herself", "lad", "turned", "birthday", "had", "his", "her", "in", "last", "this", "week", "month",
    "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
    "yr", "yrs", "yo", "old", "a", "the", "child", "kid", "girl", "boy", "person", "young", "client", "yes",
})  # fmt: skip
"""What may stand beside an age without making it another's age or another answer."""

_ROUGHLY = frozenset({"about", "around", "roughly", "approximately", "ish"})
_SCHOOL_YEAR = re.compile(rf"\b(?:year|yr) (?:\d{{1,2}}|{'|'.join(_WORDS)})$")
_AGE_BEFORE_SCHOOL = 4
"""Pupils of year 9 are 13, and turn 14 in it."""

_BETWEEN = re.compile(r"\b(\d+) (?:to|or|and) (\d+)\b")
_UNDER = re.compile(r"\bunder (\d+)\b")
_FROM = re.compile(r"\b(\d+) (?:or|and) (?:over|older)\b")


def band_of(said: str, question: Question) -> str | None:
    """The option whose band holds the one age that `said` (folded) names; None where none does for certain."""
    words = said.split()
    ages = [number for word in words if (number := _number(word)) is not None]
    beside = {word for word in words if _number(word) is None}
    if len(ages) != 1 or not beside <= _BESIDE | _ROUGHLY:
        return None
    bands = {option.id: band for option in question.options if (band := _band(option.text.casefold())) is not None}
    meant = {ages[0]} if not beside & _ROUGHLY else {ages[0] - 1, ages[0], ages[0] + 1}
    if _SCHOOL_YEAR.search(said):
        meant = {age + _AGE_BEFORE_SCHOOL for age in (*meant, max(meant) + 1)}
    fits = [option for option, band in bands.items() if meant <= set(band)]
    return fits[0] if len(bands) > 1 and len(fits) == 1 else None


def _number(word: str) -> int | None:
    plain = _ORDINAL.sub("", word)
    if plain.isascii() and plain.isdigit() and len(plain) <= 3:
        return int(plain)
    return _NUMBERS.get(word)


def _band(label: str) -> range | None:
    if between := _BETWEEN.search(label):
        return range(int(between[1]), int(between[2]) + 1)
    if under := _UNDER.search(label):
        return range(int(under[1]))
    if above := _FROM.search(label):
        return range(int(above[1]), _OLDEST)
    return None
