"""Messages that are taken back from a chat: what the gate found in them, and what is said of it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.channels.telegram import words
from bot.channels.telegram.arrived import Arrived
from bot.conversation.messages import Part
from bot.conversation.turn import notice
from bot.privacy import TYPES, Masked

_OWN: Mapping[str, tuple[str, str]] = MappingProxyType({
    "edited": (words.EDITED_TITLE, words.EDITED), "forwarded": (words.FORWARDED_TITLE, words.FORWARDED),
    "late": (words.LATE_TITLE, words.LATE),
})  # fmt: skip
"""Why a message is not taken as the user's words of now."""


@dataclass(frozen=True)
class Seen:
    """What the gate found in a message, its deletion where that is under way, and whether it holds a receipt's code.

    `masked` is None for what has no words to read. `behind` is what stands after a command, by itself: danger may be
    told of in words that are no such words any more with the command before them.
    """

    masked: Masked | None = None
    deleting: asyncio.Task[bool] | None = None
    holds_code: bool = False
    behind: Masked | None = None

    @property
    def deletions(self) -> tuple[asyncio.Task[bool], ...]:
        return () if self.deleting is None else (self.deleting,)

    async def is_deleted(self) -> bool:
        """Whether the message was deleted, as soon as that is known."""
        return self.deleting is not None and await self.deleting


async def deletion_note(seen: Seen, echo: str) -> Part:
    """What became of a message with details, and the words that were gone on with."""
    deleted = await seen.is_deleted()
    if seen.holds_code:
        return notice(words.CODE_DELETED if deleted else words.CODE_NOT_DELETED)
    title, text = _deletion(deleted=deleted)
    return notice(f"{text}\n\n{words.GOING_ON.format(masked=echo)}" if echo else text, title)


def _deletion(*, deleted: bool) -> tuple[str, str]:
    if deleted:
        return words.DELETED_TITLE, words.DELETED
    return words.NOT_DELETED_TITLE, words.NOT_DELETED


async def put_by_note(deletions: Iterable[asyncio.Task[bool]]) -> Part:
    """What is said of messages that were too many at once."""
    deleted = [await deletion for deletion in deletions]
    texts = [words.PUT_BY]
    if any(deleted):
        texts.append(words.PUT_BY_DELETED)
    if not all(deleted):
        texts.append(words.PUT_BY_NOT_DELETED)
    return notice("\n\n".join(texts), words.PUT_BY_TITLE)


async def unowned_note(arrived: Arrived, masked: Masked, seen: Seen) -> Part:
    """What is said of a message that is not taken as the user's own words."""
    deleted = await seen.is_deleted()
    if arrived.kind == "attached":
        text = words.REFUSED if deleted else words.REFUSED_NOT_DELETED
        return notice(text.format(what=arrived.what), words.REFUSED_TITLE)
    own_title, own = _OWN[arrived.kind]
    if not masked.spans:
        return notice(own, own_title)
    title, text = _deletion(deleted=deleted)
    found = "\n".join(dict.fromkeys(f"- {TYPES[span.type].label}: {span.why}" for span in masked.spans))
    offered = words.OFFERED.format(masked=masked.text)
    return notice(f"{text}\n\n{words.FOUND}\n{found}\n\n{offered}\n\n{own}", title)
