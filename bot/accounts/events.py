"""What happened with accounts, for auditors: sign-ins, denials and changes. Never a name, never anything typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from bot.accounts.database import Database
from bot.accounts.model import moment
from bot.accounts.permissions import Action
from bot.accounts.schema import event

DAYS_KEPT = 400
"""A year and a month: long enough for a yearly audit."""


class EventKind(StrEnum):
    """What an event tells of."""

    INVITED = "invited"
    ACCEPTED = "invitation-accepted"
    INVITATION_REFUSED = "invitation-refused"
    SIGNED_IN_PASSWORD = "signed-in-password"
    SIGNED_IN_PASSKEY = "signed-in-passkey"
    SIGNED_IN_PROVIDER = "signed-in-organisation"
    SIGN_IN_FAILED = "sign-in-failed"
    SIGN_IN_DELAYED = "sign-in-delayed"
    SIGNED_OUT = "signed-out"
    SESSION_ENDED = "session-ended"
    PROVED = "identity-confirmed"
    PROOF_FAILED = "identity-not-confirmed"
    DENIED = "denied"
    FORGED = "forged-form"
    ROLES_CHANGED = "roles-changed"
    PLACE_CHANGED = "team-changed"
    NAME_CHANGED = "name-changed"
    PASSWORD_CHANGED = "password-changed"
    PASSKEY_ADDED = "passkey-added"
    PASSKEY_REMOVED = "passkey-removed"
    SUSPENDED = "suspended"
    RESTORED = "restored"
    RESET = "reset"
    IDENTITY_LINK_REFUSED = "identity-link-refused"
    ENROLMENT_OFFERED = "enrolment-offered"
    ENROLLED = "enrolled"
    ENROLMENT_ENDED = "enrolment-ended"


@dataclass(frozen=True)
class Event:
    """One thing that happened. Accounts are named by their ids; `action` is what was denied, if anything was."""

    number: int
    at: datetime
    kind: EventKind
    account_id: str
    about_id: str
    action: str


class Events:
    """Writes events down, and reads them again, the newest first."""

    def __init__(self, database: Database, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def add(
        self, connection: Connection, kind: EventKind, account_id: str = "", about_id: str = "", action: str = ""
    ) -> None:
        """Write an event in the transaction of what it tells of."""
        values = {"kind": kind.value, "account_id": account_id, "about_id": about_id, "action": action}
        connection.execute(insert(event).values(at=int(self._clock()), **values))

    def note(self, kind: EventKind, account_id: str = "", about_id: str = "") -> None:
        """Write an event down alone."""
        with self._database.writing() as connection:
            self.add(connection, kind, account_id, about_id)

    def denied(self, action: Action, account_id: str) -> None:
        """Write down that an account may not do what it tried."""
        with self._database.writing() as connection:
            self.add(connection, EventKind.DENIED, account_id, action=action.value)

    def newest(self, limit: int, before: int | None = None, kind: EventKind | None = None) -> tuple[Event, ...]:
        """At most `limit` events, the newest first; those older than the event with number `before`."""
        wanted = select(event).order_by(event.c.number.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(event.c.number < before)
        if kind is not None:
            wanted = wanted.where(event.c.kind == kind.value)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).all()
        return tuple(
            Event(row.number, moment(row.at), EventKind(row.kind), row.account_id, row.about_id, row.action)
            for row in rows
        )
