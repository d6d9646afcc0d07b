"""Takes updates in: each once, those of a chat one after another in their order, chats side by side.

A chat that sends more than can be answered holds up nobody else: ten of its messages wait, the others are put by. They
are looked at all the same, for danger and for details, and the chat is told that they were too many.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import replace
from typing import Any, Protocol

from telegram import Bot, Update

from bot.channels.telegram.arrived import Arrived, read
from bot.channels.telegram.calls import told
from bot.channels.telegram.deletions import Seen
from bot.channels.telegram.journal import Journal
from bot.channels.telegram.lanes import Lane, PutBy, Waiting

LATE_SECONDS = 600.0
"""How long the number of the newest update of a chat is remembered, to know what comes after it though it was sent
before. A webhook tries again within minutes, and after a week Telegram numbers anew."""

_NAMELESS_SECONDS = 2.0
"""Until the name of a chat is asked for again. Telegram keeps what waits for it."""


class Answering(Protocol):
    """What becomes of updates (bot.channels.telegram.talk.Talk is one). `name` is that of the chat."""

    async def look(self, name: str, arrived: Arrived) -> Seen: ...

    async def danger(self, seen: Seen) -> str: ...

    def passed_over(self, arrived: Arrived) -> Coroutine[Any, Any, None]: ...

    async def answer(self, name: str, arrived: Arrived, seen: Seen, *, interrupted: bool) -> None: ...

    async def tell_put_by(
        self, name: str, chat: int, trigger: str, deletions: Iterable[asyncio.Task[bool]]
    ) -> None: ...


class Inbox:
    """Updates on their way to being answered. `name_of` gives the name of a chat by Telegram's number."""

    def __init__(self, journal: Journal, name_of: Callable[[int], str], answering: Answering) -> None:
        self._journal = journal
        self._name_of = name_of
        self._answering = answering
        self._open: dict[int, Waiting] = {}
        self._lanes: dict[int, Lane] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._newest: dict[str, tuple[int, float]] = {}

    @property
    def oldest(self) -> int | None:
        """The number of the oldest update that Telegram must keep until it is answered."""
        return min((number for number, each in self._open.items() if not each.free.done()), default=None)

    def take_raw(self, number: int, given: dict[str, Any], bot: Bot) -> asyncio.Future[None] | None:
        """As `take`, for the update `number` as Telegram gives it. One that cannot be read is passed over."""
        try:
            return self.take(Update.de_json(given, bot))
        except Exception as error:  # its words must go nowhere
            told("reading an update", error)
            self._journal.answer(number)
            return None

    def take(self, update: Update) -> asyncio.Future[None] | None:
        """Takes `update` in. What is returned is done when Telegram need not keep it; None where it was answered."""
        number = update.update_id
        under_way = self._open.get(number)
        if under_way is not None:
            return under_way.free
        state = self._journal.state(number)
        arrived = None if state == "answered" else read(update)
        if arrived is None:
            return None
        each = self._open[number] = Waiting(number, arrived, state)
        lane = self._lanes.setdefault(arrived.chat, Lane(arrived.chat))
        lane.arriving.append(each)
        if not lane.looking:
            lane.looking = True
            self._begin(self._look(lane))
        return each.free

    async def settled(self, seconds: float) -> None:
        """Returns when everything is answered, or after `seconds`."""
        if self._open:
            await asyncio.wait([each.done for each in self._open.values()], timeout=seconds)

    async def freed(self, seconds: float) -> None:
        """Returns when Telegram need keep nothing of what was taken in, or after `seconds`."""
        kept = [each.free for each in self._open.values() if not each.free.done()]
        if kept:
            await asyncio.wait(kept, timeout=seconds)

    def give_way(self, seconds: float) -> None:
        """Lets Telegram forget what has waited longer than `seconds`: it is held in memory alone from now on."""
        past = time.monotonic() - seconds
        for each in self._open.values():
            if each.since < past:
                each.set_free()

    async def close(self) -> None:
        """Ends what is under way. What was not answered is offered again by Telegram."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def sweep(self) -> None:
        """Forgets the order of chats that were at rest for a while."""
        past = time.monotonic() - LATE_SECONDS
        self._newest = {name: seen for name, seen in self._newest.items() if seen[1] > past}

    async def _look(self, lane: Lane) -> None:
        """Looks at what arrives in a chat at once, whatever waits there: details are deleted without delay."""
        while lane.arriving:
            each = lane.arriving.popleft()
            name = await self._name(lane)
            try:
                each.seen = await self._answering.look(name, each.arrived)
                await self._admit(lane, each)
            except Exception as fault:
                told("looking at a message", fault)
                lane.push(each)
            if not lane.working:
                lane.working = True
                self._begin(self._work(lane))
            await asyncio.sleep(0)  # the messages of other chats are looked at in between
        lane.looking = False
        self._rest(lane)

    async def _admit(self, lane: Lane, each: Waiting) -> None:
        if lane.is_repeated(each):
            self._begin(self._answering.passed_over(each.arrived))
            self._answered(each)
            return
        if lane.has_room(each):
            lane.push(each)
            return
        each.urgent = await self._answering.danger(each.seen)
        if each.urgent and each.state != "put-by" and not lane.is_told_of(each.urgent):
            lane.push(each)
            lane.rise()
            return
        if lane.put_by is None:
            await self._make_way(lane)
        self._put_by(lane, each)
        self._begin(self._answering.passed_over(each.arrived))

    async def _make_way(self, lane: Lane) -> None:
        """Lets Telegram forget what waits in a chat of which the newest message will be told as too many.

        Otherwise nobody else's messages would be seen behind them. Danger stays with Telegram until it is answered.
        """
        for each in list(lane.all):
            each.urgent = each.urgent or await self._answering.danger(each.seen)
        lane.rise()
        for each in lane.all:
            if not each.urgent:
                each.free_when_deleted()

    def _put_by(self, lane: Lane, each: Waiting) -> None:
        self._journal.put_by(each.number)
        if lane.put_by is None:
            lane.put_by = PutBy(each)
        elif each.number > lane.put_by.newest.number:
            self._release(lane.put_by.newest)
            lane.put_by.newest = each
        else:
            self._release(each)
        if each.state == "put-by":  # by an earlier process: perhaps nobody was told of the danger
            lane.put_by.urgent = lane.put_by.urgent or each.urgent
        if each.seen.deleting is not None:
            lane.put_by.deletions.append(each.seen.deleting)

    def _release(self, each: Waiting) -> None:
        """A later one speaks for it: it is over as soon as it is deleted."""
        if each.seen.deleting is None:
            self._answered(each)
        else:
            each.seen.deleting.add_done_callback(lambda task: None if task.cancelled() else self._answered(each))

    async def _work(self, lane: Lane) -> None:
        while (each := lane.pop()) is not None or lane.put_by is not None:
            if each is not None:
                await self._answer(lane, each)
            elif lane.put_by is not None:
                put_by, lane.put_by = lane.put_by, None
                await self._tell_put_by(lane, put_by)
        lane.working = False
        self._rest(lane)

    async def _answer(self, lane: Lane, each: Waiting) -> None:
        name = await self._name(lane)
        self._journal.begin(each.number)
        try:
            arrived = self._in_order(name, each)
            await self._answering.answer(name, arrived, each.seen, interrupted=each.state == "begun")
        except Exception as fault:  # the answer tells its own faults; this is the order
            told("answering", fault)
        self._answered(each)

    async def _tell_put_by(self, lane: Lane, put_by: PutBy) -> None:
        newest, name = put_by.newest, await self._name(lane)
        try:
            await self._answering.tell_put_by(name, lane.chat, put_by.urgent, put_by.deletions)
        except Exception as fault:
            told("telling of messages that were put by", fault)
        self._answered(newest)

    async def _name(self, lane: Lane) -> str:
        """The name of the chat, as soon as there is one: without it nothing can be answered, nor said to be."""
        while True:
            try:
                return self._name_of(lane.chat)
            except Exception as fault:
                told("naming a chat", fault)
                await asyncio.sleep(_NAMELESS_SECONDS)

    def _in_order(self, name: str, each: Waiting) -> Arrived:
        """What arrived. Words that were sent before others that are answered are late: they answer no question now."""
        if each.rank == 0:  # it went before the others, which are not late for that
            return each.arrived
        newest, _ = self._newest.get(name, (0, 0.0))
        if each.number > newest:
            self._newest[name] = (each.number, time.monotonic())
        elif each.arrived.kind == "typed":
            return replace(each.arrived, kind="late")
        return each.arrived

    def _answered(self, each: Waiting) -> None:
        if each.done.done():
            return
        self._journal.answer(each.number)
        del self._open[each.number]
        each.set_free()
        each.done.set_result(None)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _rest(self, lane: Lane) -> None:
        if lane.is_at_rest:
            self._lanes.pop(lane.chat, None)
