"""Takes updates in: each once, those of a chat one after another in their order, chats side by side."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from telegram import Bot, Update

from bot.channels.telegram.arrived import Arrived, read
from bot.channels.telegram.calls import told
from bot.channels.telegram.journal import Journal

Answer = Callable[[str, Arrived, bool], Awaitable[None]]

LATE_SECONDS = 600.0
"""How long the number of the newest update of a chat is remembered, to know what comes after it though it was sent
before. A webhook tries again within minutes, and after a week Telegram numbers anew."""


@dataclass(order=True)
class _Waiting:
    number: int
    arrived: Arrived = field(compare=False)
    interrupted: bool = field(compare=False)


class Inbox:
    """Updates on their way to being answered. `name_of` gives the name of a chat by Telegram's number."""

    def __init__(self, journal: Journal, name_of: Callable[[int], str], answer: Answer) -> None:
        self._journal = journal
        self._name_of = name_of
        self._answer = answer
        self._open: dict[int, asyncio.Future[None]] = {}
        self._lanes: dict[int, list[_Waiting]] = {}
        self._workers: set[asyncio.Task[None]] = set()
        self._newest: dict[str, tuple[int, float]] = {}

    @property
    def oldest(self) -> int | None:
        """The number of the oldest update that is not answered yet."""
        return min(self._open, default=None)

    @property
    def count(self) -> int:
        return len(self._open)

    def take_raw(self, number: int, given: dict[str, Any], bot: Bot) -> asyncio.Future[None] | None:
        """As `take`, for the update `number` as Telegram gives it. One that cannot be read is passed over."""
        try:
            update = Update.de_json(given, bot)
        except Exception as error:  # its words must go nowhere
            told("reading an update", error)
            self._journal.answer(number)
            return None
        return self.take(update)

    def take(self, update: Update) -> asyncio.Future[None] | None:
        """Takes `update` in. What is returned is done when it is answered; None where it was answered before."""
        number = update.update_id
        under_way = self._open.get(number)
        if under_way is not None:
            return under_way
        state = self._journal.state(number)
        arrived = None if state == "answered" else read(update)
        if arrived is None:
            return None
        done = self._open[number] = asyncio.get_running_loop().create_future()
        lane = self._lanes.get(arrived.chat)
        waiting = _Waiting(number, arrived, state == "begun")
        if lane is None:
            self._lanes[arrived.chat] = [waiting]
            worker = asyncio.create_task(self._work(arrived.chat))
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)
        else:
            heapq.heappush(lane, waiting)
        return done

    async def settled(self, seconds: float) -> None:
        """Returns when everything is answered, or after `seconds`."""
        if self._open:
            await asyncio.wait(list(self._open.values()), timeout=seconds)

    async def one_done(self, seconds: float) -> None:
        """Returns when something is answered, or after `seconds`."""
        if self._open:
            await asyncio.wait(list(self._open.values()), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)

    async def close(self) -> None:
        """Ends what is under way. What was not answered is offered again by Telegram."""
        for worker in list(self._workers):
            worker.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)

    def sweep(self) -> None:
        """Forgets the order of chats that were at rest for a while."""
        past = time.monotonic() - LATE_SECONDS
        self._newest = {name: seen for name, seen in self._newest.items() if seen[1] > past}

    def _in_order(self, name: str, waiting: _Waiting) -> Arrived:
        """What arrived. Words that were sent before others that are answered are late: they answer no question now."""
        newest, _ = self._newest.get(name, (0, 0.0))
        if waiting.number > newest:
            self._newest[name] = (waiting.number, time.monotonic())
        elif waiting.arrived.kind == "typed":
            return replace(waiting.arrived, kind="late")
        return waiting.arrived

    async def _work(self, chat: int) -> None:
        lane = self._lanes[chat]
        while lane:
            waiting = heapq.heappop(lane)
            self._journal.begin(waiting.number)
            try:
                name = self._name_of(chat)
                await self._answer(name, self._in_order(name, waiting), waiting.interrupted)
            except Exception as fault:  # the answer tells its own faults; this is the name of the chat
                told("answering", fault)
            self._journal.answer(waiting.number)
            self._open.pop(waiting.number).set_result(None)
        del self._lanes[chat]
