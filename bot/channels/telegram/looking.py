"""Looks at a message as soon as it comes, whatever waits in its chat: what holds details is deleted at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.channels.telegram import commands
from bot.channels.telegram.api import Api
from bot.channels.telegram.arrived import Arrived
from bot.channels.telegram.deletions import Seen
from bot.channels.telegram.enrolling import INVITED
from bot.conversation.advising_codes import code_in, nearly_a_code
from bot.conversation.bundle import Bundle
from bot.privacy import Masked

_T = TypeVar("_T")

_READ_AT_ONCE = 400
"""Characters that the gate reads within some milliseconds. More are read in a thread, so that no chat waits for it."""

_WITHOUT_WORDS = frozenset({"pressed", "group", "blocked"})


class Gated(Protocol):
    """What looking needs of the assistant."""

    def masked(self, chat: str, text: str) -> Masked: ...

    @property
    def bundle(self) -> Bundle: ...


class Looking:
    """Reads for details and for danger. The deletions that it begins end with `close`."""

    def __init__(self, conversation: Gated, api: Api) -> None:
        self._conversation = conversation
        self._api = api
        self._deletions: set[asyncio.Task[bool]] = set()

    async def look(self, name: str, arrived: Arrived) -> Seen:
        """What stands out in a message. Its deletion is under way where it holds details, or is no text at all."""
        if arrived.kind in _WITHOUT_WORDS or _is_invitation(arrived):
            return Seen()
        if arrived.kind == "attached":
            deleting = self._deleting(arrived)  # whatever its caption says
            return Seen(await self._masked(name, arrived.text), deleting)
        masked = await self._masked(name, arrived.text)
        if not masked.spans:
            return Seen(masked)
        holds_code = code_in(arrived.text) is not None or nearly_a_code(arrived.text)
        return Seen(masked, self._deleting(arrived), holds_code)

    async def danger(self, seen: Seen) -> str:
        """The trigger that a message raises; empty where it tells of no danger."""
        if seen.masked is None:
            return ""
        text = seen.masked.text
        detected = await _read(text, lambda: self._conversation.bundle.detector.detect(text))
        return "" if detected is None else detected.trigger_id

    def danger_in(self, name: str, text: str) -> str | None:
        """The trigger that words raise which are only a part of a message; None where they tell of no danger."""
        detected = self._conversation.bundle.detector.detect(self._conversation.masked(name, text).text)
        return None if detected is None else detected.trigger_id

    async def close(self) -> None:
        """Ends the deletions that are under way."""
        for task in list(self._deletions):
            task.cancel()
        await asyncio.gather(*self._deletions, return_exceptions=True)
        await self._api.close()

    async def _masked(self, name: str, text: str) -> Masked:
        return await _read(text, lambda: self._conversation.masked(name, text))

    def _deleting(self, arrived: Arrived) -> asyncio.Task[bool]:
        task = asyncio.create_task(self._api.delete(arrived.chat, arrived.message))
        self._deletions.add(task)
        task.add_done_callback(self._deletions.discard)
        return task


async def _read(text: str, reading: Callable[[], _T]) -> _T:
    return reading() if len(text) <= _READ_AT_ONCE else await asyncio.to_thread(reading)


def _is_invitation(arrived: Arrived) -> bool:
    """Whether this opens an invitation, whose random letters the gate might take for something else."""
    command = commands.command_in(arrived.text) if arrived.kind == "typed" else None
    return command is not None and command.name == "start" and command.rest.startswith(INVITED)
