"""Receipt codes: 16 random digits, what is kept of one, and where its thread is found.

How a thread is found without trying every hash: by a locator of 13 bits, HMAC-SHA-256 of the whole code under a key
that stands wrapped in the database. Sixteen digits hold 53.1 bits, so whoever has the database and that key still has
40.1 bits left to guess, each guess at the price of an Argon2id: hundreds of years of one processor for one thread.
Without the key the locator says nothing. It is not taken from the first digits, because then somebody could choose the
threads to aim guesses at: under a keyed locator guesses are spread, and nobody can slow one thread down.
"""

from __future__ import annotations

import hmac
import re
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

DIGITS = 16
LOCATOR_BITS = 13
LOCATORS = 1 << LOCATOR_BITS
AT_ONCE = 2
"""Argon2 computations of one process at a time: memory and processor are bounded, however many guess."""

LONGEST_WAIT = 10.0  # seconds until one of them is free
_GROUP = 4
_REFERENCE_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE = re.compile(r"\s*\d(?:[\s-]{0,3}\d){15}\s*", re.ASCII)
_NO_DIGIT = re.compile(r"[\s-]+")

# The first choice of OWASP. A code is random, so it needs less than a password that somebody chose.
_TIME_COST = 2
_MEMORY_KIB = 19 * 1024
_LANES = 1


class Busy(Exception):
    """Too many computations wait already."""


def code_hasher() -> PasswordHasher:
    """The hasher of a running installation."""
    return PasswordHasher(_TIME_COST, _MEMORY_KIB, _LANES, type=Type.ID)


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


def locator_of(code: str, key: bytes) -> int:
    """Where the thread of a code is found: a number below LOCATORS."""
    return int.from_bytes(hmac.digest(key, code.encode(), "sha256")[:4], "big") % LOCATORS


def new_reference() -> str:
    """Names a thread in records and lists. It opens nothing."""
    letters = [secrets.choice(_REFERENCE_LETTERS) for _ in range(2 * _GROUP)]
    return f"A-{''.join(letters[:_GROUP])}-{''.join(letters[_GROUP:])}"


class CodeHasher:
    """Hashes and checks codes, a few at a time."""

    def __init__(self, hasher: PasswordHasher | None = None, longest_wait: float = LONGEST_WAIT) -> None:
        self._hasher = hasher or code_hasher()
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
                self._hasher.verify(stored, code)
            except (VerificationError, InvalidHashError):
                return False
            return True

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._free.acquire(timeout=self._longest_wait):
            raise Busy
        try:
            yield
        finally:
            self._free.release()
