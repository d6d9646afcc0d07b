"""Signing in with a name and a password: the same work, and the same answer, whether the account exists or not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from bot.accounts.database import Database
from bot.accounts.errors import SignInRefused, TooManyAttempts
from bot.accounts.events import EventKind, Events
from bot.accounts.model import AccountState, name_key
from bot.accounts.passwords import Passwords, require_good
from bot.accounts.people import required
from bot.accounts.schema import account, device, passkey, session
from bot.accounts.throttle import FREE_FOR_ADDRESS, FREE_FOR_NAME, Counted, Throttle
from bot.accounts.tokens import counted_under, hashed, new_token

DEVICE_DAYS = 180


@dataclass(frozen=True)
class Attempt:
    """What somebody typed, and whence: the address of the request, and the token of a browser known from before."""

    name: str
    password: str
    address: str
    device: str = ""


@dataclass(frozen=True)
class Recognised:
    """Whose password it was, and the token by which this browser will be known."""

    account_id: str
    device: str


@dataclass(frozen=True)
class _Known:
    account_id: str
    stored: str | None
    counted: tuple[Counted, ...]
    address: Counted


class PasswordSignIn:
    """Checks passwords, slows down guessing, and changes a password."""

    def __init__(
        self, database: Database, events: Events, passwords: Passwords, throttle: Throttle,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._database = database
        self._events = events
        self._passwords = passwords
        self._throttle = throttle
        self._clock = clock

    def recognise(self, attempt: Attempt) -> Recognised:
        """Raises SignInRefused, or TooManyAttempts; neither says whether there is such an account."""
        with self._database.writing() as connection:
            known = self._look(connection, attempt)
            seconds = self._throttle.wait(connection, known.counted)
        if seconds:
            raise TooManyAttempts(seconds)
        if not self._passwords.matches(known.stored, attempt.password):
            self._note_failure(known)
            raise SignInRefused()
        return self._welcome(known, attempt)

    def proves(self, account_id: str, password: str) -> None:
        """Whether a signed-in person knows their password. Raises SignInRefused, or TooManyAttempts."""
        own = Counted(counted_under(self._database.salt, "proof", account_id), FREE_FOR_NAME)
        with self._database.writing() as connection:
            seconds = self._throttle.wait(connection, [own])
            stored = _stored_of(connection, account_id)
        if seconds:
            raise TooManyAttempts(seconds)
        if not self._passwords.matches(stored, password):
            self._events.note(EventKind.PROOF_FAILED, account_id)
            raise SignInRefused("The password is not right.", "Check it, then try again.")
        with self._database.writing() as connection:
            self._throttle.succeeded(connection, [own], [])

    def change(self, account_id: str, password: str, this_session: str) -> None:
        """Set a new password; other browsers are signed out and no longer known. Raises InvalidAccount."""
        with self._database.reading() as connection:
            name = required(connection, account_id).name
        require_good(password, name)
        stored = self._passwords.hash(password)
        with self._database.writing() as connection:
            connection.execute(update(account).where(account.c.id == account_id).values(password_hash=stored))
            connection.execute(delete(device).where(device.c.account_id == account_id))
            others = delete(session).where(session.c.account_id == account_id, session.c.id != this_session)
            connection.execute(others)
            self._events.add(connection, EventKind.PASSWORD_CHANGED, account_id)

    def remove(self, account_id: str) -> None:
        """Take the password away where a passkey is left to sign in with. Raises SignInRefused where none is."""
        with self._database.writing() as connection:
            keys = select(passkey.c.id).where(passkey.c.account_id == account_id).limit(1)
            if connection.execute(keys).first() is None:
                raise SignInRefused("This is your only way to sign in.", "Add a passkey first.")
            connection.execute(update(account).where(account.c.id == account_id).values(password_hash=None))
            self._events.add(connection, EventKind.PASSWORD_CHANGED, account_id)

    def sweep(self, connection: Connection) -> None:
        """Forget browsers that were not used for half a year."""
        old = int(self._clock()) - DEVICE_DAYS * 24 * 60 * 60
        connection.execute(delete(device).where(device.c.used_at < old))

    def _look(self, connection: Connection, attempt: Attempt) -> _Known:
        """Whom the name may stand for, and what the attempt is counted under: the same questions for every name."""
        key, salt = name_key(attempt.name), self._database.salt
        found = connection.execute(select(account).where(account.c.name_key == key)).first()
        browser = connection.execute(select(device).where(device.c.token_hash == hashed(attempt.device))).first()
        address = Counted(counted_under(salt, "address", attempt.address), FREE_FOR_ADDRESS)
        active = found is not None and found.state == AccountState.ACTIVE.value
        account_id = str(found.id) if found is not None and active else ""
        stored = found.password_hash if found is not None and active else None
        if browser is not None and browser.account_id == account_id:
            own = Counted(counted_under(salt, "device", hashed(attempt.device)), FREE_FOR_NAME)
            return _Known(account_id, stored, (own,), address)
        both = Counted(counted_under(salt, "name", key, attempt.address), FREE_FOR_NAME)
        return _Known(account_id, stored, (both, address), address)

    def _note_failure(self, known: _Known) -> None:
        with self._database.writing() as connection:
            delayed = self._throttle.delays(connection, known.counted)
            kind = EventKind.SIGN_IN_DELAYED if delayed else EventKind.SIGN_IN_FAILED
            self._events.add(connection, kind, known.account_id)

    def _welcome(self, known: _Known, attempt: Attempt) -> Recognised:
        token, now = new_token(), int(self._clock())
        with self._database.writing() as connection:
            own = [each for each in known.counted if each is not known.address]
            self._throttle.succeeded(connection, own, [each for each in known.counted if each is known.address])
            connection.execute(delete(device).where(device.c.token_hash == hashed(attempt.device)))
            values = {"token_hash": hashed(token), "account_id": known.account_id, "used_at": now}
            connection.execute(insert(device).values(values))
            if known.stored is not None and self._passwords.outdated(known.stored):
                better = self._passwords.hash(attempt.password)
                connection.execute(
                    update(account).where(account.c.id == known.account_id).values(password_hash=better)
                )
        return Recognised(known.account_id, token)


def _stored_of(connection: Connection, account_id: str) -> str | None:
    stored = connection.execute(select(account.c.password_hash).where(account.c.id == account_id)).scalar_one_or_none()
    return None if stored is None else str(stored)
