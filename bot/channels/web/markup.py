"""The light markup of a reply's text: paragraphs set apart by blank lines, and list items."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

BlockKind = Literal["paragraph", "bullets", "numbers"]

_BULLET = re.compile(r"-\s+(?P<text>.*)")
_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>.*)")
_EMERGENCY = re.compile(r"\b999\b")
_CALL = Markup('<a class="call" href="tel:999">999</a>')


@dataclass(frozen=True)
class Item:
    """One line of a block; `number` is what a numbered item was given by its author."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Block:
    """Lines that belong together."""

    kind: BlockKind
    items: tuple[Item, ...]


def blocks(text: str) -> list[Block]:
    """`text` as paragraphs and lists. Nothing in it is trusted: it is escaped where it is shown."""
    found: list[Block] = []
    for chunk in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        open_kind: BlockKind | None = None
        for line in filter(None, map(str.strip, chunk.split("\n"))):
            kind, item = _read(line)
            if kind == open_kind:
                found[-1] = Block(kind, (*found[-1].items, item))
            else:
                found.append(Block(kind, (item,)))
            open_kind = kind
    return found


def with_calls(text: str) -> Markup:
    """`text`, escaped, with the emergency number as a link that a telephone can dial."""
    return Markup("").join(
        _CALL if piece == "999" else Markup.escape(piece) for piece in re.split(f"({_EMERGENCY.pattern})", text)
    )


def _read(line: str) -> tuple[BlockKind, Item]:
    if bullet := _BULLET.fullmatch(line):
        return "bullets", Item(bullet["text"])
    if number := _NUMBER.fullmatch(line):
        return "numbers", Item(number["text"], int(number["number"]))
    return "paragraph", Item(line)
