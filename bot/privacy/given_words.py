"""Given names that are also words ("grace", "will"): a person, or the word."""

from __future__ import annotations

from bot.privacy import cues
from bot.privacy.positions import Positions

_SHORTEST = 3


class GivenWords(Positions):
    """Rules for words that people are called."""

    def word_is_person(self, number: int) -> bool:
        """A given name that is also a word ("grace", "will")."""
        word = self._core(number)
        if self._after_title(number) or self._named(number):
            return not self.speaks_against(number)
        if len(word) == 1:
            return False
        if self._is_aged_person(number):
            return True
        if self.speaks_against(number):
            return False
        adjectival = word in cues.ADJECTIVAL and not self._tokens[number].capital
        if adjectival:
            if self._told(number) and self._core(number + 1) in cues.BEHIND_A_PERSON:
                return True
            if self._appositive(number) and self._core(number + 1) in cues.SAYS | cues.IS:
                return True
            return self._owns_relation(number) and self._starts_clause(number) and len(word) > _SHORTEST
        return (
            self._told(number)
            or self._after_weak_title(number)
            and word not in cues.MODALS
            and (self._ends_phrase(number) or self._core(number + 1) in cues.SAYS | cues.IS)
            or self._owns_relation(number)
            and self._core(number - 1) not in cues.DETERMINERS
            or self._owns_anything(number)
            and self._core(number - 1) not in cues.DETERMINERS
            and word not in cues.ABSTRACT | cues.MONTH_NAMES
            or self._says_word(number)
            or self._is_family(number)
            and self._core(number - 1) == "the"
            or self._appositive(number)
            or self._capital_given(number)
            or self._is_capital_family(number)
        )

    def _is_aged_person(self, number: int) -> bool:
        if self._core(number) in cues.MONTH_NAMES or self._core(number - 1) in cues.DETERMINERS:
            return False
        return self._aged(number)

    def _says_word(self, number: int) -> bool:
        if not self._starts_clause(number) and self._core(number - 1) not in cues.SAYS:
            return False
        following = self._core(number + 1)
        if following in cues.SAYS_SURELY:
            return True
        acts = self._core(number + 2).endswith("ing") and self._core(number) not in cues.ABSTRACT | cues.MONTH_NAMES
        if following in cues.REFUSES and self._core(number) not in cues.ABSTRACT | cues.MONTH_NAMES | cues.MODALS:
            return True
        acts = acts or self._core(number + 2) in cues.DONE_TO or self._core(number + 2).endswith("ed")
        if self._core(number) in cues.ABSTRACT | cues.MONTH_NAMES:
            acts = False
        if following in ("is", "was") and acts and self._core(number) not in cues.MODALS:
            return True
        return following in ("has", "is", "was", "had") and self._core(number + 2) in cues.SAYS_SURELY | frozenset(
            ("been", "scared", "upset", "crying", "pregnant", "missing", "living", "at", "not", "self", "saying", "in")
        )

    def _appositive(self, number: int) -> bool:
        if not self._after_relation(number):
            return False
        if self._core(number) in cues.MODALS:
            return self._core(number + 1) in cues.SAYS_SURELY
        following = self._core(number + 1)
        return following not in cues.PRONOUNS and following not in ("the", "a", "to", "up", "for", "that", "my", "his")

    def _capital_given(self, number: int) -> bool:
        word, following = self._core(number), self._at(number + 1)
        if not self._capital_inside(number) or word in cues.MODALS or word in cues.MONTH_NAMES or len(word) < _SHORTEST:
            return False
        before = self._tokens[number - 1]
        if before.core in cues.DETERMINERS or before.capital or self._tokens[number].text.isupper():
            return False
        return not (following and following.capital and following.core not in self._lexicon.names)
