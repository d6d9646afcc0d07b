"""Which account somebody of another company's service belongs to, such as a user of Telegram: by invitation, once.

The person is known here by a keyed hash alone, whose key is not in this database. What a notice is sent to is kept
only where the person asked for notices, encrypted by whoever keeps the key, and goes when they no longer want them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from bot.accounts.database import Database
from bot.accounts.errors import InvitationRefused, NotChanged
from bot.accounts.events import EventKind, Events
from bot.accounts.invitations import HOURS_VALID
from bot.accounts.model import COMMAND_LINE, Account, Invitation, moment
from bot.accounts.people import required
from bot.accounts.schema import enrolled, enrolment_invitation
from bot.accounts.tokens import hashed, new_token


@dataclass(frozen=True)
class Listener:
    """Somebody who wants to be told: the account, the encrypted address, and the last record that was told of."""

    person: str
    account: Account
    address: bytes
    told: int


class Enrolments:
    """Makes invitations, takes them in, and says which account somebody acts under."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], float]) -> None:
        self._database = database
        self._events = events
        self._clock = clock

    def invite(self, account_id: str, by: str = COMMAND_LINE) -> Invitation:
        """An invitation for an account, which works once. An earlier one no longer works.

        Raises UnknownAccount, or NotChanged where the account is not in use.
        """
        token = new_token()
        expires_at = int(self._clock()) + HOURS_VALID * 60 * 60
        with self._database.writing() as connection:
            if not required(connection, account_id).active:
                raise NotChanged("This account is not in use.", "Its person joins first, or is restored.")
            table = enrolment_invitation
            connection.execute(delete(table).where(table.c.account_id == account_id))
            values = {"token_hash": hashed(token), "account_id": account_id, "expires_at": expires_at}
            connection.execute(insert(table).values(values))
            self._events.add(connection, EventKind.ENROLMENT_OFFERED, by, account_id)
        return Invitation(account_id, token, moment(expires_at))

    def look(self, token: str) -> Account:
        """For whom an invitation is. It still works afterwards. Raises InvitationRefused."""
        with self._database.reading() as connection:
            return self._invited(connection, token)

    def enrol(self, token: str, person: str) -> Account:
        """Use an invitation up: from now on `person` acts under its account, and nobody else does.

        Raises InvitationRefused.
        """
        table = enrolment_invitation
        with self._database.writing() as connection:
            account = self._invited(connection, token)
            taken = connection.execute(delete(table).where(table.c.token_hash == hashed(token)))
            if taken.rowcount != 1:  # somebody else was first
                raise InvitationRefused()
            self._forget(connection, account.id, person)
            values = {"person": person, "account_id": account.id, "enrolled_at": int(self._clock()), "told": 0}
            connection.execute(insert(enrolled).values(values))
            self._events.add(connection, EventKind.ENROLLED, account.id)
        return account

    def account_of(self, person: str) -> Account | None:
        """The account under which `person` acts; None where there is none, or it is not in use."""
        with self._database.reading() as connection:
            row = connection.execute(select(enrolled.c.account_id).where(enrolled.c.person == person)).first()
            account = None if row is None else required(connection, row.account_id)
        return account if account is not None and account.active else None

    def leave(self, person: str) -> None:
        """End the enrolment of `person`, and forget the address where one was kept."""
        with self._database.writing() as connection:
            row = connection.execute(select(enrolled.c.account_id).where(enrolled.c.person == person)).first()
            if row is not None:
                self._ended(connection, row.account_id, row.account_id)

    def end(self, account_id: str, by: str = COMMAND_LINE) -> None:
        """End the enrolment of an account, and its invitation. Raises UnknownAccount."""
        with self._database.writing() as connection:
            required(connection, account_id)
            self._ended(connection, account_id, by)

    def listen(self, person: str, address: bytes, told: int) -> None:
        """Keep the encrypted `address` for notices of records after the number `told`."""
        self._set(person, address=address, told=told)

    def deafen(self, person: str) -> None:
        """Forget the address: no more notices."""
        self._set(person, address=None, told=0)

    def hears(self, person: str) -> bool:
        """Whether `person` is told of what waits."""
        with self._database.reading() as connection:
            row = connection.execute(select(enrolled.c.address).where(enrolled.c.person == person)).first()
        return row is not None and row.address is not None

    def enrolled(self) -> frozenset[str]:
        """The ids of the accounts for which somebody acts."""
        with self._database.reading() as connection:
            return frozenset(connection.execute(select(enrolled.c.account_id)).scalars())

    def listeners(self) -> tuple[Listener, ...]:
        """Everybody who wants to be told, and whose account is in use."""
        with self._database.reading() as connection:
            rows = connection.execute(select(enrolled).where(enrolled.c.address.is_not(None))).all()
            found = [Listener(row.person, required(connection, row.account_id), row.address, row.told) for row in rows]
        return tuple(each for each in found if each.account.active)

    def claim(self, person: str, before: int, told: int) -> bool:
        """Note that `person` is told of the record with the number `told`. False where another program was first."""
        with self._database.writing() as connection:
            mine = (enrolled.c.person == person, enrolled.c.told == before)
            return connection.execute(update(enrolled).where(*mine).values(told=told)).rowcount == 1

    def sweep(self, connection: Connection) -> None:
        """Forget the invitations that have expired."""
        past = enrolment_invitation.c.expires_at <= int(self._clock())
        connection.execute(delete(enrolment_invitation).where(past))

    def _set(self, person: str, *, address: bytes | None, told: int) -> None:
        with self._database.writing() as connection:
            values = {"address": address, "told": told}
            connection.execute(update(enrolled).where(enrolled.c.person == person).values(values))

    def _invited(self, connection: Connection, token: str) -> Account:
        table = enrolment_invitation
        row = connection.execute(select(table).where(table.c.token_hash == hashed(token))).first()
        if row is None or row.expires_at <= int(self._clock()):
            raise InvitationRefused()
        account = required(connection, row.account_id)
        if not account.active:
            raise InvitationRefused()
        return account

    def _ended(self, connection: Connection, account_id: str, by: str) -> None:
        invited = enrolment_invitation
        connection.execute(delete(invited).where(invited.c.account_id == account_id))
        gone = connection.execute(delete(enrolled).where(enrolled.c.account_id == account_id))
        if gone.rowcount:
            self._events.add(connection, EventKind.ENROLMENT_ENDED, by, account_id)

    def _forget(self, connection: Connection, account_id: str, person: str) -> None:
        connection.execute(delete(enrolled).where(enrolled.c.account_id == account_id))
        connection.execute(delete(enrolled).where(enrolled.c.person == person))
