"""Signs that a word is a person's name: what it looks like and what stands around it. The scorer weighs them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from functools import cache

from bot.privacy import cues
from bot.privacy.lexicon import FAR, Lexicon
from bot.privacy.tokens import Token
from bot.privacy.view import BARRIER

# Kinds of token that may turn out to be a name; a listed name needs no weighing, a plain word cannot be one.
CANDIDATES = frozenset(
    ("UNKNOWN", "INITIALS", "GIVEN_WORD", "SURNAME_WORD", "GIVEN_PLACE", "PLACE", "GIVEN_WITH_S", "RARE")
)
_START, _END = "^", "$"
_NEIGHBOUR_KINDS = {"NAME": "<name>", "UNKNOWN": "<unknown>", "GIVEN_WORD": "<given>", "MASKED": "<masked>"}
_RANKS = (100, 300, 1_000, 3_000, 8_000, 20_000)
_CLASSES = (
    ("<title>", cues.TITLES),
    ("<relation>", cues.RELATIONS),
    ("<person>", cues.PEOPLE),
    ("<belonging>", cues.BELONGINGS),
    ("<says>", cues.SAYS),
    ("<told>", cues.TOLD | cues.TOLD_LOOSE),
)
# From so many words in small letters on, a word in capitals is an abbreviation among them.
_FEW = 2
_ENDINGS = ("ing", "ed", "ly", "nt", "s")


@cache
def _classes() -> dict[str, str]:
    found: dict[str, str] = {}
    for name, words in reversed(_CLASSES):
        found.update(dict.fromkeys(words, name))
    return found


class Surroundings:
    """The tokens of one text with their kinds, read for one candidate after another."""

    def __init__(
        self, tokens: Sequence[Token], kinds: Sequence[str], lexicon: Lexicon, vocabulary: Set[str], mixed: object
    ) -> None:
        """`vocabulary`: neighbours that count by themselves. `mixed`: true where capitals tell something here."""
        self._tokens = tokens
        self._kinds = kinds
        self._lexicon = lexicon
        self._vocabulary = vocabulary
        self._mixed = bool(mixed)
        self._has_small_words = sum(token.is_word and token.text.islower() for token in tokens) >= _FEW
        self._names = [self._neighbour(number) for number in range(len(tokens))]

    def signs(self, number: int, letters: int) -> list[str]:
        """The signs of a candidate. `letters`: how much its letters look like a name's, a small whole number."""
        token, kind = self._tokens[number], self._kinds[number]
        before, after = self._at(number - 1), self._at(number + 1)
        further_before, further_after = self._at(number - 2), self._at(number + 2)
        shape = self._shape(number)
        if token.possessive:
            after = f"'s {after}"
        kind_and_shape = f"{kind}{shape}"
        found = [
            f"k={kind_and_shape}",
            f"b={before}",
            f"a={after}",
            f"kb={kind} {before}",
            f"ka={kind} {after}",
            f"bb={further_before} {before}",
            f"aa={after} {further_after}",
            f"ba={_class(before)} {_class(after)}",
            f"kba={kind} {_class(before)} {_class(after)}",
            f"kB={kind} {further_before}",
            f"kA={kind} {further_after}",
        ]
        if kind in ("UNKNOWN", "INITIALS"):
            return found + self._signs_of_letters(token.core, kind, shape, letters)
        word = token.core
        return [
            *found,
            f"w={word}",
            f"wb={word} {before}",
            f"wa={word} {after}",
            f"kr={kind} {self._rank(word)}",
            f"c={kind} {word in self._lexicon.christened}",
            f"ca={word in self._lexicon.christened} {_class(before)} {_class(after)}",
            f"cb={word in self._lexicon.christened} {before}",
            f"cn={word in self._lexicon.christened} {after}",
        ]

    def _signs_of_letters(self, word: str, kind: str, shape: str, letters: int) -> list[str]:
        length = min(len(word), 9)
        near_word = self._lexicon.word_distance(word) if kind == "UNKNOWN" else FAR
        near_name = self._lexicon.name_distance(word) if kind == "UNKNOWN" else FAR
        return [
            f"l={kind} {letters}",
            f"n={kind} {length}",
            f"d={near_word} {near_name} {min(length, 7)}",
            f"dl={near_word} {letters}",
            f"sd={shape} {near_word}",
            f"e={word[-3:]}",
            f"built={self._lexicon.is_built_from_words(word)}",
            f"vowel={kind} {any(one in 'aeiouy' for one in word)}",
        ]

    def _shape(self, number: int) -> str:
        token = self._tokens[number]
        if not token.capital:
            return "x"
        letters = token.text.split("'")[0]
        if letters.isupper() and len(letters) > 1:
            return "XX" if self._mixed or self._has_small_words else "x"
        return "x" if not self._mixed else "^X" if number == 0 else "X"

    def _rank(self, word: str) -> int:
        rank = self._lexicon.rank.get(word, len(self._lexicon.rank))
        return sum(rank > limit for limit in _RANKS)

    def _at(self, number: int) -> str:
        if number < 0:
            return _START
        return self._names[number] if number < len(self._names) else _END

    def _neighbour(self, number: int) -> str:
        token = self._tokens[number]
        if token.text.startswith(BARRIER):
            return "<masked>"
        if not token.is_word:
            return token.text
        word = token.core
        if word.isdigit():
            return "<number>"
        if word in self._vocabulary:
            return word
        name = _NEIGHBOUR_KINDS.get(self._kinds[number])
        if name:
            return name
        found = _classes().get(word)
        if found:
            return found
        for ending in _ENDINGS:
            if word.endswith(ending):
                return f"-{ending}"
        return "<word>"


def _class(neighbour: str) -> str:
    owned = "'s " if neighbour.startswith("'s ") else ""
    word = neighbour.removeprefix("'s ")
    return owned + _CLASS_OF_COMMON.get(word, _classes().get(word, word if not word.isalpha() else "<word>"))


_CLASS_OF_COMMON = {
    word: name
    for name, words in (
        ("<pronoun>", cues.PRONOUNS),
        ("<determiner>", frozenset("the a an this that these those no any some every each what which".split())),
        ("<owner>", frozenset("my his her our your their its".split())),
        ("<place>", frozenset("in at on by near from to of for with about re regarding into".split())),
        ("<joint>", frozenset("and or but & + , / n if that when because cos so while as".split())),
        ("<is>", frozenset("is was isnt wasnt".split())),
        ("<has>", frozenset("has had hasnt hadnt".split())),
        ("<not>", frozenset("doesnt wont cant didnt wouldnt couldnt shouldnt".split())),
        ("<may>", frozenset("can could will would should may might must".split())),
    )
    for word in words
}
