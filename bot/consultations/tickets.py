"""Tickets: what stands for an opened thread, so that its code is typed once and kept nowhere."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from bot.consultations.errors import TicketExpired

IDLE_SECONDS = 30 * 60.0


@dataclass
class _Held:
    thread_id: str
    seen_at: float


class Tickets:
    """Random tickets, in memory only. They end after half an hour at rest, and with the process."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self._lock = threading.Lock()

    def issue(self, thread_id: str) -> str:
        ticket = secrets.token_urlsafe(24)
        with self._lock:
            self._held[ticket] = _Held(thread_id, self._clock())
        return ticket

    def thread_id(self, ticket: str) -> str:
        """The thread for which a ticket stands. Raises TicketExpired."""
        with self._lock:
            held = self._held.get(ticket)
            if held is None or self._clock() - held.seen_at >= IDLE_SECONDS:
                self._held.pop(ticket, None)
                raise TicketExpired()
            held.seen_at = self._clock()
            return held.thread_id

    def forget(self, ticket: str) -> None:
        with self._lock:
            self._held.pop(ticket, None)

    def sweep(self) -> None:
        """Forget those that were at rest too long."""
        with self._lock:
            late = [key for key, held in self._held.items() if self._clock() - held.seen_at >= IDLE_SECONDS]
            for key in late:
                del self._held[key]
