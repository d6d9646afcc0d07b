"""What is left of a typed text that can be seen."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_UNPRINTABLE = frozenset({"Cc", "Cs"})
"""Unicode categories: control characters, and halves of characters, which no file and no channel can take."""


def cleaned(text: str) -> str:
    """`text` without control characters and invisible marks, with single spaces."""
    visible = _INVISIBLE.sub("", text)
    return " ".join(
        "".join(" " if unicodedata.category(sign) in _UNPRINTABLE else sign for sign in visible).split()
    )
