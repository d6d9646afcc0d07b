"""Schools and services named without their kind: by a role ("the head at Wellfield"), a saint, or the word "at"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.names_kind import Kind, classify
from bot.privacy.tokens import Token
from bot.privacy.view import View

_SCHOOL_ROLES = (
    r"head(?:teacher|mistress|master)?|deputy(?: head)?|assistant head|senco|sendco|dsl|teacher|teaching assistant|ta|"
    r"governor|caretaker|(?:dinner|lollipop) lady|head of year|pastoral lead|tutor|form tutor|pupil|student|governors|"
    r"school nurse|matron|lunchtime supervisor|midday supervisor|year \d{1,2}|yr ?\d{1,2}|y\d{1,2}|reception|nursery|"
    r"sixth form|gcses|a levels|on (?:the )?roll|enrolled|classes|lessons|term|excluded"
)
_SETTING_ROLES = (
    r"resident|staff|carer|nurse|manager|deputy manager|matron|patient|works|worked|working|volunteer|"
    r"volunteers|placed|"
    r"placement|detained|detox|rehab|inpatient|ward|scouts|cubs|brownies|guides|beavers|coach|trains|key ?worker|"
    r"youth worker|vicar|imam|priest|pastor|minister|minded|respite|remand|prisoner|serving|sectioned|seen|day centre"
)
_OPENING = (
    rf"(?:(?P<role>{_SCHOOL_ROLES}|(?P<care>{_SETTING_ROLES}))\s(?:(?P<at>at)|of|from|in)|attends|attending|attended|"
    r"(?:goes|go|went|gone|going|moved|moving|moves|transferred|transferring|starts?|started|"
    r"switched) (?:in |over )?(?:to|at)|"
    r"excluded from|expelled from|(?:school|nursery|college|childminder|playgroup|preschool) ?(?:is|was|,|:|=|called)|"
    r"(?:school|college|nursery|home|ward|clinic|surgery|gp|hospital|dentist) (?:is|was) (?:called )?|dentist|"
    r"(?P<called>(?:home|hospital|surgery|church|mosque|gym|club|nursery|school|college|preschool|agency|hostel|"
    r"refuge|company|charity|"
    r"playgroup|ward|service|practice) called)|at|gp at|under|by|(?:care |foster |fostering )agency|care "
    r"(?:company|provider|firm)|hostel|refuge(?: in)?|rehab)"
)
_START = re.compile(rf"(?<!\w){_OPENING},?\s")
_KINDS_OF_PLACE = frozenset((Kind.UNKNOWN, Kind.NAME, Kind.PLACE, Kind.GIVEN_PLACE))
_STOP = frozenset(
    """
    and but who which that where when because so if she he they i we it is was has have had told tells said says rang
    wont cant doesnt didnt isnt will would can could may in at on with for from to by about since until till after
    before during this next last every each today yesterday tomorrow now then not no yes as hit hits keeps wants need
    needs asked ask refused refuse reported sent a an his her their my our your are were be been or full year years old
    january february march april june july august september october november december monday tuesday wednesday
    thursday friday saturday sunday christmas easter summer autumn winter spring
    aged age again still also only just during rather than without off out up down over there here
    """.split()
)
# How the names of houses, schools and homes end, written as one word.
_ENDINGS = (
    "field", "fields", "side", "wood", "woods", "dale", "view", "lands", "bank", "croft", "hurst", "leigh",
    "ley", "mead", "meadows", "brook", "well", "gate", "thorpe", "worth", "grove", "mount", "holme", "house",
    "hill", "haven", "way", "oaks", "dene", "moor", "combe", "ford", "bridge", "fell", "beck", "garth",
    "bourne", "stead", "park", "trees",
)  # fmt: skip
_NOT_PLACES = frozenset("skool shcool homeway anyways sumway foodbank carpark playpark".split())
# Words that are the names of many schools and homes, though a dictionary has them.
_HOUSES = frozenset(
    "parkside hillside lakeside moorlands woodlands meadowbank highfield springfield fairfield sunnyside"
    " riverside brookside westfield northfield southfield greenfield woodside fairway deerbolt".split()
)
_GROUPS = frozenset(
    "oaks beeches willows elms limes firs laurels cedars larches hollies birches poplars pines chestnuts"
    " acorns orchards paddocks meadows gables limes maples ashes hawthorns lindens towers cottages".split()
)
_LITTLE = frozenset(
    "little tiny busy bright sunny rainbow twinkle happy smiley sunshine buzzy honey cheeky dinky wee".split()
)
_SAINT = re.compile(
    r"(?<![\w'])(?:st|saint)\.?\s(?P<who>[a-z]{3,14})(?P<owned>'s|s')?(?:\s(?P<more>more|the martyr))?(?!\w)"
)
_SAINT_TOWNS = frozenset(
    "helens albans andrews ives austell asaph davids neots leonards mungos mungo ambulance helier kitts "
    "lucia vincent pauls louis"
    " petersburg tropez pancras georges moritz".split()
)
_NUMBER_BEFORE = re.compile(r"\d{1,4}[a-z]?\s(?:\w+\s){0,3}$")
_ROLES_OF_PEOPLE = frozenset("at of under by with for from".split())
_MOST = 4
_MOST_CAPITALS = 0.6
_BODIES = frozenset(
    "police council county court office board team services service hub trust social care city hospital street north"
    " south east west upper new saudi united high crown magistrates".split()
)


def find(view: View, tokens: list[Token], lexicon: Lexicon, exempt: frozenset[int]) -> Iterator[Finding]:
    """Names behind a word that leads to a school or a service, and saints that no street or town is called after."""
    places = {token.start: number for number, token in enumerate(tokens)}
    for hit in _START.finditer(view.lower):
        number = places.get(hit.end())
        if number is None or number in exempt:
            continue
        if hit.group("called") and tokens[number].core not in _STOP:
            yield Finding(hit.end(), tokens[number].end, "setting", "follows words that give a service its name")
        last = _last_word(tokens, number, lexicon, exempt, named_role=hit.group("at") is not None)
        if last is not None:
            kind = "setting" if hit.group("care") or not hit.group("role") else "school"
            yield Finding(
                hit.end(), tokens[last].end, kind, "stands where the name of a school or a service usually stands"
            )
    for hit in _SAINT.finditer(view.lower):
        number = places.get(hit.start("who"))
        if number is None or number in exempt or hit.group("who") in _SAINT_TOWNS:
            continue
        if _NUMBER_BEFORE.search(view.lower[max(0, hit.start() - 30) : hit.start()]):
            continue
        who = tokens[number].core
        if (
            who in lexicon.names
            or who.removesuffix("s") in lexicon.names
            or who.removesuffix("s") in lexicon.christened
        ):
            yield Finding(hit.start(), hit.end(), "school", "looks like a school or a church named after a saint")


def _last_word(
    tokens: list[Token], first: int, lexicon: Lexicon, exempt: frozenset[int], *, named_role: bool
) -> int | None:
    """The last token of a name that begins here, or None where ordinary words stand."""
    begin = first
    if tokens[first].core == "the" and first + 1 < len(tokens):
        if tokens[first + 1].core in _GROUPS:
            return first + 1
        begin += 1
    found, place = False, begin
    while place < len(tokens) and place - begin < _MOST and _goes_on(tokens, begin, place) and place not in exempt:
        found = found or _names_a_place(tokens, place, lexicon, named_role=named_role)
        place += 1
    if not found:
        return _two_capitals(tokens, begin, place, lexicon)
    last = place - 1
    while last > begin and not _names_a_place(tokens, last, lexicon, named_role=named_role):
        last -= 1
    return last


def _two_capitals(tokens: list[Token], begin: int, end: int, lexicon: Lexicon) -> int | None:
    """The second of two capitalised words that begin here, unless they name a town or a body: "Cardinal Newman"."""
    pair = tokens[begin : begin + 2]
    if end - begin < len(pair) or len(pair) < 2 or not all(one.capital and not one.text.isupper() for one in pair):
        return None
    share = sum(token.capital for token in tokens if token.is_word) / max(1, sum(token.is_word for token in tokens))
    if share > _MOST_CAPITALS or any(one.core in _BODIES or one.core in lexicon.jargon for one in pair):
        return None
    return None if pair[1].core in lexicon.places else begin + 1


def _goes_on(tokens: list[Token], begin: int, place: int) -> bool:
    token = tokens[place]
    if not token.is_word or token.core in _STOP or token.core.isdigit() or token.after_break:
        return False
    return place == begin or not tokens[place - 1].possessive


def _names_a_place(tokens: list[Token], place: int, lexicon: Lexicon, *, named_role: bool) -> bool:
    token = tokens[place]
    word = token.core
    if word in lexicon.jargon:
        return False
    if word in _GROUPS or place > 0 and tokens[place - 1].core in _LITTLE and word not in _NOT_CHILDREN:
        return True
    if word in _HOUSES or word.endswith(_ENDINGS) and word not in lexicon.rank and word not in _NOT_PLACES:
        return True
    kind = classify(token, lexicon)
    if kind is Kind.UNKNOWN:
        return len(word) > 3 and not lexicon.resembles_word(word) and not lexicon.is_built_from_words(word)
    if named_role and kind in (Kind.NAME, Kind.GIVEN_PLACE):
        return True
    return named_role and token.capital and place > 0 and not token.text.isupper() and word not in _ROLES_OF_PEOPLE


_NOT_CHILDREN = frozenset(
    "one ones boy girl boys girls brother sister bit while more less man lad lass kid kids thing things "
    "people children child"
    " baby babies".split()
)
