"""Looks at a message as soon as it comes, whatever waits in its chat: what holds details is deleted at once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from typing import Protocol, TypeVar

from bot.channels.telegram import commands
from bot.channels.telegram.api import Api
from bot.channels.telegram.arrived import Arrived
from bot.channels.telegram.calls import told
from bot.channels.telegram.deletions import Seen
from bot.conversation.advising_codes import code_in, nearly_a_code
from bot.conversation.bundle import Bundle
from bot.privacy import Masked
from bot.urgent import Detected

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
        if arrived.kind in _WITHOUT_WORDS:
            return Seen()
        if arrived.kind == "attached":
            deleting = self._deleting(arrived)  # whatever its caption says
            try:
                return replace(await self._seen_in(name, arrived.text), deleting=deleting)
            except Exception as fault:  # it is being deleted all the same, and that is what has to be told
                told("reading what stands under an attachment", fault)
                return Seen(deleting=deleting)
        if arrived.kind == "typed" and self._is_link(arrived.text):
            return Seen(await self._masked(name, ""))  # no word of it is the user's own
        seen = await self._seen_in(name, arrived.text)
        if seen.masked is None or not seen.masked.spans:
            return seen
        holds_code = code_in(arrived.text) is not None or nearly_a_code(arrived.text)
        return replace(seen, deleting=self._deleting(arrived), holds_code=holds_code)

    async def danger(self, seen: Seen) -> str:
        """The trigger that a message raises; empty where it tells of no danger."""
        for masked in (seen.behind, seen.masked):  # what stands behind a command comes first, as in the answer
            detected = None if masked is None else await self._detected(masked.text)
            if detected is not None:
                return detected.trigger_id
        return ""

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

    async def _seen_in(self, name: str, text: str) -> Seen:
        command = commands.command_in(text)
        behind = await self._masked(name, command.rest) if command is not None and command.rest else None
        return Seen(await self._masked(name, text), behind=behind)

    def _is_link(self, text: str) -> bool:
        command = commands.command_in(text)
        return command is not None and commands.is_link(command, self._conversation.bundle.knowledge)

    async def _detected(self, text: str) -> Detected | None:
        return await _read(text, lambda: self._conversation.bundle.detector.detect(text))

    async def _masked(self, name: str, text: str) -> Masked:
        return await _read(text, lambda: self._conversation.masked(name, text))

    def _deleting(self, arrived: Arrived) -> asyncio.Task[bool]:
        task = asyncio.create_task(self._api.delete(arrived.chat, arrived.message))
        self._deletions.add(task)
        task.add_done_callback(self._deletions.discard)
        return task


async def _read(text: str, reading: Callable[[], _T]) -> _T:
    return reading() if len(text) <= _READ_AT_ONCE else await asyncio.to_thread(reading)
