"""Deletes messages of a chat: one at once, and those that come meanwhile together in the next call.

A chat may send a hundred messages that must go. As many calls would take the time of other chats, and Telegram allows
only so many.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.channels.telegram.calls import told, until_answered

_SECONDS = 20.0
_MOST = 100
"""Messages that one call deletes."""

_Wanted = tuple[int, asyncio.Future[bool]]
"""The number of a message, and what is done when it is known whether it was deleted."""


class Deleting:
    """The deletions of one bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._wanted: dict[int, list[_Wanted]] = {}
        self._workers: set[asyncio.Task[None]] = set()

    async def delete(self, chat: int, number: int) -> bool:
        """False where Telegram does not let us delete the message `number`, or does not answer for too long."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        waiting = self._wanted.get(chat)
        if waiting is not None:
            waiting.append((number, done))
        else:
            self._wanted[chat] = [(number, done)]
            worker = asyncio.create_task(self._work(chat))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        return await done

    async def close(self) -> None:
        """Ends what is under way."""
        for worker in list(self._workers):
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    async def _work(self, chat: int) -> None:
        while wanted := self._wanted[chat][:_MOST]:
            del self._wanted[chat][:_MOST]
            try:
                await self._delete(chat, wanted)
            except Exception as error:  # no answer, or a wish to wait: a call for each would only make that worse
                told("deleting", error)
                _settle(wanted, deleted=False)
        del self._wanted[chat]

    async def _delete(self, chat: int, wanted: list[_Wanted]) -> None:
        """Together; where Telegram refuses that, as it may not delete each, one by one. Raises GivenUpError."""
        numbers = [number for number, _ in wanted]
        if len(wanted) > 1 and await _tried(lambda: self._bot.delete_messages(chat, numbers)):
            _settle(wanted, deleted=True)
            return
        for each in wanted:
            _settle([each], deleted=await self._one(chat, each[0]))

    async def _one(self, chat: int, number: int) -> bool:
        return await _tried(lambda: self._bot.delete_message(chat, number))


def _settle(wanted: Iterable[_Wanted], *, deleted: bool) -> None:
    for _, done in wanted:
        if not done.done():  # it is known already, or whoever asked has gone
            done.set_result(deleted)


async def _tried(call: Callable[[], Awaitable[bool]]) -> bool:
    """False where Telegram refuses. Raises GivenUpError where it does not answer, or asks to wait for too long."""
    try:
        return await until_answered(call, _SECONDS)
    except BadRequest as refused:
        return "not found" in refused.message.lower()  # deleted already, perhaps by this call before its answer
    except TelegramError:
        return False
