"""What may point to one person although no name is given: how people write it, and more general words for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from bot.conversation import small_number_lists as lists

Kind = Literal[
    "age", "school", "place", "date", "event", "incident", "role", "health", "background", "family", "unique"
]  # fmt: skip
Reword = Callable[[re.Match[str]], str]

WEIGHTS: Mapping[Kind, int] = {
    "age": 1, "school": 1, "date": 1, "family": 1, "background": 1, "incident": 1,
    "place": 2, "event": 2, "role": 2, "health": 2, "unique": 2,
}  # fmt: skip
"""How few people share a detail of this kind: 2 for what a neighbour could put a name to."""

LABELS: Mapping[Kind, str] = {
    "age": "an exact age or school year",
    "school": "a school or other setting",
    "place": "a place",
    "date": "a day or date",
    "event": "an event that people may have heard of",
    "incident": "something that happened to somebody",
    "role": "a role that few people hold",
    "health": "a rare condition",
    "background": "a nationality, language or faith",
    "family": "the size or make-up of a family",
    "unique": "words that say there is only one",
}


@dataclass(frozen=True)
class Pattern:
    """A way of writing a detail. `general` gives more general words for a match; empty words mean: leave it out."""

    kind: Kind
    written: re.Pattern[str]
    general: Reword


def _words(text: str) -> Reword:
    return lambda _: text


def _pattern(kind: Kind, written: str, general: str | Reword, flags: int = re.IGNORECASE) -> Pattern:
    return Pattern(kind, re.compile(written, flags), _words(general) if isinstance(general, str) else general)


def _any(*ways: str) -> str:
    """Any of the ways of writing, as whole words."""
    return rf"\b(?:{'|'.join(ways)})\b"


def _band(age: str) -> tuple[str, str, str]:
    """An adjective, a noun phrase, and what follows "aged" or "is"."""
    years = min(lists.number(age), lists.BANDS[-1][0])
    return next((adjective, noun, of) for upto, adjective, noun, of in lists.BANDS if years <= upto)


def _aged_somebody(match: re.Match[str]) -> str:
    """A "14-year-old girl" is a teenage girl, and a "14-year-old" is a teenager."""
    adjective, noun, _ = _band(match["age"])
    article, somebody = match["article"] or "", match["somebody"]
    if somebody is None:
        return noun if article.strip().casefold() in ("", "a", "an") else f"{article}{noun.split(' ', 1)[1]}"
    if article.strip().casefold() in ("a", "an"):
        article = "an " if adjective[0] in "aeiou" else "a "
    return f"{article}{adjective} {somebody}"


def _of_age(match: re.Match[str]) -> str:
    return f"{match['before'] or ''}{_band(match['age'])[2]}"


def _somebody_of_age(match: re.Match[str]) -> str:
    return f"{match['somebody']} {_band(match['age'])[2]}"


def _short_age(match: re.Match[str]) -> str:
    noun = _band(match["age"])[1]
    article = match["article"] or ""
    return noun if article.strip().casefold() in ("", "a", "an") else f"{article}{noun.split(' ', 1)[1]}"


def _school_year(match: re.Match[str]) -> str:
    number = lists.number(match["year"])
    stage = "primary" if number <= 6 else "secondary" if number <= 11 else "sixth-form"
    somebody = match["somebody"]
    if somebody is not None:
        return f"{match['article'] or ''}{stage}-age {somebody}"
    return f"of {stage} age" if match["inside"] else f"{stage} age"


def _without_clause(match: re.Match[str]) -> str:
    return "with a concern" if (match["who"] or "whose").casefold() in ("who", "that") else "with a family concern"


def _without_faith(match: re.Match[str]) -> str:
    return f"{match['be']} from a minority group"


PATTERNS: tuple[Pattern, ...] = (
    # only one
    _pattern(
        "unique",
        rf"\b(?P<be>is |are |was |were )?(?:the only (?:\w+ )?{lists.ONE}|only (?:\w+ )?{lists.FEW})\b"
        r"(?: (?:in|at|on) (?:the|our|her|his|their) \w+)?",
        lambda match: f"{match['be'] or ''}one of a few",
    ),
    _pattern(
        "unique",
        r",?\s*\b(?:and |so )?every(?:one|body) (?:knows|knew|would know|has heard|heard)(?: (?:who|about|of))?"
        r"(?: (?:it is|they are|she is|he is|them|it|her|him))?\b",
        "",
    ),
    _pattern("unique", rf"\b(?:an? )?(?:well[- ]known|famous)\b(?= (?:local )?(?:{lists.ONE_OF_A_KIND})\b)", ""),
    _pattern("unique", _any("well[- ]known", "famous"), ""),
    _pattern("family", r"\b(?:identical )?twin (?=brother|sister|girl|boy|son|daughter)", ""),
    # ages
    _pattern("age", rf"{lists.ARTICLE}\b(?P<age>\d{{1,2}})\s?[-(]?\s?(?:y/?o(?:[ /]?[fm])?|f|m)\b\)?", _short_age),
    _pattern(
        "age",
        rf"{lists.ARTICLE}\b(?P<age>{lists.AGE})[- ]?(?:years?|yrs?|yr|y)[- ]?(?:olds?|o)\b"
        rf"(?:\s+(?P<somebody>{lists.SOMEBODY})\b)?",
        _aged_somebody,
    ),
    _pattern(
        "age",
        rf"{lists.ARTICLE}\b(?:{lists.AGE})[- ](?:month|week|day)s?[- ]old\b(?:\s+(?:baby|child|boy|girl))?",
        "a baby",
    ),
    _pattern(
        "age",
        rf"(?P<before>)\b(?:aged?|age of)\s+(?P<age>{lists.AGE})\b(?!\s*(?:months|weeks|days|or\s+\d))",
        _of_age,
    ),
    _pattern(
        "age",
        r"(?P<before>\b(?:is|was|are|(?<=she)'s|(?<=he)'s)\s+)(?:just |only |nearly |now )?(?P<age>\d|1\d)\b"
        r"(?!\s*(?:months?|weeks?|days?|hours?|minutes?|times?|miles?|per|or\s+\d|%|,\d|[-/:.]\d))",
        _of_age,
    ),
    _pattern(
        "age",
        rf"\b(?P<somebody>{lists.SOMEBODY})(?:,? | ?\(|, ?aged |,? of )(?P<age>(?!one\b|\d\d\d)(?:{lists.AGE}))\b"
        rf"(?:{lists.AGE_ENDS})(?:\)|,(?=\s+(?:at|in|from|with|who|whose|is|was|has|had)\b))?",
        _somebody_of_age,
    ),
    _pattern("age", rf"(?<=\], )(?P<before>)(?P<age>\d{{1,2}})\b{lists.AGE_ENDS}", _of_age),
    _pattern("age", r"(?<=\] \()(?P<before>)(?P<age>\d{1,2})(?=\))", _of_age),
    _pattern(
        "age",
        rf"(?P<before>\b(?:she|he|who|{lists.SOMEBODY})(?: is|'s| was)\s+(?:just |only |nearly |now |about )?)"
        rf"(?P<age>(?!one\b)(?:{lists.AGE}))\b{lists.AGE_ENDS}",
        _of_age,
    ),
    _pattern("age", rf"\bturned\s+(?P<age>{lists.AGE})\b(?P<before>)", lambda match: f"is {_of_age(match)}"),
    _pattern(
        "age",
        rf"(?P<inside>\bin\s+)?{lists.ARTICLE}\b(?<!last )(?<!next )(?<!every )(?<!each )"
        rf"(?:(?:school )?(?:year|yr)\s?|y(?=\d))(?P<year>1[0-3]|[1-9]|(?<=\s)(?:{lists.YEAR_WORDS}))\b"
        rf"(?:\s+(?P<somebody>{lists.SOMEBODY})\b)?",
        _school_year,
    ),
    _pattern("age", r"\bin reception(?: class)?\b", "of primary age"),
    _pattern("age", r"\bin (?:the )?(?:lower |upper )?sixth(?: form)?\b", "of sixth-form age"),
    # schools and other settings: "our" and "local" narrow down which is meant, "the school" does not
    _pattern(
        "school",
        rf"\b(?:{lists.THE}\s+)?(?:(?:{lists.KIND_OF_SCHOOL})\s+)+(?:school|academy|nursery|college)\b"
        rf"|\b(?:our|my)\s+(?:\w+\s+)?(?:school|college)\b(?!\s+(?:nurse|polic|record|counsel|trip|fund))",
        "a school",
    ),
    _pattern(
        "school",
        rf"\b(?:the|our|my|her|his|their|a|an|this|that|local)\s+(?:(?:{lists.KIND_OF_SCHOOL})\s+)*(?:{lists.SETTING})\b"
        r"(?!-)(?!\s+(?:nurse|polic|care|school|record|age|aim|concern|contact|dut|law|need|purpose|reason|worker))",
        "a setting",
    ),
    _pattern("school", r"\b(?:at|in|from) (?:nursery|pre-?school|boarding school)\b", "in a setting"),
    # places
    _pattern(
        "place",
        r"\b(?:moved|came|come|arrived|fled|flew)(?: here| over| alone| recently)* from "
        rf"(?!(?:{lists.NO_PLACES})\b)[A-Z][a-z]{{2,}}(?: [A-Z][a-z]{{2,}})*\b",
        "moved",
        0,
    ),
    _pattern(
        "place",
        rf"\b(?:in|from|near|at|on)\s+(?:{lists.THE}\s+)?(?:(?:tiny|small|little|remote|rural|mining|seaside|same)\s+)*"
        r"(?:village|hamlet|island|estate|caravan (?:site|park)|travellers?'? site|farm|cul[- ]de[- ]sac|terrace|"
        r"tower block|barracks|army base|convent|refuge|hostel)\b",
        "in the area",
    ),
    _pattern(
        "place",
        rf"\b(?:at|to|in|from)\s+(?:{lists.THE}\s+)?(?:local )?"
        r"(?:church|mosque|synagogue|temple|gurdwara|chapel)\b",
        "at a place of worship",
    ),
    _pattern(
        "place",
        rf"\b(?:in|at|near|from|around|outside)\s+(?!(?:{lists.NO_PLACES})\b)"
        r"(?:(?:Ward|Unit|Block|Room|Class|Floor) (?:\d{1,3}|[A-Z])|[A-Z][a-z]{2,}(?:[ -][A-Z][a-z]{2,})*)\b",
        "in the area",
        0,
    ),
    # days and dates
    _pattern(
        "date",
        rf"\b(?:on\s+)?(?:the\s+)?(?:last\s+|this\s+)?(?:{lists.DAYS}\s+)?(?:the\s+)?"
        rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{lists.MONTHS}|{lists.MONTHS}\s+(?:the\s+)?\d{{1,2}}(?:st|nd|rd|th)?)"
        r"(?:,?\s+(?:19|20)\d\d)?\b",
        "recently",
    ),
    _pattern(
        "date",
        rf"\b(?:on\s+|last\s+|this\s+|on last\s+)(?:the\s+)?{lists.DAYS}(?:\s+(?:morning|afternoon|evening|night))?\b",
        "recently",
    ),
    _pattern(
        "date",
        r"\b(?:at|over|on|just before|just after)\s+(?:christmas(?: day| eve)?|easter(?: sunday)?|"
        r"new year'?s? (?:day|eve)|hallow?e'?en|bonfire night|eid|diwali)\b",
        "recently",
    ),
    # events
    _pattern(
        "event",
        rf"\b{lists.THE}\s+(?:(?:house|flat|school|big|car|bus|train|road|plane|motorbike|motorway|farm|gas|shop) )?"
        r"(?:fire|explosion|flood|siege|raid|crash|collision|stabbing|shooting|murder|drowning|kidnapping|riot|"
        r"(?:knife|gun|weapon|acid|drugs|minibus|playground|swimming|bus|toilet|stabbing|drowning) incident|"
        r"(?:car|road|bus|coach|train|swimming|minibus|climbing|farm) accident|outbreak|hostage)\b",
        "a serious event",
    ),
    _pattern(
        "event",
        rf"\b{lists.THE}\s+(?:(?:{lists.RELATIVE})'s\s+)?"
        r"(?:suicide(?! (?:attempt|note|plan|threat|risk|pact))|funeral|inquest)\b",
        "a death",
    ),
    _pattern("event", rf"\b{lists.THE}\s+(?:court case|(?:murder )?trial|tribunal|public inquiry)\b", "a legal matter"),
    _pattern(
        "event",
        rf"\b{lists.THE}\s+(?:school )?(?:trip|residential|sports day|prom|nativity(?: play)?|assembly|summer fair|"
        r"open day|concert|play|tournament|carnival|wedding|christening)\b",
        "an event",
    ),
    _pattern(
        "event",
        rf"\b(?P<be>was|were|is|are) (?:all )?{lists.PUBLIC}\b",
        lambda match: f"{match['be']} involved in something",
    ),
    _pattern("event", rf",?\s*\b(?:it )?(?:{lists.PUBLIC}|went viral)\b", ""),
    # roles
    _pattern(
        "role",
        rf"\b(?:{lists.THE}\s+)?(?:local\s+)?(?:{lists.ONE_OF_A_KIND})\b|\b{lists.THE}\s+judge\b",
        "a person with a public role",
    ),
    # conditions
    _pattern("health", _any(lists.RARE), "a health condition"),
    _pattern("health", rf"\b(?P<be>is|was|are|were)\s+(?:{lists.SENSES})\b", lambda match: f"{match['be']} disabled"),
    _pattern("health", rf"\b(?:an? )?(?:{lists.SENSES})\b", "disabled"),
    _pattern("health", _any("in a wheelchair", "uses a wheelchair"), "with a disability"),
    _pattern("health", r"\b(?:is |was )?(?:transgender|trans|non[- ]binary|intersex)\b", ""),
    # background
    _pattern("background", rf"\b(?P<be>is|are|was|were)\s+(?:{lists.PEOPLES})\b", _without_faith),
    _pattern(
        "background", rf"\b(?:only )?(?:speaks?|speaking)\s+(?:only )?(?:{lists.PEOPLES})\b", "needs an interpreter"
    ),
    _pattern("background", rf"\b(?:{lists.PEOPLES})(?:[- ]speaking)?\b(?=\s+[a-z])", ""),
    # families
    _pattern(
        "family",
        rf"\b(?:the )?(?:youngest|oldest|eldest|middle one|one) of (?:{lists.NUMBER_WORDS})"
        r"(?: (?:children|siblings|kids|brothers|sisters))?\b",
        "one of several children",
    ),
    _pattern(
        "family",
        r"\b(?:has|have|with|had) (?:six|seven|eight|nine|ten|eleven|twelve|[6-9]|1[0-2]) "
        r"(?:children|kids|siblings|brothers|sisters)\b",
        "with several children",
    ),
    _pattern("family", r"\b(?:identical )?(?:twins|triplets)\b", "siblings"),
    # what happened to somebody once
    *(_pattern("incident", rf"\b(?:{written})\b", general) for written, general in lists.INCIDENTS),
    _pattern("incident", rf"\b{lists.THE}\s+(?:\w+ )?(?:accident|incident|attack|fight|assault|arrest)\b", "an event"),
    _pattern("incident", f"{lists.CLAUSE}|{lists.FAMILY_CLAUSE}", _without_clause),
)
"""In the order in which they are tried: of two that overlap, the earlier one counts."""
