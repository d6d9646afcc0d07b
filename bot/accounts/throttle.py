"""Slows down guessing, in a way that cannot be used to lock a colleague out.

What is counted is a name together with an address, an address alone, and a browser that is known to the account. A
known browser is counted by itself, so what others do from the same address does not delay it. No account is ever
locked: the longest delay is a quarter of an hour, and passkeys are not delayed at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, select, text, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.accounts.schema import attempts

FIRST_DELAY = 5  # seconds
LONGEST_DELAY = 15 * 60
FORGOTTEN_AFTER = 24 * 60 * 60
FREE_FOR_NAME = 5
FREE_FOR_ADDRESS = 30
"""Attempts before the first delay. Many people share the address of an office."""


@dataclass(frozen=True)
class Counted:
    """One thing that is counted: its keyed hash, and how many attempts are free."""

    key: str
    free: int


def delay_after(failures: int, free: int) -> int:
    """Seconds to wait after so many failures: none at first, then 5, and each time twice as long, up to 15 minutes."""
    if failures < free:
        return 0
    return int(min(LONGEST_DELAY, FIRST_DELAY * 2.0 ** min(failures - free, 30)))


class Throttle:
    """Counts an attempt before it is made, so that many at once are not free either."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock

    def wait(self, connection: Connection, counted: Sequence[Counted]) -> int:
        """Seconds until the next attempt is allowed; 0 where it is now, and then it has been counted."""
        now = int(self._clock())
        _one_at_a_time(connection, counted)
        rows = {row.key: row for row in connection.execute(_those(counted))}
        waits = [row.next_at - now for row in rows.values()]
        if any(wait > 0 for wait in waits):
            return int(max(waits))
        for each in counted:
            row = rows.get(each.key)
            known = row is not None and now - row.last_at < FORGOTTEN_AFTER
            failures = (row.failures if row is not None and known else 0) + 1
            self._keep(connection, each.key, failures, now + delay_after(failures, each.free), now)
        return 0

    def delays(self, connection: Connection, counted: Sequence[Counted]) -> bool:
        """Whether the next attempt will have to wait."""
        return any(row.next_at > int(self._clock()) for row in connection.execute(_those(counted)))

    def succeeded(self, connection: Connection, cleared: Sequence[Counted], returned: Sequence[Counted]) -> None:
        """Forget what was counted for `cleared`, and take one attempt back from `returned`.

        An address is not cleared: whoever has one account there could otherwise go on guessing others.
        """
        connection.execute(delete(attempts).where(attempts.c.key.in_([each.key for each in cleared])))
        keys = [each.key for each in returned]
        fewer = {"failures": attempts.c.failures - 1, "next_at": 0}
        connection.execute(update(attempts).where(attempts.c.key.in_(keys), attempts.c.failures > 0).values(fewer))

    def sweep(self, connection: Connection) -> None:
        """Forget what has been at rest for a day."""
        connection.execute(delete(attempts).where(attempts.c.last_at < int(self._clock()) - FORGOTTEN_AFTER))

    def _keep(self, connection: Connection, key: str, failures: int, next_at: int, now: int) -> None:
        dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
        values = {"failures": failures, "next_at": next_at, "last_at": now}
        # Where another attempt was counted meanwhile, both count.
        statement = dialect.insert(attempts).values(key=key, **values)
        connection.execute(statement.on_conflict_do_update(index_elements=[attempts.c.key], set_=values))


def _those(counted: Sequence[Counted]) -> Select[Any]:
    return select(attempts).where(attempts.c.key.in_([each.key for each in counted]))


def _one_at_a_time(connection: Connection, counted: Sequence[Counted]) -> None:
    """In PostgreSQL, let attempts that are counted under the same key wait for one another; SQLite has one writer."""
    if connection.dialect.name == "postgresql":
        for key in sorted(each.key for each in counted):
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})
