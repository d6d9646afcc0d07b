"""Codes of 16 digits that open something without an account: making, hashing and finding them, and slowing guesses.

What a code opens is found by a locator, an HMAC of the whole code under a key, so that not every hash must be tried.
Sixteen digits hold 53.1 bits. With a locator of 13 bits, whoever has the database and the key still has 40.1 bits left
to guess, each guess at the price of an Argon2id. The locator is not taken from the first digits, because then somebody
could choose at whom to aim guesses: under a key they are spread, and nobody can slow one owner down.
"""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import Generic, TypeVar

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

DIGITS = 16
LOCATORS = 2**13
"""Locators stand in databases: under another number of them, nothing that was kept before is found."""

AT_ONCE = 2
"""Argon2 computations of one process at a time: memory and processor are bounded, however many guess."""

LONGEST_WAIT = 10.0  # seconds until one of them is free
_GROUP = 4
_CODE = re.compile(r"\s*\d(?:[\s-]{0,3}\d){15}\s*", re.ASCII)
_NO_DIGIT = re.compile(r"[\s-]+")

# The first choice of OWASP. A code is random, so it needs less than a password that somebody chose.
_TIME_COST = 2
_MEMORY_KIB = 19 * 1024
_LANES = 1

FREE_GUESSES = 5
FIRST_DELAY = 5.0  # seconds
LONGEST_DELAY = 15 * 60.0
FORGOTTEN_AFTER = 24 * 60 * 60.0
LOCATOR_BURST = 10
LOCATOR_SECONDS = 6.0
"""A locator takes LOCATOR_BURST guesses at once, and one more each LOCATOR_SECONDS."""

MOST_PLACES = 100_000
"""Places that are remembered; the one that was quiet longest is forgotten first."""


class Busy(Exception):
    """Too many computations wait already."""


def new_code() -> str:
    """16 random digits."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def grouped(code: str) -> str:
    """A code as it is shown, in four groups."""
    return " ".join(code[start : start + _GROUP] for start in range(0, DIGITS, _GROUP))


def looks_like_code(text: str) -> bool:
    """Whether a text is 16 digits and nothing else; spaces and hyphens between them do not count."""
    return _CODE.fullmatch(text) is not None


def digits_of(text: str) -> str:
    """The 16 digits of a code; empty for what is none."""
    return _NO_DIGIT.sub("", text) if looks_like_code(text) else ""


def locator_of(code: str, key: bytes, locators: int = LOCATORS) -> int:
    """Where what the code opens is found: a number below `locators`.

    More of them leave fewer bits to guess to whoever has the database, and make guesses cheaper to turn away: where
    far more is kept than there are locators, each guess costs an Argon2id.
    """
    return int.from_bytes(hmac.digest(key, code.encode(), "sha256")[:4], "big") % locators


class CodeHasher:
    """Hashes and checks codes by Argon2id, a few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None, longest_wait: float = LONGEST_WAIT) -> None:
        self._hasher = hasher or PasswordHasher(_TIME_COST, _MEMORY_KIB, _LANES, type=Type.ID)
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._longest_wait = longest_wait

    def hash(self, code: str) -> str:
        """What is kept of a code. Raises Busy."""
        with self._turn():
            return self._hasher.hash(code)

    def matches(self, stored: str, code: str) -> bool:
        """Whether `stored` was made of `code`. Raises Busy."""
        with self._turn():
            try:
                return self._hasher.verify(stored, code)
            except (VerificationError, InvalidHashError):
                return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._free.acquire(timeout=self._longest_wait):
            raise Busy
        try:
            yield
        finally:
            self._free.release()


Counted = TypeVar("Counted")


class Places(Generic[Counted]):
    """What is counted of each place, in memory, under keys that end with the process.

    Where somebody came from is written nowhere. `start` gives what is counted of a new place. The caller holds a lock.
    """

    def __init__(self, start: Callable[[], Counted]) -> None:
        self._start = start
        self._salt = secrets.token_bytes(32)
        self._counted: OrderedDict[bytes, Counted] = OrderedDict()

    def __len__(self) -> int:
        return len(self._counted)

    def of(self, source: str) -> Counted:
        """What is counted of a place. The place that was quiet longest makes room for a new one."""
        key = hmac.digest(self._salt, source.encode("utf-8", "surrogatepass"), "sha256")
        counted = self._counted.setdefault(key, self._start())
        self._counted.move_to_end(key)
        if len(self._counted) > MOST_PLACES:
            self._counted.popitem(last=False)
        return counted

    def forget(self, at_rest: Callable[[Counted], bool]) -> None:
        for key in [key for key, counted in self._counted.items() if at_rest(counted)]:
            del self._counted[key]


@dataclass
class _Place:
    failures: int = 0
    next_at: float = 0.0
    last_at: float = 0.0


@dataclass
class _Bucket:
    left: float
    at: float


class Guesses:
    """Slows down guessing at codes, in a way that cannot be used to keep an owner out. `clock` gives seconds.

    Two things are counted, before the guess is looked at. The place from which guesses come: five are free, then each
    waits twice as long as the last, up to a quarter of an hour. And the locator on which a guess falls: ten at once,
    then one each six seconds. Nothing is ever locked. Ten thousand guesses a minute, from everywhere, are 1.2 a minute
    on each of the 8192 locators, below what is free. A guess at a locator with nothing costs no Argon2; telling by the
    time it takes that a locator is in use tells nothing about the bits that remain. Several processes allow as many
    times more guesses, which 40 bits bear.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._places = Places(_Place)
        self._buckets: dict[int, _Bucket] = {}
        self._lock = threading.Lock()

    def from_place(self, source: str) -> int:
        """Seconds that `source` has to wait; 0 where it may guess now, and then the guess has been counted."""
        with self._lock:
            place, now = self._places.of(source), self._clock()
            if place.next_at > now:
                return ceil(place.next_at - now)
            place.failures = place.failures + 1 if now - place.last_at < FORGOTTEN_AFTER else 1
            place.last_at = now
            place.next_at = now + delay_after(place.failures)
            return 0

    def at_locator(self, locator: int) -> int:
        """The same for the locator on which a guess falls."""
        with self._lock:
            now = self._clock()
            bucket = self._buckets.setdefault(locator, _Bucket(LOCATOR_BURST, now))
            bucket.left = min(LOCATOR_BURST, bucket.left + (now - bucket.at) / LOCATOR_SECONDS)
            bucket.at = now
            if bucket.left < 1:
                return ceil((1 - bucket.left) * LOCATOR_SECONDS)
            bucket.left -= 1
            return 0

    def not_a_guess(self, source: str) -> None:
        """Take one guess back: it was right, or it was never looked at.

        The place is not cleared: whoever holds one code could otherwise go on guessing others.
        """
        with self._lock:
            place = self._places.of(source)
            place.failures = max(0, place.failures - 1)
            place.next_at = 0.0

    def sweep(self) -> None:
        """Forget what has been at rest."""
        with self._lock:
            now = self._clock()
            self._places.forget(lambda place: now - place.last_at >= FORGOTTEN_AFTER)
            full = LOCATOR_BURST * LOCATOR_SECONDS
            for locator in [locator for locator, bucket in self._buckets.items() if now - bucket.at >= full]:
                del self._buckets[locator]


def delay_after(failures: int) -> float:
    """Seconds to wait after so many guesses: none at first, then 5, and each time twice as long."""
    if failures < FREE_GUESSES:
        return 0.0
    return float(min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(failures - FREE_GUESSES, 30)))
