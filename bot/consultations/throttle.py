"""Slows down guessing at codes, in a way that cannot be used to keep an owner out of a thread.

Two things are counted. The place from which attempts come: five are free, then each waits twice as long as the last,
up to a quarter of an hour. And the thread that a guess falls on (a code's locator): ten at once, then one each six
seconds.
No thread is ever locked, and its delay never exceeds six seconds. Nobody can aim at a thread either, because the
locator is keyed: guesses from everywhere fall on all 8192 locators alike, so 10,000 a minute are 1.2 a minute on each,
which is below what is free. A guess that falls on no thread, as most do, costs no Argon2; telling by the time it takes
that a locator is in use tells nothing about the 40 bits that remain.

Counts are kept in memory, under keys that end with the process: where an anonymous question came from is written
nowhere. Several processes allow as many times more guesses, which 40 bits bear.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil

FREE_GUESSES = 5
FIRST_DELAY = 5.0  # seconds
LONGEST_DELAY = 15 * 60.0
FORGOTTEN_AFTER = 24 * 60 * 60.0
THREAD_BURST = 10
THREAD_SECONDS = 6.0
"""A thread takes THREAD_BURST guesses at once, and one more each THREAD_SECONDS."""

FREE_REQUESTS = 6
REQUEST_SECONDS = 60 * 60.0
"""Requests for advice that one place may send in that time."""

MOST_PLACES = 100_000
"""Places that are remembered; the one that was quiet longest is forgotten first."""


@dataclass
class _Place:
    failures: int = 0
    next_at: float = 0.0
    last_at: float = 0.0
    sent: list[float] = field(default_factory=list)


@dataclass
class _Bucket:
    left: float
    at: float


class Throttle:
    """Counts an attempt before it is made, so that many at once are not free either. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._salt = secrets.token_bytes(32)
        self._places: OrderedDict[bytes, _Place] = OrderedDict()
        self._threads: dict[int, _Bucket] = {}
        self._lock = threading.Lock()

    def guess(self, source: str) -> int:
        """Seconds that `source` has to wait; 0 where it may guess now, and then the guess has been counted."""
        with self._lock:
            place, now = self._place(source), self._clock()
            if place.next_at > now:
                return ceil(place.next_at - now)
            place.failures = place.failures + 1 if now - place.last_at < FORGOTTEN_AFTER else 1
            place.last_at = now
            place.next_at = now + delay_after(place.failures)
            return 0

    def guess_at(self, locator: int) -> int:
        """The same for the thread that a guess falls on."""
        with self._lock:
            now = self._clock()
            bucket = self._threads.setdefault(locator, _Bucket(THREAD_BURST, now))
            bucket.left = min(THREAD_BURST, bucket.left + (now - bucket.at) / THREAD_SECONDS)
            bucket.at = now
            if bucket.left < 1:
                return ceil((1 - bucket.left) * THREAD_SECONDS)
            bucket.left -= 1
            return 0

    def not_a_guess(self, source: str) -> None:
        """Take one guess back: it was right, or it was never looked at.

        The place is not cleared: whoever holds one code could otherwise go on guessing others.
        """
        with self._lock:
            place = self._place(source)
            place.failures = max(0, place.failures - 1)
            place.next_at = 0.0

    def request(self, source: str) -> int:
        """Seconds that `source` has to wait before it may send; 0 where it may now, and then it has been counted."""
        with self._lock:
            place, now = self._place(source), self._clock()
            place.sent = [at for at in place.sent if now - at < REQUEST_SECONDS]
            if len(place.sent) >= FREE_REQUESTS:
                return max(1, ceil(place.sent[0] + REQUEST_SECONDS - now))
            place.sent.append(now)
            place.last_at = max(place.last_at, now)
            return 0

    def sweep(self) -> None:
        """Forget what has been at rest."""
        with self._lock:
            now = self._clock()
            for key in [key for key, place in self._places.items() if now - place.last_at >= FORGOTTEN_AFTER]:
                del self._places[key]
            full = THREAD_BURST * THREAD_SECONDS
            for locator in [locator for locator, bucket in self._threads.items() if now - bucket.at >= full]:
                del self._threads[locator]

    def _place(self, source: str) -> _Place:
        key = hmac.digest(self._salt, source.encode("utf-8", "surrogatepass"), "sha256")
        place = self._places.setdefault(key, _Place())
        self._places.move_to_end(key)
        if len(self._places) > MOST_PLACES:
            self._places.popitem(last=False)
        return place


def delay_after(failures: int) -> float:
    """Seconds to wait after so many guesses: none at first, then 5, and each time twice as long."""
    if failures < FREE_GUESSES:
        return 0.0
    return float(min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(failures - FREE_GUESSES, 30)))
