"""Email addresses, telephone numbers, account names, links and device addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator

import phonenumbers

from bot.privacy import spoken
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
    rf"[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}}){{0,4}}{_DOT}(?:com|net|org|uk|co|gov|edu|ac|io|info|me|ie|sch|pl|ro)\b"
)
_SOCIAL_HOSTS = (
    r"facebook|fb|instagram|insta|tiktok|twitter|x|snapchat|linkedin|youtube|reddit|onlyfans|twitch|discord|"
    r"t|wa|linktr|justgiving|gofundme|vinted|depop|threads|pinterest|tumblr|vk|roblox|steamcommunity|"
    r"github|soundcloud|spotify"
)
_PROFILE = re.compile(
    rf"(?:https?://)?(?<![\w.-])(?:[a-z]{{1,8}}\.){{0,2}}(?:{_SOCIAL_HOSTS})\.(?:com|net|me|ee|tv|gg|org|co\.uk)/"
    r"[^\s<>()\[\]\ue000]{1,300}"
)
_USER_LINK = re.compile(
    r"https?://[^\s<>()\[\]\ue000]{1,200}(?:/(?:u|user|users|profile|profiles|people|members?|in|account)/|/[@~]|"
    r"[?&](?:id|user|uid|name|patient|child|case)=)[^\s<>()\[\]\ue000]{1,200}"
)
_AT_HANDLE = re.compile(r"(?<![\w@.])@(?=[\w.]{0,40}[a-z_])[\w](?:[\w.]{0,38}\w)?")
_PLATFORM = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|sc|tik\s?tok|facebook|fb|twitter|discord|telegram|roblox|xbox|psn|kik|skype|"
    r"whatsapp|youtube|twitch|steam|fortnite|reddit|onlyfans|vinted)"
)
_ROLE = r"(?:handle|username|user\s?name|user|account|acc|name|profile|page|id|gamertag|tag|@)"
_NAMED_HANDLE = re.compile(
    rf"\b(?:{_PLATFORM}(?:'s|s)?(?:\s{_ROLE})?|handle|username|user name|gamertag)"
    r"(?P<link>\s?[:=]\s?|\s(?:is|was|called|named|under)\s(?:@\s?)?)(?P<handle>[a-z0-9][\w.\-#]{2,39})"
)
_NEAR_HANDLE = re.compile(
    rf"\b{_PLATFORM}(?:\s(?:as|at|under|{_ROLE}))?\s(?P<handle>(?=[a-z.\-]{{0,39}}[\d_#])[a-z0-9][\w.\-#]{{2,39}})"
)
_ONLINE = re.compile(
    rf"\b(?:{_PLATFORM}|online|account|username|gamertag|handle|profile|followers?|dms?|dm'd|"
    rf"messages? from|gaming|seller)\b"
)
_LIKE_HANDLE = re.compile(
    r"(?<![\w@./])(?:[a-z\d][a-z\d.]{0,20}_[a-z\d_.]{1,20}|[a-z]{3,20}\d{2,4}|"
    r"[a-z\d]{1,16}(?:\.[a-z\d]{1,16}){1,4}|xx?[a-z]{3,15}xx?|"
    r"[a-z]{2,12}\d{1,3}[a-z]{1,8})(?![\w@]|\.\w)"
)
_UNDERSCORED = re.compile(r"(?<![\w@./])(?=[a-z\d.]{0,20}[a-z])[a-z\d.]{1,20}_[a-z\d_.]{0,20}[a-z\d](?![\w@])")
_NOT_HANDLE = re.compile(
    r"(?:s|sec|section|art|year|yr|y|ks|covid|step|level|tier|stage|band|grade|page|form|ch|reg|para|"
    r"phase|ps|xbox|gcse|age|aged|part)\d{1,4}|"
    r"[\w.]{0,30}\.(?:com|uk|org|net|gov|nhs|edu|ac|co|docx?|pdf|xlsx?|jpe?g|png)|(?:\w\.){1,4}\w?|"
    r"\d[\d.]*|\w{0,3}\d{1,4}(?:am|pm|yo|yr|yrs|hrs|mins|st|nd|rd|th|k|m|g|mg|kg|cm|ml)|e\.g|i\.e|o\.k"
)
_NAME_ONLINE = re.compile(
    rf"\b{_PLATFORM}\s(?:(?:profile|account|page)\s)?(?:under\s)?(?:the\s)?name\s(?:is\s|of\s)?"
    r"(?P<handle>[a-z0-9][\w.\-]{2,30}(?:\s[A-Z][\w.\-]{1,20}){0,2})"
)
_PLATFORM_NAME = re.compile(rf"\b(?i:{_PLATFORM})\s(?P<handle>[A-Z][a-z]{{2,15}}\s[A-Z][a-z]{{1,15}})(?!\w)")
_ORDINARY = re.compile(
    r"(?:a|an|the|not|on|off|being|used|full|private|public|fake|deleted|banned|where|how|what|why|good|bad|safe|ok|"
    r"his|her|their|my|your|it|they|she|he|been|still|also|now|blocked|hacked|open|closed|down|one|very|so|too|allowed|"
    r"that|this|something|needed|required|kept|shared|known|recorded|included|removed|there|really|and|or|just|for|"
    r"correct|wrong|right|different|unknown|set|linked|checked|monitored|always|never|called|named|under)$"
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
        if not _ORDINARY.match(hit.group("name")):
            yield Finding(hit.start("name"), hit.end("name"), "email", "follows the name of a mail service")
    yield from _handles_and_links(low)
    if not view.text.isupper():
        for hit in _PLATFORM_NAME.finditer(view.text):
            yield Finding(hit.start("handle"), hit.end("handle"), "handle", "follows the name of a social network")
    for hit in _PHONE.finditer(low):
        if why := _phone_reason(hit.group()):
            yield Finding(hit.start(), hit.end(), "phone", why)
    for hit in _LOCAL_PHONE.finditer(low):
        yield Finding(hit.start("number"), hit.end("number"), "phone", "follows a word for a telephone number")
    for pattern in (_IPV4, _IPV6, _MAC):
        for hit in pattern.finditer(low):
            yield Finding(hit.start(), hit.end(), "device", "looks like the network address of a device")
    for run in spoken.number_runs(view):
        if why := _phone_reason(run.digits):
            yield Finding(run.start, run.end, "phone", f"{why}, spelled out")


def _handles_and_links(low: str) -> Iterator[Finding]:
    if "/" in low:
        for pattern in (_PROFILE, _USER_LINK):
            for hit in pattern.finditer(low):
                yield Finding(hit.start(), hit.end(), "link", "looks like a link to a person's page")
    if "@" in low:
        for hit in _AT_HANDLE.finditer(low):
            yield Finding(hit.start(), hit.end(), "handle", "looks like an account name: it begins with @")
    if _ONLINE.search(low):
        for hit in _LIKE_HANDLE.finditer(low):
            if not _NOT_HANDLE.fullmatch(hit.group()) and not _ORDINARY.match(hit.group()):
                yield Finding(hit.start(), hit.end(), "handle", "has the shape of an account name")
    elif "_" in low:
        for hit in _UNDERSCORED.finditer(low):
            if not _NOT_HANDLE.fullmatch(hit.group()):
                yield Finding(hit.start(), hit.end(), "handle", "has the shape of an account name")
    for pattern in (_NAMED_HANDLE, _NEAR_HANDLE):
        for hit in pattern.finditer(low):
            if not _ORDINARY.match(hit.group("handle")):
                yield Finding(hit.start("handle"), hit.end("handle"), "handle", "follows the name of a social network")


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
