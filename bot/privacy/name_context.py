"""What the words around a token say: a person, or not. Each method answers one question about one token."""

from __future__ import annotations

from bot.privacy import cues
from bot.privacy.given_words import GivenWords
from bot.privacy.introductions import Introductions
from bot.privacy.joined_names import JoinedNames
from bot.privacy.ordinary_words import OrdinaryWords
from bot.privacy.posts import Posts
from bot.privacy.unlisted_words import UnlistedWords
from bot.privacy.view import BARRIER

_CLOSE = 2
# "Mr X and Mrs Y" stand for anybody, as they do in judgments.
_NOBODYS = frozenset("ixyz")
# What is done by or to somebody real: "mr y hit her", "mrs z was slapped".
_HARM = frozenset(
    """
    hit hits hitting slapped slaps punched punches kicked kicks beat beats beaten bit bites pushed pushes shoved hurt
    hurts burned burnt burns choked strangled stabbed grabbed grabs groped touched touches raped rapes abused abuses
    assaulted assaults attacked attacks threatened threatens shook shakes locked groomed grooms harmed harms bruised
    injured molested controls stalks stalked neglected neglects spat smacks smacked""".split()
)
_BEFORE_HARM = frozenset("has had is was keeps kept got been being also always often once then who".split())
_SHORTEST = 3
_MEN_AND_WOMEN = frozenset("chap bloke fella geezer lad lass guy man woman lady boy girl kid dealer".split())
_ONE_OF_THEM = frozenset("a an some this the another older old young big local".split()) | {""}


class Reader(GivenWords, UnlistedWords, JoinedNames, Introductions, Posts, OrdinaryWords):
    """Reads the words around the tokens of one text."""

    def is_part_of_compound(self, number: int) -> bool:
        """A listed name that is no person here: nothing but figures around it, as in "adam-12"."""
        return self._core(number + 1) == "'" and self._core(number) == ""

    def is_nickname(self, number: int) -> bool:
        """What somebody goes by: "everyone calls her bubbles", "nickname spider", "calls himself ace"."""
        token = self._tokens[number]
        if not token.is_word or token.core.isdigit() or token.core in cues.NO_NICKNAME or token.after_break:
            return False
        if self._lexicon.rank.get(token.core, 9_999) < cues.NICKNAME_RANK and not token.capital:
            return False
        if token.core in cues.RELATIONS:
            return False
        one, two, three = self._core(number - 1), self._core(number - 2), self._core(number - 3)
        if one in cues.NICKNAMES or one in ("is", "was", "s") and two in cues.NICKNAMES:
            return True
        if two == "street" and one == "name" or three == "street" and two == "name" and one in ("is", "was"):
            return True
        if one == "called" and two in _MEN_AND_WOMEN and three in _ONE_OF_THEM:
            rare = self._lexicon.rank.get(token.core, 99_999) > cues.INSULT_RANK and token.core not in cues.INSULTS
            return rare and token.core not in self._lexicon.jargon and not token.core.endswith("ing")
        if one in cues.SELVES and two in cues.CALLS or one == "by" and two in ("goes", "go", "going", "went"):
            return True
        if one in ("him", "her", "them") and two in ("call", "calls"):
            return self._lexicon.rank.get(token.core, 99_999) > cues.INSULT_RANK and token.core not in cues.INSULTS
        return one == "as" and two == "known" and three in ("also", "is", "hes", "shes", "who", "man", "lad", "s")

    def is_plural_family(self, number: int) -> bool:
        """A family called by its surname: "the smiths"."""
        word = self._core(number)
        return (
            self._core(number - 1) == "the"
            and len(word) > _SHORTEST + 1
            and word[-1] == "s"
            and (word[:-1] in self._lexicon.names and word not in self._lexicon.jargon)
        )

    def are_initials_with_s(self, number: int) -> bool:
        """Initials whose s lacks its apostrophe: "ABs stepdad"."""
        letters, ending = self._tokens[number].text[:-1], self._tokens[number].text[-1:]
        if len(letters) != 2 or not letters.isupper() or ending != "s" or letters.lower() in self._lexicon.jargon:
            return False
        return self._core(number + 1) in cues.RELATIONS

    def forbids_weighing(self, number: int, kind: str) -> bool:
        """What the weights have no say in: a word that its neighbour explains, a label in front of a value, a place."""
        if self.is_ordinary_here(number) or kind == "SURNAME_WORD" and self._core(number) in cues.RELATIONS:
            return True
        following = self._at(number + 1)
        if self._core(number) in cues.OWNED:
            return True
        if following is not None and following.text == "=" and following.start == self._tokens[number].end:
            return True
        if kind != "UNKNOWN" and following is not None:
            label = (kind == "INITIALS" or self._core(number) in cues.LABELS) and following.text[0] in f"{BARRIER}:#"
            if label or sum(one.isdigit() for one in following.text) > _CLOSE:
                return True
        if kind not in ("PLACE", "GIVEN_PLACE"):
            return False
        if kind == "PLACE" and self._is_town_alone(number):
            return True
        before = self._core(number - 1)
        return before in cues.PLACE_CUES or before in ("from", "to", "of", "and", "or", "east", "west")

    def _is_town_alone(self, number: int) -> bool:
        """A town that nobody is called after, as the subject: "birmingham has its own form"."""
        word, lists = self._core(number), self._lexicon
        called_after = word in lists.christened or word in lists.given_places or word in lists.eponyms
        town = word in lists.places and word not in cues.COUNTRIES and not called_after
        return town and self._starts_clause(number) and not self._tokens[number].possessive

    def is_initial_after_title(self, number: int) -> bool:
        """A single letter that stands for a surname: "mr b", "mrs k"."""
        token = self._tokens[number]
        title = self._core(number - 1) in ("mr", "mrs", "ms", "miss", "dr", "mx")
        if not title or len(token.core) != 1 or not token.core.isalpha():
            return False
        return token.core not in _NOBODYS or token.possessive or self._aged(number) or self._does_harm(number)

    def _does_harm(self, number: int) -> bool:
        place = number + 1
        while self._core(place) in _BEFORE_HARM and place - number <= _CLOSE:
            place += 1
        return self._core(place) in _HARM

    def surname_is_person(self, number: int) -> bool:
        """A surname that is also a word ("king", "green")."""
        token = self._tokens[number]
        if self._after_title(number) or self._is_capital_family(number):
            return True
        if token.capital and self.capitals_tell:
            if self._after_weak_title(number) or self._told(number) and self._core(number - 1) != "the":
                return not self._tokens[number].text.isupper()
            return self._is_family(number) and self._core(number - 1) == "the" and token.core not in cues.ADJECTIVAL
        if self._after_weak_title(number) and self._core(number - 1) in cues.SURNAME_TITLES:
            return self._core(number) in self._lexicon.surname_words and self._lexicon.rank.get(token.core, 0) > 300
        return (
            self._owns_relation(number)
            and self._starts_clause(number)
            and self._lexicon.rank.get(token.core, 0) > 2_000
        )

    def place_is_person(self, number: int) -> bool:
        """A place or an eponym ("lincoln", "fraser")."""
        if self._after_title(number) or self._named(number):
            return True
        if self._core(number) in self._lexicon.given_places or self._core(number) in self._lexicon.eponyms:
            if self._told(number) and self._core(number + 1) not in cues.PLACE_BEHIND:
                return True
            if self._starts_clause(number) and self._core(number + 1) in cues.DOES_AS_A_PERSON:
                return True
        if self._core(number) in self._lexicon.towns and self._core(number + 1) == "is" and self._aged(number):
            return self._core(number + 3) in cues.AGE_WORDS | {"", ",", "and", "but", "with"}
        return self._owns_relation(number) and self._core(number - 1) not in cues.PLACE_CUES

    def given_place_is_person(self, number: int) -> bool:
        """A given name that is also a place ("chelsea"), masked unless a place is spoken of."""
        before, following = self._core(number - 1), self._core(number + 1)
        if self._told(number) or self._owns_relation(number) or self._named(number) or self._is_in_somebody(number):
            return True
        if before == "in" and self._core(number - 2).startswith("confid"):
            return True
        if following in cues.PLACE_BEHIND or before in cues.PLACE_CUES:
            return False
        if before in ("to", "from"):
            return self._core(number - 2) in cues.SPOKE | cues.TOLD | frozenset(
                ("disclosure", "heard", "text", "message")
            )
        return True
