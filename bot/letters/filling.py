"""From a letter and what is known to a draft. Identifying fields stay blank, whatever is known of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.knowledge import PLACE, Area, Knowledge, Letter, LetterField
from bot.knowledge import Block as LetterBlock
from bot.letters.about import ABOUT_HEADING, about, footer
from bot.letters.draft import (
    Block,
    Bullets,
    Draft,
    Gap,
    Heading,
    Lines,
    Note,
    Paragraph,
    Room,
    Row,
    Run,
    Runs,
    Signatures,
    Table,
    Ticks,
)
from bot.letters.protocols import area_facts

_BY_HAND = "fill in by hand"
_FILL_IN = "fill in"
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories of what no document shows: control characters, marks of direction, halves of characters."""


@dataclass(frozen=True)
class Known:
    """What is known when a letter is made.

    `records` maps the id of a record field to its words. `facts` maps what may fill a field besides (FilledBy of
    bot.knowledge) to its words; those of the area are added when the letter is drafted.
    """

    records: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, str] = field(default_factory=dict)


def filled(letter: Letter, known: Known, area: Area, knowledge: Knowledge) -> dict[str, str]:
    """The words for each field of `letter` that can be filled, by the id of the field. Never an identifying one."""
    case = known if letter.about == "case" else Known()
    facts = {**case.facts, **area_facts(letter, area, knowledge, case.facts.get("person"))}
    found: dict[str, str] = {}
    for each in letter.fields:
        words = "" if each.identifying else _shown(_words_for(each, case.records, facts))
        if words:
            found[each.id] = words
    return found


def left_blank(letter: Letter, values: Mapping[str, str]) -> tuple[LetterField, ...]:
    """The fields that somebody has yet to fill in, in the order of the letter."""
    return tuple(each for each in letter.fields if each.id not in values)


def drafted(letter: Letter, known: Known, area: Area, knowledge: Knowledge, today: date) -> Draft:
    """The letter for `area`, filled in with what is known, as it was made on the day `today`."""
    values = filled(letter, known, area, knowledge)
    return Draft(
        id=letter.id,
        title=letter.title,
        heading=letter.heading,
        blocks=tuple(_block(block, letter, values) for block in letter.body),
        about_heading=ABOUT_HEADING,
        about=about(letter, area, knowledge, today, known.facts.get("person")),
        footer=footer(letter, today),
        made=today,
    )


def _words_for(each: LetterField, records: Mapping[str, str], facts: Mapping[str, str]) -> str:
    if each.filled_by is not None:
        return facts.get(each.filled_by, "")
    return records.get(each.record_field, "") if each.record_field is not None else ""


def _shown(words: str) -> str:
    """`words` on one line, without what cannot be shown."""
    visible = "".join(" " if sign.isspace() else sign for sign in words)
    return " ".join("".join(sign for sign in visible if unicodedata.category(sign) not in _UNSEEN).split())


def _block(block: LetterBlock, letter: Letter, values: Mapping[str, str]) -> Block:
    if block.heading is not None:
        return Heading(_runs(block.heading, letter, values))
    if block.paragraph is not None:
        return Paragraph(_runs(block.paragraph, letter, values))
    if block.note is not None:
        return Note((block.note,))
    if block.lines:
        return Lines(tuple(_runs(line, letter, values) for line in block.lines))
    if block.bullets:
        return Bullets(tuple(_runs(item, letter, values) for item in block.bullets))
    if block.ticks:
        return Ticks(tuple(_runs(item, letter, values) for item in block.ticks))
    if block.signatures is not None:
        columns = tuple(_field(letter, name).label for name in block.signatures.columns)
        return Signatures(columns, block.signatures.rows)
    return Table(tuple(_row(_field(letter, name), values) for name in block.table))


def _runs(text: str, letter: Letter, values: Mapping[str, str]) -> Runs:
    runs: list[Run] = []
    # The pattern has one group: every second piece is the id of a field.
    for number, piece in enumerate(PLACE.split(text)):
        if number % 2:
            each = _field(letter, piece)
            runs.append(values.get(piece) or Gap(piece, each.label, each.room))
        elif piece:
            runs.append(piece)
    return tuple(runs)


def _row(each: LetterField, values: Mapping[str, str]) -> Row:
    room: Room = "lines" if each.room == "lines" else "line"
    said = _BY_HAND if each.identifying else _FILL_IN
    return Row(each.label, values.get(each.id) or Gap(each.id, said, room))


def _field(letter: Letter, name: str) -> LetterField:
    found = letter.field(name)
    assert found is not None  # the loader refuses a body that names a field which is not there
    return found
