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
# Parts of a body and things of a person: "across lewis face", "in shirley room".
_OF_A_BODY = frozenset(
    """
    ankle ankles arm arms back belly body bottom bum buttocks cheek cheeks chest chin ear ears elbow eye eyes face feet
    finger fingers foot forehead genitals groin hair hand hands head hip hips jaw knee knees knuckles leg legs lip lips
    mouth nappy neck nose privates rib ribs scalp shin shoulder shoulders skin stomach teeth thigh thighs throat toe
    toes tongue tummy vagina wrist wrists bag bags bath bed bedroom blood book books bottle buggy car coat cot cup
    cupboard diary drawer drawers file files flat fridge handbag home house jacket kitchen laptop lessons lips locker
    lunchbox medication messages notes pants phone pocket pockets pram purse rucksack room shoes sock socks statement
    tablet tray trousers underwear urine van voice wallet wardrobe""".split()
)
_BEHIND = frozenset(
    "council councils councillor councillors county borough town area hospital magistrates library station branch "
    "market residents mash beach docks prom seafront infirmary".split()
)
_SHOWN_IN_SOMEBODY = frozenset(
    "symptom symptoms sign signs injury injuries bruise bruises bruising scar scars swelling pain rash fever infection "
    "infections seizures anxiety psychosis dementia regression mood anger".split()
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
_BODIES = frozenset("council board hospital mash lado duty office trust police authority".split())
# Who covers Florence on Friday is asked of a person.
_NO_BODIES = frozenset("team teams worker workers officer nurse doctor gp manager carer midwife teacher staff".split())
_AUTHORITIES = frozenset(
    "council councils county borough authority authorities law laws legislation jurisdiction".split()
)
_IN_WHICH = _AUTHORITIES | frozenset("area region country nation district trust board mash police".split())
# "a council flat", "the court order": what a council or a law has for a person.
_FOR_A_PERSON = frozenset(
    """
    accommodation allegation allegations application bungalow care case concern enquiry estate file flat foster form
    funding home house housing inquiry investigation meeting meetings officer order orders place placement plan
    property protection record referral referrals rent student support tax tenancy tenant worker""".split()
)
_AT_A_PLACE = frozenset("in across between from to of near around cover covers covering for".split())
_SHARED = _IN_WHICH | frozenset(
    "share shares team teams office border boundary hospital trusts safeguarding services".split()
)
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
        if self._is_in_somebody(number):
            return False
        return one in _CUES and two not in _IN_SOMEBODY or one in _BESIDE and two in _LIVING

    def _is_in_somebody(self, number: int) -> bool:
        """ "drugs found in lewis room", "symptoms in chelsea": the town's word for the place is said of a person."""
        if self._core(number - 1) not in _CUES or not self._may_be_a_person(number):
            return False
        if self._core(number - 2) in _SHOWN_IN_SOMEBODY:
            return True
        return self.touches(number, number + 1) and self._core(number + 1) in _OF_A_BODY

    def _may_be_a_person(self, number: int) -> bool:
        word, lists = self._core(number), self._lexicon
        return word in lists.names or word in lists.given_places or word in lists.christened or word in lists.towns

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
        first = last = number
        if self._core(number + 1) in joints and self._is_town_alone_here(self._core(number + 2)):
            last = number + 2
        elif self._core(number - 1) in joints and self._is_town_alone_here(self._core(number - 2)):
            first = number - 2
        else:
            return False
        # A town alone may be a surname too: "lewis and derby" needs a word of places.
        return self._core(first - 1) in _AT_A_PLACE or self._speaks_of(_SHARED, last + 1)

    def _speaks_of(self, words: frozenset[str], first: int) -> bool:
        """Whether one of the words stands shortly behind, and not as part of what a person has or is under."""
        places = range(first, first + _WITHIN + 1)
        return any(self._core(place) in words and self._core(place + 1) not in _FOR_A_PERSON for place in places)

    def _is_told_of_as_a_place(self, number: int) -> bool:
        """ "X is in which council", "X is East Riding or hull", "X has different law"."""
        if not self._starts_clause(number):
            return False
        one, two, three = (self._core(number + step) for step in (1, 2, 3))
        later = [self._core(place) for place in range(number + 2, number + 2 + _WITHIN)]
        if one in _HAVE:
            if "its" in later:
                return bool((_OF_A_PLACE | _OWNED) & set(later))
            # People have a referral to either as well: "jordan has mash next week".
            return self._speaks_of(_OF_A_PLACE - {"mash", "lado"}, number + 2)
        if one not in _COPULAS:
            return False
        if two == "in":
            return three in _WHICH and self._core(number + 4) in _IN_WHICH
        return self._begins_with_a_place(later)

    def _is_asked_of_as_a_place(self, number: int) -> bool:
        """ "which board covers X", "has X got its own board", "is X in renfrewshire"."""
        before, one, two = (self._core(number + step) for step in (-1, 1, 2))
        if before in ("cover", "covers", "covered", "serves"):
            earlier = {self._core(place) for place in range(max(0, number - _WITHIN - 1), number)}
            return bool(_BODIES & earlier) and not _NO_BODIES & earlier
        if before in ("has", "does") and one in ("got", "have", "get"):
            return two == "its" or self._speaks_of(_OF_A_PLACE | _AUTHORITIES, number + 2)
        if before not in ("is", "isnt"):
            return False
        if one == "in":
            return two in _REGIONS or two.endswith("shire")
        if one in ("under", "part", "covered"):
            return self._speaks_of(_AUTHORITIES | _REGIONS, number + 2) or self._is_under_a_town(number + 2)
        return one in _REGIONS or two in _REGIONS

    def _is_under_a_town(self, first: int) -> bool:
        words = (self._core(place) for place in range(first, first + 2))
        return any(self._is_town_alone_here(word) or word.endswith("shire") for word in words)

    def _begins_with_a_place(self, later: list[str]) -> bool:
        for place, word in enumerate(later):
            if place and later[place - 1] in _WHICH and word in _IN_WHICH:
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
