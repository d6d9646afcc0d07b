"""Words of a view, with the form in which a name is looked up."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.privacy.view import BARRIER, View

_TOKEN = re.compile(rf"{BARRIER}+|[^\W_]+(?:'[^\W\d_]+)*'?|[^\s\w]|_+")
_POSSESSIVE = ("'s", "'")
# Their apostrophe stands for letters left out: "lil' Mo" owns nothing.
_CUT_SHORT = frozenset(("lil'", "ol'", "an'", "th'", "wi'"))
# What ends a phrase although no mark stands there.
_BREAK = re.compile(r"[\n\t\r]")


@dataclass(slots=True)
class Token:
    """A word, a number, a mark or a placeholder. `core` is lower case, without apostrophes and without a possessive.

    `after_break`: a new line or a tab stands in front of it.
    """

    text: str
    start: int
    end: int
    core: str
    possessive: bool
    is_word: bool
    capital: bool
    after_break: bool


def split(view: View) -> list[Token]:
    """The tokens of a view, in order."""
    found: list[Token] = []
    behind = 0
    for hit in _TOKEN.finditer(view.text):
        gap = view.text[behind : hit.start()]
        found.append(_token(hit.group(), hit.start(), view, after_break=_BREAK.search(gap) is not None))
        behind = hit.end()
    return found


def _token(text: str, start: int, view: View, *, after_break: bool) -> Token:
    end = start + len(text)
    low = view.lower[start:end]
    is_word = low[0].isalnum()
    possessive = False
    if is_word and "'" in low:
        for ending in _POSSESSIVE:
            if low.endswith(ending) and low not in _CUT_SHORT:
                low = low[: -len(ending)]
                end -= len(ending)
                possessive = True
                break
        low = low.replace("'", "")
    return Token(text, start, end, low, possessive, is_word, text[0].isupper(), after_break)
