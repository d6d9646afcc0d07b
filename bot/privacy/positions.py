"""The positions in which a person stands: behind a title, told something, owner of a mother, of an age."""

from __future__ import annotations

from bot.privacy import cues
from bot.privacy.neighbours import Neighbours

_UNCOMMON = 1_500


class Positions(Neighbours):
    """Each method answers one question about one token; none looks at what kind of word it is."""

    def _after_title(self, number: int) -> bool:
        title = self._core(number - 1)
        if title == "" and self._core(number - 1) == ".":
            title = self._core(number - 2)
        return title in cues.TITLES or (self._core(number - 1) == "." and self._core(number - 2) in cues.TITLES)

    def _after_weak_title(self, number: int) -> bool:
        return self._core(number - 1) in cues.WEAK_TITLES and not self._tokens[number - 1].possessive

    def _told(self, number: int) -> bool:
        one, two = self._core(number - 1), self._core(number - 2)
        if one in cues.TOLD:
            return True
        return one in cues.TO_WITH and two in cues.SPOKE

    def _named(self, number: int) -> bool:
        one, two = self._core(number - 1), self._core(number - 2)
        if one in cues.NAMERS:
            return (
                one != "called" or two in cues.PEOPLE or two in ("is", "are", "was", "who", "whos", "shes", "hes", "s")
            )
        if one in ("is", "was", "are", "s", ":") and two in ("name", "names", "surname"):
            return True
        return one in ("names", "name") and self._tokens[number - 1].possessive or (one == "as" and two == "known")

    def _owns_relation(self, number: int) -> bool:
        """ "X's mum", also "X's older brother"."""
        if not self._tokens[number].possessive:
            return False
        return self._core(number + 1) in cues.RELATIONS or self._core(number + 2) in cues.RELATIONS

    def _owns_anything(self, number: int) -> bool:
        return self._tokens[number].possessive and (
            self._core(number + 1) in cues.BELONGINGS or self._owns_relation(number)
        )

    def _aged(self, number: int) -> bool:
        """ "X, 14", "X (7)", "X aged 14", "X is 9", "X 14 yo"."""
        place = number + 1
        if self._core(place) in (",", "(", "-", "is", "was", "whos", "who", "turned", "turns"):
            place += 1
        if self._core(place) in ("is", "age", "aged", "was"):
            place += 1
        figure = self._core(place)
        if not figure.isdigit() or not 0 < len(figure) <= 2:
            return False
        opened = self._core(number + 1)
        behind = self._core(place + 1)
        plain = opened == figure
        return not plain or behind in cues.AGE_WORDS or (behind == "" and self._starts_clause(number))

    def _is_family(self, number: int) -> bool:
        return self._core(number + 1) in (
            "family",
            "household",
            "siblings",
            "twins",
            "brothers",
            "sisters",
            "kids",
            "boys",
            "girls",
        )

    def _is_capital_family(self, number: int) -> bool:
        """ "Fisher twins" at the start of a message, where a plain word would seldom stand."""
        token = self._tokens[number]
        if number > 0 or not token.capital or not self.capitals_tell or token.core in cues.ADJECTIVAL:
            return False
        uncommon = self._lexicon.rank.get(token.core, _UNCOMMON) >= _UNCOMMON
        return self._is_family(number) and (uncommon or token.core in cues.LIKELY_SURNAMES)

    def _after_relation(self, number: int) -> bool:
        """ "his brother X", "my client X", "child called X" without the verb."""
        return self._core(number - 1) in cues.PEOPLE and self._core(number - 2) in cues.OWNERS | cues.PEOPLE

    def speaks_against(self, number: int) -> bool:
        """Whether the next word makes this an ordinary word: "mark on", "will he", "grace period"."""
        word, following = self._core(number), self._core(number + 1)
        if self._tokens[number].possessive:
            return False
        if word in cues.MODALS and following in cues.NOT_AFTER_MODAL:
            return True
        return following in cues.ABSTRACT_BEHIND.get(word, ())
