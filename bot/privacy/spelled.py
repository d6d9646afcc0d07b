"""Names in disguise: spaced out ("k a y l e i g h"), or with figures for letters ("k4yleigh")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.view import View

_SPACED = re.compile(
    r"(?<![\w'&.\-])[^\W_](?:(?P<seam>[ .\-_*/|,]|\. |, | - )[^\W_])(?:(?P=seam)[^\W_]){1,40}(?![\w'](?!s\b))\.?"
)
_FIGURES = str.maketrans("4301578@$!", "aeoistbasi")
_FIGURES_AS_L = str.maketrans("4301578@$!", "aeolstbasl")
_MIXED = re.compile(
    r"(?<![\w£/.@\-])(?=[a-z\d@$!]{0,20}[\d@$!])(?=[\d@$!]{0,3}[a-z])[a-z\d@$!]{3,20}(?<!!)(?![\w/@\-])"
)
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th|s)$")
_PERSON = (
    r"(?:child|baby|client|patient|pupil|student|resident|person|yp|victim|suspect|perpetrator|boy|girl|"
    r"mum|dad|adult|mr|mrs|"
    r"ms|miss|dr|re|called|named|told|asked|spoke to|met|with|about)"
)
_DOTTED = r"[a-z]\. ?(?:o'|mc)?[a-z](?:\. ?(?:o'|mc)?[a-z])?(?!\w)\.?"
_DOTTED_INITIALS = re.compile(
    rf"\b{_PERSON}\s(?P<after>{_DOTTED})|(?<![\w.])(?P<before>{_DOTTED})(?='s (?!m\b)|\s(?:told|said|says|is|was|"
    rf"has|wont|doesnt|disclosed|came|rang|in (?:yr|year|y\d)|aged?|\(?\d{{1,2}})\b)"
)
# One initial, with what may belong to it: "O'D" of O'Donnell, "McK", "B-C" of a double name.
_INITIAL = r"(?:[OD]'|Ma?c|St\.)?[A-Z](?:-[A-Z])?"
_CAPITAL_INITIALS = re.compile(rf"(?<![\w.]){_INITIAL}(?:\. ?{_INITIAL}){{1,3}}(?![\w.]\w)(?!-)\.?(?!\w)")
_NOT_INITIALS = frozenset(
    (
        "dv",
        "hv",
        "cp",
        "sa",
        "ot",
        "la",
        "rc",
        "ni",
        "no",
        "ta",
        "md",
        "pt",
        "tv",
        "ok",
        "id",
        "od",
        "dob",
        "gcse",
        "nhs",
        "usa",
        "sar",
        "foi",
        "uae",
        "sen",
        "ehc",
        "lac",
        "eg",
        "ie",
        "am",
        "pm",
        "ps",
        "nb",
        "uk",
        "us",
        "eu",
        "un",
        "gp",
        "ed",
        "sw",
        "pe",
        "ict",
        "adhd",
        "coe",
    )
)
# Nobody puts full stops into these, so with full stops they are initials.
_PLAIN_SHORTHAND = frozenset(("qa", "em", "im", "ya", "ye", "mo", "po", "ed", "ma", "pa", "jd", "np", "fr"))
_HYPHENED = re.compile(
    r"(?<![\w\-])(?!A-Z|X-)[A-Z]-[A-Z](?![\w\-]\w)(?='s (?i:mum|dad|sister|brother|nan|carer|friend|family)|"
    r" (?:said|says|told|wont|won't|disclosed|hasnt|didnt|doesnt|wants|came|went)\b)"
)
# Each of these stands for a word by itself: "r u a bot" spells nothing.
_LETTERS_AS_WORDS = frozenset("abcinorux")
_SHORTEST_NAME = 4
_PAIR = 2


def find(view: View, lexicon: Lexicon) -> Iterator[Finding]:
    """Single letters in a row that spell no ordinary word, and listed names with figures in them."""
    for hit in _SPACED.finditer(view.lower):
        word = "".join(one for one in hit.group() if one.isalnum()).translate(_FIGURES)
        if hit.group("seam") == " " and _LETTERS_AS_WORDS.issuperset(word):
            continue
        if _is_spelled_name(word, lexicon):
            end = hit.end() - (hit.group().endswith(".") and view.lower[hit.end() - 2 : hit.end()][:1].isalnum())
            yield Finding(hit.start(), end, "name", "looks like a name spelled letter by letter")
    for hit in _DOTTED_INITIALS.finditer(view.lower):
        group = "after" if hit.group("after") else "before"
        letters = "".join(one for one in hit.group(group) if one.isalpha())
        if letters not in _NOT_INITIALS and letters not in lexicon.jargon - _PLAIN_SHORTHAND:
            yield Finding(hit.start(group), hit.end(group), "initials", "looks like somebody's initials")
    for hit in _HYPHENED.finditer(view.text):
        yield Finding(hit.start(), hit.end(), "initials", "looks like somebody's initials: capitals with a hyphen")
    for hit in _CAPITAL_INITIALS.finditer(view.text):
        letters = "".join(one for one in hit.group().lower() if one.isalpha())
        abbreviation = len(letters) > _PAIR and letters in lexicon.jargon and hit.group().replace(".", "").isupper()
        if letters not in _NOT_INITIALS and not (abbreviation and hit.group().replace(".", "").isalpha()):
            yield Finding(
                hit.start(), hit.end(), "initials", "looks like somebody's initials: capitals with full stops"
            )
    for hit in _MIXED.finditer(view.lower):
        for table in (_FIGURES, _FIGURES_AS_L):
            word = hit.group().translate(table)
            if _ORDINAL.match(hit.group()):
                break
            if len(word) >= _SHORTEST_NAME and word != hit.group() and _is_listed(word, lexicon):
                yield Finding(hit.start(), hit.end(), "name", "looks like a name with figures in place of letters")
                break


def _is_spelled_name(word: str, lexicon: Lexicon) -> bool:
    if not word.isalpha() or word in lexicon.jargon:
        return False
    if _is_listed(word, lexicon) or word in lexicon.surname_words:
        return True
    return len(word) > _SHORTEST_NAME and not lexicon.is_everyday(word) and not lexicon.resembles_word(word)


def _is_listed(word: str, lexicon: Lexicon) -> bool:
    return word in lexicon.names or word in lexicon.given_words or word in lexicon.given_places
