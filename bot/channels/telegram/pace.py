"""How fast messages go out: Telegram allows one a second in a chat and thirty a second over all chats."""

from __future__ import annotations

from dataclasses import dataclass, field

from aiolimiter import AsyncLimiter

_OVERALL = 28.0
"""Messages a second over all chats. Two fewer than allowed, because requests bunch up on their way."""

_IN_CHAT = 1.05
"""Seconds between two messages of a chat, a little more than asked for the same reason."""


@dataclass
class Pace:
    """Waits its turn for each message. `overall` is messages a second, `in_chat` the seconds between two of a chat."""

    overall: float = _OVERALL
    in_chat: float = _IN_CHAT
    _chats: dict[str, AsyncLimiter] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Capacity for one: spread evenly. A bucket of thirty would let sixty through in its first second.
        self._all = AsyncLimiter(1, 1 / self.overall)

    async def wait(self, chat: str) -> None:
        """Returns when a message may go to `chat`."""
        limiter = self._chats.get(chat)
        if limiter is None:
            limiter = self._chats[chat] = AsyncLimiter(1, self.in_chat)
        await limiter.acquire()
        await self._all.acquire()

    async def wait_overall(self) -> None:
        """The same for a change that is no message of its own, such as taking buttons away."""
        await self._all.acquire()

    def sweep(self) -> None:
        """Forgets every chat that may send at once."""
        for chat in [chat for chat, limiter in self._chats.items() if limiter.has_capacity()]:
            del self._chats[chat]
