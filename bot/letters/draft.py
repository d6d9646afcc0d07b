"""A letter as it is to be set, whatever the format: blocks of words, with gaps where a person fills something in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Room = Literal["words", "line", "lines"]


@dataclass(frozen=True)
class Gap:
    """A place to be filled in by hand. `said` is what stands there meanwhile, in brackets."""

    field: str
    said: str
    room: Room

    @property
    def text(self) -> str:
        return f"[{self.said}]"


Run = str | Gap
Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    runs: Runs


@dataclass(frozen=True)
class Paragraph:
    runs: Runs


@dataclass(frozen=True)
class Note:
    """What whoever fills the letter in must know there; to be taken out before it is sent."""

    runs: Runs


@dataclass(frozen=True)
class Lines:
    """Lines that stand by themselves, one under the other: an address, a date, a name."""

    lines: tuple[Runs, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Ticks:
    """Items to tick off, each with a box before it."""

    items: tuple[Runs, ...]


@dataclass(frozen=True)
class Row:
    """What is asked for, and the words or the gap beside it."""

    label: str
    entry: Run


@dataclass(frozen=True)
class Table:
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Signatures:
    """A table to sign in, with so many empty `rows`."""

    columns: tuple[str, ...]
    rows: int


Block = Heading | Paragraph | Note | Lines | Bullets | Ticks | Table | Signatures

TABLE_COLUMNS = ("Item", "Entry")
BOX = "\N{BALLOT BOX}"


@dataclass(frozen=True)
class Draft:
    """A letter filled in as far as it can be. `about` stands on the last page, `footer` on every one."""

    id: str
    title: str
    heading: str
    blocks: tuple[Block, ...]
    about_heading: str
    about: tuple[Block, ...]
    footer: str
    made: date


def plain_text(draft: Draft) -> str:
    """Every word of the draft but the footer, a line for each paragraph, item and row."""
    lines = [draft.heading, *_lines_of(draft.blocks), draft.about_heading, *_lines_of(draft.about)]
    return "\n".join(lines) + "\n"


def _lines_of(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Lines):
            yield from map(_text, block.lines)
        elif isinstance(block, Bullets):
            yield from (f"- {_text(item)}" for item in block.items)
        elif isinstance(block, Ticks):
            yield from (f"{BOX} {_text(item)}" for item in block.items)
        elif isinstance(block, Table):
            yield from (f"{row.label}: {_text((row.entry,))}" for row in block.rows)
        elif isinstance(block, Signatures):
            yield " | ".join(block.columns)
        else:
            yield _text(block.runs)


def _text(runs: Runs) -> str:
    return "".join(run if isinstance(run, str) else run.text for run in runs)
