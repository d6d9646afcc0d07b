"""Weighs the signs of a name. The weights are numbers of a table that `python -m bot.privacy.building` writes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import PrivacyError
from bot.privacy.names_kind import Kind
from bot.privacy.tokens import Token

WEIGHTS = Path(__file__).parent / "data" / "weights.csv"
# Weights stand in the table as whole hundredths.
SCALE = 100
# Above this sum of weights, a word counts as a name. Chosen fold by fold: see the README of the data folder.
THRESHOLD = -200
_MOST_LETTERS = 6
_RARE = 15_000
_RAREST = 36_000


@dataclass(frozen=True, slots=True)
class Scorer:
    """`letters` are weights of three letters in a row; `signs` those of the signs; `vocabulary` telling neighbours."""

    letters: Mapping[str, int]
    signs: Mapping[str, int]
    vocabulary: frozenset[str]

    def score(self, signs: Iterable[str]) -> int:
        """The sum of weights, in hundredths: above THRESHOLD the word is more likely a name than not."""
        weights = self.signs
        return sum(weights.get(sign, 0) for sign in signs)

    def likeness(self, word: str) -> int:
        """How much the letters of a word look like a name's: -6 (not at all) to 6."""
        weights = self.letters
        raw = sum(weights.get(part, 0) for part in threes(word))
        return max(-_MOST_LETTERS, min(_MOST_LETTERS, round(raw / SCALE)))

    def telling_neighbour(self, signs: Iterable[str]) -> tuple[str, str] | None:
        """The common word beside it that speaks most for a name, as ("behind" or "in front of", word)."""
        best, found = 0, None
        for sign in signs:
            side, _, word = sign.partition("=")
            if side in ("b", "a") and word in self.vocabulary and self.signs.get(sign, 0) > best:
                best, found = self.signs[sign], ("behind" if side == "b" else "in front of", word)
        return found


def threes(word: str) -> list[str]:
    """Each three letters in a row, with the beginning and the end of the word marked."""
    marked = f"^{word}$"
    return [marked[place : place + 3] for place in range(len(marked) - 2)]


def candidate_kind(token: Token, kind: Kind, lexicon: Lexicon) -> str:
    """The kind as the scorer knows it: plain words may be a name with an s behind it, or too rare to be sure of."""
    if kind is not Kind.WORD:
        return kind.name
    word = token.core
    if word[-1:] == "s" and word[:-1] in lexicon.christened and word not in lexicon.jargon:
        return "GIVEN_WITH_S"
    if lexicon.rank.get(word, 0) > _RARE and word not in lexicon.jargon and word not in lexicon.plain:
        return "RARE"
    return kind.name


def parse(text: str) -> Scorer:
    """Read a table of weights. Raises ValueError where a line is not `what,sign,weight`."""
    letters: dict[str, int] = {}
    signs: dict[str, int] = {}
    vocabulary: list[str] = []
    for what, sign, weight in csv.reader(io.StringIO(text)):
        if what == "letters":
            letters[sign] = int(weight)
        elif what == "sign":
            signs[sign] = int(weight)
        else:
            vocabulary.append(sign)
    return Scorer(letters, signs, frozenset(vocabulary))


@cache
def load() -> Scorer:
    """The weights of the data folder. Raises PrivacyError where they are missing or damaged."""
    try:
        return parse(WEIGHTS.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise PrivacyError("The weights of the names cannot be read.", "Install the application again.") from error
