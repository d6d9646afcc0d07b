"""How fast messages go out: Telegram allows one a second in a chat and thirty a second over all chats."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field

from aiolimiter import AsyncLimiter

_OVERALL = 25.0
"""Messages a second over all chats. Five fewer than allowed, because requests bunch up on their way."""

_IN_CHAT = 1.05
"""Seconds between two messages of a chat, a little more than asked for the same reason."""


@dataclass
class Pace:
    """Waits its turn for each message. `overall` is messages a second, `in_chat` the seconds between two of a chat."""

    overall: float = _OVERALL
    in_chat: float = _IN_CHAT
    _last: dict[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Capacity for one: spread evenly. A bucket of thirty would let sixty through in its first second.
        self._all = AsyncLimiter(1, 1 / self.overall)

    async def wait(self, chat: str) -> None:
        """Returns when a message may go to `chat`. Messages of one chat must ask one after another."""
        left = self._last.get(chat, 0.0) + self.in_chat - time.monotonic()
        if left > 0:
            await asyncio.sleep(left)
        await self._all.acquire()
        # Counted from when it goes: the wait for the other chats may have been long.
        self._last[chat] = time.monotonic()

    async def wait_overall(self) -> None:
        """The same for a change that is no message of its own, such as taking buttons away."""
        await self._all.acquire()

    def sweep(self) -> None:
        """Forgets every chat that may send at once."""
        past = time.monotonic() - self.in_chat
        self._last = {chat: last for chat, last in self._last.items() if last > past}
