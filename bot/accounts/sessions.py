"""Sessions on the server: a random token in the browser, its hash here, two time-outs, and a new token when it matters.

The idle time-out counts from the last request, the absolute one from the sign-in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from bot.accounts.database import Database
from bot.accounts.events import EventKind, Events
from bot.accounts.model import Account, Session, moment
from bot.accounts.people import required
from bot.accounts.schema import session
from bot.accounts.tokens import hashed, new_id, new_token

SEEN_EVERY = 20
"""Seconds between two notes of when a session was last used: not every request needs to write."""


@dataclass(frozen=True)
class SessionLimits:
    """Seconds: without a request, from the sign-in, and in which somebody counts as having just shown who they are."""

    idle: int = 15 * 60
    absolute: int = 8 * 60 * 60
    fresh: int = 10 * 60


class Sessions:
    """Begins, finds and ends the sessions of signed-in people."""

    def __init__(
        self, database: Database, events: Events, limits: SessionLimits, clock: Callable[[], float]
    ) -> None:
        self._database = database
        self._events = events
        self._limits = limits
        self._clock = clock

    def begin(self, account_id: str, kind: EventKind, instead_of: str = "") -> str:
        """Begin a session and return its token; the one of the browser's earlier token, if any, ends."""
        token, now = new_token(), int(self._clock())
        values = {"id": new_id(), "account_id": account_id, "began_at": now, "seen_at": now, "proved_at": now}
        with self._database.writing() as connection:
            connection.execute(delete(session).where(session.c.token_hash == hashed(instead_of)))
            connection.execute(insert(session).values(token_hash=hashed(token), rotate=0, **values))
            self._events.add(connection, kind, account_id)
        return token

    def find(self, token: str) -> Session | None:
        """The open session of a token, which counts as used now. None where it has ended, or its account may not."""
        if not token:
            return None
        now = int(self._clock())
        with self._database.reading() as connection:
            row = self._row(connection, token, now)
            if row is None:
                return None
            owner = required(connection, row.account_id)
        if not owner.active:
            return None
        if now - row.seen_at >= SEEN_EVERY:
            with self._database.writing() as connection:
                connection.execute(update(session).where(session.c.token_hash == hashed(token)).values(seen_at=now))
        return _session_of(row, owner)

    def rotated(self, token: str) -> str | None:
        """A new token, where the session must change it because of its account's roles; None where it need not."""
        with self._database.reading() as connection:
            row = self._row(connection, token, int(self._clock()))
        return self._exchange(token, None) if row is not None and row.rotate else None

    def prove(self, token: str) -> str | None:
        """Note that the person has just shown who they are, and return the session's new token.

        None where the session has ended meanwhile.
        """
        return self._exchange(token, int(self._clock()))

    def fresh(self, found: Session) -> bool:
        """Whether the person has shown who they are within the last ten minutes."""
        return self._clock() - found.proved_at.timestamp() < self._limits.fresh

    def of(self, account_id: str) -> tuple[Session, ...]:
        """The open sessions of an account, the one used last first."""
        now = int(self._clock())
        with self._database.reading() as connection:
            owner = required(connection, account_id)
            wanted = select(session).where(session.c.account_id == account_id, *self._open(now))
            rows = connection.execute(wanted.order_by(session.c.seen_at.desc(), session.c.id)).all()
        return tuple(_session_of(row, owner) for row in rows)

    def end(self, token: str) -> None:
        """Sign out."""
        with self._database.writing() as connection:
            found = connection.execute(select(session).where(session.c.token_hash == hashed(token))).first()
            if found is None:
                return
            connection.execute(delete(session).where(session.c.id == found.id))
            self._events.add(connection, EventKind.SIGNED_OUT, found.account_id)

    def end_one(self, account_id: str, session_id: str) -> None:
        """End a session of one's own by its id; that of somebody else stays."""
        self._end_those(account_id, session.c.id == session_id)

    def end_others(self, account_id: str, but: str) -> None:
        """End every session of an account but the one with the id `but`."""
        self._end_those(account_id, session.c.id != but)

    def sweep(self, connection: Connection) -> None:
        """Forget the sessions that have ended by themselves."""
        now = int(self._clock())
        idle, old = now - self._limits.idle, now - self._limits.absolute
        connection.execute(delete(session).where(or_(session.c.seen_at <= idle, session.c.began_at <= old)))

    def _end_those(self, account_id: str, which: Any) -> None:
        with self._database.writing() as connection:
            those = delete(session).where(session.c.account_id == account_id, which)
            if connection.execute(those).rowcount:
                self._events.add(connection, EventKind.SESSION_ENDED, account_id)

    def _exchange(self, token: str, proved_at: int | None) -> str | None:
        fresh = new_token()
        values: dict[str, Any] = {"token_hash": hashed(fresh), "rotate": 0}
        if proved_at is not None:
            values["proved_at"] = proved_at
        with self._database.writing() as connection:
            found = self._row(connection, token, int(self._clock()))
            if found is None:
                return None
            connection.execute(update(session).where(session.c.token_hash == hashed(token)).values(values))
            if proved_at is not None:
                self._events.add(connection, EventKind.PROVED, found.account_id)
        return fresh

    def _row(self, connection: Connection, token: str, now: int) -> Any:
        wanted = select(session).where(session.c.token_hash == hashed(token), *self._open(now))
        return connection.execute(wanted).first()

    def _open(self, now: int) -> tuple[Any, ...]:
        return session.c.seen_at > now - self._limits.idle, session.c.began_at > now - self._limits.absolute


def _session_of(row: Any, owner: Account) -> Session:
    return Session(row.id, owner, moment(row.began_at), moment(row.seen_at), moment(row.proved_at))
