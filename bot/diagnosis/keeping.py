"""The home folder and what is kept in it: room, permissions, databases, the key file."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy.engine import make_url

from bot.decision_log import DecisionLog, KeySource
from bot.diagnosis.findings import Finding, fine, mend, note, one_line
from bot.errors import SharewellError
from bot.settings import Settings

AREA = "kept data"
LEAST_FREE = 200_000_000
"""Bytes under which recording is at risk."""

LOW_FREE = 2_000_000_000
"""Bytes under which training or a new installation may fail."""

_BUSY_SECONDS = 2.0
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def home(settings: Settings) -> Iterator[Finding]:
    """Whether the home folder can be written, is closed to others, and has room."""
    folder = settings.home
    if not folder.exists():
        yield fine(AREA, f"The home folder {folder} is made at the first start.")
    elif not folder.is_dir():
        yield mend(AREA, f"The home folder {folder} is not a folder.", "Set SHAREWELL_HOME to a folder of your own.")
        return
    else:
        yield from _writable(folder)
        if folder.stat().st_mode & _OTHERS:
            yield mend(AREA, f"Other accounts may look into the home folder {folder}.", f"Run `chmod 700 {folder}`.")
    yield _room(folder)


def databases(settings: Settings) -> Iterator[Finding]:
    """A quick check of each database; `sharewell log verify` is the complete one for the log."""
    kept = {
        "decision log": settings.log_url, "session store": settings.sessions_url,
        "advice database": settings.advice_url, "training database": settings.training_url,
    }  # fmt: skip
    for name, url in kept.items():
        path = _sqlite_path(url)
        if path is None and name == "session store":
            yield _redis(settings)
        elif path is None:
            yield note(AREA, f"The {name} is not a SQLite file and was not looked at.", "Check it with its own tools.")
        elif not path.exists():
            yield fine(AREA, f"The {name} is made when it is first needed.")
        else:
            yield _quick_check(name, path)


def key(settings: Settings) -> Iterator[Finding]:
    """Whether the key file opens the log. It is not made here, and nothing is written."""
    path = _sqlite_path(settings.log_url)
    log_there = path is None or (path.exists() and path.stat().st_size > 0)
    if settings.key is not None:
        if log_there:
            yield _opens(settings)
        return
    if not log_there and not settings.key_file.exists() and not settings.key_file.is_symlink():
        yield fine(AREA, "The key file is made with the decision log.")
        return
    if not settings.key_file.is_file() or settings.key_file.is_symlink():
        yield mend(
            AREA, f"The key file {settings.key_file} is missing or not a file: the decision log cannot be opened.",
            "Restore it from its backup.",
        )  # fmt: skip
        return
    if (mode := settings.key_file.stat().st_mode) & _OTHERS:
        yield mend(
            AREA, f"Other accounts may use the key file {settings.key_file} (mode {stat.S_IMODE(mode):04o}).",
            f"Run `chmod 600 {settings.key_file}`, and ask whether anyone has copied it.",
        )  # fmt: skip
        return
    if not log_there:
        yield fine(AREA, "The key file is there and closed to others.")
        return
    yield _opens(settings)


def _opens(settings: Settings) -> Finding:
    try:
        DecisionLog.open_existing(settings.log_url, KeySource(settings.key_file, settings.key)).close()
    except SharewellError as error:
        return mend(AREA, one_line(error.message), one_line(error.remedy))
    if settings.key is not None:
        return fine(AREA, "The key of SHAREWELL_KEY opens the decision log.")
    return fine(AREA, "The key file opens the decision log, and is closed to others.")


def _redis(settings: Settings) -> Finding:
    from bot.conversation.redis_store import RedisSessions  # for those alone who use it

    sessions = RedisSessions(settings.sessions_url, settings.idle_minutes * 60)
    try:
        sessions.ping()
    except SharewellError as error:
        return mend(
            AREA, f"The session store cannot be used: {one_line(error.message)}",
            "Start Redis, or correct SHAREWELL_SESSIONS_URL.",
        )  # fmt: skip
    finally:
        sessions.close()
    return fine(AREA, "The session store is a Redis server, and it answers.")


def _writable(folder: Path) -> Iterator[Finding]:
    try:
        with tempfile.TemporaryFile(dir=folder):
            yield fine(AREA, f"The home folder {folder} can be written.")
    except OSError as error:
        yield mend(
            AREA, f"The home folder {folder} cannot be written ({error.strerror}).",
            "Give this account the right to write there, or set SHAREWELL_HOME.",
        )  # fmt: skip


def _room(folder: Path) -> Finding:
    existing = next(place for place in (folder, *folder.parents) if place.is_dir())
    free = shutil.disk_usage(existing).free
    says = f"{free / 1e9:.1f} GB are free on the disk of the home folder."
    if free < LEAST_FREE:
        return mend(AREA, says, "Free some space: a decision cannot be recorded on a full disk.")
    if free < LOW_FREE:
        return note(AREA, says, "Free some space before the next set-up or training.")
    return fine(AREA, says)


def _sqlite_path(url: str) -> Path | None:
    address = make_url(url)
    if address.get_backend_name() != "sqlite" or not address.database:
        return None
    return Path(address.database)


def _quick_check(name: str, path: Path) -> Finding:
    remedy = f"Stop Sharewell, keep {path} as it is, and restore the last backup beside it."
    if name == "session store":
        remedy = f"Stop Sharewell and delete {path}: only conversations that are under way are lost."
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=_BUSY_SECONDS)
        try:
            answer = str(connection.execute("PRAGMA quick_check(1)").fetchone()[0])
        finally:
            connection.close()
    except sqlite3.Error as error:
        return mend(AREA, f"The {name} {path} cannot be read ({one_line(str(error))}).", remedy)
    if answer != "ok":
        return mend(AREA, f"The {name} {path} is damaged ({one_line(answer)}).", remedy)
    return fine(AREA, f"The {name} is a whole database ({path.stat().st_size / 1e6:.1f} MB).")
