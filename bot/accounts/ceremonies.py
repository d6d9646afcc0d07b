"""What must come back once and soon: the challenge of a passkey, the state of a sign-in at the organisation.

Each belongs to one browser, by the hash of its token: nobody can finish what another browser began.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from sqlalchemy import Connection, delete, insert, select

from bot.accounts.database import Database
from bot.accounts.schema import ceremony
from bot.accounts.tokens import hashed

SECONDS_VALID = 10 * 60


class Ceremonies:
    """Keeps what was begun for a browser, one of each kind, until it is taken or too old."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def begin(self, browser: str, kind: str, secret: Mapping[str, str]) -> None:
        """Keep `secret` for the browser with this token; what the browser began before is forgotten."""
        key, expires_at = hashed(f"{kind}\0{browser}"), int(self._clock()) + SECONDS_VALID
        with self._database.writing() as connection:
            connection.execute(delete(ceremony).where(ceremony.c.key == key))
            connection.execute(insert(ceremony).values(key=key, secret=json.dumps(dict(secret)), expires_at=expires_at))

    def take(self, browser: str, kind: str) -> dict[str, str] | None:
        """What was kept, which is forgotten with this; None where there is nothing, or it is too old."""
        key = hashed(f"{kind}\0{browser}")
        with self._database.writing() as connection:
            row = connection.execute(select(ceremony).where(ceremony.c.key == key)).first()
            taken = connection.execute(delete(ceremony).where(ceremony.c.key == key))
        if row is None or taken.rowcount != 1 or row.expires_at <= int(self._clock()):
            return None
        found: dict[str, str] = json.loads(row.secret)
        return found

    def sweep(self, connection: Connection) -> None:
        connection.execute(delete(ceremony).where(ceremony.c.expires_at <= int(self._clock())))
