"""The messages of one chat on their way to being answered, and how many of them may wait."""

from __future__ import annotations

import asyncio
import heapq
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.channels.telegram.arrived import Arrived
from bot.channels.telegram.deletions import Seen
from bot.channels.telegram.journal import State

MOST_WAITING = 10
"""Messages of one chat that wait for their answer. An album has no more pieces. Others that come are put by."""

_KEPT_KINDS = frozenset({"blocked", "group"})
"""Kinds that are no message: they tell what became of the chat, and are never put by."""


def _future() -> asyncio.Future[None]:
    return asyncio.get_running_loop().create_future()


@dataclass(order=True)
class Waiting:
    """One update. `free` is done when Telegram need not keep it any longer, `done` when it is answered.

    `urgent`: it tells of danger, and goes before the others of its chat once these are too many.
    """

    rank: int = field(init=False, default=1)
    number: int
    arrived: Arrived = field(compare=False)
    state: State = field(compare=False)
    seen: Seen = field(compare=False, default_factory=Seen)
    urgent: str = field(compare=False, default="")
    since: float = field(compare=False, default_factory=time.monotonic)
    free: asyncio.Future[None] = field(compare=False, default_factory=_future)
    done: asyncio.Future[None] = field(compare=False, default_factory=_future)

    def set_free(self) -> None:
        if not self.free.done():
            self.free.set_result(None)

    def free_when_deleted(self) -> None:
        """Frees it as soon as it is deleted, or known that it cannot be."""
        if self.seen.deleting is None:
            self.set_free()
        else:
            self.seen.deleting.add_done_callback(lambda task: None if task.cancelled() else self.set_free())


@dataclass
class PutBy:
    """Messages that were too many at once: the newest of them, and what is deleted of all.

    `urgent`: a danger that one of them tells of, and of which perhaps nobody was told.
    """

    newest: Waiting
    urgent: str = ""
    deletions: list[asyncio.Task[bool]] = field(default_factory=list)


class Lane:
    """One chat. Its messages are looked at as they come, and answered one after another."""

    def __init__(self, chat: int) -> None:
        self.chat = chat
        self.arriving: deque[Waiting] = deque()
        self.put_by: PutBy | None = None
        self.answering: Waiting | None = None
        self.looking = False
        self.working = False
        self._waiting: list[Waiting] = []

    def has_room(self, each: Waiting) -> bool:
        """Whether `each` may wait for its own answer."""
        if each.arrived.kind in _KEPT_KINDS:
            return True
        return self.put_by is None and each.state != "put-by" and len(self._waiting) < MOST_WAITING

    def is_told_of(self, danger: str) -> bool:
        """Whether a message that waits tells of the same danger."""
        return any(each.urgent == danger for each in self.all)

    def is_repeated(self, each: Waiting) -> bool:
        """Whether `each` is the second press of a button while the first waits, as a finger that trembles makes it.

        Or once more what became of the chat: it says nothing new.
        """
        others = [other.arrived for other in self.all]
        if each.arrived.kind in _KEPT_KINDS:
            return any(other.kind == each.arrived.kind for other in others)
        return each.arrived.is_same_press_as(*others)

    @property
    def all(self) -> Iterator[Waiting]:
        """What waits, and what is being answered."""
        if self.answering is not None:
            yield self.answering
        yield from self._waiting

    def push(self, each: Waiting) -> None:
        heapq.heappush(self._waiting, each)

    def pop(self) -> Waiting | None:
        """What is answered next; None where nothing waits."""
        self.answering = heapq.heappop(self._waiting) if self._waiting else None
        return self.answering

    def rise(self) -> None:
        """Puts what tells of danger first."""
        for each in self._waiting:
            each.rank = 0 if each.urgent else 1
        heapq.heapify(self._waiting)

    @property
    def is_at_rest(self) -> bool:
        return not (self.looking or self.working)
