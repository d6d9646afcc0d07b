"""The flood limits: one message a second in a chat, and thirty a second over all chats."""

from __future__ import annotations

import math
from collections import deque

from tests.support.telegram.errors import too_many

PER_SECOND = 30
JITTER = 0.08
"""Seconds by which two requests may come closer together on their way than they were sent."""


class Flood:
    """Refuses what comes too fast, and counts its refusals."""

    def __init__(self) -> None:
        self.refused = 0
        self.per_second = PER_SECOND
        self.in_chat = 1.0
        self._recent: deque[float] = deque()
        self._last: dict[int, float] = {}

    def admit(self, chat: int, now: float) -> None:
        """Takes one message for `chat` at `now`, in seconds. Raises ApiError 429 where it comes too fast."""
        while self._recent and now - self._recent[0] >= 1.0 - JITTER:
            self._recent.popleft()
        wait = self.in_chat - JITTER - (now - self._last.get(chat, -math.inf))
        if len(self._recent) >= self.per_second:
            wait = max(wait, 1.0 - (now - self._recent[0]))
        if wait > 0:
            self.refused += 1
            raise too_many(max(1, math.ceil(wait)))
        self._recent.append(now)
        self._last[chat] = now
