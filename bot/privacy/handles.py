"""Account names on social media, in games and on dating sites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.view import View

# Every repetition is bounded and starts at a boundary, so that no text takes more than linear time.
_AT_HANDLE = re.compile(r"(?<![\w@.])@(?=[\w.]{0,40}[a-z_])[\w](?:[\w.]{0,38}\w)?")
_TAGGED = re.compile(r"(?<![\w@.#])[a-z][\w.]{1,31}#\d{3,5}(?!\w)")
_PLATFORM = (
    r"(?:insta(?:gram)?|ig|snap(?:chat)?|sc|tik\s?tok|facebook|fb|twitter|discord|telegram|roblox|xbox|psn|kik|skype|"
    r"whatsapp|youtube|twitch|steam|fortnite|reddit|onlyfans|vinted|tinder|grindr|hinge|bumble|pinterest|depop|yubo|"
    r"wizz|omegle|minecraft|signal|messenger|threads|bereal)"
)
_ROLE = r"(?:handle|username|user\s?name|user|account|acc|name|profile|page|id|gamertag|tag|@)"
_NAMED_HANDLE = re.compile(
    rf"\b(?:{_PLATFORM}(?:'s|s)?(?:\s{_ROLE})?|handle|username|user name|gamertag|screen ?name|gamer ?name|(?:xbox|"
    rf"psn) id)"
    r"(?P<link>\s?[:=]\s?|\s(?:is|was|called|named|under|as)\s(?:@\s?)?)(?P<handle>[a-z0-9][\w.\-#]{2,39})"
)
_NEAR_HANDLE = re.compile(
    rf"\b{_PLATFORM}(?:\s(?:as|at|under|{_ROLE})){{0,2}}\s(?P<handle>(?=[a-z.\-]{{0,39}}[\d_#])"
    rf"[a-z0-9][\w.\-#]{{2,39}})"
)
_BESIDE = re.compile(
    rf"\b(?:{_PLATFORM}(?:\s{_ROLE})?|username|gamertag|screen ?name|online as|of account)"
    rf"\s(?P<handle>[a-z][a-z.]{{4,30}})(?!\w)"
)
_ONLINE = re.compile(
    rf"\b(?:{_PLATFORM}|online|account|username|gamertag|handle|profile|follow(?:s|ed|ing|ers?)?|dms?|dm'?d|"
    r"messages? from|messaged by|adds? (?:me|him|her|them|us)|adds them all|added|gaming|gamer|seller|streams?|"
    r"post(?:s|ed)? (?:as|by|under)|"
    r"goes by|calls? (?:him|her|them)sel(?:f|ves)|screen ?name|dating (?:app|site)|chat ?room|server|sends? "
    r"(?:nudes|pics))\b"
)
_LIKE_HANDLE = re.compile(
    r"(?<![\w@./#])(?:[a-z\d][a-z\d.]{0,20}_[a-z\d_.]{1,20}|[a-z]{3,20}\d{2,4}|"
    r"[a-z\d]{1,16}(?:\.[a-z\d]{1,16}){1,4}|xx?[a-z]{3,15}xx?|"
    r"[a-z]{2,12}\d{1,3}[a-z]{1,8})(?![\w@]|\.\w)"
)
_UNDERSCORED = re.compile(
    r"(?<![\w@./])(?=[a-z\d._]{0,20}[a-z])(?:_[a-z\d_.]{1,20}[a-z\d]|[a-z\d.]{1,20}_[a-z\d_.]{0,20}[a-z\d_])(?![\w@])"
)
# A capital and a figure inside one word: nobody writes an ordinary word so.
_CAMEL = re.compile(
    r"(?<![\w@./#\-])(?=\w{0,24}\d)(?=\w{0,24}[a-z][A-Z])[A-Za-z]{2,16}[\dA-Za-z_]{2,20}(?![\w/@])|"
    r"(?<![\w@./#\-])[A-Z]?[a-z]{2,12}[A-Z][a-z]{2,12}(?:[A-Z][a-z]{2,12}){0,2}\d{1,4}(?!\w)|(?<!\w)"
    r"xX[A-Za-z\d_]{3,20}Xx(?!\w)"
)
_DOTTED = re.compile(r"(?<![\w@./])(?P<one>[a-z]{3,16})\.(?P<two>[a-z]{3,16})(?![\w@./-])")
_NOT_HANDLE = re.compile(
    r"(?:s|sec|section|art|article|year|yr|y|ks|covid|step|level|tier|stage|band|grade|page|form|ch|reg|para|"
    r"phase|ps|xbox|gcse|age|aged|part|kcsie|wt|gdpr|dpa|fifa|gta|win|room|ward|flat|bed)\d{1,4}|"
    r"[\w.]{0,30}\.(?:com|uk|org|net|gov|nhs|edu|ac|co|example|io|docx?|pdf|xlsx?|jpe?g|png|mp[34]|pptx?|txt)|"
    r"(?:\w\.){1,4}\w?|"
    r"\d[\d.]*|\w{0,3}\d{1,4}(?:am|pm|yo|yr|yrs|hrs|mins|st|nd|rd|th|k|m|g|mg|kg|cm|ml)|e\.g|i\.e|o\.k"
)
_NAME_ONLINE = re.compile(
    rf"\b{_PLATFORM}\s(?:(?:profile|account|page)\s)?(?:under\s)?(?:the\s)?name\s(?:is\s|of\s)?"
    r"(?P<handle>[A-Z0-9][\w.\-]{2,30}(?:\s[A-Z][\w.\-]{1,20}){0,2})",
)
_PLATFORM_NAME = re.compile(
    rf"\b(?i:{_PLATFORM})\s(?:(?i:name|profile|account|page|under|as|is|was|the)\s){{0,4}}"
    r"(?P<handle>[A-Z][a-z]{1,15}(?:\s[A-Z][A-Za-z]{1,15}){1,2})(?!\w)"
)
_ORDINARY = re.compile(
    r"(?:a|an|the|not|on|off|being|used|full|private|public|fake|deleted|banned|where|how|what|why|good|bad|safe|ok|"
    r"his|her|their|my|your|it|they|she|he|been|still|also|now|blocked|hacked|open|closed|down|one|very|so|too|allowed|"
    r"that|this|something|needed|required|kept|shared|known|recorded|included|removed|there|really|and|or|just|for|"
    r"correct|wrong|right|different|unknown|set|linked|checked|monitored|always|never|called|named|under|per|evidence|"
    r"soon|normal|well|proof|far|above|below|well|being|much|long|having|going|getting|full|like)$"
)


def is_ordinary(word: str) -> bool:
    """Whether a word behind "is" tells of an account instead of naming it: "is private"."""
    return _ORDINARY.match(word) is not None


def find(view: View, lexicon: Lexicon) -> Iterator[Finding]:
    """Account names by a sign of their own, by the network in front of them, or by their shape."""
    low = view.lower
    if "@" in low:
        for hit in _AT_HANDLE.finditer(low):
            yield Finding(hit.start(), hit.end(), "handle", "looks like an account name: it begins with @")
    if "#" in low:
        for hit in _TAGGED.finditer(low):
            yield Finding(hit.start(), hit.end(), "handle", "looks like an account name with its number")
    yield from _by_shape(view, lexicon)
    for pattern in (_NAMED_HANDLE, _NEAR_HANDLE):
        for hit in pattern.finditer(low):
            if not is_ordinary(hit.group("handle")) and not _says_what_it_does(hit.group("handle"), lexicon):
                yield Finding(hit.start("handle"), hit.end("handle"), "handle", "follows the name of a social network")
    for hit in _BESIDE.finditer(low):
        word = hit.group("handle").rstrip(".")
        if _is_no_word(word, lexicon):
            yield Finding(
                hit.start("handle"), hit.start("handle") + len(word), "handle", "follows the name of a social network"
            )
    if not view.text.isupper():
        for pattern in (_PLATFORM_NAME, _NAME_ONLINE):
            for hit in pattern.finditer(view.text):
                yield Finding(hit.start("handle"), hit.end("handle"), "handle", "follows the name of a social network")


def _by_shape(view: View, lexicon: Lexicon) -> Iterator[Finding]:
    low = view.lower
    why = "has the shape of an account name"
    if _ONLINE.search(low):
        for hit in _LIKE_HANDLE.finditer(low):
            if not _NOT_HANDLE.fullmatch(hit.group()) and not is_ordinary(hit.group()):
                yield Finding(hit.start(), hit.end(), "handle", why)
    if "_" in low:
        for hit in _UNDERSCORED.finditer(low):
            if not _NOT_HANDLE.fullmatch(hit.group()):
                yield Finding(hit.start(), hit.end(), "handle", why)
    for hit in _CAMEL.finditer(view.text):
        if not _NOT_HANDLE.fullmatch(hit.group().lower()):
            yield Finding(hit.start(), hit.end(), "handle", why)
    if "." in low:
        for hit in _DOTTED.finditer(low):
            both = hit.group("one"), hit.group("two")
            if not _NOT_HANDLE.fullmatch(hit.group()) and any(_is_no_word(part, lexicon) for part in both):
                yield Finding(hit.start(), hit.end(), "handle", why)


def _says_what_it_does(word: str, lexicon: Lexicon) -> bool:
    """Whether the word behind the account tells what goes on there: "his insta is recruiting"."""
    return word.endswith(("ing", "ed")) and word.isalpha() and word in lexicon.rank


def _is_no_word(word: str, lexicon: Lexicon) -> bool:
    bare = word.replace(".", "")
    if lexicon.is_everyday(bare) or lexicon.is_everyday(bare.removesuffix("s")):
        return False
    return "." in word or not lexicon.resembles_word(bare)
