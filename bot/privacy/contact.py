"""Email addresses, telephone numbers and device addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from bot.privacy import handles, spoken
from bot.privacy.model import Finding
from bot.privacy.view import View

# Every repetition is bounded and starts at a boundary, so that no text takes more than linear time.
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+'-]{1,64}\s?@\s?(?:[\w-]{1,63}\.){1,5}[a-z]{2,12}\b")
_EMAIL_UNFINISHED = re.compile(
    r"(?<![\w.+-])[\w.+'-]{1,64}@\s?(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|sky|nhs)\b"
)
_AT = r"\s{0,2}(?:\(at\)|\[at\]|<at>|\bat\b|@)\s{0,2}"
_DOT = r"\s{0,2}(?:\(dot\)|\[dot\]|<dot>|\bdot\b|\.)\s{0,2}"
_EMAIL_SPOKEN = re.compile(
    rf"(?<![\w.+-])[\w+'-]{{1,64}}(?:(?:{_DOT}|\s(?:underscore|hyphen|dash)\s|\.)[\w+'-]{{1,64}}){{0,4}}{_AT}"
    rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,4}}{_DOT}(?:com|net|org|uk|co|gov|edu|ac|io|info|me|ie|sch|pl|ro|eu|"
    rf"example|test)\b"
)
_PHONE = re.compile(r"(?<![\w£$€.,/])(?:\+|\(\+?)?(?:\d|o(?=7))(?:[ ().\-]{0,3}[\do]){8,14}(?![\w/]|[.,-]\d)")
_LOCAL_PHONE = re.compile(
    r"\b(?:tel|telephone|phone|ph|mob|mobile|number|num|no|call|ring|rang|text|landline|fax|whatsapp|ext)"
    r"(?:\s(?:is|her|him|them|me|on|number|no|num|at|mum|dad)){0,3}[\s:.\-]{1,3}"
    r"(?P<number>\d(?:[ \-]?\d){5,7})(?![\d/])"
)
_MAIL_NAME = re.compile(
    r"\b(?:gmail|hotmail|outlook|icloud|yahoo)(?:\s(?:address|account|email))?\s(?:is|was|"
    r":)\s(?P<name>[a-z][\w.\-]{4,40})(?!\w)"
)
_IPV4 = re.compile(r"(?<![\d.])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\d.])")
_IPV6 = re.compile(r"(?<![\w:])(?:[\da-f]{1,4}:){4,7}:?[\da-f]{1,4}(?![\w:])")
_IMEI = re.compile(
    r"\b(?:imei|serial|device id|mac|udid)(?:\s(?:no|num|number|is|was)){0,3}[\s.:#\-]{1,3}"
    r"(?P<number>(?=[a-z\d\-]{0,20}\d)[a-z\d][a-z\d\- ]{6,20}[a-z\d])(?!\w)"
)
_MAC = re.compile(r"(?<![\w:-])[\da-f]{2}(?:[:-][\da-f]{2}){5}(?![\w:-])")
# Helplines are published for everybody and identify nobody.
_HELPLINES = frozenset(
    ("08001111", "08088005000", "08082000247", "08007892321", "08001690169", "116123", "116000", "03444111444")
)
_COUNTRY_CODE = "44"
_LONGEST_NATIONAL = 11


def find(view: View) -> Iterator[Finding]:
    """Ways to reach or to look up a person."""
    low = view.lower
    if "@" in low or " at" in low or "(at" in low or "[at" in low:
        for pattern in (_EMAIL, _EMAIL_UNFINISHED, _EMAIL_SPOKEN):
            for hit in pattern.finditer(low):
                yield Finding(hit.start(), hit.end(), "email", "looks like an email address")
    for hit in _MAIL_NAME.finditer(low):
        if not handles.is_ordinary(hit.group("name")):
            yield Finding(hit.start("name"), hit.end("name"), "email", "follows the name of a mail service")
    for hit in _PHONE.finditer(low):
        if why := _phone_reason(hit.group()):
            yield Finding(hit.start(), hit.end(), "phone", why)
    for hit in _LOCAL_PHONE.finditer(low):
        yield Finding(hit.start("number"), hit.end("number"), "phone", "follows a word for a telephone number")
    for pattern in (_IPV4, _IPV6, _MAC):
        for hit in pattern.finditer(low):
            yield Finding(hit.start(), hit.end(), "device", "looks like the network address of a device")
    for hit in _IMEI.finditer(low):
        yield Finding(hit.start("number"), hit.end("number"), "device", "follows a word for the number of a device")
    for run in spoken.number_runs(view):
        if why := _phone_reason(run.digits):
            yield Finding(run.start, run.end, "phone", f"{why}, spelled out")


def _phone_reason(raw: str) -> str | None:
    digits = "".join(one for one in raw.replace("o", "0") if one.isdigit())
    if digits in _HELPLINES or raw.count("-") > 4:
        return None
    if raw.lstrip("(").startswith("+") or digits.startswith("00"):
        return "looks like a telephone number with a country code"
    if digits.startswith("0") and 9 <= len(digits) <= _LONGEST_NATIONAL + 1 and digits[1] in "123456789":
        return f"looks like a telephone number: {len(digits)} digits beginning {digits[:2]}"
    if digits.startswith(_COUNTRY_CODE) and len(digits) in (12, 13):
        return "looks like a telephone number with a country code"
    if len(digits) == 10 and digits[0] == "7" and _is_mobile(digits):
        return "looks like a mobile number without its first 0"
    return None


def _is_mobile(digits: str) -> bool:
    number = phonenumbers.parse(digits, "GB")
    return phonenumbers.is_valid_number(number) and not re.search(r"\s\d{3}\s\d{4}$", digits)
