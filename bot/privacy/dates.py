"""Dates of birth, and full dates that stand alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.privacy.model import Finding
from bot.privacy.view import View

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_ORDINAL = (
    r"(?:(?:twenty|thirty)[ \-](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third|"
    r"fourth|"
    r"fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|"
    r"eighteenth|nineteenth|twentieth|thirtieth|[0-3]?\d(?:\s?(?:st|nd|rd|th))?)"
)
_UNIT = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEEN = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_TWO_DIGITS = rf"(?:{_TENS}[ \-]{_UNIT}|{_TENS}|{_TEEN}|oh[ \-]{_UNIT}|{_UNIT})"
_YEAR = (
    rf"(?:(?:19|20)\d\d|'?\d\d|two thousand(?: and)?(?: {_TWO_DIGITS})?|"
    rf"(?:nineteen|twenty)[ \-]{_TWO_DIGITS}|nineteen hundred(?: and {_TWO_DIGITS})?|"
    rf"{_TWO_DIGITS}(?! (?:thousand|hundred)))(?!\w)"
)
_GAP = r"(?:,?\s{1,2}|[/.\-])"
_WRITTEN = (
    rf"(?:(?:the\s)?{_ORDINAL}{_GAP}(?:day\s)?(?:of\s)?{_MONTH}\b|{_MONTH}{_GAP}(?:the\s)?{_ORDINAL}\b)"
    rf"(?:{_GAP}{_YEAR})?"
)
_MONTH_YEAR = rf"{_MONTH}{_GAP}(?:of\s)?(?:(?:19|20)\d\d|'\d\d|two thousand(?: and)?(?: {_TWO_DIGITS})?)(?!\w)"
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s(?:the\s)?)"
_FEAST = (
    rf"(?:(?:christmas|boxing|new year'?s|valentine'?s)\s(?:day|eve)|halloween|bonfire night)(?:\s(?:in\s)?{_YEAR})?"
)
_BY_NUMBERS = (
    rf"(?:the\s)?[0-3]?\d(?:st|nd|rd|th)(?:\sof\s(?:the\s)?(?:[01]?\d(?:st|nd|rd|th)|{_MONTH})(?:,?\s{_YEAR})?)?"
)
_YEAR_FIRST = rf"(?:19|20)\d\d,?\s(?:on\s)?{_WRITTEN}"
_NUMERIC = r"(?:[0-3]?\d(?P<mark>[/.\-: ])[01]?\d(?P=mark)(?:19|20)?\d\d|(?:19|20)\d\d[/.\-][01]?\d[/.\-][0-3]?\d)"
_NUMERIC_AGAIN = _NUMERIC.replace("mark", "seam")
_RUN_OF_DIGITS = r"(?:[0-3]\d[01]\d(?:19|20)?\d\d|(?:19|20)\d{6})"
_SPOKEN_DIGITS = (
    rf"(?:(?:oh|zero|o|{_UNIT}|{_TEEN}|{_TENS}|\d{{1,4}})[ ,\-]{{1,2}}){{2,9}}(?:{_UNIT}|{_TEEN}|{_TENS}|\d{{1,4}})"
)
_BIRTH = (
    r"(?:d\.? ?o\.? ?b(?![a-z])\.?|b\.(?=\s?\d)|date of birth|birth ?date|birth ?day|b'?day|bday|born|birth|d\.o\.b|"
    r"(?:turn(?:s|ed|ing)|will be|is going to be) (?:\d{1,3}|\w{3,9})(?= (?:on|in)\b))"
)
_BETWEEN = (
    r"(?:\s?[:=\-,(]\s?|(?<=dob)(?=\d)|\s(?:is|was|on|in|as|of|his|her|their|number|given|recorded|be|s|a|"
    r"weds|wed)\b){0,5}"
    r"\s?"
)
_BIRTH_BEFORE = re.compile(
    rf"\b{_BIRTH}{_BETWEEN}(?P<date>(?:(?:last|next)\s)?{_DAY}?(?:{_YEAR_FIRST}|{_WRITTEN}|{_MONTH_YEAR}|"
    rf"{_FEAST}|{_NUMERIC}|{_BY_NUMBERS}|"
    rf"{_RUN_OF_DIGITS}|{_SPOKEN_DIGITS}|[0-3]?\d/[01]?\d))(?![\w/])"
)
_BIRTH_AFTER = re.compile(
    rf"(?<![\w/.])(?P<date>{_WRITTEN}|{_NUMERIC})(?=\s?[,(\-]?\s?(?:is |was |as )?(?:his |her |their |the )?{_BIRTH})"
)
# "she'll be 16 on 2 december", "16 on 30/11/2026", "he was one on the 3rd of may".
# "DOB not known but thinks sept 2008", "his 18th is on 3rd february".
_BIRTH_FURTHER = re.compile(
    rf"\b(?:dob|d\.o\.b\.?|date of birth|birth date|birthday|born|\d{{1,2}}(?:st|nd|rd|th)(?: birthday)?|turn(?:s|"
    rf"ed|ing) \d{{1,2}})\b[^\d.\n;]{{1,40}}?\b"
    rf"(?P<date>{_WRITTEN}|{_MONTH_YEAR}|{_NUMERIC})(?![\w/])"
)
_AN_EIGHTEENTH = re.compile(r"\d{1,2}(?:st|nd|rd|th)(?: birthday)? (?:is|was|will be|falls|isnt|isn't|wasnt|on)\b")
_TURNS = re.compile(
    rf"(?:^|\b(?:be|is|turn(?:s|ed|ing)?|hits?|was|s?he'?s|they'?re|only|just|age|aged))\s(?:just\s)?"
    rf"(?:\d{{1,2}}|{_UNIT}|{_TEEN})\s(?:on|in)\s(?P<date>(?:the\s)?(?:{_WRITTEN}|{_NUMERIC}|{_MONTH_YEAR}|{_FEAST}|"
    rf"[0-3]?\d/[01]?\d|{_BY_NUMBERS}))(?![\w/])"
)
_PERSON_IS = re.compile(
    r"\b(?:she|he|they|who|child|baby|girl|boy|son|daughter|mum|dad|twins?|pt|patient|client|yp)(?:'?s|'?re|"
    r"\s(?:is|was|are))\s"
    r"(?P<date>[0-3]?\d[/.\-][01]?\d[/.\-](?:19|20)?\d\d)(?![\w/]|[.\-]\d)"
)
_ALONE = re.compile(rf"(?<![\w/.\-]){_NUMERIC_AGAIN}(?![\w/]|[.\-]\d)")
_WITH_YEAR = re.compile(rf"(?<![\w/.\-]){_WRITTEN}(?!\w)")
_EVENT_NEAR = re.compile(
    r"\b(?:meeting|met|meet|on|review|conference|hearing|court|visit|visited|due|since|until|till|by|from|before|after|"
    r"dated|version|act|regulations?|published|updated|issued|effective|expires?|expired|deadline|strategy|incident|"
    r"happened|occurred|appointment|appt|reviewed|panel|assessment|referral|referred|signed|sent|received|started|"
    r"starts|ended|ends|between|and|to|training|policy|last|next|order|call|called|email|letter|inspection|report|"
    r"v\d[\d.]*|law|force|gdpr|came|commenced|revised|as of|today|todays|tomorrow|yesterday)\W{0,3}(?:the\s)?$"
)
_EVENT_BEHIND = re.compile(
    r"\W{0,3}(?:meeting|review|conference|hearing|visit|appointment|appt|panel|version|update|regulations|court|"
    r"strategy|training|inspection|deadline|incident|policy|letter|report|referral)\b"
)
_PLAUSIBLE_YEAR = re.compile(r"(?:19\d\d|20[01]\d|202[0-6])")
_SHORT_DATE = re.compile(
    r"(?<![\w/.\-])(?:[0-3]?\d(?P<seam>[/.\-])[01]?\d(?P=seam)(?:19|20)?\d\d|(?:19|20)\d\d[/.\-][01]?\d[/.\-][0-3]?\d)"
    r"(?![\w/]|[.\-]\d)"
)
_YEAR_BEHIND = re.compile(
    r"(?:(?:19|20)\d\d|[a-z\d][/.\- ,']{1,2}\d\d|thousand.{0,20}|(?:nineteen|twenty)[ \-]\w+)$|^(?:19|20)\d\d\W"
)
# A message that speaks of somebody although it names nobody.
_SOMEBODY = re.compile(
    r"\b(?:he|she|his|her|him|baby|child|girl|boy|son|daughter|twins?|patient|client|pt|lad|lass|yp|resident|mum|dad|"
    r"hes|shes|pupil|student|kid|toddler|newborn|female|male)\b"
)
_RULES = re.compile(
    r"\b(?:acts?|guidance|regulations?|gdpr|version|law|policy|working together|kcsie|edition|published|in force|"
    r"updated|"
    r"came in|protocol|v\d)\b"
)
_BUSINESS = re.compile(
    r"\b(?:acts?|guidance|regulations?|gdpr|version|law|policy|working together|kcsie|edition|published|in force|"
    r"updated|"
    r"came in|protocol|v\d|meeting|review|conference|hearing|court|strategy|panel|training|inspection|deadline|dated|"
    r"expires?|expired|due|appt|appointment|marac|report|letter|order|minutes|visit|until|by|assessment|contract|"
    r"lease)\b"
)
_NEAR = 30
_LOOK_BACK = 24


def find(view: View) -> Iterator[Finding]:
    """Dates of birth by the words around them; full numeric dates unless an event stands beside them."""
    low = view.lower
    for pattern in (_BIRTH_BEFORE, _BIRTH_AFTER):
        for hit in pattern.finditer(low):
            if not _follows_event(low, hit) or pattern is _BIRTH_BEFORE:
                yield Finding(hit.start("date"), hit.end("date"), "date_of_birth", "is a date beside a word for birth")
    for pattern in (_TURNS, _PERSON_IS):
        for hit in pattern.finditer(low):
            yield Finding(hit.start("date"), hit.end("date"), "date_of_birth", "is the date of somebody's birthday")
    for hit in _BIRTH_FURTHER.finditer(low):
        if not hit.group()[0].isdigit() or _AN_EIGHTEENTH.match(hit.group()):
            yield Finding(hit.start("date"), hit.end("date"), "date_of_birth", "is a date behind a word for birth")
    for hit in _ALONE.finditer(low):
        if _PLAUSIBLE_YEAR.search(hit.group()) and not _beside_event(low, hit):
            yield Finding(hit.start(), hit.end(), "date", "is a full date that may be a date of birth")


def find_beside_people(view: View, name_ends: Sequence[int]) -> Iterator[Finding]:
    """Full dates in a message about somebody. `name_ends` are offsets into the view where a name ends.

    Directly behind a name, it is a date of birth. Elsewhere it says when something happened to a person: only dates of
    laws and guidance stay, and, where nobody is named, dates of meetings.
    """
    low, ends = view.lower, frozenset(name_ends)
    if not ends and not _SOMEBODY.search(low):
        return
    for hit in (*_WITH_YEAR.finditer(low), *_SHORT_DATE.finditer(low)):
        if not _YEAR_BEHIND.search(hit.group()):
            continue
        gap = low[max(0, hit.start() - 3) : hit.start()]
        behind = hit.start() - (len(gap) - len(gap.rstrip(" ,(-")))
        if behind in ends:
            yield Finding(hit.start(), hit.end(), "date_of_birth", "is a date directly behind a name")
        elif not _belongs_to(_RULES if ends else _BUSINESS, low, hit):
            yield Finding(hit.start(), hit.end(), "date", "is a full date in a message about somebody")


def _belongs_to(words: re.Pattern[str], low: str, hit: re.Match[str]) -> bool:
    return words.search(low, max(0, hit.start() - _NEAR), hit.end() + _NEAR) is not None


def _follows_event(low: str, hit: re.Match[str]) -> bool:
    return _EVENT_NEAR.search(low[max(0, hit.start() - _LOOK_BACK) : hit.start()]) is not None


def _beside_event(low: str, hit: re.Match[str]) -> bool:
    return _follows_event(low, hit) or _EVENT_BEHIND.match(low, hit.end()) is not None
