"""Words on no list, initials and rare words: a person, or a typing error."""

from __future__ import annotations

from bot.privacy import cues
from bot.privacy.lexicon import RARE
from bot.privacy.positions import Positions

# Endings that names seldom have and words often do.
_WORD_ENDINGS = (
    "ed", "ing", "ity", "ion", "ly", "ness", "ment", "able", "ist", "ism", "ology", "er", "ers", "ful", "al", "ic",
)  # fmt: skip
_COMMON_RANK = 8_000
_SHORTEST = 3


class UnlistedWords(Positions):
    """Rules for words that no list of names holds."""

    def initials_are_person(self, number: int) -> bool:
        """Two or three letters on no list ("JB's mum", "client tj")."""
        token = self._tokens[number]
        if len(token.core) < 2:
            return False
        if self._owns_anything(number) or self._named(number) or self._after_title(number):
            return True
        if self._core(number + 1) in ("in", "from") and self._core(number + 2) in ("yr", "year", "y"):
            return True
        if (
            self._starts_clause(number)
            and self._core(number + 1) in cues.SAYS_SURELY
            and token.core not in cues.NO_ROLE
        ):
            return True
        if not any(one in "aeiouy" for one in token.core) or token.text.isupper():
            person = self._core(number - 1) in cues.PEOPLE or self._core(number - 1) in ("re", "regarding")
            return person or self._told(number) or self._aged(number)
        return self.unknown_is_person(number)

    def unknown_is_person(self, number: int) -> bool:
        """A word on no list: masked where a person stands, unless it is a typing error of a frequent word."""
        token = self._tokens[number]
        if not self._stands_as_person(number):
            if len(token.core) <= _SHORTEST + 2 or token.text.isupper() or self._is_word_form(number):
                return False
            return self._lexicon.resembles_name(token.core)
        titled = self._after_title(number) or self._core(number - 1) in cues.SURNAME_TITLES
        if not token.capital and self._is_word_form(number) and not titled:
            return False
        if token.text.isupper() and self.capitals_tell:
            return self._owns_relation(number) or self._after_title(number)
        if self._after_title(number):
            return True
        return not self._lexicon.resembles_word(token.core)

    def _is_word_form(self, number: int) -> bool:
        """Whether a word on no list is an inflection or a compound: "bedsores", "reoffending", "flowchart"."""
        word = self._core(number)
        if self._lexicon.is_built_from_words(word):
            return True
        return word.endswith(_WORD_ENDINGS) and not self._tokens[number].possessive and not self._told(number)

    def _stands_as_person(self, number: int) -> bool:
        if self._after_title(number) or self._after_weak_title(number) or self._told(number) or self._named(number):
            return True
        before, following = self._core(number - 1), self._core(number + 1)
        return (
            before in cues.TOLD_LOOSE
            or before in cues.NAMERS
            or self._owns_anything(number)
            or self._is_family(number)
            or self._after_relation(number)
            or before in cues.PEOPLE
            or self._aged(number)
            or self._capital_inside(number)
            or (self._starts_clause(number) or before in cues.CONCERN)
            and following in cues.SAYS | cues.IS
        )

    def rare_word_is_person(self, number: int) -> bool:
        """A word of middling frequency with a capital, right where a name stands: "Spoke to Trelawney"."""
        token = self._tokens[number]
        if not token.is_word or not token.core.isalpha():
            return False
        if len(token.core) <= _SHORTEST:
            shouted = token.text[: len(token.core)].isupper() and self.capitals_tell
            return shouted and token.core in cues.NO_ROLE and self._owns_relation(number)
        if token.core in self._lexicon.jargon or token.core in cues.NO_SURNAMES or token.text.isupper():
            return False
        if self._after_title(number):
            return self._lexicon.rank.get(token.core, _COMMON_RANK) > 400
        if self._lexicon.rank.get(token.core, 0) > RARE and not token.core.endswith(_WORD_ENDINGS):
            return self._told(number) or self._named(number) or self._owns_relation(number)
        rare = self._lexicon.rank.get(token.core, 0) > _COMMON_RANK
        return (
            rare
            and self._capital_inside(number)
            and (self._told(number) or self._named(number) or self._owns_relation(number))
        )
