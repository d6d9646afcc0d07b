"""Keeps sessions across restarts, by a hash of the chat's key, and wipes them when they end.

SQLite overwrites what it deletes (secure_delete) and its write-ahead log is cut back after a wipe, so that an ended
conversation leaves no bytes behind.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import Column, Float, MetaData, String, Table, Text, create_engine, delete, event, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.conversation.session import Session, SessionError, session_from
from bot.errors import SharewellError

_METADATA = MetaData()
_SESSIONS = Table(
    "session", _METADATA,
    Column("chat", String(64), primary_key=True),
    Column("last_active", Float, nullable=False, index=True),
    Column("state", Text, nullable=False),
)  # fmt: skip
_BUSY_SECONDS = 2.0


class StoreError(SharewellError):
    """The session store cannot be read or written."""


@dataclass(frozen=True)
class Stored:
    """What was found for a chat. `expired` is set where a session had been idle too long; it is wiped by then.

    `sender` is the name under which Rasa may hold something of it; empty where it holds nothing.
    """

    session: Session | None
    expired: bool = False
    sender: str = ""


class Sessions(Protocol):
    """Where sessions are kept, whatever keeps them. Each method raises StoreError when that cannot be reached."""

    idle_seconds: float

    def load(self, chat: str, now: float) -> Stored: ...

    def holds(self, chat: str) -> bool: ...

    def save(self, chat: str, session: Session, now: float) -> None: ...

    def wipe(self, chat: str) -> None: ...

    def sweep(self, now: float) -> list[str]: ...

    def close(self) -> None: ...


class SessionStore:
    """Sessions in the database at `url`; one idle for longer than `idle_seconds` is ended and wiped."""

    def __init__(self, url: str, idle_seconds: float) -> None:
        self.idle_seconds = idle_seconds
        self._engine = create_engine(
            url, hide_parameters=True, connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False}
        )
        event.listen(self._engine, "connect", _prepare)
        with _errors():
            _make_private(self._engine.url.database)
            _METADATA.create_all(self._engine)

    def load(self, chat: str, now: float) -> Stored:
        """The session of `chat` at the time `now` (seconds). Raises StoreError when the store cannot be read."""
        key = hashed(chat)
        with _errors(), self._engine.connect() as connection:
            row = connection.execute(
                select(_SESSIONS.c.last_active, _SESSIONS.c.state).where(_SESSIONS.c.chat == key)
            ).first()
        if row is None:
            return Stored(None)
        if now - row.last_active > self.idle_seconds:
            self.wipe(chat)
            return Stored(None, expired=True, sender=sender_of(row.state))
        try:
            session = session_from(row.state)
        except SessionError:
            self.wipe(chat)
            return Stored(None, expired=True)
        return Stored(session, sender=session.sender if session.sender_turns else "")

    def holds(self, chat: str) -> bool:
        """Whether anything is kept of `chat`. Raises StoreError when the store cannot be read."""
        with _errors(), self._engine.connect() as connection:
            found = connection.execute(select(_SESSIONS.c.chat).where(_SESSIONS.c.chat == hashed(chat))).first()
        return found is not None

    def save(self, chat: str, session: Session, now: float) -> None:
        """Writes the session. Raises StoreError when it cannot; the earlier state then stands."""
        values = {"chat": hashed(chat), "last_active": now, "state": session.as_text()}
        change = {"last_active": now, "state": values["state"]}
        with _errors(), self._engine.begin() as connection:
            connection.execute(
                insert(_SESSIONS).values(values).on_conflict_do_update(index_elements=["chat"], set_=change)
            )

    def wipe(self, chat: str) -> None:
        """Ends the session of `chat`: nothing of it stays in the file."""
        self._delete(_SESSIONS.c.chat == hashed(chat))

    def sweep(self, now: float) -> list[str]:
        """Wipes every session that was idle too long. Returns the names under which Rasa knew them."""
        idle = _SESSIONS.c.last_active < now - self.idle_seconds
        with _errors(), self._engine.connect() as connection:
            states = connection.execute(select(_SESSIONS.c.state).where(idle)).scalars().all()
        if states:
            self._delete(idle)
        return [sender for state in states if (sender := sender_of(state))]

    def close(self) -> None:
        self._engine.dispose()

    def _delete(self, condition: Any) -> None:
        with _errors(), self._engine.begin() as connection:
            count = connection.execute(delete(_SESSIONS).where(condition)).rowcount
        if count:
            with _errors(), self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def sender_of(state: str) -> str:
    """The name under which Rasa may hold something of a stored session; empty where it holds nothing."""
    with suppress(SessionError):
        session = session_from(state)
        return session.sender if session.sender_turns else ""
    return ""


def _make_private(path: str | None) -> None:
    """Makes the file so that only its owner may read it, before SQLite would make it for all."""
    if path and path != ":memory:":
        try:
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
            os.chmod(path, 0o600)
        except OSError:
            return  # opening the database then says what is wrong


def hashed(chat: str) -> str:
    """The name under which a chat is kept: its key is the way back into the conversation, so it is kept nowhere."""
    return hashlib.sha256(b"sharewell session\0" + chat.encode("utf-8", "surrogatepass")).hexdigest()


def _prepare(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA secure_delete=ON")
    # A store that cannot be written still opens, so that the first turn can say what is wrong.
    with suppress(Exception):
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


@contextmanager
def _errors() -> Iterator[None]:
    """Turns a database's error into a StoreError that says what to do and holds nothing of what was written."""
    try:
        yield
    except OperationalError as error:
        raise StoreError(
            f"The conversation could not be saved ({_cause(error)}).",
            "Nothing was changed. Try again. If it stays so, whoever runs Sharewell can run `sharewell doctor`.",
        ) from None
    except SQLAlchemyError:
        raise StoreError("The conversation store failed.", "Nothing was changed. Run `sharewell doctor`.") from None


def _cause(error: OperationalError) -> str:
    """The database's own short reason, never a statement with its values."""
    reason = str(error.orig).lower()
    for sign, words in (
        ("locked", "the file is locked by another process"), ("readonly", "the file is read-only"),
        ("full", "the disk is full"), ("unable to open", "the file cannot be opened"),
    ):  # fmt: skip
        if sign in reason:
            return words
    return "the database failed"
