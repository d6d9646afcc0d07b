"""Numbers issued to a person, a vehicle, an account or a case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum import iban, luhn
from stdnum.gb import nhs

from bot.privacy import spoken
from bot.privacy.model import Finding
from bot.privacy.view import View

_DIGIT = re.compile(r"\d")
_TEN_DIGITS = re.compile(r"(?<![\w£$€.,/+\-])\d(?:[ \-.]{0,2}\d){9}(?![\w/]|[.,-]\d)")
_NHS_CONTEXT = re.compile(
    r"\b(?:nhs|chi)(?:\s(?:no|num|number|id|is|its|was)){0,3}[\s.:#\-]{1,3}(?P<number>\d(?:[ \-.]{0,2}\d){6,10})(?!\d)"
)
_NHS_SHAPE = re.compile(r"\d{3}[ \-.]\d{3}[ \-.]\d{4}$|\d{10}$")
_NATIONAL_INSURANCE = re.compile(
    r"(?<![\w])[a-z][ \-]?[a-z][ \-]?\d(?:[ \-]?\d){5}[ \-]?[a-d](?!\w)|"
    r"(?<=ni )[a-z]{2}[ \-]?\d(?:[ \-]?\d){5}(?!\w)|\b(?:nino|insurance(?:\s(?:no|num|number))?)[\s.:]{1,2}(?:is\s)?"
    r"(?P<number>[a-z]{2}[ \-]?\d(?:[ \-]?\d){5}(?:[ \-]?[a-d])?)(?!\w)"
)
_PASSPORT = re.compile(
    r"\bpassport,?(?:\s(?:no|num|number|is|was|"
    r"id)){0,3}[\s.:#\-]{1,3}(?P<number>(?:[a-z]{1,3}[ \-]?)?\d(?:[ \-]?\d){5,9})(?!\w)"
)
_DRIVING_LICENCE = re.compile(
    r"(?<!\w)[a-z9]{5}[ \-]?\d{6}[ \-]?[a-z9]{2}[ \-]?\d[ \-]?[a-z]{2}(?:[ \-]?\d\d)?(?!\w)|"
    r"\blicen[cs]e(?:\s(?:no|num|number|is|was)){0,3}[\s.:#\-]{1,3}"
    r"(?P<number>(?=[a-z ]{0,9}\d)[a-z\d]{5,18}(?:[ \-](?=[a-z]{0,4}\d)[a-z\d]{2,8}){0,3})(?!\w)"
)
_PLATE = re.compile(
    r"(?<!\w)(?P<local>[a-hj-pr-y][a-hj-y])(?P<age>[0-7]\d)(?P<gap>[ \-]?)(?P<rest>[a-hj-pr-z]{3})(?!\w)"
)
_OLD_PLATE = re.compile(
    r"(?<!\w)(?:[A-HJ-NPR-TV-Y]\d{1,3} ?[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3} ?\d{1,3}[A-HJ-NPR-TV-Y])(?!\w)"
)
_PLATE_CONTEXT = re.compile(
    r"\b(?:reg|rego|registration|number ?plate|plate|plates|vrm|vrn|index)"
    r"(?:\s(?:no|num|number|plate|mark|is|was|of)){0,3}"
    r"[\s.:#\-]{1,3}(?P<number>(?=[a-z\d ]{0,8}\d)(?:[a-z]{1,3} ?\d{1,4}(?: ?[a-z]{1,3})?|\d{1,4}[a-z]{1,3}|"
    r"\d{3,5}))(?!\w)"
)
# Plates as people misread or mistype them: O for 0, I or l for 1, a space in the wrong place; and foreign ones.
_PLATE_MISTYPED = re.compile(
    r"(?<!\w)(?!(?:of|to|in|is|on|at|by|he|we|it|so|my|do|go|no|up|as|an|or|be|us|if|me)\s)"
    r"[a-z][a-z0][ \-]?(?=[\doil]{0,1}\d)[\doil]{2}[ \-]?(?!(?:and|the|was|for|had|has|yrs|yo|hrs|min|day|"
    r"not|but|she|who)\b)[a-z0]{3}(?!\w)"
)
_PLATE_PARTIAL = re.compile(
    r"\b(?:reg|plate|plates|registration|car|van|astra|golf|corsa|focus|fiesta|bmw|"
    r"audi)\s(?:\w{1,6}\s){0,2}(?:ending|ends|ends in|ending in|starts|starting|begins|"
    r"beginning)(?: with)?\s"
    r"(?P<number>[a-z\d]{2,4})(?!\w)"
)
_PLATE_FOREIGN = re.compile(
    r"(?<!\w)(?P<number>\d{2,3}-[a-z]{1,2}-\d{1,6})(?!\w)|\bplates?\s(?:is|are|"
    r"was)?\s?(?P<abroad>[a-z]{1,3}[ \-]?\d{2,5}[ \-]?[a-z]{0,3})(?!\w)"
)
_PLATE_PRIVATE = re.compile(
    r"\b(?:private|cherished|personal)\s(?:reg|plate|number plate)(?:\s(?:is|"
    r"was))?\s(?P<number>(?=[a-z\d ]{0,8}\d)[a-z\d]{1,4}(?:\s[a-z\d]{1,4})?)(?!\w)"
)
_VEHICLE_WORD = re.compile(
    r"\b(?:car|van|vehicle|taxi|bmw|audi|ford|fiesta|corsa|golf|lorry|motorbike|moped|drives|driving|"
    r"drove|merc|astra|focus|clio|polo|transit|reg|plate|plates|parked|4x4|jeep|scooter|quad|minibus)\b"
)
_SORT_CODE = re.compile(r"(?<![\w/.\-])\d\d([ \-])\d\d\1\d\d(?![\w/]|[-.]\d)")
_SORT_CONTEXT = re.compile(
    r"\b(?:sort\s?code|sort|s/?c)[\s.:#\-]{1,3}(?:is\s)?(?P<number>\d\d[ \-.]?\d\d[ \-.]?\d\d)(?!\d)"
)
_ACCOUNT = re.compile(
    r"\b(?:account|acc|acct|a/c|ac|bank)(?:\s(?:no|num|number|details|is|are|account|acc)){0,4}[\s.:#\-]{1,3}"
    r"(?P<number>\d(?:[ \-]?\d){6,8})(?!\d)"
)
# A sort code and the account behind it are one: "60-11-08 / 44820193", "sort code 601108 account 44820193".
_SORT_AND_ACCOUNT = re.compile(
    r"(?<![\w£$€./\-])(?:sort\s?code[\s.:]{1,2}(?:is\s)?)?\d\d[ \-.]?\d\d[ \-.]?\d\d(?:\s?[/,;|&+\-]\s?|\s)(?:and\s)?"
    r"(?:(?:account|acc|acct|a/c|ac)\.?\s?(?:no|num|number|is)?[\s.:]{0,2})?(?:\d{7,8}|\d{4} \d{4})(?![\w/]|[.,\-]\d)"
)
_CARD_CONTEXT = re.compile(
    r"\b(?:card|visa|mastercard|debit|credit)(?:\s(?:no|num|number|is|card|"
    r"ending|long)){0,3}[\s.:#\-]{1,4}(?P<number>\d(?:[ \-]?\d){11,18})(?!\w)"
)
_SECRET = re.compile(
    r"\b(?:pin|pin ?(?:code|number|no)|passcode|pass ?word|key ?safe|door ?code|gate code|alarm code|security code|cvv)"
    r"(?:\s(?:no|num|number|code|is|was)){0,3}[\s.:#=\-]{1,3}(?P<number>(?=[a-z]{0,12}\d)[a-z\d]{3,16})(?!\w)"
)
_ENDING = re.compile(
    r"\b(?:nhs|phone|mobile|card|account|number|no)\b(?:\s(?:is|no|num|number|that)){0,3}\s(?:ends|ending|"
    r"ends in|ending in|ending with)\s(?P<number>\d{3,5})(?!\d)"
)
_CARD = re.compile(r"(?<![\w£$€.])\d(?:[ \-]?\d){12,18}(?!\w)")
_LIKE_IBAN = re.compile(
    r"(?<!\w)(?:gb|ie|pl|ro|de|fr|es|it|lt|lv|bg|nl|pt|hu|cz|sk|gr)\d\d(?: ?[a-z]{4})?(?: ?\d{2,8}){2,7}(?!\w)"
)
_IBAN = re.compile(r"(?<!\w)[a-z]{2}\d\d(?: ?[a-z\d]{4}){3,7}(?: ?[a-z\d]{1,3})?(?!\w)")
_LEAST_IBAN_DIGITS = 14


def find(view: View) -> Iterator[Finding]:
    """Numbers that a register could turn back into a person."""
    low = view.lower
    if _DIGIT.search(low):
        yield from _health_and_insurance(low)
        yield from _documents(low)
        yield from _vehicles(view)
        yield from _bank(low)
    for run in spoken.number_runs(view):
        if len(run.digits) == 10 and not run.digits.startswith("0"):
            yield Finding(run.start, run.end, "nhs_number", "looks like an NHS number: ten digits, spelled out")
        elif not run.digits.startswith("0"):
            yield Finding(run.start, run.end, "reference", "is a long number, spelled out")


def _health_and_insurance(low: str) -> Iterator[Finding]:
    for hit in _TEN_DIGITS.finditer(low):
        digits = "".join(one for one in hit.group() if one.isdigit())
        if nhs.is_valid(digits):
            yield Finding(
                hit.start(), hit.end(), "nhs_number", "looks like an NHS number: ten digits that fit its check"
            )
        elif digits[0] != "0" and _NHS_SHAPE.match(hit.group()):
            yield Finding(hit.start(), hit.end(), "nhs_number", "looks like an NHS number: ten digits")
    yield from _numbered(_NHS_CONTEXT, low, "nhs_number", "follows the words NHS number")
    for hit in _NATIONAL_INSURANCE.finditer(low):
        yield _group(hit, "national_insurance", "looks like a National Insurance number: letters, six digits, a letter")


def _documents(low: str) -> Iterator[Finding]:
    yield from _numbered(_PASSPORT, low, "passport", "follows the word passport")
    for hit in _DRIVING_LICENCE.finditer(low):
        yield _group(hit, "driving_licence", "looks like a driving licence number")


def _vehicles(view: View) -> Iterator[Finding]:
    low = view.lower
    yield from _numbered(_PLATE_CONTEXT, low, "vehicle", "follows a word for a vehicle registration")
    speaks_of_vehicle = _VEHICLE_WORD.search(low) is not None
    for hit in _PLATE.finditer(low):
        as_typed = view.text[hit.start() : hit.end()]
        if as_typed.isupper() or not hit.group("gap") or speaks_of_vehicle:
            yield Finding(hit.start(), hit.end(), "vehicle", "looks like a vehicle registration")
    yield from _numbered(_PLATE_PARTIAL, low, "vehicle", "follows a word for a vehicle registration")
    yield from _numbered(_PLATE_PRIVATE, low, "vehicle", "follows a word for a vehicle registration")
    for hit in _PLATE_FOREIGN.finditer(low):
        group = "number" if hit.group("number") else "abroad"
        yield Finding(hit.start(group), hit.end(group), "vehicle", "looks like a foreign vehicle registration")
    if speaks_of_vehicle:
        for hit in _PLATE_MISTYPED.finditer(low):
            yield Finding(hit.start(), hit.end(), "vehicle", "looks like a vehicle registration with a slip in it")
    text = view.text.upper() if speaks_of_vehicle and len(view.text.upper()) == len(low) else view.text
    for hit in _OLD_PLATE.finditer(text):
        if speaks_of_vehicle or sum(one.isdigit() for one in hit.group()) == 3:
            yield Finding(hit.start(), hit.end(), "vehicle", "looks like a vehicle registration")


def _bank(low: str) -> Iterator[Finding]:
    for hit in _SORT_CODE.finditer(low):
        if hit.group(1) == "-":
            yield Finding(hit.start(), hit.end(), "bank", "looks like a sort code: three pairs of digits")
    for hit in _SORT_AND_ACCOUNT.finditer(low):
        yield Finding(hit.start(), hit.end(), "bank", "looks like a sort code with its account number")
    yield from _numbered(_SORT_CONTEXT, low, "bank", "follows the words sort code")
    yield from _numbered(_ACCOUNT, low, "bank", "follows a word for a bank account")
    for hit in _CARD.finditer(low):
        if luhn.is_valid("".join(one for one in hit.group() if one.isdigit())):
            yield Finding(hit.start(), hit.end(), "bank", "looks like a card number: its digits fit the check")
    yield from _numbered(_SECRET, low, "bank", "follows a word for a secret number")
    yield from _numbered(_CARD_CONTEXT, low, "bank", "follows a word for a bank card")
    yield from _numbered(_ENDING, low, "reference", "is the end of a number")
    for hit in _LIKE_IBAN.finditer(low):
        if sum(one.isdigit() for one in hit.group()) >= _LEAST_IBAN_DIGITS:
            yield Finding(hit.start(), hit.end(), "bank", "has the shape of an international bank account number")
    for hit in _IBAN.finditer(low):
        if iban.is_valid(hit.group(), check_country=False):
            yield Finding(hit.start(), hit.end(), "bank", "looks like an international bank account number")


def _numbered(pattern: re.Pattern[str], low: str, kind: str, why: str) -> Iterator[Finding]:
    for hit in pattern.finditer(low):
        yield Finding(hit.start("number"), hit.end("number"), kind, why)


def _group(hit: re.Match[str], kind: str, why: str) -> Finding:
    if hit.group("number"):
        return Finding(hit.start("number"), hit.end("number"), kind, why)
    return Finding(hit.start(), hit.end(), kind, why)
