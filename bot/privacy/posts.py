"""People told by where they sit, and names that are the smallest of words: "sue in the office", "An is 15"."""

from __future__ import annotations

from bot.privacy import cues
from bot.privacy.positions import Positions

_POSTS = frozenset(
    "office reception hr admin accounts finance kitchen payroll nursery library canteen pharmacy housing camhs camhs "
    "triage records secretary team front desk class flat house room ward"
    .split()
)  # fmt: skip
_ARTICLES = frozenset("the our my her his".split())
_SMALL_NAMES = frozenset("an my do thi hoa so no thu binh vy".split())
_OLDEST = 19
_DONE_TO_PEOPLE = frozenset(
    "discharged sectioned excluded expelled arrested restrained assessed fostered evicted sedated referred signed "
    "offrolled released remanded suspended placed detained reassessed".split()
)
_PASSIVE = frozenset("been being be get got getting when if were are im shes hes theyre not".split())


class Posts(Positions):
    """Rules for a name in front of a place of work, an age, or "is what she is called"."""

    def is_at_a_post(self, number: int) -> bool:
        """ "sue in the office opened it", "will at reception told me"; not "mark in the office diary"."""
        if self._core(number) in cues.ABSTRACT | cues.MONTH_NAMES:
            return False
        if self._is_done_to(number):
            return True
        if not self._starts_clause(number):
            return False
        if self._means_to_do(number) or self._is_a_family_that_does(number):
            return True
        given = self._core(number) in self._lexicon.christened
        if not given or self._core(number + 1) not in ("in", "at", "from", "on"):
            return False
        place = number + 3 if self._core(number + 2) in _ARTICLES else number + 2
        behind = self._core(place + 2 if self._core(place + 1).isdigit() else place + 1)
        acts = behind in cues.SAYS | cues.IS or behind.endswith("ed") or behind in ("wants", "thinks", "rang", "sent")
        return self._core(place) in _POSTS and acts

    def _is_done_to(self, number: int) -> bool:
        """ "camhs discharged rowan": who does something to somebody names the one it is done to."""
        word, two = self._core(number), self._core(number - 2)
        if self._core(number - 1) not in _DONE_TO_PEOPLE or two in cues.IS | _PASSIVE:
            return False
        given = word in self._lexicon.christened and word not in cues.MODALS | cues.ADJECTIVAL
        return given and not self.speaks_against(number)

    def _means_to_do(self, number: int) -> bool:
        """ "rob means to leave": words mean something, people mean to do something."""
        return (
            self._core(number) in self._lexicon.christened
            and self._core(number + 1) == "means"
            and self._core(number + 2) in ("to", "well", "no")
        )

    def _is_a_family_that_does(self, number: int) -> bool:
        """ "king family have moved": a surname that is a word, in small letters."""
        surname = self._core(number) in cues.LIKELY_SURNAMES and self._core(number) not in cues.ADJECTIVAL
        return surname and self._core(number + 1) == "family" and self._core(number + 2) in cues.IS | {"have", "are"}

    def is_called_so(self, number: int) -> bool:
        """ "My is what she is called", "An is 15": a word too small for any list of names."""
        if self._core(number + 1) != "is":
            return False
        if self._core(number + 2) == "what" and self._core(number + 3) in ("he", "she", "they", "hes", "shes"):
            called = {self._core(number + 4), self._core(number + 5)} & {"called", "calls", "goes"}
            return bool(called) and self._core(number) not in cues.PRONOUNS | {"that", "this", "it", "which"}
        small = self._core(number) in _SMALL_NAMES and self._tokens[number].capital
        figure = self._core(number + 2)
        if not small or not self._starts_clause(number) or not figure.isdigit() or int(figure) > _OLDEST:
            return False
        return self._core(number) in ("an", "my") or self._core(number + 3) in ("", ",", "and", "from")
