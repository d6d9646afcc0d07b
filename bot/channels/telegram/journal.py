"""Which updates were begun and which were answered, so that a restart neither loses one nor answers one twice.

It holds numbers of updates and the hour, and nothing else of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal

from bot.errors import SettingsError

KEPT_HOURS = 26
"""Telegram offers an update again for 24 hours."""

_HOUR = 3600.0
State = Literal["new", "begun", "answered", "put-by"]
_STATES: tuple[State, ...] = ("begun", "answered", "put-by")
"""Each stands in the file as its place here."""


class Journal:
    """The journal in the file `path`. Where it cannot be written, updates are answered all the same."""

    def __init__(self, path: Path, clock: Callable[[], float]) -> None:
        self._clock = clock
        try:
            path.touch(mode=0o600)
            self._database = sqlite3.connect(path, isolation_level=None, timeout=1.0)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=OFF")
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS seen (number INTEGER PRIMARY KEY, hour INTEGER NOT NULL, answered INTEGER)"
            )
        except (OSError, sqlite3.Error):
            raise SettingsError(
                f"The file {path} cannot be used.", "Remove it, or let this account write its folder."
            ) from None

    def state(self, number: int) -> State:
        row = None
        with suppress(sqlite3.Error):
            row = self._database.execute("SELECT answered FROM seen WHERE number = ?", (number,)).fetchone()
        return "new" if row is None else _STATES[row[0]]

    def begin(self, number: int) -> None:
        self._put(number, "begun")

    def answer(self, number: int) -> None:
        self._put(number, "answered")

    def put_by(self, number: int) -> None:
        """Notes that this one, and perhaps others before it, were too many at once: their chat is yet to be told."""
        self._put(number, "put-by")

    def sweep(self) -> None:
        """Forgets what Telegram offers no longer."""
        with suppress(sqlite3.Error):
            self._database.execute("DELETE FROM seen WHERE hour < ?", (self._hour() - KEPT_HOURS,))

    def close(self) -> None:
        self._database.close()

    def _put(self, number: int, state: State) -> None:
        row = (number, self._hour(), _STATES.index(state))
        with suppress(sqlite3.Error):
            self._database.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", row)

    def _hour(self) -> int:
        return int(self._clock() // _HOUR)
