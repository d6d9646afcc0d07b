"""One-time links about one record, kept as a hash: to add identifying details for 15 minutes, to hand it in for days.

Looking at a link changes nothing, because messengers open links to preview them. Opening uses it up and gives a grant,
which the browser that opened it holds in a cookie: what stands in a chat or in a history is worth nothing afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, insert, select, update

from bot.accounts.database import Database
from bot.accounts.errors import IdentityLinkRefused
from bot.accounts.schema import identity_link
from bot.accounts.tokens import hashed, new_token

IDENTITY_MINUTES = 15
HAND_IN_HOURS = 72
"""A record waits for days. Whoever made it may be at another machine, or not signed in, when that is noticed."""


class _State(StrEnum):
    OFFERED = "offered"
    OPEN = "open"
    DONE = "done"
    HAND_IN = "hand-in"


@dataclass(frozen=True)
class IdentityGrant:
    """What the browser that opened a link may do: add details to the record `reference`, once."""

    reference: str
    done: bool


class IdentityLinks:
    """Makes links, and takes them in."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def make(self, reference: str, holder: str = "") -> str:
        """A link for the record `reference`. With `holder`, it opens only for whoever proves to be that.

        An earlier link of the same kind no longer works.
        """
        token = new_token()
        kept = hashed(holder) if holder else ""
        with self._database.writing() as connection:
            connection.execute(delete(identity_link).where(
                identity_link.c.reference == reference, identity_link.c.state == _State.OFFERED.value,
                identity_link.c.holder == kept,
            ))  # fmt: skip
            self._add(connection, token, reference, _State.OFFERED, kept)
        return token

    def look(self, token: str) -> bool:
        """Whether the link needs proof of its holder. It still works afterwards. Raises IdentityLinkRefused."""
        with self._database.reading() as connection:
            return bool(self._row(connection, token, _State.OFFERED).holder)

    def open(self, token: str, holders: Collection[str] = ()) -> str:
        """Use a link up. Returns the grant, which lasts as long as a link. `holders` are whom somebody proved to be.

        Raises IdentityLinkRefused; a link whose holder was not proved still works for the holder.
        """
        grant = new_token()
        with self._database.writing() as connection:
            row = self._row(connection, token, _State.OFFERED)
            if row.holder and row.holder not in {hashed(holder) for holder in holders}:
                raise IdentityLinkRefused()
            taken = connection.execute(delete(identity_link).where(identity_link.c.token_hash == hashed(token)))
            if taken.rowcount != 1:  # somebody else was first
                raise IdentityLinkRefused()
            connection.execute(delete(identity_link).where(
                identity_link.c.reference == row.reference, identity_link.c.state == _State.OFFERED.value
            ))  # fmt: skip
            self._add(connection, grant, row.reference, _State.OPEN, "")
        return grant

    def granted(self, grant: str) -> IdentityGrant:
        """What a grant is for. Raises IdentityLinkRefused."""
        with self._database.reading() as connection:
            row = self._row(connection, grant, _State.OPEN, _State.DONE)
        return IdentityGrant(str(row.reference), row.state == _State.DONE.value)

    def finish(self, grant: str) -> None:
        """The grant adds nothing more. Until it expires it still says that it was used."""
        with self._database.writing() as connection:
            values = {"state": _State.DONE.value}
            ended = update(identity_link).where(identity_link.c.token_hash == hashed(grant)).values(values)
            connection.execute(ended)

    def make_hand_in(self, reference: str) -> str:
        """A link by which somebody hands the record `reference` in under their account; an earlier one ends."""
        token = new_token()
        with self._database.writing() as connection:
            connection.execute(delete(identity_link).where(
                identity_link.c.reference == reference, identity_link.c.state == _State.HAND_IN.value
            ))  # fmt: skip
            self._add(connection, token, reference, _State.HAND_IN, "", HAND_IN_HOURS * 60)
        return token

    def hand_in_of(self, token: str) -> str:
        """The reference of the record that a link hands in. Raises IdentityLinkRefused."""
        with self._database.reading() as connection:
            return str(self._row(connection, token, _State.HAND_IN).reference)

    def end_hand_in(self, reference: str) -> None:
        """The record was handed in: no link does so any more."""
        with self._database.writing() as connection:
            connection.execute(delete(identity_link).where(
                identity_link.c.reference == reference, identity_link.c.state == _State.HAND_IN.value
            ))  # fmt: skip

    def sweep(self, connection: Connection) -> None:
        """Forget what has expired."""
        connection.execute(delete(identity_link).where(identity_link.c.expires_at <= int(self._clock())))

    def _add(
        self, connection: Connection, token: str, reference: str, state: _State, holder: str,
        minutes: int = IDENTITY_MINUTES,
    ) -> None:  # fmt: skip
        expires_at = int(self._clock()) + minutes * 60
        values = {"reference": reference, "state": state.value, "holder": holder, "expires_at": expires_at}
        connection.execute(insert(identity_link).values(token_hash=hashed(token), **values))

    def _row(self, connection: Connection, token: str, *states: _State) -> Row[tuple[object, ...]]:
        wanted = select(identity_link).where(identity_link.c.token_hash == hashed(token))
        row = connection.execute(wanted).first()
        if row is None or row.expires_at <= int(self._clock()) or row.state not in {each.value for each in states}:
            raise IdentityLinkRefused()
        return row
