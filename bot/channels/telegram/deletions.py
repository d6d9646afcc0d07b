"""Messages that are taken back from a chat: what the gate found in them, and what is said of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
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
class Deleting:
    """The deletion of a message, under way, what the gate found in it, and whether that is the code of a receipt."""

    masked: Masked
    task: asyncio.Task[bool]
    holds_code: bool


async def deletion_note(deleting: Deleting, echo: str) -> Part:
    """What became of a message with details, and the words that were gone on with."""
    deleted = await deleting.task
    if deleting.holds_code:
        return notice(words.CODE_DELETED if deleted else words.CODE_NOT_DELETED)
    title, text = _deletion(deleted=deleted)
    return notice(f"{text}\n\n{words.GOING_ON.format(masked=echo)}" if echo else text, title)


def _deletion(*, deleted: bool) -> tuple[str, str]:
    if deleted:
        return words.DELETED_TITLE, words.DELETED
    return words.NOT_DELETED_TITLE, words.NOT_DELETED


def unowned_note(arrived: Arrived, masked: Masked, *, deleted: bool) -> Part:
    """What is said of a message that is not taken as the user's own words."""
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
