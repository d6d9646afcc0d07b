"""The database's faults as ours: what happened and what to do, without any value."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import DBAPIError
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
UNHARMED = f"{NOTHING_RECORDED} What was recorded before is unharmed."
_KEEP_AND_RESTORE = "Keep the file as it is, and restore the last backup beside it."
_BUSY_STATES = {"55P03", "40001", "40P01", "53300", "57P03"}  # lock timeout, serialisation, deadlock, full, starting
_FULL_STATES = {"53100", "53200"}
_READ_ONLY_STATES = {"25006", "42501"}
_REFUSED_STATES = {"28000", "28P01", "3D000"}  # who may connect, password, no such database


@contextmanager
def translated_faults() -> Iterator[None]:
    """Raise the database's faults as LogError; they name what happened and what to do, and hold no values."""
    try:
        yield
    except DBAPIError as error:
        raise fault(error.orig) from None
    except (sqlite3.Error, psycopg.Error) as error:
        raise fault(error) from None
    except NoConnectionLeft:
        raise _busy() from None


def fault(error: BaseException | None) -> LogError:
    """Our error for one of a database driver."""
    if isinstance(error, psycopg.Error):
        return _postgresql_fault(error)
    return _sqlite_fault(error)


def sqlite_code(error: BaseException | None) -> int:
    """SQLite's primary result code; 0 where the error is not SQLite's."""
    return int(getattr(error, "sqlite_errorcode", 0)) & PRIMARY_CODE


def _sqlite_fault(error: BaseException | None) -> LogError:
    code = sqlite_code(error)
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
            f"The file of the decision log is damaged, or is not a database. {NOTHING_RECORDED}", _KEEP_AND_RESTORE
        )
    return _failed(getattr(error, "sqlite_errorname", type(error).__name__))


def _postgresql_fault(error: psycopg.Error) -> LogError:
    state = error.sqlstate or ""
    if state in _BUSY_STATES:
        return _busy()
    if state in _FULL_STATES:
        return DiskFull(f"The disk of the decision log is full. {UNHARMED}", "Free some space, then try again.")
    if state in _READ_ONLY_STATES:
        return LogReadOnly(
            f"The decision log may be read but not written. {UNHARMED}",
            "Check that the database takes writes, and that this account is in the role sharewell_writer.",
        )
    if state in _REFUSED_STATES or not state or state.startswith(("08", "57P")):
        return LogUnavailable(
            f"The database of the decision log cannot be reached. {UNHARMED}",
            "Check that it runs, and that SHAREWELL_LOG_URL names its address, account and database.",
        )
    return _failed(state)


def _failed(what: str) -> LogUnavailable:
    return LogUnavailable(
        f"The decision log failed ({what}). {UNHARMED}",
        "Try again. If it fails again, tell the person who looks after the log.",
    )


def _busy() -> LogLocked:
    return LogLocked(f"The decision log is busy. {UNHARMED}", "Try again in a minute.")
