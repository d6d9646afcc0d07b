"""Details that tell of harm keep it: an adviser who reads "with a concern" for "who was strangled" cannot help.

What makes a detail of harm narrow is when it happened, so only that is made general; ages, schools and places are
details of their own.
"""

from __future__ import annotations

import re

_VIOLENCE = (
    r"hits?|hit by|hitting|beat(?:s|en|ing)?|punch\w*|slap\w*|kick(?:s|ed|ing)?|smack\w*|thump\w*|batter(?:s|ed|ing)|"
    r"belted|whipped|caned|bit|bites?|bitten|burn(?:s|ed|t|ing)?|scald\w*|shaken|shook|push(?:ed|es|ing)|shoved|thrown|"
    r"threw|dragged|pinned|attack\w*|assault\w*|mugged|robbed|head-?butt\w*|hurt\w*|harm\w*|injur\w*|bruis\w*|"
    r"strangl\w*|chok(?:e|es|ed|ing)|throttl\w*|suffocat\w*|smother\w*|drown\w*|poison\w*|electrocuted|stab\w*|shot|"
    r"shoot\w*|kill\w*|murder\w*|tortur\w*|drugged|mauled|knife|knives|guns?|machetes?|blades?|axes?|rifle|weapons?|"
    r"threat\w*|set fire|on fire"
)
_ABUSE = (
    r"abus\w*|neglect\w*|starv\w*|mistreat\w*|exploit\w*|groom(?:s|ed|ing)|traffick\w*|rap(?:e|es|ed|ing)|molest\w*|"
    r"touch(?:es|ed|ing)|grop(?:es|ed|ing)|fondl\w*|sex\w*|naked|nudes?|pregnant|forced|locked|tied|trapped|chained|"
    r"left (?:alone|on|at|in|behind)"
)
_DANGER = (
    r"suicid\w*|self[- ]?harm\w*|overdos\w*|hang(?:s|ed|ing)?|hung|cut|own life|jumped|tablets|pills|bleach|antifreeze|"
    r"petrol|acid|collapsed|unconscious|not breathing|ran (?:away|off)|missing|disappeared|absconded|eloped|"
    r"kidnapped|abducted|snatched|captive"
)
_HARM = re.compile(rf"\b(?:{_VIOLENCE}|{_ABUSE}|{_DANGER})\b", re.IGNORECASE)
"""Words that the danger detector takes for harm (bot/urgent/concepts.py), in the forms in which an event is told."""
_HOUSE_FIRE = re.compile(r"\bburn(?:ed|t) down\b", re.IGNORECASE)
"""Holds a word of harm, and tells of a building that everybody knows of."""
_LATELY = re.compile(
    r"\b(?:yesterday|last (?:night|week|weekend)|this (?:week|weekend)|(?:on |last |this |on last )?"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening|night))?)\b",
    re.IGNORECASE,
)
"""Today and tonight stay: many have a today, and harm that goes on must not sound over."""
_LONGER_AGO = re.compile(r"\b(?:last|this) (?:month|year|term|spring|summer|autumn|winter)\b", re.IGNORECASE)


_ITS_TIME = re.compile(
    r"(?:\s(?!(?:and|but|because|so|now|then|who|i|we|can|do|should)\b)[\w'-]+){0,8}?"
    rf"\s(?:{_LATELY.pattern}|{_LONGER_AGO.pattern})",
    re.IGNORECASE,
)


def tells_of_harm(said: str) -> bool:
    """Whether words of danger or harm stand in it."""
    return _HARM.search(_HOUSE_FIRE.sub("", said)) is not None


def end_with_its_time(text: str, end: int) -> int:
    """Where a detail that ends at `end` ends with the time that is told behind it: "was stabbed by him last week"."""
    match = _ITS_TIME.match(text, end)
    return end if match is None else match.end()


def with_general_time(said: str) -> str:
    """`said` with a general word for when it happened; unchanged where it names no time."""
    return _LONGER_AGO.sub("some time ago", _LATELY.sub("recently", said))
