"""Words that people are called, made plain by their companions: "hunter gatherer", "car jack", "bag of billy"."""

from __future__ import annotations

from bot.privacy import cues
from bot.privacy.positions import Positions

_VERBS = frozenset("mark rob sue chase pat jack bill nick grant skip trip josh pick wade peg drop rig don cash".split())
# What stands behind a verb and seldom behind the name of somebody.
_OBJECTS = frozenset("every each any all another anything everything these those".split())
_MAY_BE_DONE = frozenset(
    "ok okay fine allowed wrong right able going need needs needed want wants how what when where try trying tried "
    "meant supposed unprofessional unkind unfair inappropriate appropriate legal illegal lawful best hard easy "
    "required have has had time about".split()
)
# "grace means well" is said of a person, "rob means steal" of a word.
_MEANT_BY_A_PERSON = frozenset(
    "to well harm it that business no nothing everything a so more the me he she i trouble her his my our their us him "
    "them".split()
)
_OFFICES = frozenset("bishop archbishop pope deacon cardinal".split())
_SLANG = frozenset("charlie mandy molly billy henry lucy tina mary jane".split())
_AMOUNTS = frozenset(
    "bag bags gram grams g line lines wrap wraps baggie baggies ounce ounces pill pills tab tabs".split()
)
_DRUGS = frozenset("mdma cocaine coke amphetamine amphetamines speed cannabis weed spice heroin ket ecstasy".split())
_OF_DRUGS = _DRUGS | _AMOUNTS | frozenset("drug drugs powder powders crystals gear stash".split())
_TAKING = frozenset("snort snorts snorting snorted sniffing".split())
# Done to people as well: "dealing henry a bad hand".
_PERHAPS_TAKING = frozenset("sniff sniffs sniffed dealing smoking".split())
# What somebody does whom "it" does not stand for: "calling it mandy took drugs".
_BY_A_PERSON = frozenset(
    "took takes taking take on uses using used had has sells sold selling gave gives deals".split()
)
_CUT = frozenset("cut laced mixed".split())
_PLANNED = frozenset(
    "rota rotas calendar figures dates data leave statistics stats timetable payslip rent schedule minutes budget "
    "target targets".split()
)
_LOOK_BACK = 5
_LOOK_AROUND = 6
_MONTH_GOES_ON = frozenset(
    "half term rota payslip deadline data holidays onwards exams heatwave weather intake holiday bank dates"
    .split()
)  # fmt: skip
_OF_A_MONTH = frozenset("when over far".split())


_TIMES = frozenset("time night day week morning evening month weekend other single".split())


class Companions(Positions):
    """Rules that speak for the plain word, by what stands beside it."""

    def _is_plain_beside(self, number: int) -> bool:
        token = self._tokens[number]
        if token.capital and self.capitals_tell and not self._starts_clause(number) or self._told(number):
            return token.core in cues.MONTH_NAMES and self._is_month(number)
        return (
            self._has_companion(number)
            or self._is_verb(number)
            or self._is_defined(number)
            or self._is_office(number)
            or self._is_slang(number)
            or self._is_month(number)
        )

    def _has_companion(self, number: int) -> bool:
        word, lists = self._core(number), self._lexicon
        behind, front = lists.behind.get(word, frozenset()), lists.front.get(word, frozenset())
        one, two = self._core(number + 1), self._core(number + 2)
        if one in behind or f"{one}_{two}" in behind:
            return True
        last = self._core(number - 1)
        return last in front or f"{self._core(number - 2)}_{last}" in front

    def _is_verb(self, number: int) -> bool:
        """ "mark every box", "wrong to josh with students"."""
        if self._core(number) not in _VERBS:
            return False
        following = self._core(number + 1)
        if self._core(number - 1) == "to" and self._core(number - 2) in _MAY_BE_DONE:
            return following not in cues.IS | cues.SAYS and following != "" and following not in cues.RELATIONS
        often = self._core(number + 2) in _TIMES or following == "all"
        return self._starts_clause(number) and following in _OBJECTS and not often

    def _is_defined(self, number: int) -> bool:
        meant = self._core(number + 1) == "means" and self._core(number + 2) not in _MEANT_BY_A_PERSON
        # What is nothing but a name is no word that anybody would explain.
        plain = self._core(number) not in self._lexicon.names | self._lexicon.given_places
        return meant and plain and self._starts_clause(number) and self._core(number + 2) != ""

    def _is_office(self, number: int) -> bool:
        token, before = self._tokens[number], self._at(number - 1)
        if token.core not in _OFFICES or token.capital and self.capitals_tell and number:
            return False
        named = before is not None and (before.core in self._lexicon.names or before.core in self._lexicon.christened)
        return not named and not self._after_title(number) and not self._named(number)

    def _is_slang(self, number: int) -> bool:
        """ "a bag of billy", "what is charlie cut with"."""
        if self._core(number) not in _SLANG:
            return False
        one, two = self._core(number - 1), self._core(number - 2)
        if one == "of" and two in _AMOUNTS or one in _TAKING or one == "on" and two == "high":
            return True
        later = [self._core(place) for place in range(number + 1, number + 1 + _LOOK_AROUND)]
        earlier = [self._core(place) for place in range(max(0, number - _LOOK_AROUND), number)]
        if one in _PERHAPS_TAKING:
            return later[0] not in _OF_DRUGS and bool(_OF_DRUGS & {*later, *earlier})
        if later[0] in _CUT and later[1] == "with":
            return one in ("what", "whats") or two in ("what", "whats") or bool(_OF_DRUGS & {*later, *earlier})
        if one != "it" or two not in ("calling", "call", "called") or _BY_A_PERSON & set(later):
            return False
        return bool(_DRUGS & set(later[:4]))

    def _is_month(self, number: int) -> bool:
        if self._core(number) not in cues.MONTH_NAMES:
            return False
        before, following, second = self._core(number - 1), self._core(number + 1), self._core(number + 2)
        joints = ("and", "or", "&", ",")
        joined = following in joints and second in _MONTHS_ONLY
        if joined or before in joints and self._core(number - 2) in _MONTHS_ONLY:
            return True
        if before in _MONTHS or following in _MONTHS or following in ("to", "until", "till", "/") and second in _MONTHS:
            return True
        earlier = {self._core(place) for place in range(max(0, number - _LOOK_BACK), number)}
        if before == "for" and earlier & _PLANNED:
            return not self._is_month_of_somebody(number)
        if following in _MONTH_GOES_ON:
            return True
        return self._starts_clause(number) and following in ("is", "was") and second in _OF_A_MONTH

    def _is_month_of_somebody(self, number: int) -> bool:
        """ "dates for june and her mum", "rota for may who is off": a person's name, whatever is planned."""
        one, two = self._core(number + 1), self._core(number + 2)
        if one in ("and", "or", "&", ",", "with", "to"):
            return two in cues.OWNERS - {"the"} | cues.RELATIONS
        return one in cues.SAYS_SURELY | {"who", "whos", "whose"} or one in cues.OWNERS and two in cues.RELATIONS


_MONTHS_ONLY = frozenset("january february march july september october november december".split())
_MONTHS = frozenset("january february march april may june july august september october november december".split())
