"""Postcodes and postal addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.model import Finding
from bot.privacy.view import View

_DIGIT = re.compile(r"\d")
AREAS = (
    "ab|al|b|ba|bb|bd|bf|bh|bl|bn|br|bs|bt|bx|ca|cb|cf|ch|cm|co|cr|ct|cv|cw|da|dd|de|dg|dh|dl|dn|dt|dy|e|ec|eh|en|"
    "ex|fk|"
    "fy|g|gl|gu|gy|ha|hd|hg|hp|hr|hs|hu|hx|ig|im|ip|iv|je|ka|kt|kw|ky|l|la|ld|le|ll|ln|ls|lu|m|me|mk|ml|n|ne|ng|nn|"
    "np|nr|"
    "nw|ol|ox|pa|pe|ph|pl|po|pr|rg|rh|rm|s|sa|se|sg|sk|sl|sm|sn|so|sp|sr|ss|st|sw|sy|ta|td|tf|tn|tq|tr|ts|tw|ub|w|"
    "wa|wc|wd|"
    "wf|wn|wr|ws|wv|yo|ze"
)
_POSTCODE = re.compile(rf"(?<!\w)(?:{AREAS})\d(?:\d|[a-hjkmnp-y])?[ \-]{{0,2}}\d[abd-hjlnp-uw-z]{{2}}(?!\w)")
# As typed: with a letter that no real postcode ends in, where capitals show what is meant.
_POSTCODE_MISTYPED = re.compile(rf"(?<!\w)(?:{AREAS.upper()})\d(?:\d|[A-Z])?[ \-]{{0,2}}\d[A-Z]{{2}}(?!\w)")
_PARTIAL = re.compile(
    rf"\b(?:post ?code|lives? (?:in|at|on|around|near)|living (?:in|at)|"
    rf"address|based in|moved to|house in|flat in|estate in)"
    rf"(?:\s(?:is|was|area|starts|with|the|begins)){{0,3}}[\s:]{{1,2}}"
    rf"(?P<part>(?:{AREAS})\d(?:\d|[a-z])?(?: \d)?)(?!\w)"
)

_WORD = r"(?:st\.|[a-z][a-z'\-]{0,24})"
_STRONG_STREET = (
    r"(?:road|rd|street|avenue|aven|ave|lane|crescent|cres|terrace|mews|boulevard|blvd|cul-de-sac|gdns|crt|str)"
)
_WEAK_STREET = (
    r"(?:st|ln|close|drive|dr|way|court|ct|place|pl|gardens|garden|grove|square|sq|hill|park|view|walk|"
    r"row|green|rise|parade|"
    r"vale|bank|mount|croft|meadow|meadows|fields|gate|wharf|quay|heights|fold|brow|chase|ridge|path|yard|"
    r"villas|cottages|"
    r"estate|common|wood|woods|mead|wynd|loan|brae|circus)"
)
_NUMBER = r"\d{1,4}[a-z]?"
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_SPELLED_NUMBER = (
    rf"(?:(?:(?:{_UNITS}) hundred(?: and)?(?: |$))?(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    rf"(?:[ \-](?:{_UNITS}))?|"
    rf"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|{_UNITS})|(?:{_UNITS}) hundred)"
)
_FLAT = (
    r"(?:(?:flat|flt|apartment|appt|apt|unit|room|plot|caravan|pitch|bungalow|chalet|lodge|berth|cottage)\s(?:no\.?\s|number\s)?"
    r"(?:\d{1,4}[a-z]?|[a-h])(?!\w),?\s)"
)
_NUMBERED = re.compile(
    rf"(?<![\w/£.,:])(?:{_FLAT}|\d{{1,2}}/\d{{1,2}},?\s)?(?:(?:number|no\.?)\s)?{_NUMBER}"
    rf"(?:[\-/]{_NUMBER}|\s?(?:,|&|and)\s?{_NUMBER}|\sand a half)?,?\s"
    rf"(?P<middle>{_WORD}(?:\s{_WORD}){{0,2}}?)\s(?P<kind>{_STRONG_STREET}|{_WEAK_STREET})(?!\w)"
    rf"(?:\s{_STRONG_STREET}(?!\w))?"
)
_SPELLED = re.compile(
    rf"(?<!\w){_SPELLED_NUMBER}\s(?P<middle>{_WORD}(?:\s{_WORD})?)\s(?P<kind>{_STRONG_STREET}|close|drive|gardens|"
    rf"grove)(?!\w)"
)
_UNNUMBERED = re.compile(
    rf"\b(?:on|in|at|near|from|off|to|of|is)\s(?:the\s)?(?P<street>(?P<middle>{_WORD}(?:\s{_WORD})?)\s"
    rf"(?P<kind>{_STRONG_STREET}|{_WEAK_STREET}))(?!\w)"
)
_FLAT_ALONE = re.compile(
    rf"(?<!\w)(?:flat|flt|apartment|apt)\s(?:no\.?\s|number\s)?(?:\d{{1,4}}[a-z]?|[a-h])(?=[\s,.]|$)(?!\s(?:bed|"
    rf"beds|bedroomed|bedroom|bedrooms|months?|weeks?|days?|years?|times?)\b)"
    rf"(?:,?\s(?!(?:is|was|has|and|with|but|on|in|at|where|who|she|he|they|above|below|next|for|or)\b){_WORD}"
    rf"(?:\s(?:house|court|tower|towers|point|heights|lodge|building|buildings|mansions|block))){{0,1}}"
)
_LIVES = (
    r"(?:lives? at|living at|lived at|address is|address was|address|home is|house is|staying at|stays at|moved to|"
    r"resides at|residing at|moving to|visit to|visited|seen at|lives? in|living in|works? at|based at|home address)"
)
_HOUSE_KIND = (
    r"(?:cottage|cottages|house|lodge|farm|farmhouse|villa|manor|hall|barn|court|tower|towers|heights|"
    r"bungalow|flats|croft|"
    r"grange|rectory|vicarage|mill|caravan park|point|mansions)"
)
_HOUSE = re.compile(
    rf"\b{_LIVES}[\s:]{{1,2}}(?P<house>(?P<middle>{_WORD}(?:\s{_WORD}){{0,2}}?)\s(?P<kind>{_HOUSE_KIND})(?!\w)"
    rf"(?:,?\s{_WORD}\s(?:{_STRONG_STREET})(?!\w))?)"
)
# Behind "address is", a number and words that go on to no sentence are a street, though no word says so.
_NO_STREET_WORD = (
    r"(?!(?:a|an|the|and|or|but|is|was|in|on|at|to|of|for|from|with|by|away|not|dont|do|does|tell|she|he|they|it|we|i|"
    r"her|his|who|where|which|ex|now|if|so|as|has|have|had|can|miles?|minutes?|mins?|hours?|days?|weeks?|months?|years?|"
    r"times?|people|kids|children|adults|different|other|more|of|places?|addresses|homes?|houses?|schools?|properties|"
    r"separate|streets?|roads?|doors?|others|yards|metres|km|occasions|bed|beds|bedrooms?|hostels?|refuges?|flats?|"
    r"placements?|since|until|when|while|because|after|before|please|not|only|just|per|percent|sets?|numbers?|"
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|am|pm|oclock|yrs?|mths?|wks?|hrs?|residents|members|units|sites|wards|areas|towns|"
    r"cities|foster|care|carers|families|nights?|new|bigger|smaller|weekly|hourly|sessions?|classes|social)\b)"
)
_AFTER_ADDRESS = re.compile(
    rf"\b(?:addr|addy|address|adress|lives? at|living at|lived at|fled to|moved to|staying at|resides at)"
    rf"(?:\s?(?:is|was|now|:|=|-|to)){{0,2}}\s(?P<house>{_NUMBER},?\s{_NO_STREET_WORD}{_WORD}"
    rf"(?:\s(?:y|yr|na|nan|an|a'|o|{_NO_STREET_WORD}[a-z'\-]{{3,20}})){{0,2}})(?!\w)"
)
_NUMBER_ONLY = re.compile(
    rf"\b(?:lives? at|living at|address is|resides at|staying at|home address is|lives? at number|address)[\s:]{{1,2}}"
    rf"(?:is\s)?(?P<house>(?:number\s|no\.?\s)?{_NUMBER},?\s(?P<middle>{_WORD})(?:\s{_WORD})?)(?=\s?[,.;]|"
    rf"\s(?:in|with|and|but)\b|$)"
)
# Words that are never part of the name of a street or a house in lower case.
NOT_STREET = frozenset(
    """
    a an the this that these those his her their my our your its some any no each every other another same new
    old in on at by to of for from with and or but if so as is are was were be been has have had do does did can
    could will would should may might must not he she it they we you i who what which where when why how up down
    out off over under about than then there here just only very too also long short way ways one two three four
    five six seven eight nine ten year years yr yrs month months mth mths week weeks wk wks day days hour hours
    hr hrs hrly minute minutes min mins mile miles km metre metres m people children kids child kid adult adults
    young yo old olds men women boys girls man woman boy girl times time percent safeguarding caution care
    children's social police fast quick easy hard wrong right best only main busy local nearby public private
    quiet side back front safe foster residential nursing supported half full open closed whole sheltered
    council housing whose first second third next last mum mums dad dads nan nans gran grandparents different
    better proper certain similar strange own brother's sister's friend's friends family another's another. step
    steps stage points people's section article act chapter page rule rules principles sessions going gone went
    come came see saw seen find found get got go take took hurt play plays playing walking running cross
    crossing car driving drive safer particular good bad single many several both under high refuge temporary
    emergency street road home house school crown high magistrates family county court's supreme appeal youth
    tower addresses places homes schools houses properties""".split()
)
_NOT_COURT = frozenset(("crown", "high", "magistrates", "family", "county", "supreme", "youth", "the"))
_STREETS_OF_NAMES = frozenset(
    ("the", "high", "main", "first", "second", "third", "church", "back", "front", "long", "new", "old", "young")
)


def find(view: View) -> Iterator[Finding]:
    """Postcodes anywhere; parts of one, streets and houses by number or by the words before them."""
    low = view.lower
    has_digit = _DIGIT.search(low) is not None
    if has_digit:
        for hit in _POSTCODE.finditer(low):
            yield Finding(hit.start(), hit.end(), "postcode", "looks like a postcode")
        if not view.text.isupper():
            for hit in _POSTCODE_MISTYPED.finditer(view.text):
                yield Finding(hit.start(), hit.end(), "postcode", "looks like a postcode")
        for hit in _PARTIAL.finditer(low):
            yield Finding(hit.start("part"), hit.end("part"), "postcode", "looks like the first part of a postcode")
        for hit in _NUMBERED.finditer(low):
            if _is_street(hit, strict=hit.group("kind") not in _SURE) or _is_the_green(hit):
                end = _with_town(view, hit.end())
                yield Finding(hit.start(), end, "address", "looks like a house number and a street")
            elif _is_opened_street(hit):
                yield Finding(
                    hit.start(), _with_town(view, hit.end()), "address", "looks like a house number and a street"
                )
        for hit in _AFTER_ADDRESS.finditer(low):
            yield Finding(
                hit.start("house"), hit.end("house"), "address", "follows words that say where somebody lives"
            )
        for hit in _NUMBER_ONLY.finditer(low):
            if hit.group("middle") not in NOT_STREET:
                yield Finding(
                    hit.start("house"), hit.end("house"), "address", "follows words that say where somebody lives"
                )
    if "flat " in low or "flt " in low or "ap" in low:
        for hit in _FLAT_ALONE.finditer(low):
            if hit.group()[-1] not in "abcdefgh" or any(one.isdigit() for one in hit.group()):
                yield Finding(hit.start(), hit.end(), "address", "looks like the number of a flat")
    for hit in _SPELLED.finditer(low):
        if _is_street(hit, strict=True) or _is_opened_street(hit):
            yield Finding(hit.start(), hit.end(), "address", "looks like a house number and a street")
    for hit in _UNNUMBERED.finditer(low):
        sure = hit.group("kind") in _SURE
        named = view.text[hit.start("street")].isupper() and view.text[hit.start("kind")].isupper()
        first, *rest = hit.group("middle").split()
        if rest and first in NOT_STREET and rest[0] not in NOT_STREET and sure:
            start = hit.start("middle") + len(first) + 1
            yield Finding(start, hit.end("street"), "address", "looks like the name of a street")
        elif (sure or named) and _is_street(hit, strict=True):
            yield Finding(hit.start("street"), hit.end("street"), "address", "looks like the name of a street")
    for hit in _HOUSE.finditer(low):
        if _is_street(hit, strict=True):
            yield Finding(
                hit.start("house"), hit.end("house"), "address", "follows words that say where somebody lives"
            )


_SURE = frozenset(
    (
        "road",
        "rd",
        "street",
        "avenue",
        "ave",
        "lane",
        "crescent",
        "cres",
        "terrace",
        "mews",
        "boulevard",
        "blvd",
        "gdns",
    )
)


_THE = frozenset("green close grove square drive park hill row rise croft mount parade common meadows fields".split())
_TOWN = re.compile(r", ?[A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?(?!\w)")


# Words that begin the names of many streets: "old tannery road", "upper high street", "back mill lane".
_OPENERS = frozenset(
    "old new upper lower great little back long high church main north south east west first second third mill "
    "front fore "
    "far near kings queens st saint court school house under over".split()
)
_SECOND = _OPENERS | frozenset(("street",))


def _is_opened_street(hit: re.Match[str]) -> bool:
    """Whether "old" or "upper" begins the name of a street, and no plain word follows."""
    first, *rest = hit.group("middle").split()
    if (
        first not in _OPENERS
        or hit.group("kind") not in _SURE
        and hit.group("kind") not in ("st", "close", "court", "ct")
    ):
        return False
    return all(word in _SECOND or word not in NOT_STREET for word in rest)


def _is_the_green(hit: re.Match[str]) -> bool:
    return hit.group("middle") == "the" and hit.group("kind") in _THE


def _with_town(view: View, end: int) -> int:
    town = _TOWN.match(view.text, end)
    return town.end() if town else end


def _is_street(hit: re.Match[str], *, strict: bool) -> bool:
    words = hit.group("middle").split()
    if not strict and len(words) == 1 and words[0] in _STREETS_OF_NAMES:
        return True
    return not any(word in NOT_STREET for word in words)
