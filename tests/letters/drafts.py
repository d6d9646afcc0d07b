"""Drafts to test with, and how what a file shows is compared with what it should show."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from xml.etree import ElementTree

from bot.knowledge import Area, Knowledge, Letter
from bot.letters import Draft, Known, drafted
from bot.letters.draft import BOX, TABLE_COLUMNS, Block, Bullets, Lines, Runs, Signatures, Table, Ticks
from tests.support.assistants import knowledge
from tests.support.pdf import words_of

DAY = date(2026, 11, 20)
CANARY = "Quillfeather-{}"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAGE = r" Page \d+ of \d+"


@cache
def letters() -> tuple[str, ...]:
    return tuple(knowledge().letters)


def letter_of(name: str) -> Letter:
    return knowledge().letters[name]


def area(name: str = "national") -> Area:
    return knowledge().areas[name]


def draft_of(name: str, known: Known | None = None, in_area: str = "national", of: Knowledge | None = None) -> Draft:
    source = of or knowledge()
    return drafted(source.letters[name], known or Known(), source.areas[in_area], source, DAY)


def everything_known() -> Known:
    """A value for each record field and each fact: a canary that names the field it was given for."""
    facts = ("agreement", "area", "check", "outcome", "person", "protocol", "reference", "urgency")
    return Known(
        {name: CANARY.format(name) for name in knowledge().fields},
        {name: CANARY.format(f"fact-{name}") for name in facts},
    )


def pieces(draft: Draft) -> list[str]:
    """What a file must show, in order, without spaces."""
    shown = [draft.heading, *_pieces_of(draft.blocks), draft.about_heading, *_pieces_of(draft.about)]
    return [squeezed(piece) for piece in shown]


def squeezed(text: str) -> str:
    return "".join(text.split())


def shown_in_pdf(data: bytes, draft: Draft) -> str:
    """The text of the pages without spaces and without what stands at the foot of each."""
    return squeezed(re.sub(re.escape(draft.footer) + _PAGE, "", words_of(data)))


def shown_in_docx(data: bytes) -> str:
    """The text of the body without spaces."""
    return squeezed("".join(element.text or "" for element in body_of(data).iter(f"{_WORD}t")))


def body_of(data: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(parts_of(data)["word/document.xml"])


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def left_over(shown: str, wanted: list[str]) -> str:
    """What `shown` holds besides the pieces `wanted`, which must stand in it in this order."""
    rest, place = [], 0
    for piece in wanted:
        found = shown.find(piece, place)
        assert found >= 0, f"'{piece}' is missing, or out of its place, after: {shown[max(0, place - 80) : place]}"
        rest.append(shown[place:found])
        place = found + len(piece)
    rest.append(shown[place:])
    between = "".join(rest)
    for sign in ("".join(TABLE_COLUMNS), "\N{BULLET}", BOX):
        between = between.replace(sign, "")
    return between


def _pieces_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Lines):
            yield from map(_text, block.lines)
        elif isinstance(block, Bullets | Ticks):
            yield from map(_text, block.items)
        elif isinstance(block, Table):
            for row in block.rows:
                yield row.label
                yield _text((row.entry,))
        elif isinstance(block, Signatures):
            yield from block.columns
        else:
            yield _text(block.runs)


def _text(runs: Runs) -> str:
    return "".join(run if isinstance(run, str) else run.text for run in runs)
