"""Text as typed on a phone, turned into plain words: no case, no apostrophes, no invisible characters, ages as classes.

A `Sentence` is the unit in which cues are looked for. Commas and linking words start a new clause inside it, because
a question in one clause ("what should i do") must not hide a report in another ("her dad just hit her").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.urgent.ages import classify_ages
from bot.urgent.spelling import Speller
from bot.urgent.vocabulary import CONTRACTIONS, MASKED_PERSON, SHORT_FORMS

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
_APOSTROPHES = str.maketrans({"\u2018": "'", "\u2019": "'", "\u02bc": "'", "\u00b4": "'", "`": "'"})
_MASK = re.compile(r"\[[a-z][a-z0-9 _-]{0,30}\]")
_TOKEN = re.compile(r"[a-z]+(?:'[a-z]+)*|\d+(?:st|nd|rd|th)?|[.!?;\n]+|[,:()\u2013\u2014]|\S")
_LONG_RUN = re.compile(r"([a-z])\1{2,}")
_SENTENCE_ENDS = frozenset(".!?;\n")
_CLAUSE_MARKS = frozenset(",:()-\u2013\u2014")
_LINKING_WORDS = frozenset({"but", "because", "however", "although", "actually"})
_SPLIT_WORD = re.compile(r"(?<![a-z])(?:[a-z][.\-*_ ]){3,}[a-z](?![a-z])")
_LONGEST_SENTENCE = 60
"""Tokens. A message without any full stop is cut here, with an overlap, so that distant words are not joined."""
_OVERLAP = 20
_SHORTEST_REPORT = 3
"""Words before a question that make a report of their own: "he hit her should i ..."."""
_MODALS = frozenset({"should", "can", "could", "do", "must", "may", "shall", "am", "are", "would", "is"})
_WRITER = frozenset({"i", "we", "it"})
_SENSES = frozenset({"hear", "see", "smell", "still"})
_BEGINS_A_QUESTION = frozenset(
    "what when who whom how where why which whose whether if should can could do does did must may shall am are is "
    "would will suppose supposing imagine hypothetically say lets wondering asking know".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of one sentence; `clause[i]` counts the clauses before word i; `asks`: it ends with a question mark."""

    words: tuple[str, ...]
    clause: tuple[int, ...]
    asks: bool


def sentences(text: str, speller: Speller) -> list[Sentence]:
    """The sentences of a message, corrected for spelling; empty for a text without a letter or digit."""
    found: list[Sentence] = []
    words: list[str] = []
    clauses: list[int] = []
    clause = 0
    for token in _tokens(text):
        if token[0] in _SENTENCE_ENDS:
            found.extend(_cut(words, clauses, "?" in token))
            words, clauses, clause = [], [], 0
        elif token in _CLAUSE_MARKS:
            clause += 1
        else:
            if token in _LINKING_WORDS:
                clause += 1
            for word in _expanded(token, speller):
                words.append(word)
                clauses.append(clause)
    found.extend(_cut(words, clauses, False))
    return found


def plain(text: str) -> str:
    """Lower case, ordinary apostrophes, no invisible characters, no accents, at most three of one letter in a row."""
    folded = unicodedata.normalize("NFKD", _INVISIBLE.sub("", text)).casefold().translate(_APOSTROPHES)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _LONG_RUN.sub(r"\1\1\1", bare)


def _tokens(text: str) -> list[str]:
    masked = _MASK.sub(f" {MASKED_PERSON} ", plain(text))
    joined = _SPLIT_WORD.sub(lambda found: re.sub(r"[^a-z]", "", found.group()), masked)
    found: list[str] = _TOKEN.findall(joined.replace("y/o", " year old ").replace("w/", " with "))
    return found


def _expanded(token: str, speller: Speller) -> list[str]:
    if not token[0].isalnum():
        return []
    if token in CONTRACTIONS:
        return CONTRACTIONS[token].split()
    bare = _without_long_runs(token.removesuffix("'s").replace("'", ""), speller)
    short = CONTRACTIONS.get(bare) or SHORT_FORMS.get(bare)
    if short is not None:
        return short.split()
    return [speller.correct(bare)] if bare else []


def _without_long_runs(word: str, speller: Speller) -> str:
    """ "heees" and "herrr" as they are usually written: one letter if that is a known word, else two."""
    once = _LONG_RUN.sub(r"\1", word)
    if once == word:
        return word
    if once in CONTRACTIONS or speller.knows(once):
        return once
    return _LONG_RUN.sub(r"\1\1", word)


def _cut(words: list[str], clauses: list[int], asks: bool) -> list[Sentence]:
    if not words:
        return []
    tail = _question_after_a_report(words)
    if tail:
        return [*_cut(words[:tail], clauses[:tail], False), *_cut(words[tail:], clauses[tail:], True)]
    aged, kept = classify_ages(words, clauses)
    if len(aged) <= _LONGEST_SENTENCE:
        return [Sentence(tuple(aged), tuple(kept), asks)]
    starts = range(0, len(aged) - _OVERLAP, _LONGEST_SENTENCE - _OVERLAP)
    ends = [start + _LONGEST_SENTENCE for start in starts]
    return [
        Sentence(tuple(aged[start:end]), tuple(kept[start:end]), asks) for start, end in zip(starts, ends, strict=True)
    ]


def _question_after_a_report(words: list[str]) -> int:
    """Where a question of the writer's own begins that was typed without a full stop; 0 where there is none.

    "her dad has hit her should i tell mum" reports and then asks: what is reported is not what is asked.
    """
    if words[0] in _BEGINS_A_QUESTION and not leaves_out_i(words):
        return 0
    for place in range(_SHORTEST_REPORT, len(words) - 1):
        if words[place] in _MODALS and words[place + 1] in _WRITER:
            while words[place - 1] in _BEGINS_A_QUESTION:
                place -= 1
            return place if place >= _SHORTEST_REPORT else 0
    return 0


def leaves_out_i(words: Sequence[str]) -> bool:
    """Whether a report begins as a question would: "can hear a kid screaming"."""
    return len(words) > 1 and words[0] == "can" and words[1] in _SENSES


def together(first: Sentence, second: Sentence) -> Sentence:
    """Two neighbouring sentences as one, for cues whose parts may stand in either."""
    shift = first.clause[-1] + 1
    return Sentence(
        first.words + second.words,
        first.clause + tuple(shift + number for number in second.clause),
        first.asks or second.asks,
    )


def neighbours(found: list[Sentence]) -> list[Sentence]:
    """Every pair of sentences that follow each other, joined."""
    return [together(first, second) for first, second in pairwise(found)]
