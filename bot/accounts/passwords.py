"""Passwords: which may be kept, and how: by Argon2id, of which a few run at once so that memory is bounded."""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from bot.accounts.errors import InvalidAccount

SHORTEST = 12
LONGEST = 200
AT_ONCE = 4
FEWEST_DIFFERENT = 5
FEWEST_PLAIN = 8
_COMMON_FILE = Path(__file__).with_name("common_passwords.txt")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qazwsxedcrfvtgbyhnujmikolp",
)  # fmt: skip

# RFC 9106, the second recommended choice: three passes over 64 MiB.
_TIME_COST = 3
_MEMORY_KIB = 64 * 1024
_LANES = 4


def argon2_hasher() -> PasswordHasher:
    """The hasher of a running installation."""
    return PasswordHasher(_TIME_COST, _MEMORY_KIB, _LANES, type=Type.ID)


class Passwords:
    """Hashes and checks passwords. A check of an account without a password takes the same work."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or argon2_hasher()
        self._running = threading.BoundedSemaphore(AT_ONCE)
        self._decoy = cache(lambda: self.hash("nobody has this password"))

    def hash(self, password: str) -> str:
        with self._running:
            return self._hasher.hash(_normal(password))

    def matches(self, stored: str | None, password: str) -> bool:
        """Whether `password` is the stored one. Without a stored one a decoy is checked, so that both take as long."""
        wanted = stored or self._decoy()
        with self._running:
            found = _quietly(lambda: self._hasher.verify(wanted, _normal(password[: LONGEST + 1])))
        return found and stored is not None

    def outdated(self, stored: str) -> bool:
        """Whether the hash was made with other costs than those of today."""
        return self._hasher.check_needs_rehash(stored)


def require_good(password: str, *names: str) -> None:
    """Raises InvalidAccount for a password that is too short, too long, or among the first that anyone would guess.

    `names` are what else would be guessed first, such as the name of the account.
    """
    if len(password) < SHORTEST:
        raise InvalidAccount(
            "password", "The password is too short.",
            f"Type at least {SHORTEST} characters. Four words that do not belong together are easy to remember.",
        )  # fmt: skip
    if len(password) > LONGEST:
        raise InvalidAccount("password", "The password is too long.", f"Type at most {LONGEST} characters.")
    if _is_guessed_first(password, names):
        raise InvalidAccount(
            "password", "This password is one of the first that somebody would guess.",
            "Choose another. Four words that do not belong together are easy to remember.",
        )  # fmt: skip


def _is_guessed_first(password: str, names: tuple[str, ...]) -> bool:
    if len(set(password.casefold())) < FEWEST_DIFFERENT:
        return True
    plain = _plain(password)
    if len(plain) < FEWEST_PLAIN:
        return False  # signs for the most part
    guesses = _common() | {_plain(name) for name in names}
    repeated = any(guess and plain == (guess * len(plain))[: len(plain)] for guess in guesses)
    in_a_row = any(plain in run * 4 or plain in run[::-1] * 4 for run in _RUNS)
    return plain.strip("0123456789") in guesses or repeated or in_a_row


@cache
def _common() -> frozenset[str]:
    return frozenset(map(_plain, _COMMON_FILE.read_text(encoding="utf-8").split()))


def _plain(text: str) -> str:
    """Small letters and digits alone: capitals and signs between them make a guess no harder."""
    return "".join(character for character in unicodedata.normalize("NFKC", text).casefold() if character.isalnum())


def _normal(password: str) -> str:
    """The same password from every keyboard."""
    return unicodedata.normalize("NFKC", password)


def _quietly(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except (VerificationError, InvalidHashError):
        return False
