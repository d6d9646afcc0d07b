"""The database connection: how transactions begin, and how the database's faults become ours."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft

from bot.decision_log.errors import (
    NOTHING_RECORDED,
    DiskFull,
    LogError,
    LogLocked,
    LogReadOnly,
    LogUnavailable,
    SchemaError,
)

PRIMARY_CODE = 0xFF  # SQLite's extended result codes carry the primary code in the low byte
RETRY_PAUSE = 0.02  # seconds
UNHARMED = f"{NOTHING_RECORDED} What was recorded before is unharmed."


class Store:
    """One engine on one SQLite file. Commits are durable: write-ahead log, synchronous=FULL.

    `lock_wait` is the longest wait for another writer, in seconds.
    """

    def __init__(self, url: str, lock_wait: float) -> None:
        self._lock_wait = lock_wait
        address = _sqlite_url(url)
        _create_private_file(address)
        self._engine = create_engine(address, hide_parameters=True, pool_timeout=lock_wait)
        event.listen(self._engine, "connect", self._prepare)
        event.listen(self._engine, "begin", _begin)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one unchanging state of the log."""
        with translated_faults(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of the only writer: it is committed and on the disk when the block ends without an error.

        Raises LogLocked, LogReadOnly, DiskFull or LogUnavailable, and then nothing was recorded.
        """
        with translated_faults(), self._engine.connect() as connection:
            # SQLite takes its write lock at once, so that writers queue before they read the head. A database
            # with many writers does the same here with an advisory lock that ends with the transaction.
            writer = connection.execution_options(begin_statement="BEGIN IMMEDIATE")
            with writer.begin():
                yield writer

    def clear_traces(self) -> bool:
        """Empty the write-ahead file, in which deleted bytes may still stand. False while a reader holds it."""
        with translated_faults():
            connection = self._engine.raw_connection()
            try:
                busy = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            finally:
                connection.close()
        return not busy

    def _prepare(self, connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where `_begin` says, not where the driver guesses
        connection.text_factory = _text
        deadline = time.monotonic() + self._lock_wait
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {int(self._lock_wait * 1000)}")
        while True:
            try:
                # The change to a write-ahead log answers "busy" at once, without the timeout.
                cursor.execute("PRAGMA journal_mode = WAL")
                break
            except sqlite3.OperationalError as error:
                if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(RETRY_PAUSE)
        for setting in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()


@contextmanager
def translated_faults() -> Iterator[None]:
    """Raise the database's faults as LogError; they name what happened and what to do, and hold no values."""
    try:
        yield
    except DBAPIError as error:
        raise _fault(error.orig) from None
    except sqlite3.Error as error:
        raise _fault(error) from None
    except NoConnectionLeft:
        raise _busy() from None


def _fault(error: BaseException | None) -> LogError:
    code = _code(error)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return _busy()
    if code == sqlite3.SQLITE_READONLY:
        return LogReadOnly(
            f"The decision log may be read but not written. {UNHARMED}",
            "Let this account write the database file and its folder, then try again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(f"The disk of the decision log is full. {UNHARMED}", "Free some space, then try again.")
    if code == sqlite3.SQLITE_IOERR:
        return DiskFull(
            f"The disk of the decision log refused to write. {UNHARMED}",
            "Check for free space and for a limit on file size, then try again.",
        )
    if code == sqlite3.SQLITE_CANTOPEN:
        return LogUnavailable(
            f"The database of the decision log cannot be opened. {UNHARMED}",
            "Check that its folder exists and that this account may write there.",
        )
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return SchemaError(
            f"The file of the decision log is damaged, or is not a database. {NOTHING_RECORDED}",
            "Keep the file as it is, and restore the last backup beside it.",
        )
    return LogUnavailable(
        f"The decision log failed ({getattr(error, 'sqlite_errorname', type(error).__name__)}). {UNHARMED}",
        "Try again. If it fails again, tell the person who looks after the log.",
    )


def _busy() -> LogLocked:
    return LogLocked(f"The decision log is busy. {UNHARMED}", "Try again in a minute.")


def _code(error: BaseException | None) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & PRIMARY_CODE


def _text(stored: bytes) -> str:
    # Text that is not UTF-8 was not written by us: it must reach verification as a fault of one entry.
    return stored.decode("utf-8", "surrogateescape")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("begin_statement", "BEGIN"))


def _sqlite_url(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError:
        address = None
    if address is None or address.get_backend_name() != "sqlite" or address.database in (None, "", ":memory:"):
        raise LogUnavailable(
            "The address of the decision log does not name an SQLite file.",
            "Give an address such as sqlite:////var/lib/sharewell/log.db.",
        )
    return address


def _create_private_file(address: URL) -> None:
    """Make an absent file with mode 0600; SQLite gives its companion files the same mode."""
    if address.query or address.database is None:
        return  # a URI states its own way of opening, such as mode=ro
    try:
        os.close(os.open(address.database, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError:
        return  # it exists, or SQLite will say why it cannot be opened
