"""Where a word that people are called names nobody: a month behind "from", a country behind "travelling to"."""

from __future__ import annotations

from bot.privacy import cues, name_parts
from bot.privacy.companions import Companions
from bot.privacy.towns import Towns
from bot.privacy.view import BARRIER


class OrdinaryWords(Towns, Companions):
    """Rules that speak against a person, whatever list the word is on."""

    def is_ordinary_here(self, number: int) -> bool:
        """Whether the words around it make this a day, a month, a country, a thing or a label, not a person."""
        if self._tokens[number].possessive:
            return (
                self._names_a_brand(number)
                or self._core(number) in cues.WEEKDAYS
                and self._core(number + 1) not in cues.RELATIONS
            )
        return (
            self.is_label(number)
            or self._is_acronym(number)
            or self._is_neighbour(number)
            or self._is_time(number)
            or self._is_country(number)
            or self._is_quality(number)
            or self._is_thing(number)
            or self._is_town_here(number)
            or self._is_plain_beside(number)
            or self.speaks_against(number)
            and not self._aged(number)
        )

    def is_label(self, number: int) -> bool:
        """ "reg is [vehicle]", "tel no [phone]", "ip was": a label in front of a value."""
        if self._core(number) not in cues.LABELS:
            return False
        place = number + 1
        while self._core(place) in cues.LABEL_LINKS and place - number < _FURTHEST:
            place += 1
        value = self._at(place)
        return value is not None and (value.text.startswith(BARRIER) or any(one.isdigit() for one in value.text))

    def _is_acronym(self, number: int) -> bool:
        """ "ELSA support", "TIA": names that are also abbreviations, in capitals."""
        token = self._tokens[number]
        return token.core in cues.ACRONYMS and token.text.isupper() and not self._told(number)

    def _is_time(self, number: int) -> bool:
        word, before = self._core(number), self._core(number - 1)
        if word in cues.WEEKDAYS:
            return not self._told(number)
        if word not in cues.MONTH_NAMES:
            return False
        return before in cues.BEFORE_A_TIME and not (before == "from" and self._core(number - 2) in cues.SENT_BY)

    def _is_country(self, number: int) -> bool:
        if self._core(number) not in cues.COUNTRIES:
            return False
        one, two, three = self._core(number - 1), self._core(number - 2), self._core(number - 3)
        if one in ("to", "from", "in", "via", "of", "for", "near", "across"):
            return bool({two, three} & cues.TRAVELS)
        if self._core(number + 1) in ("trip", "visit", "holiday", "flight", "flights", "visa", "passport"):
            return True
        beyond, joint = self._core(number + 2), self._core(number + 1)
        lands = self._lexicon.places
        return joint in ("and", "or", ",", "/") and beyond in lands or one in ("and", "or", ",", "/") and two in lands

    def _is_quality(self, number: int) -> bool:
        """ "peace and patience", "frank with me", "some hope": what is felt or shown."""
        word, before, following = self._core(number), self._core(number - 1), self._core(number + 1)
        if word not in cues.ABSTRACT or self._told(number) or self._told(number - 2) or self._after_title(number):
            return False
        shown = before in cues.BEFORE_A_QUALITY and following not in cues.SAYS
        joined = before in ("and", "or") and self._core(number - 2) in cues.ABSTRACT
        return shown or joined or following in ("and", "or") and self._core(number + 2) in cues.ABSTRACT

    def _is_thing(self, number: int) -> bool:
        """ "an austin allegro", "a charlie": a listed name in lower case behind "a" is a thing."""
        token, before = self._tokens[number], self._core(number - 1)
        if token.core == "em":
            return not self._starts_clause(number) and not self._told(number)
        if self._core(number + 1) in cues.PUBLIC_PLACES and not (token.capital and self.capitals_tell and number):
            return self._core(number + 1) != "police" or self._core(number + 2) in cues.PUBLIC_PLACES
        if token.core in cues.ADJECTIVAL | name_parts.AGES and self._core(number + 1) in cues.RELATIONS | cues.PEOPLE:
            return not (token.capital and self.capitals_tell and number)
        if token.core in name_parts.AGES and self._is_called_so(number + 1):
            return not (token.capital and self.capitals_tell and number)
        if token.core == "guy":
            return self._core(number + 1) == "next" or before in cues.DETERMINERS or before in cues.COMPARED
        if before not in ("a", "an") or token.capital and self.capitals_tell:
            return False
        following = self._at(number + 1)
        named = following is not None and (following.core in self._lexicon.names or following.core in cues.RELATIONS)
        return not named

    def _is_called_so(self, number: int) -> bool:
        word, token = self._core(number), self._at(number)
        masked = token is not None and token.text.startswith(BARRIER)
        return masked or word in self._lexicon.names or word in self._lexicon.christened

    def _is_neighbour(self, number: int) -> bool:
        """ "old mrs upstairs", "mr next door": where somebody lives, in the place of a name."""
        return self._core(number) in cues.NO_SURNAMES and self._core(number - 1) in cues.TITLES | {"miss", "ms"}

    def _names_a_brand(self, number: int) -> bool:
        return self._core(number) in cues.BRANDS and self._core(number + 1) not in cues.RELATIONS


_FURTHEST = 4
