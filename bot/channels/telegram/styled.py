"""Lines with a style, put into messages that Telegram takes: at most 4,096 characters, split at paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from telegram import MessageEntity
from telegram.constants import MessageLimit

LONGEST = int(MessageLimit.MAX_TEXT_LENGTH)
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")


@dataclass(frozen=True)
class Line:
    """One line: plain, bold, or a link to `url`."""

    text: str
    bold: bool = False
    url: str = ""


Block = tuple[Line, ...]
"""Lines that belong together: a paragraph, a list, a heading with its text."""


@dataclass(frozen=True)
class Styled:
    """The text of one message, and where in it something is bold or a link."""

    text: str
    entities: tuple[MessageEntity, ...] = ()


def units(text: str) -> int:
    """The length of `text` as Telegram counts it: in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def messages(blocks: Iterable[Block], longest: int = LONGEST) -> list[Styled]:
    """`blocks` as messages of at most `longest` units. They are split between blocks, then lines, sentences, words."""
    found: list[list[Block]] = []
    room = 0
    for block in blocks:
        for piece in _fitting(block, longest):
            needed = _length(piece) + 2
            if not found or needed > room:
                found.append([])
                room = longest + 2
            found[-1].append(piece)
            room -= needed
    return [_styled(each) for each in found]


def _length(block: Block) -> int:
    return sum(units(line.text) + 1 for line in block) - 1


def _fitting(block: Block, longest: int) -> Iterator[Block]:
    """`block` in pieces that each fit a message."""
    if _length(block) <= longest:
        yield block
        return
    piece: list[Line] = []
    for line in (part for whole in block for part in _broken(whole, longest)):
        if piece and _length((*piece, line)) > longest:
            yield tuple(piece)
            piece = []
        piece.append(line)
    yield tuple(piece)


def _broken(line: Line, longest: int) -> Iterator[Line]:
    for text in _pieces(line.text, longest):
        yield Line(text, line.bold, line.url)


def _pieces(text: str, longest: int) -> Iterator[str]:
    if units(text) <= longest:
        yield text
        return
    whole = [part for part in _SENTENCE.split(text) if part]
    parts = whole if len(whole) > 1 else text.split()
    if len(parts) <= 1:  # one word without an end
        half = len(text) // 2
        yield from _pieces(text[:half], longest)
        yield from _pieces(text[half:], longest)
        return
    joined = ""
    for part in parts:
        longer = f"{joined} {part}" if joined else part
        if joined and units(longer) > longest:
            yield from _pieces(joined, longest)
            longer = part
        joined = longer
    yield from _pieces(joined, longest)


def _styled(blocks: list[Block]) -> Styled:
    text, entities = "", []
    for number, block in enumerate(blocks):
        text += "\n\n" if number else ""
        for place, line in enumerate(block):
            text += "\n" if place else ""
            if line.text and (line.bold or line.url):
                kind = MessageEntity.TEXT_LINK if line.url else MessageEntity.BOLD
                entities.append(MessageEntity(kind, units(text), units(line.text), url=line.url or None))
            text += line.text
    return Styled(text, tuple(entities))
