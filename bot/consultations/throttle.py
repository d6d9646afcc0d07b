"""Slows down sending: how many requests for advice one place may send. Guessing is slowed by `bot.codes.Guesses`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from math import ceil

from bot.codes import Places

FREE_REQUESTS = 6
REQUEST_SECONDS = 60 * 60.0
"""Requests for advice that one place may send in that time."""


class Requests:
    """Counts in memory. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._sent: Places[list[float]] = Places(list)
        self._lock = threading.Lock()

    def from_place(self, source: str) -> int:
        """Seconds that `source` has to wait before it may send; 0 where it may now, and then it has been counted."""
        with self._lock:
            sent, now = self._sent.of(source), self._clock()
            sent[:] = [at for at in sent if now - at < REQUEST_SECONDS]
            if len(sent) >= FREE_REQUESTS:
                return max(1, ceil(sent[0] + REQUEST_SECONDS - now))
            sent.append(now)
            return 0

    def sweep(self) -> None:
        """Forget what has been at rest."""
        with self._lock:
            now = self._clock()
            self._sent.forget(lambda sent: all(now - at >= REQUEST_SECONDS for at in sent))
