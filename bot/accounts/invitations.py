"""One-time links, by which somebody gets an account or a new way into it: random, kept as a hash, for three days."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, delete, insert, select, update

from bot.accounts.database import Database
from bot.accounts.errors import InvitationRefused, NotChanged, OwnAccount
from bot.accounts.events import EventKind, Events
from bot.accounts.model import (
    COMMAND_LINE,
    Account,
    AccountState,
    Invitation,
    Place,
    clean_place,
    clean_roles,
    moment,
)
from bot.accounts.passwords import Passwords, require_good
from bot.accounts.people import add_account, required, set_name
from bot.accounts.schema import account, device, enrolled, enrolment_invitation, invitation, passkey, session
from bot.accounts.tokens import hashed, new_token

HOURS_VALID = 72


class Invitations:
    """Makes links and takes them in."""

    def __init__(
        self, database: Database, events: Events, passwords: Passwords, clock: Callable[[], float]
    ) -> None:
        self._database = database
        self._events = events
        self._passwords = passwords
        self._clock = clock

    def invite(
        self, roles: Collection[str], name: str = "", place: Place | None = None, by: str = COMMAND_LINE
    ) -> Invitation:
        """Make an account that waits for its person, and the link to it. Raises InvalidAccount."""
        wanted, where = clean_roles(roles), clean_place(place or Place())
        with self._database.writing() as connection:
            now = int(self._clock())
            account_id = add_account(connection, wanted, name, where, AccountState.INVITED, now)
            self._events.add(connection, EventKind.INVITED, by, account_id)
            return self._link(connection, account_id)

    def reset(self, account_id: str, by: str = COMMAND_LINE) -> Invitation:
        """Take every way into an account away, end its sessions, and make a link for a new way.

        For somebody who has lost a password or a device, and where one may be in other hands. Raises NotChanged.
        """
        with self._database.writing() as connection:
            _require_resettable(required(connection, account_id), by)
            for table in (session, device, passkey, invitation, enrolled, enrolment_invitation):
                connection.execute(delete(table).where(table.c.account_id == account_id))
            values = {"password_hash": None, "state": AccountState.INVITED.value}
            connection.execute(update(account).where(account.c.id == account_id).values(values))
            self._events.add(connection, EventKind.RESET, by, account_id)
            return self._link(connection, account_id)

    def look(self, token: str) -> Account:
        """For whom a link is. It still works afterwards. Raises InvitationRefused."""
        with self._database.reading() as connection:
            return required(connection, self._account_of(connection, token))

    def accept_with_password(self, token: str, name: str, password: str) -> str:
        """Use a link up: its account, whose id is returned, is active under this name and password.

        Raises InvitationRefused, or InvalidAccount; the link then still works.
        """
        self.look(token)
        require_good(password, name)
        stored = self._passwords.hash(password)
        with self.accepting(token, name) as (connection, account_id):
            values = {"password_hash": stored}
            connection.execute(update(account).where(account.c.id == account_id).values(values))
        return account_id

    @contextmanager
    def accepting(self, token: str, name: str) -> Iterator[tuple[Connection, str]]:
        """A block that uses a link up, and in which a way into the account is added. An error undoes all of it."""
        with self._database.writing() as connection:
            account_id = self._take(connection, token)
            set_name(connection, account_id, name)
            yield connection, account_id
            values = {"state": AccountState.ACTIVE.value}
            connection.execute(update(account).where(account.c.id == account_id).values(values))
            self._events.add(connection, EventKind.ACCEPTED, account_id)

    def sweep(self, connection: Connection) -> None:
        """Forget the links that have expired."""
        connection.execute(delete(invitation).where(invitation.c.expires_at <= int(self._clock())))

    def _link(self, connection: Connection, account_id: str) -> Invitation:
        token = new_token()
        expires_at = int(self._clock()) + HOURS_VALID * 60 * 60
        values = {"token_hash": hashed(token), "account_id": account_id, "expires_at": expires_at}
        connection.execute(insert(invitation).values(values))
        return Invitation(account_id, token, moment(expires_at))

    def _account_of(self, connection: Connection, token: str) -> str:
        wanted = select(invitation).where(invitation.c.token_hash == hashed(token))
        row = connection.execute(wanted).first()
        if row is None or row.expires_at <= int(self._clock()):
            raise InvitationRefused()
        return str(row.account_id)

    def _take(self, connection: Connection, token: str) -> str:
        account_id = self._account_of(connection, token)
        taken = connection.execute(delete(invitation).where(invitation.c.token_hash == hashed(token)))
        if taken.rowcount != 1:  # somebody else was first
            raise InvitationRefused()
        return account_id


def _require_resettable(found: Account, by: str) -> None:
    if found.id == by:
        raise OwnAccount("Nobody resets their own account.", "Ask another administrator.")
    if found.state is AccountState.SUSPENDED:
        raise NotChanged("This account is suspended.", "Restore it first.")
    if found.from_provider and not found.has_password:
        raise NotChanged(
            "This person signs in through your organisation.", "Ask whoever looks after that sign-in, or suspend it."
        )
