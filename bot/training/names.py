"""The names under which progress is kept or shown: pseudonyms to choose from, and what a name may be made of."""

from __future__ import annotations

import secrets
import unicodedata

from bot.training.errors import InvalidPseudonym

LONGEST_NAME = 40
_SIGNS = " -'\N{RIGHT SINGLE QUOTATION MARK}"
_HOW = (
    "Amber", "Brave", "Bright", "Calm", "Clever", "Early", "Gentle", "Golden", "Green", "Honest", "Kind", "Lively",
    "Merry", "Open", "Patient", "Quick", "Quiet", "Ready", "Silver", "Steady", "Sunny", "True", "Warm", "Wise",
)  # fmt: skip
_WHO = (
    "Badger", "Beaver", "Curlew", "Dolphin", "Falcon", "Finch", "Hare", "Hedgehog", "Heron", "Kestrel", "Lark",
    "Linnet", "Magpie", "Otter", "Owl", "Plover", "Puffin", "Robin", "Seal", "Sparrow", "Squirrel", "Starling",
    "Swift", "Wren",
)  # fmt: skip


def suggested_pseudonyms(number: int = 3) -> tuple[str, ...]:
    """Names to choose from, so that nobody has to think of one, or types their own."""
    found: dict[str, None] = {}
    while len(found) < min(number, len(_HOW)):
        found[f"{secrets.choice(_HOW)} {secrets.choice(_WHO)}"] = None
    return tuple(found)


def require_name(text: str) -> str:
    """`text` as it is kept: single spaces. Raises InvalidPseudonym for signs that are not of names, or too many."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > LONGEST_NAME or not name[0].isalpha():
        raise InvalidPseudonym(LONGEST_NAME)
    if not all(sign in _SIGNS or unicodedata.category(sign)[0] in "LM" or sign.isdecimal() for sign in name):
        raise InvalidPseudonym(LONGEST_NAME)
    return name
