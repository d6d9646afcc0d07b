"""References of cases, incidents, pupils and patients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.model import Finding
from bot.privacy.view import View

# A word of a register, perhaps "number", perhaps "is", then letters and digits of which two at least are digits.
_DIGIT = re.compile(r"\d")
_SYSTEM = (
    r"lcs|ehm|mosaic|liquid ?logic|carefirst|care first|eclipse|framework ?i|systm ?one|emis|rio|swift|niche|athena|"
    r"cpoms|urn|upn|uln|mrn|cad|crn|noms|pnc|cris|nino|crn|paris|icis|hospital|patient|pupil|student|client|"
    r"service ?user|staff|employee|payroll|collar|tenancy|claim|policy|membership|member|court|crime|occurrence|"
    r"incident|log|referral|case|file|record|ref|reference|job|unique|prison|hmp|warrant|badge|datix|dbs|"
    r"tenancy|complaint|asylum|safeguarding|police|social care|"
    r"allocation|enquiry|home office|ho|arc|brp|visa|custody|candidate"
)
_SAYS_NUMBER = r"ref(?:erence)?|no|num|number|nr|id|code|#|file|record"
_LINK = r"(?:\s?[:#=]\s?|\s(?:is|was)\s|[.\s]\s?)"
_NOT_PREFIX = r"(?!(?:no|num|number|nr|ref|id|code|is|was|of|and|the|for|on|in|at|to|by|from|file|record|with|or|a)\b)"
_VALUE = rf"{_NOT_PREFIX}(?P<value>(?:[a-z]{{1,6}}[ /\-]?)?\d[a-z\d]{{0,12}}(?:[/\-][a-z\d]{{1,12}}){{0,4}})(?![\w])"
_CERTAIN = re.compile(rf"\b(?:{_SYSTEM})(?:\s?(?:{_SAYS_NUMBER})\b\.?){{1,3}}{_LINK}(?:(?:is|was)\s)?{_VALUE}")
_LIKELY = re.compile(
    rf"\b(?:lcs|ehm|mosaic|liquid ?logic|carefirst|eclipse|framework ?i|systm ?one|emis|rio|urn|upn|uln|mrn|cad|crn|"
    rf"noms|"
    rf"pnc|niche|athena|swift|ref|reference|crime|log|incident|case|file|patient|pupil|id|arc|brp){_LINK}{_VALUE}"
)
_PRISONER = re.compile(r"(?<!\w)[a-z]\d{4}[a-z]{2}(?!\w)")
_OF_DAY = re.compile(
    r"\b(?:log|cad|incident|occurrence|serial|police|job|ref|reference)\b.{0,40}?\b(?P<value>\d{1,5} (?:of|from|on)"
    r" (?:the )?(?:today|yesterday|"
    r"last night|this morning|\d{1,2}(?:st|nd|rd|th)?(?:[/. ](?:of )?(?:\d{1,2}|jan|feb|mar|apr|may|jun|jul|aug|"
    r"sep|oct|nov|dec)\w{0,6})?))(?!\w)"
)
# Letters and figures in one, wherever they stand: what is no measure, no law and no date is somebody's number.
_MIXED = re.compile(
    r"(?<![\w£$€.@/#\-])(?=[a-z\d/\-]{0,20}[a-z])(?=(?:[a-z/\-]{0,12}\d){3})[a-z\d]{1,14}(?:[/\-][a-z\d]{1,14})"
    r"{0,4}(?![\w@/]|[.\-]\w)"
)
_SPACED_CAPITALS = re.compile(r"(?<![\w£$€./])(?P<value>[A-Z]{1,4} \d{5,9}[A-Z]?|[A-Z]{1,4} \d{3} \d{3,4})(?!\w)")
_MEASURE = re.compile(
    r"\d{1,6}(?:mg|ml|mcg|ug|g|kg|cm|mm|km|m|k|p|s|x|th|st|nd|rd|hrs?|h|mins?|am|pm|yrs?|yo|kcal|bpm|mph|gb|mb|tb|"
    r"iu|ppm|"
    r"words|quid|pounds|pw|pcm|pm|px|dpi|v|w|kw|lb|lbs|oz|st|ft|units?)(?:/\w{1,6})?$|(?:19|20)\d\d(?:s|[/\-]\w{1,4})$|"
    r"(?:covid|co|mp|ps|b|h|u|m|a|omega|vitamin|y|yr|year|ks|level|kcsie|wt|dpa|gdpr|fgma?|mca|hra|act|foia?|camhs|"
    r"nice|iso|bs|"
    r"fifa|life|gta|win|windows|office|apr|jan|feb|mar|may|june?|july?|aug|sept?|oct|nov|dec|summer|autumn|spring|"
    r"winter|"
    r"april|march|since|in|from|until|before|after)-?(?:19|20)?\d{1,4}[a-z]?$"
)
_FIVE = re.compile(
    r"(?<![\w£$€.,/\-])\d{5}(?![\w/]|[.,-]\d|\s?(?:pounds?|quid|people|kids|children|a year|per|pa|p\.a|steps|"
    r"words|euros?|"
    r"dollars|miles|followers|views|units|homes|cases|adults|families|hours|times|members|employees|staff|women|"
    r"men|girls|of))"
)
_LOG_OF_DAY = re.compile(
    r"\b(?:log|cad|incident|occurrence|serial)(?:\s(?:no|num|number))?[\s:]{1,2}(?P<value>\d{1,5}\s?(?:of|/|on)?\s?"
    r"(?:\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?|\d{1,2}(?:st|nd|rd|th)?\s?(?:of\s)?(?:jan|feb|mar|apr|may|jun|"
    r"jul|aug|sep|oct|nov|dec)\w{0,6}))(?!\w)"
)
_SPLIT = re.compile(
    r"\b(?:hospital|hosp|patient|staff|id|brp|passport|polish id|romanian id|id card)\s(?:no|num|number|"
    r"id|card|is)?\s?(?P<value>[a-z]{2,4}\s?\d{3,7}(?:\s\d{3,5})?)(?!\w)"
)
# Numbers of hospitals: letters of the trust, then figures in groups: "RX1 449302".
_GROUPED = re.compile(
    r"\b(?:hospital|hosp|patient|trust|nhs trust|mrn|pupil|clinic|unit|ward|radiology|maternity)"
    r"(?:\s?(?:no|num|number|nr|id|ref|is|was|[.:=#\-])){0,3}\s(?P<value>[a-z]{1,4}\d{0,3}(?:[ /\-]\d{2,8}){1,3})(?!\w)"
)
_SLASHED = re.compile(
    r"(?<![\w/£.])[a-z]{1,5}[/\-]?\d{1,8}(?:[/\-]\d{2,8}){1,3}(?![\w/])|(?<![\w/.])[a-z]{1,5}[/\-]\d{4,10}(?![\w/])"
)
_CRIME = re.compile(
    r"(?<![\w/£.])\d{2,4}[a-z]?/\d{4,7}/\d{2}(?![\w/])|(?<![\w/])\d{2}[a-z]{2}/\d{3,6}/\d{2}(?![\w/])|(?<![\w/£.])"
    r"\d{5,9}/\d{2}(?![\w/])"
)
_UPN = re.compile(r"(?<!\w)[a-hj-np-rt-z]\d{11}[\da-z](?!\w)")
_LONG = re.compile(r"(?<![\w£$€.,/\-])(?:[a-z]{1,3})?\d{6,20}[a-z]?(?![\w/]|[.,-]\d)")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_NAMED_YEAR = re.compile(r"[a-z]{2,6}[/ \-](?:19|20)\d\d$")
# Forms of courts and benefits: "c100", "n244", "pip2".
_FORM = re.compile(r"(?:[a-z]{1,2}|ds|esa|pip|uc|dla|mg|fl|ex|sscs)\d{1,3}[a-z]?$")
_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d\d){1,2}$")
_IS_SYSTEM = re.compile(rf"(?:{_SYSTEM}|{_SAYS_NUMBER})\s")
_SECTION = re.compile(
    r"(?:s|ss|sec|section|art|article|para|reg|part|ch|page|p|v|version|q|point|step)[ /\-]?\d{1,3}[a-z]{0,2}$"
)
_ENOUGH_DIGITS = 3
_ENOUGH_AFTER_A_HINT = 4


def find(view: View) -> Iterator[Finding]:
    """References by the word before them or by their own shape."""
    low = view.lower
    if not _DIGIT.search(low):
        return
    for pattern, least in ((_CERTAIN, _ENOUGH_DIGITS), (_LIKELY, _ENOUGH_AFTER_A_HINT)):
        for hit in pattern.finditer(low):
            if _is_reference(hit.group("value"), least):
                yield Finding(
                    hit.start("value"), hit.end("value"), "reference", "follows a word for a reference number"
                )
    for pattern in (_SLASHED, _CRIME):
        for hit in pattern.finditer(low):
            if _is_reference(hit.group(), _ENOUGH_AFTER_A_HINT):
                yield Finding(hit.start(), hit.end(), "reference", "has the shape of a case or crime reference")
    for hit in _PRISONER.finditer(low):
        yield Finding(hit.start(), hit.end(), "reference", "has the shape of a prison number")
    for pattern in (_LOG_OF_DAY, _OF_DAY, _SPLIT):
        for hit in pattern.finditer(low):
            yield Finding(hit.start("value"), hit.end("value"), "reference", "follows a word for a reference number")
    for hit in _GROUPED.finditer(low):
        if _is_reference(hit.group("value"), _ENOUGH_AFTER_A_HINT):
            yield Finding(hit.start("value"), hit.end("value"), "reference", "follows a word for a reference number")
    for hit in _UPN.finditer(low):
        yield Finding(hit.start(), hit.end(), "reference", "has the shape of a unique pupil number")
    for hit in _MIXED.finditer(low):
        if (
            not _MEASURE.match(hit.group())
            and not _FORM.match(hit.group())
            and _is_reference(hit.group(), _ENOUGH_DIGITS)
        ):
            yield Finding(hit.start(), hit.end(), "reference", "is letters and figures in one, as references are")
    for hit in _SPACED_CAPITALS.finditer(view.text):
        if _IS_SYSTEM.match(hit.group().lower()):
            continue
        yield Finding(hit.start(), hit.end(), "reference", "is capitals with a long number behind them")
    for hit in _FIVE.finditer(low):
        if not hit.group().endswith("000"):
            yield Finding(hit.start(), hit.end(), "reference", "is a number of five figures that may be a reference")
    for hit in _LONG.finditer(low):
        yield Finding(hit.start(), hit.end(), "reference", "is a long number that may be a reference")


def _is_reference(value: str, least: int) -> bool:
    if _YEAR.match(value) or _NAMED_YEAR.match(value) or _DATE.match(value) or _SECTION.match(value):
        return False
    return sum(one.isdigit() for one in value) >= least
