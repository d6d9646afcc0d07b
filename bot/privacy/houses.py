"""Addresses without an ordinary street: named houses, estates and sites, Welsh streets, first halves of postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy import cues
from bot.privacy.addresses import AREAS, NOT_STREET
from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.view import View

_WORD = r"[a-z][a-z'\-]{1,20}"
_NUMBER = r"\d{1,4}[a-z]?(?:[/\-]\d{1,3}[a-z]?)?"
_UNIT = (
    r"(?:(?:flat|apartment|apt|unit|room|plot|pitch|block|house|number|no\.?|bungalow|berth|chalet|lodge|"
    r"cottage|static|trailer|mooring|pod|"
    r"caravan)\s(?:no\.?\s)?(?:\d{1,4}[a-z]?|[a-h])(?!\w),?\s)"
)
# The number of a house, then one or two words of which one is on no list of words: "109 wellgate", "6 the paddocks".
_NUMBER_AND_WORD = re.compile(
    rf"(?<![\w£$€.,:/\-])(?P<unit>{_UNIT})?{_NUMBER},?\s(?P<the>the\s)?(?P<one>{_WORD})(?:\s(?P<two>{_WORD}))?(?!\w)"
)
_AFTER_NUMBER = frozenset(
    "oaks beeches willows elms limes firs laurels cedars larches hollies birches poplars pines chestnuts "
    "paddocks meadows"
    " orchards gables bungalows cottages crescent mews terrace shambles avenue poplar ridings spinney "
    "coppice copse dell"
    " lindens maples glebe leas links maltings stables steadings moorings wharf quayside moorlands sidings brambles"
    " hawthorns rowans sycamores almonds acorns lawns villas greenway parade circle precinct mount "
    "hawthornes heathers ferns brambles butts nook drive close croft glade rise brow green hollow".split()
)
_NUMBER_STANDS = re.compile(r"\b(?:at|its|address|is|to|lives?|number|no)\W{1,2}$")
_CAPITAL_STREET = re.compile(
    r"(?<!\w)(?:[A-Z][a-z']{2,20}\s){1,2}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Crescent|Terrace|Mews|Close|"
    r"Drive|Gardens|Grove|Row)(?!\w)"
)
_ENDINGS = (
    "gate", "field", "fields", "worth", "thorpe", "side", "croft", "bank", "view", "well", "mead", "leigh",
    "dene", "holme", "wood", "lands", "ridge", "garth", "dale", "hurst", "burn", "bourne", "fold", "lea",
    "ways",
)  # fmt: skip
_NOT_ENDINGS = frozenset(
    "january february september october november december "
    "outside inside beside alongside countryside seaside bedside interview review overview farewell "
    "investigate mortgage"
    " highlands islands always sideways subways hallways doorways stairways reside preside aside decide".split()
)
_GOES_ON = (
    "dont|do|is|was|and|but|with|now|she|he|they|in|on|tell|not|ex|who|where|for|to|at|so|has|if|near|by|from|which"
)
_WELSH = re.compile(
    rf"(?<!\w)(?:{_NUMBER},?\s)(?:ffordd|heol|stryd|tan|maes|cae|llys|pen)\s(?:y|yr)\s{_WORD}|"
    rf"(?<!\w)(?:{_NUMBER},?\s)(?P<street>(?:ffordd|heol|stryd|lon|tan|maes|bryn|clos|rhodfa|parc|pen|cae|"
    rf"llys|ty|tai|cwrt|rhes|erw|"
    rf"gerddi|trem|nant|coed|dol|glan|pant|plas|penrhiw|waun|allt|pentre|pontre|tigh|taigh|sgoil|craobh|druim|cnoc|"
    rf"baile|bealach|sraid|bothar|rathad|cul|tir|ceann|clachan)(?:\s(?:y|yr|na|nan|an|a'|o))?\s{_WORD}"
    rf"(?:\s(?!(?:{_GOES_ON})\b){_WORD})?)(?!\w)|"
    rf"(?<!\w)(?:ffordd|heol|stryd|rhodfa|clos)\s{_WORD}(?:\s(?:y|yr)\s{_WORD})?"
)
_HOUSE_CALLED = re.compile(
    rf"\b(?:house|cottage|farm|bungalow|home|boat|narrowboat|"
    rf"caravan)\s(?:is\s)?called\s(?P<name>(?:the\s)?{_WORD}(?:\s{_WORD}){{0,2}})(?=[,.;]|\s(?:and|in|on|"
    rf"near|by|but|with|at)\b|$)"
)
_OLD = re.compile(
    r"(?<!\w)the old (?:rectory|vicarage|forge|mill|school ?house|school(?=\s?,)|barn|bakery|bakehouse|"
    r"post office|chapel|stables|"
    r"smithy|coach house|manse|parsonage|granary|dairy|station house|police house|lodge|farmhouse|farm|"
    r"toll house|cottage|"
    r"brewery|schoolhouse|tannery|maltings|inn)(?!\w)"
)
# A school that somebody lives in is a house; any other old school is the one before.
_LIVED_IN = re.compile(
    r"\b(?:(?:lives?|lived|living|resides?)\s(?:at|in)|address\sis)\s(?P<place>the old school)(?!\w)"
)
_KIND = (
    r"cottage|cottages|farm|farmhouse|lodge|house|court|tower|towers|heights|point|mansions|villas|flats|wharf|marina|"
    r"business park|retail park|science park|enterprise park|(?:caravan|mobile home|travellers?'?|trailer|holiday)"
    r"\s(?:park|site)|industrial estate|"
    r"trading estate|estate|hall|barn|manor|grange|"
    r"mill|bungalow|croft|buildings|chambers|close|gardens|avenue|grove|crescent|terrace"
)
_NAMED = re.compile(
    rf"(?<![\w'])(?P<unit>{_UNIT})?(?P<name>(?P<one>{_WORD})(?:\s(?P<two>{_WORD}))?)\s(?P<kind>{_KIND})(?!\w)"
    rf"(?!\s(?:care|"
    rf"nursing|residential|home|hospital|surgery|school|primary|academy|nursery|college|infants?|juniors?|"
    rf"hospice|clinic|practice|childrens?|children's|medical|health|supported|high|secondary|sixth|refuge|"
    rf"hostel|youth|officer|manager|worker|agent|order|staff|parent|point|fire|rules|visit|hearing|report|"
    rf"date))"
)
_BEFORE_HOUSE = re.compile(
    r"(?:^|\b(?:at|to|in|on|from|near|outside|is|into|by|around|round|address|of|and|behind|opposite|the))\W{0,2}$"
)
_NOT_HOUSES = frozenset(
    """
    cannabis weed grow puppy stud battery troll content bot click fire
    google one hard back test council housing safe halfway family crown county magistrates high supreme youth open
    full whole own mums dads nans own his her our my their friends town village church sports dining city school
    care residential nursing childrens tennis squash basketball food dairy wind fish real private small main empty
    next-door guest wendy doll play big little nice dirty clean cold new old same different other another first
    second business manor appeal coroners employment tribunal criminal civil juvenile drug stately public dress
    town-hall mother poor work power ivory water control high-rise bell rented social large tiny rough bad whole
    housing's neighbours neighbouring sink nearby safe-house in-laws moot royal contempt abuse county's open-air
    bouncy country music community parish assembly memorial warm end mid share shared temporary empty derelict
    squalid trap crack drug party parents grandparents brothers sisters friend's uncle aunts mates exs ex's her's
    turning starting freezing boiling talking entry vantage decimal power focal sore match meeting viewing data
    view fathers mothers partners cousins victims childs clients boyfriends girlfriends persons tenants families
    landlords tutors teachers carers neighbour nanas grans nanans granddads grandads doctors perps dad mum nan
    gran uncles aunties stepdads
    """.split()
)
_UNIT_IN_PLACE = re.compile(
    rf"(?<!\w){_UNIT}(?:the\s)?(?P<one>{_WORD})(?:\s{_WORD})??\s(?:hill|fields?|woods?|park|lane|road|site|end|bank|moor|"
    r"common|green|row|rise|fold|view|side|bottom|top|bridge|brook|farm|nurseries|court|gardens|close|ridge|dene|edge|"
    r"acres?|meadows?|mead|sands?|bay|cove|haven|quay|marina|basin|wharf|lock|dell|glen|vale|valley|brow|croft|orchard|"
    r"paddocks?|grange|heath|copse|drove|corner|yard|square|way|walk|drive|avenue|holiday park|caravan park)(?!\w)"
)
# First halves of postcodes in capitals, in a text that has few: "is NE8 in gateshead".
_AT_NUMBER = re.compile(
    r"\b(?:at|from|outside|into|in|neighbours? (?:at|from)|live at|lives at|family at|people at|them at)\s"
    r"(?P<house>no\.?\s?\d{1,4}[a-z]?)(?!\w|\s(?:of|in the|on the|time|point|school))"
)
_CAPITAL_AREA = re.compile(
    r"(?<![\w/£.\-])(?!(?:CO2|PS\d|CH\d|PE\d|PR\d|SP\d|IP\d|ST\d|CT\d|SA\d|LA\d|PA\d|DA\d|CA\d|TS\d|RM\d|SS\d|EN\d|"
    r"PH\d|HP\d|CB\d)(?!\d))"
    rf"(?:{AREAS.upper()})\d{{1,2}}[A-Z]?(?: \d(?=\s?(?:$|[^\s\w]|[a-z]{{4}})))?(?![\w/]|[.,-]\d)"
)
# "NICE NG76" is a guideline, not a part of Nottingham.
_GUIDELINE = re.compile(r"(?:nice|guidelines?|guidance|standard)\s(?:\w+\s)?$")
_ONE_LETTER = re.compile(r"[A-Z]\d")
_HOUSE_AND_STREET = re.compile(
    rf"(?:^|\b(?:at|in|to|is|into|called|from|near|by|outside|address|lives?|living|:)\s)(?P<house>(?:the\s)"
    rf"?(?P<one>{_WORD})(?:\s{_WORD}){{0,2}}, ?"
    rf"(?P<two>{_WORD})(?:\s{_WORD})?\s(?:road|rd|street|avenue|ave|lane|ln|crescent|terrace|mews|drive|close|row|"
    rf"gardens|grove))(?!\w)"
)
_BLOCK = re.compile(
    rf"(?<!\w)(?:block|flat|room|unit|apt)\s(?:\d{{1,3}}|[a-h])(?:,?\s(?:block|flat|room|floor|apt)"
    rf"\s(?:\d{{1,4}}[a-z]?|[a-h]))(?:,?\s(?P<name>(?P<one>{_WORD})\s"
    rf"(?:towers?|house|court|point|heights|flats|lodge|hall)))?(?!\w)|"
    rf"(?<!\w)(?P<hall>{_WORD}\s(?:block|house|court|hall|tower)\s(?:[a-h]\s)?(?:room|flat|rm)\s\d{{1,4}}[a-z]?)(?!\w)"
)
_AREA = re.compile(
    rf"\b(?:in|near|around|from|to|of|somewhere in|over in|round|covering|in the)\s(?P<two>(?!(?:ch|pe|pr|"
    rf"pl|co|sp|ip|st)\d)(?:{AREAS})\d\d?[a-z]?)(?=\s(?:area|somewhere|way|flat|now|with|and|n|but|he|she|they)\b|"
    rf"\s?[,.;?!]|\s*$)|"
    rf"(?<!\w)(?P<area>(?:{AREAS})\d\d?)\s(?:area|postcode|is where|side)\b|^(?P<first>(?:{AREAS})\d\d?)\sis where"
)
_NOT_AREAS = re.compile(r"(?:s|m|e|a|w|n|l|b|g)\d{1,2}$")
_SPLIT_POSTCODE = re.compile(
    rf"(?<!\w)(?!s\d|m\d\s)(?:{AREAS})\d\d?\s?\d\s(?:[abd-hjlnp-uw-z]\s[abd-hjlnp-uw-z]|(?!at|as|by|if|is|"
    rf"in|he|we|us|up|to|of)[abd-hjlnp-uw-z]{2})(?!\w)"
)
_CARE_OF = re.compile(rf"(?<!\w)(?P<place>c/o\s\d{{1,4}}[a-z]?\s{_WORD}(?:\s{_WORD})?)")
_DOWN = re.compile(
    rf"\b(?:down|up|along|above|behind|outside|opposite|off|on|by|round|around|lives?|"
    rf"over on)\s(?P<street>(?P<one>{_WORD})(?:\s(?P<two>{_WORD}))?\s"
    r"(?:road|rd|street|st|avenue|ave|lane|ln|crescent|terrace|mews|hill|grove|drive|close|row|bank|"
    r"square|gardens))(?!\w)"
)


def find(view: View, lexicon: Lexicon) -> Iterator[Finding]:
    """Where somebody lives, by the name of a house, an estate or a site."""
    low = view.lower
    for pattern in (_WELSH, _OLD):
        for hit in pattern.finditer(low):
            yield Finding(hit.start(), hit.end(), "address", "looks like the name of a house or a street")
    for hit in _HOUSE_CALLED.finditer(low):
        yield Finding(hit.start("name"), hit.end("name"), "address", "follows words that give a house its name")
    for hit in _NUMBER_AND_WORD.finditer(low):
        end = _end_of_house(hit, lexicon)
        if end:
            yield Finding(hit.start(), end, "address", "looks like a house number and a street")
    for hit in _NAMED.finditer(low):
        start = _start_of_house(hit, low, lexicon)
        if start is not None:
            yield Finding(start, hit.end(), "address", "looks like the name of a house or an estate")
    if not view.text.isupper():
        for hit in _CAPITAL_STREET.finditer(view.text):
            yield Finding(hit.start(), hit.end(), "address", "looks like the name of a street: it has capitals")
    for hit in _DOWN.finditer(low):
        if not _is_plain(hit.group("one")) and (not hit.group("two") or not _is_plain(hit.group("two"))):
            yield Finding(hit.start("street"), hit.end("street"), "address", "looks like the name of a street")
    for hit in _AREA.finditer(low):
        group = hit.lastgroup or "two"
        if low.startswith((" is where", " postcode"), hit.end(group)) or not _NOT_AREAS.match(hit.group(group)):
            yield Finding(hit.start(group), hit.end(group), "postcode", "looks like the first part of a postcode")
    if not view.text.isupper():
        for hit in _CAPITAL_AREA.finditer(view.text):
            guideline = _GUIDELINE.search(low[max(0, hit.start() - 24) : hit.start()])
            if not _ONE_LETTER.match(hit.group()) and not guideline:
                yield Finding(hit.start(), hit.end(), "postcode", "looks like the first part of a postcode")
    for hit in _AT_NUMBER.finditer(low):
        yield Finding(hit.start("house"), hit.end("house"), "address", "looks like the number of a house")
    for hit in _HOUSE_AND_STREET.finditer(low):
        if not _is_plain(hit.group("two")) or hit.group("two") in _OF_STREETS:
            yield Finding(hit.start("house"), hit.end("house"), "address", "looks like a house and its street")
    for hit in _BLOCK.finditer(low):
        yield Finding(hit.start(), hit.end(), "address", "looks like the number of a flat or a room")
    for hit in _SPLIT_POSTCODE.finditer(low):
        yield Finding(hit.start(), hit.end(), "postcode", "looks like a postcode")
    for hit in _UNIT_IN_PLACE.finditer(low):
        if not _is_plain(hit.group("one")):
            yield Finding(hit.start(), hit.end(), "address", "looks like the number of a unit and its place")
    for hit in _CARE_OF.finditer(low):
        yield Finding(hit.start("place"), hit.end("place"), "address", "follows the words care of")
    for hit in _LIVED_IN.finditer(low):
        yield Finding(hit.start("place"), hit.end("place"), "address", "looks like the name of a house")


def _is_plain(word: str) -> bool:
    return word in NOT_STREET or word in _NOT_HOUSES


def _end_of_house(hit: re.Match[str], lexicon: Lexicon) -> int | None:
    one, two = hit.group("one"), hit.group("two")
    if hit.group("the"):
        return hit.end("one") if one in _AFTER_NUMBER else None
    if (
        one in lexicon.names or one in _AFTER_NUMBER or one.rstrip("s") + "s" in _AFTER_NUMBER
    ) and _NUMBER_STANDS.search(hit.string[max(0, hit.start() - 12) : hit.start()]):
        return hit.end("one")
    if _is_name_of_street(one, lexicon):
        return hit.end("one")
    if one == "st" and two and two not in NOT_STREET and len(two) > len("st") + 1:
        return hit.end("two")
    if two in _AFTER_NUMBER and one not in NOT_STREET and one not in _NOT_HOUSES:
        return hit.end("two")
    return None


def _is_name_of_street(word: str, lexicon: Lexicon) -> bool:
    if (
        word in lexicon.jargon
        or word in lexicon.names
        or word in lexicon.eponyms
        or word in _NOT_ENDINGS
        or len(word) < 5
    ):
        return False
    rare = lexicon.rank.get(word, 99_999) > 12_000
    if word.endswith(_ENDINGS) and rare and not word.endswith(("ly", "ed", "ing")):
        return True
    return (
        word not in lexicon.rank and word not in lexicon.places and not lexicon.resembles_word(word.removesuffix("s"))
    )


def _start_of_house(hit: re.Match[str], low: str, lexicon: Lexicon) -> int | None:
    one, two, kind = hit.group("one"), hit.group("two"), hit.group("kind")
    unit = hit.group("unit") is not None
    if two and not _is_plain(two):
        start = hit.start("two") if _is_plain(one) or one in _VERBS else hit.start("one")
        nearest = two
    elif not two and not _is_plain(one):
        start, nearest = hit.start("one"), one
    else:
        return None
    if unit and start == hit.start("one"):
        return hit.start()
    if start == 0 and nearest in cues.ADJECTIVAL:
        return None
    if nearest in _VERBS or lexicon.rank.get(nearest, 99_999) < 150 or nearest.endswith(("'s", "ing", "ed", "ly")):
        return None
    if nearest.endswith("s") and nearest[:-1] in _RELATED or nearest in lexicon.jargon:
        return None
    before = low[max(0, start - 14) : start]
    telling = nearest not in lexicon.rank or nearest in lexicon.names or nearest in lexicon.christened
    if kind in _WEAK_KINDS and not telling:
        return None
    if not _BEFORE_HOUSE.search(before):
        return None
    return start - 4 if before.endswith("the ") else start


_WEAK_KINDS = frozenset(
    (
        "house court hall point mill close buildings chambers tower flats gardens avenue grove terrace "
        "crescent croft barn estate"
    ).split()
)
_RELATED = frozenset(
    "mum dad nan gran uncle aunt auntie mate friend parent brother sister cousin partner boyfriend girlfriend"
    " neighbour carer victim child client landlord grandparent tenant family teacher other people".split()
)
_OF_STREETS = frozenset(
    "back front main high church cross school long mill moor north south east west upper lower".split()
)
_VERBS = frozenset(
    "lives live living lived stays stay staying stayed moved moving left leave visit visited seen found "
    "went at to in on"
    " the from near outside is of and by into around".split()
)
