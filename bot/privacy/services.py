"""Services in forms of their own: "Parkgate Practice", "Moorend JFC", "the lantern church", "unit 7, Loom Works"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.view import View

_WORD = r"[a-z][a-z'\-]{2,20}"
_RARE = 99_999
_TELLING = 1_500
_RARE_ENOUGH = 15_000
_UNCOMMON = 6_000
_PRACTICE = re.compile(
    rf"(?<![\w'])(?P<name>{_WORD})\s(?P<kind>practice|walk[ \-]in(?:\s(?:centre|clinic))?|minor injuries(?:\sunit)?|"
    r"(?:j|a|y|r|ru|c|u)?fc|ccc|cc|food ?bank|masjid|larder|warm hub|drop[ \-]in)"
    r"(?P<team>\s(?:u|under)[ \-]?\d{1,2}'?s)?(?!\w)"
)
_TEAM = re.compile(r"(?:j|a|y|r|ru|c|u)?fc$")
_HOTEL = re.compile(
    rf"(?<!\w)(?P<place>(?:hotel|hostel|b&b)\s(?P<name>{_WORD})(?P<street>\son\s{_WORD}\s(?:road|rd|street|lane|avenue|way))?)"
    r"(?!\w)"
)
_THE_CHURCH = re.compile(
    rf"(?:^|[.;!?]\s|\b(?:at|from|to|in|that|because|when|of|and|by|with)\s)(?P<place>the\s(?P<name>{_WORD})"
    r"(?:\s(?:tree|oak|rock|hill|way|light|life|hope|vine|well|springs?|gate|bridge|cross))?\s"
    r"(?:church|chapel|mosque|temple|youth club|youth centre|community centre|nursery|preschool|hostel|hotel|"
    r"academy|primary|day centre))(?!\w|\s(?:school|act|of))"
)
_IN_BRACKETS = re.compile(
    rf"(?<!\w)(?:nursery|school|preschool|playgroup|college|academy|care home|home|hostel|refuge|hospital|surgery|"
    rf"childminder|unit|club|church|mosque|placement|setting|provider|agency|scheme)\s?"
    rf"\((?P<name>(?:the\s)?{_WORD}(?:\s[a-z][a-z'\-]{{1,20}}){{0,4}})\)"
)
# "the haunted church", "an evangelical chapel": these describe one.
_DESCRIBES = (
    "al", "ic", "an", "ist", "ox", "ish", "ese", "ous", "ant", "ent", "ed", "ing", "ive", "ary", "ory", "ful", "less",
    "able", "ible", "ual", "ite", "ly",
)  # fmt: skip
_NO_NAME = frozenset(
    "whole northern southern eastern western modern best honest biggest smallest closest newest oldest nearest "
    "mosque seventh city county village sports leisure football rugby cricket boxing tennis judo karate swimming "
    "dance drama chess homework breakfast lunch supper gymnastics netball hockey golf sailing cycling darts bridge "
    "book strip night snooker boys girls mens womens social wine fan youth toddler baby staff hospital prison "
    "workplace onsite on-site forces army navy council university uni private independent sister corner mission "
    "airport budget gay irish montessori steiner kids teenage teen asylum homeless migrant refugee faith hindu sikh "
    "sunni shia coptic penthouse luxury airbnb seaside beach country holiday parish lutheran adventist quaker "
    "outdoor indoor gymnast charity forest woodland outreach corporate emergency backpacker student winter summer "
    "bail probation wet dry sober rehab detox nature bilingual pony disco knitting gardening photography computer "
    "coding music choir running fight mma fitness weights free".split()
)
_ISLAMIC = re.compile(
    rf"(?<![\w'])(?P<place>(?:darul|dar[ \-]ul|dar[ \-]al|dar|jamia|jamia?t|masjid|markaz|madrasah?|baitul|bait[ \-]ul)"
    rf"\s(?!(?:at|in|on|and|for|to|is|has|that|teacher|class|after|the|where|he|she|said|says|or|every|with|who|committee|asked|wants|want|runs|run|told|leader|elders|staff|members|trustees|near|down|school|classes|every|are)\b){_WORD}"
    rf"(?:\s{_WORD})??(?:\s(?:centre|center|mosque|academy|institute|school|hall|trust))?)(?!\w)"
)
_UNIT = re.compile(
    rf"(?<!\w)(?:unit|studio|workshop|suite|loft|apartment)\s\d{{1,3}}[a-z]?,?\s(?:the\s)?(?P<name>{_WORD})(?:\s{_WORD})?"
    r"\s(?:works|wharf|mills?|mews|yard|park|house|buildings?|quay|factory|foundry|maltings|centre|lofts?|warehouse|"
    r"studios|arches|estate)(?!\w)"
)
_CLASS = re.compile(
    rf"(?<![\w'])(?P<class>(?P<name>{_WORD})\s(?:class|group|room)\s(?:at|in)\s)(?=(?:the\s)?[A-Z])", re.IGNORECASE
)
_CAPITALS_BEHIND = re.compile(r"(?:[Tt]he\s)?[A-Z][\w'\-]*(?:\s[A-Z][\w'\-]*)*")
_NOT_A_CLASS = frozenset(
    "the his her their this that same whole year any one same reception science maths english art music nurture "
    "support parenting toddler baby play youth drama dance peer therapy focus top bottom set first yoga swimming "
    "living".split()
)
# The names of homes and schools that stand alone: "hillcrest rang", "at thornmead".
_OF_HOUSES = (
    "crest", "mead", "brook", "haven", "dene", "mere", "croft", "hurst", "leigh", "moor", "ridge", "mount", "acres",
    "oaks", "field", "fields", "bank", "wood", "gate", "thorpe", "lea", "lands", "dale", "view", "holme", "worth",
)  # fmt: skip
_ALONE = re.compile(
    r"(?:^|\b(?:when|if|because|cos|that|and|but|say|says|so)\s)(?P<name>[a-z]{6,16})\s(?P<done>ring|rang|say|wont|"
    r"want|have|are|keep|called|said|told|phone|phoned|refuse|refused|sent|send|arent|dont|didnt|staff|never|emailed|"
    r"excluded|exclude|is|has|was|closed|shut)(?!\w)"
)


def find(view: View, lexicon: Lexicon) -> Iterator[Finding]:
    """Services whose kind stands in front, or is no word for a school or a hospital; and houses that stand alone."""
    low = view.lower
    for hit in _PRACTICE.finditer(low):
        if _names_a_practice(view, hit, lexicon):
            yield _setting(hit.start(), hit.end())
    for hit in _HOTEL.finditer(low):
        if hit.group("street") and _is_rare(hit.group("name"), lexicon, _TELLING):
            yield _setting(hit.start(), hit.end())
    for hit in _THE_CHURCH.finditer(low):
        if _tells_of_one(hit.group("name"), lexicon):
            yield _setting(hit.start("place"), hit.end("place"))
    for hit in _IN_BRACKETS.finditer(low):
        if _is_named_in_brackets(view.text[hit.start("name") : hit.end("name")], lexicon):
            yield _setting(hit.start("name"), hit.end("name"))
    for hit in _ISLAMIC.finditer(low):
        yield _setting(hit.start("place"), hit.end("place"))
    for hit in _UNIT.finditer(low):
        if _is_rare(hit.group("name"), lexicon, _TELLING):
            yield Finding(hit.start(), hit.end(), "address", "looks like the number of a unit and its building")
    for hit in _ALONE.finditer(low):
        if _is_house_alone(hit.group("name"), lexicon):
            yield _setting(hit.start("name"), hit.end("name"))
    for hit in _CLASS.finditer(view.text):
        behind = _CAPITALS_BEHIND.match(view.text, hit.end())
        if behind and not view.text.isupper() and hit.group("name").lower() not in _NOT_A_CLASS:
            if hit.group("name")[0].isupper() or hit.group("name").endswith("s"):
                yield _setting(hit.start(), behind.end())


def _setting(start: int, end: int) -> Finding:
    return Finding(start, end, "setting", "looks like the name of a service")


def _is_rare(word: str, lexicon: Lexicon, rank: int) -> bool:
    return lexicon.rank.get(word, _RARE) > rank and word not in lexicon.jargon and word not in lexicon.plain


def _names_a_practice(view: View, hit: re.Match[str], lexicon: Lexicon) -> bool:
    name = hit.group("name")
    both = view.text[hit.start()].isupper() and view.text[hit.start("kind")].isupper() and not view.text.isupper()
    capitals, capitals_at_start = both and hit.start() > 0, both and hit.start() == 0
    if name in lexicon.places and not _TEAM.match(hit.group("kind")):
        return False
    if capitals and _is_rare(name, lexicon, _RARE_ENOUGH):
        return True
    if capitals_at_start and _is_rare(name, lexicon, _UNCOMMON) and not name.endswith(_DESCRIBES):
        return True
    own = name not in lexicon.rank and _is_rare(name, lexicon, 0) and not lexicon.resembles_word(name)
    if _TEAM.match(hit.group("kind")):
        return own or name in lexicon.places or _is_rare(name, lexicon, _TELLING)
    return own and not name.endswith(_DESCRIBES) or name.endswith(_OF_HOUSES) and _is_rare(name, lexicon, _RARE_ENOUGH)


def _is_named_in_brackets(name: str, lexicon: Lexicon) -> bool:
    """Whether what stands in brackets behind a kind names one: "(Little Acorns at Penfold)", "(willowmere)"."""
    words = name.split()
    capitals = [word for word in words if word[0].isupper() and not word.isupper()]
    if len(capitals) > 1:
        return True
    if capitals or len(words) == 1 and (name.lower().endswith(_DESCRIBES) or name.lower() in _NO_NAME):
        return False
    return any(_is_rare(word, lexicon, _RARE_ENOUGH) for word in words if not word.isupper())


def _tells_of_one(name: str, lexicon: Lexicon) -> bool:
    plain = name in _NO_NAME or name.endswith(_DESCRIBES) or name.endswith(("'s", "s'"))
    # A plain word of the field may name a house all the same, unless it says who or what somebody is.
    people = name in lexicon.plain and name.endswith(("er", "or", "ee", "ers", "ors", "ees", "s"))
    rare = lexicon.rank.get(name, _RARE) > _TELLING and name not in lexicon.jargon
    return rare and not plain and not people


def _is_house_alone(name: str, lexicon: Lexicon) -> bool:
    rare = _is_rare(name, lexicon, _RARE_ENOUGH) and name not in lexicon.places and name not in lexicon.names
    return rare and name.endswith(_OF_HOUSES)
