"""The log in an SQLite file. Commits are durable: write-ahead log, synchronous=FULL."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import URL, Connection, FromClause, create_engine, event
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler

from bot.decision_log.faults import sqlite_code, translated_faults
from bot.decision_log.store import BEGIN_STATEMENT, Store

RETRY_PAUSE = 0.02  # seconds


class _HintingCompiler(SQLiteCompiler):
    """Writes a hint such as "INDEXED BY ..." behind its table, which SQLAlchemy leaves out for SQLite."""

    def get_from_hint_text(self, _table: FromClause, text: str | None) -> str | None:
        return text


class SqliteStore(Store):
    """One engine on one SQLite file, which is made, closed to others, where it is absent."""

    begin_reading = "BEGIN"

    def __init__(self, address: URL, lock_wait: float) -> None:
        self._lock_wait = lock_wait
        _create_private_file(address)
        super().__init__(create_engine(address, hide_parameters=True, pool_timeout=lock_wait))
        self._engine.dialect.statement_compiler = _HintingCompiler
        event.listen(self._engine, "connect", self._prepare)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        # The write lock is taken at once, so that writers queue before they read the head.
        with translated_faults(), self._engine.connect() as connection:
            writer = connection.execution_options(**{BEGIN_STATEMENT: "BEGIN IMMEDIATE"})
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
                if sqlite_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                    raise
                time.sleep(RETRY_PAUSE)
        for setting in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            cursor.execute(f"PRAGMA {setting}")
        cursor.close()


# Text that is not UTF-8 was not written by us: it must reach verification as a fault of one entry.
_text = partial(str, encoding="utf-8", errors="surrogateescape")


def _create_private_file(address: URL) -> None:
    """Make an absent file with mode 0600; SQLite gives its companion files the same mode."""
    if address.query or address.database is None:
        return  # a URI states its own way of opening, such as mode=ro
    try:
        os.close(os.open(address.database, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    except OSError:
        return  # it exists, or SQLite will say why it cannot be opened
