"""Sets a PDF, tagged for screen readers (PDF/UA-1). Words go in as data and are never read as markup."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import typst

_UNKNOWN = "\N{WHITE SQUARE}"
_BREAK = "\N{ZERO WIDTH SPACE}"
_LONG = re.compile(r"(\S{30})(?=\S)")
_ALWAYS_KNOWN = frozenset(map(chr, range(0x20, 0x7F)))


def typeset(template: bytes, data: Mapping[str, Any], moment: datetime, not_shown: str) -> bytes:
    """The PDF of `template` with `data`. Letters that the fonts lack become white squares.

    Then `not_shown` is added to the list `data["notes"]`.
    """
    text = json.dumps(_printable(data), ensure_ascii=False)
    unknown = frozenset(sign for sign in set(text) - _ALWAYS_KNOWN if not _is_known(sign))
    if unknown or _UNKNOWN in text:
        text = json.dumps(_printable({**data, "notes": [*data["notes"], not_shown]}), ensure_ascii=False)
        text = "".join(_UNKNOWN if sign in unknown else sign for sign in text)
    return _compiled(template, text, int(moment.timestamp()))


def _printable(value: Any) -> Any:
    """The same with a white square for what is no letter, and with places at which a very long word may break."""
    if isinstance(value, str):
        shown = "".join(
            sign if sign == "\n" or not unicodedata.category(sign).startswith("C") else _UNKNOWN for sign in value
        )
        return _LONG.sub(rf"\1{_BREAK}", shown)
    if isinstance(value, Mapping):
        return {name: _printable(part) for name, part in value.items()}
    return [_printable(part) for part in value] if isinstance(value, list | tuple) else value


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with the library: the same on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[])


def _compiled(template: bytes, document: str, moment: int) -> bytes:
    return typst.compile(
        template, None, font_paths=_fonts(), ignore_system_fonts=True, format="pdf", sys_inputs={"document": document},
        pdf_standards="ua-1", timestamp=moment,
    )  # fmt: skip


@cache
def _is_known(sign: str) -> bool:
    """Whether the fonts have `sign`: the standard refuses a document with a letter that would be an empty box."""
    try:
        _compiled(b'#set document(title: "x")\n#text(font: "Libertinus Serif", sys.inputs.document)', sign, 0)
    except typst.TypstError:
        return False
    return True
