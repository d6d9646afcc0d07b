"""Keeps sessions in Redis, for several replicas of the application, under the same hashes as the SQLite store.

Each session is a key of its own that Redis itself drops, a minute after it was idle too long. An ordered set says which
were idle, so that a sweep finds them without reading them all; it holds hashes and times. Redis must write nothing to
disk (`--save "" --appendonly no`): what is wiped is then gone.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    ConnectionError,  # noqa: A004  (of Redis: Python's own is never raised by it)
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
    TimeoutError,  # noqa: A004
    WatchError,
)
from redis.retry import Retry

from bot.conversation.session import Session, SessionError, session_from
from bot.conversation.store import Stored, StoreError, hashed, sender_of
from bot.errors import SettingsError

PREFIX = "sharewell:session:"
IDLE = "sharewell:idle"
"""The ordered set of the hashes, by the time of the last message."""

GRACE_SECONDS = 60.0
"""What Redis waits beyond the idle time: a sweep comes first and can have Rasa forget, too."""

ANSWER_SECONDS = 1.0
PAUSE_SECONDS = 5.0
"""Seconds in which a Redis that hung is not asked again: other chats must not wait for it one after the other."""

_SCHEMES = ("redis", "rediss", "unix")


class RedisSessions:
    """Sessions in the Redis at `url`; one idle for longer than `idle_seconds` is ended and wiped.

    Raises SettingsError for an address that names no Redis. A Redis that is down is told by the first turn.
    """

    def __init__(self, url: str, idle_seconds: float) -> None:
        self.idle_seconds = idle_seconds
        self._lifetime = math.ceil((idle_seconds + GRACE_SECONDS) * 1000)
        self._not_before = 0.0
        self._redis = _client(url)

    def load(self, chat: str, now: float) -> Stored:
        """The session of `chat` at the time `now` (seconds). Raises StoreError when Redis cannot be read."""
        with self._errors():
            value = self._redis.get(_key(chat))
        if value is None:
            return Stored(None)
        last_active, state = _read(str(value))
        if now - last_active > self.idle_seconds:
            self.wipe(chat)
            return Stored(None, expired=True, sender=sender_of(state))
        try:
            session = session_from(state)
        except SessionError:
            self.wipe(chat)
            return Stored(None, expired=True)
        return Stored(session, sender=session.sender if session.sender_turns else "")

    def holds(self, chat: str) -> bool:
        """Whether anything is kept of `chat`. Raises StoreError when Redis cannot be read."""
        with self._errors():
            return bool(self._redis.exists(_key(chat)))

    def save(self, chat: str, session: Session, now: float) -> None:
        """Writes the session. Raises StoreError when it cannot; the earlier state then stands."""
        with self._errors(), self._redis.pipeline(transaction=True) as both:
            both.set(_key(chat), f"{now!r}\n{session.as_text()}", px=self._lifetime)
            both.zadd(IDLE, {hashed(chat): now})
            both.pexpire(IDLE, self._lifetime)
            both.execute()

    def wipe(self, chat: str) -> None:
        """Ends the session of `chat`: nothing of it stays in Redis."""
        with self._errors(), self._redis.pipeline(transaction=True) as both:
            both.delete(_key(chat))
            both.zrem(IDLE, hashed(chat))
            both.execute()

    def sweep(self, now: float) -> list[str]:
        """Wipes every session that was idle too long. Returns the names under which Rasa knew them.

        Of several replicas that sweep at once, one finds each session.
        """
        limit = now - self.idle_seconds
        with self._errors():
            found = self._redis.zrangebyscore(IDLE, "-inf", f"({limit!r}")
            states = [self._taken(str(name), limit) for name in found]
        return [sender for state in states if (sender := sender_of(state))]

    def ping(self) -> None:
        """Asks Redis whether it is there. Raises StoreError saying why it is not."""
        with self._errors():
            self._redis.exists(IDLE)

    def close(self) -> None:
        self._redis.close()

    def _taken(self, name: str, limit: float) -> str:
        """Wipes one idle session and returns its state; empty where it was used or taken since."""
        with self._redis.pipeline(transaction=True) as both:
            both.watch(PREFIX + name)  # type: ignore[no-untyped-call]
            value = both.get(PREFIX + name)
            last_active, state = _read(str(value)) if value is not None else (-math.inf, "")
            if last_active >= limit:
                return ""
            both.multi()
            both.delete(PREFIX + name)
            both.zrem(IDLE, name)
            try:
                both.execute()
            except WatchError:
                return ""
            return state

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """Turns an error of Redis into a StoreError that holds neither the address nor what was written."""
        if time.monotonic() < self._not_before:
            raise _failed("Redis does not answer")
        try:
            yield
        except RedisError as error:
            if isinstance(error, TimeoutError):
                self._not_before = time.monotonic() + PAUSE_SECONDS
            raise _failed(_cause(error)) from None


def _client(url: str) -> Redis:
    try:
        if urlsplit(url).scheme not in _SCHEMES:
            raise ValueError
        return Redis.from_url(
            url, decode_responses=True, protocol=2, socket_timeout=ANSWER_SECONDS,
            socket_connect_timeout=ANSWER_SECONDS,
            # A connection that Redis closed while it was idle is opened again, once; what hangs is not asked twice.
            retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
        )  # fmt: skip
    except ValueError:
        raise SettingsError(
            "The address of the sessions names neither an SQLite file nor a Redis server.",
            "Correct SHAREWELL_SESSIONS_URL, such as redis://account:password@host:6379/0, or leave it out.",
        ) from None


def _key(chat: str) -> str:
    return PREFIX + hashed(chat)


def _read(value: str) -> tuple[float, str]:
    """The time of the last message and the state. What cannot be read is long ago."""
    time_text, _, state = value.partition("\n")
    try:
        return float(time_text), state
    except ValueError:
        return -math.inf, ""


def _failed(cause: str) -> StoreError:
    return StoreError(
        f"The conversation could not be saved ({cause}).",
        "Nothing was changed. Try again. If it stays so, whoever runs Sharewell can run `sharewell doctor`.",
    )


def _cause(error: RedisError) -> str:
    """Why, in our words: those of Redis may hold an address."""
    for kind, words in (
        (AuthenticationError, "Redis refuses the password"), (NoPermissionError, "Redis refuses the account"),
        (ReadOnlyError, "Redis is read-only"), (OutOfMemoryError, "the memory of Redis is full"),
        (TimeoutError, "Redis does not answer"), (ConnectionError, "Redis cannot be reached"),
    ):  # fmt: skip
        if isinstance(error, kind):
            return words
    return "Redis failed"
