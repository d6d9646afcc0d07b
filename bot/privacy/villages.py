"""The village or town behind an address: "2 chapel fold, hethersedge", "the old forge, nether sowbridge"."""

from __future__ import annotations

import re

from bot.privacy.lexicon import Lexicon
from bot.privacy.model import Finding
from bot.privacy.view import View

_WORD = r"[a-z][a-z'\-]{2,20}"
_COMMA = re.compile(rf", ?(?P<first>{_WORD})(?: (?P<second>{_WORD}))?(?!\w)")
# What many villages are called by in front of their own word.
_OPENERS = frozenset(
    "nether upper lower over great little east west north south high low old new long kirk market church bishops kings "
    "st saint much middle far temple abbots castle stoke cold hot dry wet good white black burnt steeple long".split()
)
_RARE = 3_000


def with_village(finding: Finding, view: View, lexicon: Lexicon) -> Finding:
    """The address with the place that a comma joins to it, where that is on no list of words; others unchanged."""
    hit = _COMMA.match(view.lower, finding.end) if finding.type == "address" else None
    if hit is None:
        return finding
    first, second = hit.group("first"), hit.group("second")
    if second and first in _OPENERS and _may_be_a_village(second, lexicon):
        return Finding(finding.start, hit.end(), finding.type, finding.why)
    if _is_place(first, lexicon):
        return Finding(finding.start, hit.end("first"), finding.type, finding.why)
    return finding


def _may_be_a_village(word: str, lexicon: Lexicon) -> bool:
    """Whether "little" or "nether" can make this word the name of a village: "little snoring", "cold aston"."""
    return word not in lexicon.jargon and lexicon.rank.get(word, _RARE) >= _RARE


def _is_place(word: str, lexicon: Lexicon) -> bool:
    if word in lexicon.places or word in lexicon.towns:
        return True
    return not lexicon.is_everyday(word) and not lexicon.resembles_word(word)
