"""Towns that people are called after: the place, where the words around it speak of a place."""

from __future__ import annotations

from bot.privacy.positions import Positions

_CUES = frozenset("in across throughout".split())
# "lives near shirley" speaks of a place, "not allowed near shirley" of a person.
_BESIDE = frozenset("near outside".split())
_LIVING = frozenset(
    "live lives living lived based placement home hostel refuge school office hospital centre family somewhere place "
    "flat house".split()
)
# Behind these, "in" is followed by somebody: "confided in beverley", "the change in barry".
_IN_SOMEBODY = frozenset(
    "confide confides confided confiding trust trusts trusted believe believes believed confidence faith interest "
    "interested disappointed change changes changed seen saw see noticed improvement difference decline deterioration "
    "behaviour marks bruising bruises let brought bring call called took take get got".split()
)
_BEHIND = frozenset(
    "council councils councillor councillors county borough town area hospital magistrates library station branch "
    "market residents mash beach docks prom seafront infirmary".split()
)
_OF = frozenset("isle city town borough village port".split())
_MOVES = frozenset("move moves moved moving relocate relocated relocating".split())
# What is moved to a person.
_MONEY = frozenset("money savings cash funds pension account benefits tenancy attention custody".split())
_COPULAS = frozenset("is isnt was or come comes count counts fall falls belong belongs".split())
_TO_A_PLACE = frozenset("that it part under covered classed counted as".split())
_WHICH = frozenset("which what whose".split())
_REGIONS = frozenset(
    "riding wales scotland england lancashire yorkshire cheshire cumbria essex kent "
    "sussex surrey norfolk suffolk devon cornwall midlands merseyside tyneside humberside london".split()
)
_OF_A_PLACE = frozenset("law laws courts legislation thresholds procedures mash lado".split())
_OWNED = frozenset("council court police board hub form forms procedures".split())
_BODIES = frozenset("council board hospital team mash lado who duty office trust police authority".split())
_HAVE = frozenset("has have had uses use follows follow".split())
_WITHIN = 4


class Towns(Positions):
    """Rules for names of towns; each needs a word that nobody would put beside a person."""

    def _is_town_here(self, number: int) -> bool:
        lists, word = self._lexicon, self._core(number)
        if word not in lists.towns and word not in lists.given_places:
            return False
        if self._after_title(number) or self._named(number) or self._told(number) or self._aged(number):
            return False
        if self._is_named_further(number):
            return False
        return (
            self._stands_in(number)
            or self._core(number - 1) == "of"
            and self._core(number - 2) in _OF
            or self._core(number + 1) in _BEHIND
            or self._is_moved_to(number)
            or self._is_joined_to_a_town(number)
            or self._is_told_of_as_a_place(number)
            or self._is_asked_of_as_a_place(number)
        )

    def _is_named_further(self, number: int) -> bool:
        following, before = self._core(number + 1), self._core(number - 1)
        return self.touches(number, number + 1) and following in self._lexicon.names or before in self._lexicon.names

    def _stands_in(self, number: int) -> bool:
        one, two = self._core(number - 1), self._core(number - 2)
        return one in _CUES and two not in _IN_SOMEBODY or one in _BESIDE and two in _LIVING

    def _is_moved_to(self, number: int) -> bool:
        one, two = self._core(number - 1), self._core(number - 2)
        if one not in ("to", "from"):
            return False
        if two in _MOVES:
            return not _MONEY & {self._core(place) for place in range(number)}
        beyond = self._core(number + 2) if one == "from" and self._core(number + 1) == "to" else ""
        return self._is_town_alone_here(beyond) or one == "to" and self._is_town_alone_here(two)

    def _is_joined_to_a_town(self, number: int) -> bool:
        joints = ("and", "or", "/", "&")
        if self._core(number + 1) in joints and self._is_town_alone_here(self._core(number + 2)):
            return True
        return self._core(number - 1) in joints and self._is_town_alone_here(self._core(number - 2))

    def _is_told_of_as_a_place(self, number: int) -> bool:
        """ "X is in which council", "X is East Riding or hull", "X has different law"."""
        if not self._starts_clause(number):
            return False
        one, two, three = (self._core(number + step) for step in (1, 2, 3))
        later = [self._core(place) for place in range(number + 2, number + 2 + _WITHIN)]
        if one in _HAVE:
            return bool(_OF_A_PLACE & set(later)) or "its" in later and bool(_OWNED & set(later))
        if one not in _COPULAS:
            return False
        if two == "in":
            return three in _WHICH
        return self._begins_with_a_place(later)

    def _is_asked_of_as_a_place(self, number: int) -> bool:
        """ "which board covers X", "has X got its own board", "is X in renfrewshire"."""
        before, one, two = (self._core(number + step) for step in (-1, 1, 2))
        if before in ("cover", "covers", "covered", "serves"):
            return bool(_BODIES & {self._core(place) for place in range(max(0, number - _WITHIN - 1), number)})
        if before in ("has", "does") and one in ("got", "have", "get"):
            return two in ("its", "their") or bool(_OF_A_PLACE & {two, self._core(number + 3)})
        if before not in ("is", "isnt"):
            return False
        if one == "in":
            return two in _REGIONS or two.endswith("shire")
        return one in ("under", "part", "covered") or one in _REGIONS or two in _REGIONS

    def _begins_with_a_place(self, later: list[str]) -> bool:
        for place, word in enumerate(later):
            if place and later[place - 1] in _WHICH and word in _OWNED | {"county", "borough", "authority"}:
                return True
            if word in _REGIONS or self._is_town_alone_here(word):
                return True
            if word not in _TO_A_PLACE and word not in _WHICH and word not in ("east", "west", "north", "south", "of"):
                return False
        return False

    def _is_town_alone_here(self, word: str) -> bool:
        lists = self._lexicon
        called = word in lists.christened or word in lists.given_places or word in lists.names
        return word in lists.places and not called
