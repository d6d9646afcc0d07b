"""The accounts of an organisation as the rest of the application uses them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import delete

from bot.accounts.ceremonies import Ceremonies
from bot.accounts.database import Database
from bot.accounts.enrolments import Enrolments
from bot.accounts.events import DAYS_KEPT, Events
from bot.accounts.identity_links import IdentityLinks
from bot.accounts.invitations import Invitations
from bot.accounts.model import Session
from bot.accounts.open_id_settings import OpenIdSettings
from bot.accounts.passkeys import Passkeys
from bot.accounts.password_sign_in import PasswordSignIn
from bot.accounts.passwords import Passwords
from bot.accounts.people import People
from bot.accounts.schema import event
from bot.accounts.sessions import SessionLimits, Sessions
from bot.accounts.throttle import Throttle
from bot.accounts.tokens import counted_under

if TYPE_CHECKING:
    from bot.accounts.openid import OpenId


class Accounts:
    """People, the ways in which they sign in, their sessions, and what happened. Safe for use by several threads.

    `open_id` is None where the organisation has set no sign-in of its own. Every part raises AccountsUnavailable when
    the database cannot be used.
    """

    def __init__(
        self, url: str, *, limits: SessionLimits | None = None, open_id: OpenIdSettings | None = None,
        passwords: Passwords | None = None, clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        """Opens the accounts at `url`, or makes their tables. `clock` gives seconds since 1970.

        Raises AccountsUnavailable or AccountsSchemaError.
        """
        self._clock = clock
        self._database = Database(url)
        known = passwords or Passwords()
        self.limits = limits or SessionLimits()
        self.events = Events(self._database, clock)
        self.people = People(self._database, self.events, clock)
        self.invitations = Invitations(self._database, self.events, known, clock)
        self.identity_links = IdentityLinks(self._database, clock)
        self.enrolments = Enrolments(self._database, self.events, clock)
        self.sessions = Sessions(self._database, self.events, self.limits, clock)
        self._throttle = Throttle(clock)
        self.passwords = PasswordSignIn(self._database, self.events, known, self._throttle, clock)
        self._ceremonies = Ceremonies(self._database, clock)
        self.passkeys = Passkeys(self._database, self.events, self._ceremonies, self.invitations, clock)
        self.open_id = None if open_id is None else self._opened(open_id)

    def form_token(self, session: Session) -> str:
        """What the forms of a session must bring back. It outlives a change of the session's token."""
        return counted_under(self._database.salt, "form", session.id)

    def sweep(self) -> None:
        """Forget what is past its time: sessions, links, what was begun and not finished, counts, old events."""
        with self._database.writing() as connection:
            ways_in = (self.sessions, self.invitations, self._ceremonies, self._throttle, self.passwords)
            for part in (*ways_in, self.identity_links, self.enrolments):
                part.sweep(connection)
            old = int(self._clock()) - DAYS_KEPT * 24 * 60 * 60
            connection.execute(delete(event).where(event.c.at < old))

    def close(self) -> None:
        """Let go of the database and of the provider."""
        self._database.close()
        if self.open_id is not None:
            self.open_id.close()

    def _opened(self, settings: OpenIdSettings) -> OpenId:
        from bot.accounts.openid import OpenId, RoleClaim  # half a second, for those alone who have set it
        from bot.accounts.provider import Client, Provider

        provider = Provider(Client(settings.issuer, settings.client_id, settings.secret), self._clock)
        claim = RoleClaim(settings.role_claim, settings.roles)
        return OpenId(provider, claim, self._database, self.events, self._ceremonies, self._clock)
