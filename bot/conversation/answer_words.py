"""What stands in a short answer, for comparing it with others: its words, what is denied, neighbours and spellings.

Weights say how much each counts; bot/conversation/answer_reader.py says where they were measured.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, pairwise
from types import MappingProxyType

from bot.conversation.stances import written_out

WORD, DENIED, OPENING, PAIR, GAP, SPELLING = "w ", "! ", "f ", "b ", "k ", "c "
"""What a feature is, by its first two letters. The first three kinds hold one word each."""

DENIAL = "! "
"""The feature of an answer that denies anything at all."""

_OF_ONE_WORD = frozenset({WORD, DENIED, OPENING})

_SAME: tuple[tuple[str, str], ...] = (
    ("mum", "mother mam mom mummy mums"), ("dad", "father daddy dads"), ("parent", "parents folks"),
    ("child", "kid kids children lad lads lass girl girls boy boys toddler baby son daughter youngster teen teenager"),
    ("manager", "boss supervisor lead mgr head"), ("partner", "husband wife hubby boyfriend girlfriend bf gf fella ex"),
    ("yes", "yeah yep yh yeh yea yup aye ya"), ("no", "nah nope nay naw"),
    ("someone", "somebody"), ("nobody", "noone"), ("tomorrow", "tmrw 2moro tomoz tmw"), ("year", "yr yrs years yo"),
    ("with", "w"), ("and", "n"), ("because", "cos coz cuz bc"), ("tablet", "tablets pill pills meds"),
    ("write", "wrote written writing"), ("say", "said says saying"), ("tell", "told telling tells"),
    ("ask", "asked asking asks"), ("know", "knew knows known knowing"), ("think", "thought thinks thinking"),
    ("agree", "agreed agrees agreeing"), ("refuse", "refused refuses refusing declined decline"),
    ("give", "gave given gives giving"), ("get", "got gets getting"), ("go", "went gone goes going"),
    ("ring", "rang rung ringing call called phoned phone"), ("see", "saw seen sees seeing"), ("hear", "heard"),
    ("find", "found"), ("speak", "spoke spoken"), ("take", "took taken"), ("send", "sent"), ("leave", "left"),
    ("consent", "consented consents permission"), ("understand", "understood understands"),
)  # fmt: skip
_MEANS: Mapping[str, str] = MappingProxyType({form: word for word, forms in _SAME for form in forms.split()})

_DENYING = frozenset("not no never nobody none nothing neither nor without hardly unable".split())
_SMALL = frozenset(
    "a an the is it to of i he she they we you his her their our my him them me us be was are were have has had and so "
    "this that in on at for as just because about something anything".split()
)
_ENDINGS = ("ation", "ing", "ies", "ied", "ed", "es", "ly", "s", "e", "y")
_SHORTEST_STEM = 3
_REACH = 4
"""Words behind a denying word that it denies."""

_PIECES = (3, 4)
_WEIGHTS: Mapping[str, float] = MappingProxyType({
    WORD: 1.0, DENIED: 0.8, OPENING: 0.5, PAIR: 0.7, GAP: 0.3, SPELLING: 0.3,
})  # fmt: skip
_SMALL_WEIGHT = 0.8
_GROWN, _CHILD = 18, 12
_OLDEST = 110


def of_one_word(feature: str) -> bool:
    """Whether a feature holds one word: the kind that means the same at every question."""
    return feature[:2] in _OF_ONE_WORD


def found_in(text: str) -> dict[str, float]:
    """The features of `text` and how much each counts. Empty for a text without a letter or digit."""
    words = _words(text)
    stems = _stems(words)
    return _summed(chain(_of_words(stems), _of_shape(words, stems)))


def words_in(text: str) -> dict[str, float]:
    """The features of `text` that hold one word."""
    return _summed(_of_words(_stems(_words(text))))


def _summed(features: Iterable[tuple[str, float]]) -> dict[str, float]:
    found: dict[str, float] = {}
    for feature, weight in features:
        found[feature] = found.get(feature, 0.0) + weight
    return found


def _words(text: str) -> list[str]:
    said = written_out(text).replace("'", "").split()
    return [_number(word) if word.isdecimal() else _MEANS.get(word, word) for word in said]


def _stems(words: list[str]) -> list[str]:
    return [word if word in _SMALL or word in _DENYING else _stem(word) for word in words]


def _number(digits: str) -> str:
    """Numbers count by what they may be: an age below 12, below 18, of an adult, or a year."""
    number = int(digits[:4])
    if number >= _OLDEST:
        return "#year"
    return "#adult" if number >= _GROWN else "#young" if number >= _CHILD else "#little"


def _of_words(stems: list[str]) -> Iterator[tuple[str, float]]:
    denied = 0
    for stem in stems:
        small = stem in _SMALL
        yield WORD + stem, _SMALL_WEIGHT if small else _WEIGHTS[WORD]
        if stem in _DENYING:
            denied = _REACH
            yield DENIAL, _WEIGHTS[DENIED]
        elif denied and not small:
            denied -= 1
            yield DENIED + stem, _WEIGHTS[DENIED]
    if stems:
        yield OPENING + stems[0], _WEIGHTS[OPENING]


def _of_shape(words: list[str], stems: list[str]) -> Iterator[tuple[str, float]]:
    for word, stem in zip(words, stems, strict=True):
        if stem not in _SMALL:
            yield from ((piece, _WEIGHTS[SPELLING]) for piece in _pieces(word))
    yield from ((f"{PAIR}{one} {two}", _WEIGHTS[PAIR]) for one, two in pairwise(stems))
    yield from ((f"{GAP}{one} {two}", _WEIGHTS[GAP]) for one, two in zip(stems, stems[2:], strict=False))


def _pieces(word: str) -> Iterator[str]:
    framed = f"<{word}>"
    for length in _PIECES:
        for start in range(len(framed) - length + 1):
            yield SPELLING + framed[start : start + length]


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
