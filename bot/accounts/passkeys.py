"""Passkeys: adding one, and signing in with one. The device checks its owner; nobody's failures delay it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from bot.accounts.ceremonies import Ceremonies
from bot.accounts.database import Database
from bot.accounts.errors import NotChanged, PasskeyRefused
from bot.accounts.events import EventKind, Events
from bot.accounts.invitations import Invitations
from bot.accounts.model import LONGEST_NAME, Passkey, moment, one_line
from bot.accounts.people import free_name, required
from bot.accounts.schema import passkey

MOST_PASSKEYS = 10
LARGEST_ANSWER = 20_000
LONGEST_ID = 400
_ADD = "passkey-add"
_USE = "passkey-use"

# webauthn takes half a second to import: only who uses a passkey waits for it.


@dataclass(frozen=True)
class Site:
    """Where passkeys belong: the host name, and the origin with its scheme and port."""

    host: str
    origin: str


class Passkeys:
    """The two ceremonies of a passkey, each begun for a browser and finished by the same one."""

    def __init__(
        self, database: Database, events: Events, ceremonies: Ceremonies, invitations: Invitations,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._database = database
        self._events = events
        self._ceremonies = ceremonies
        self._invitations = invitations
        self._clock = clock

    def options_to_add(self, browser: str, site: Site, account_id: str, name: str) -> str:
        """What a browser asks a device for, as JSON. Raises InvalidAccount for a name that cannot be kept.

        That is before the device makes anything: a passkey that nobody can use would stay in it.
        """
        from webauthn import generate_registration_options, options_to_json
        from webauthn.helpers import base64url_to_bytes
        from webauthn.helpers.structs import (
            AuthenticatorSelectionCriteria,
            PublicKeyCredentialDescriptor,
            ResidentKeyRequirement,
            UserVerificationRequirement,
        )

        with self._database.reading() as connection:
            clean = free_name(connection, account_id, name)
        known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.id)) for each in self.of(account_id)]
        options = generate_registration_options(
            rp_id=site.host, rp_name="Sharewell", user_id=account_id.encode(), user_name=clean,
            exclude_credentials=known,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
            ),
        )  # fmt: skip
        self._ceremonies.begin(browser, _ADD, {"challenge": options.challenge.hex(), "account": account_id})
        return options_to_json(options)

    def add(self, browser: str, site: Site, account_id: str, answer: str, label: str) -> None:
        """Keep the passkey that a device has made for a signed-in person. Raises PasskeyRefused or InvalidAccount."""
        made = self._made(browser, site, account_id, answer)
        with self._database.writing() as connection:
            self._keep(connection, account_id, made, label)
            self._events.add(connection, EventKind.PASSKEY_ADDED, account_id)

    def accept(self, browser: str, site: Site, token: str, name: str, answer: str) -> str:
        """Use an invitation up with a passkey, and return the id of its account.

        Raises InvitationRefused, PasskeyRefused or InvalidAccount; the link then still works.
        """
        made = self._made(browser, site, self._invitations.look(token).id, answer)
        with self._invitations.accepting(token, name) as (connection, account_id):
            self._keep(connection, account_id, made, "")
        return account_id

    def options_to_use(self, browser: str, site: Site) -> str:
        """What a browser asks a device for, as JSON: any passkey of this site."""
        from webauthn import generate_authentication_options, options_to_json
        from webauthn.helpers.structs import UserVerificationRequirement

        options = generate_authentication_options(
            rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED
        )
        self._ceremonies.begin(browser, _USE, {"challenge": options.challenge.hex()})
        return options_to_json(options)

    def recognise(self, browser: str, site: Site, answer: str) -> str:
        """The id of the account whose passkey a device has used. Raises PasskeyRefused, and writes that down."""
        begun = self._ceremonies.take(browser, _USE)
        account_id = ""
        try:
            given = _answer_of(answer)
            with self._database.writing() as connection:
                row = connection.execute(select(passkey).where(passkey.c.id == given["id"])).first()
                if begun is None or row is None:
                    raise PasskeyRefused()
                account_id = str(row.account_id)
                if not required(connection, account_id).active:
                    raise PasskeyRefused()
                count = _verified_use(given, bytes.fromhex(begun["challenge"]), site, row)
                connection.execute(update(passkey).where(passkey.c.id == row.id).values(sign_count=count))
        except PasskeyRefused:
            self._events.note(EventKind.SIGN_IN_FAILED, account_id)
            raise
        return account_id

    def of(self, account_id: str) -> tuple[Passkey, ...]:
        """The passkeys of an account, the oldest first."""
        with self._database.reading() as connection:
            wanted = select(passkey).where(passkey.c.account_id == account_id)
            rows = connection.execute(wanted.order_by(passkey.c.created_at, passkey.c.id)).all()
        return tuple(Passkey(row.id, row.label, moment(row.created_at)) for row in rows)

    def remove(self, account_id: str, passkey_id: str) -> None:
        """Take a passkey of one's own away. Raises NotChanged where nothing else is left to sign in with."""
        with self._database.writing() as connection:
            owner = required(connection, account_id)
            own = passkey.c.account_id == account_id
            others = connection.execute(select(passkey.c.id).where(own, passkey.c.id != passkey_id).limit(1)).first()
            if others is None and not owner.has_password and not owner.from_provider:
                raise NotChanged("This is your only way to sign in.", "Add another passkey or a password first.")
            if connection.execute(delete(passkey).where(own, passkey.c.id == passkey_id)).rowcount:
                self._events.add(connection, EventKind.PASSKEY_REMOVED, account_id)

    def _made(self, browser: str, site: Site, account_id: str, answer: str) -> dict[str, Any]:
        begun = self._ceremonies.take(browser, _ADD)
        given = _answer_of(answer)
        if begun is None or begun["account"] != account_id:
            raise PasskeyRefused()
        return _verified_new(given, bytes.fromhex(begun["challenge"]), site)

    def _keep(self, connection: Connection, account_id: str, made: dict[str, Any], label: str) -> None:
        taken = connection.execute(select(passkey.c.id).where(passkey.c.id == made["id"])).first()
        own = connection.execute(select(passkey.c.label).where(passkey.c.account_id == account_id)).all()
        if taken is not None or len(own) >= MOST_PASSKEYS:
            raise PasskeyRefused()
        words = one_line(label)[:LONGEST_NAME] or _free_label({row.label for row in own})
        values = {"account_id": account_id, "label": words, "created_at": int(self._clock())}
        connection.execute(insert(passkey).values(**made, **values))


def _free_label(used: Iterable[str]) -> str:
    return next(label for number in range(1, MOST_PASSKEYS + 2) if (label := f"Passkey {number}") not in used)


def _answer_of(answer: str) -> dict[str, Any]:
    """What a device sent, where it has the form of an answer. Raises PasskeyRefused."""
    try:
        given = json.loads(answer) if len(answer) <= LARGEST_ANSWER else None
    except (ValueError, RecursionError):
        given = None
    if not isinstance(given, dict) or not isinstance(given.get("id"), str) or len(given["id"]) > LONGEST_ID:
        raise PasskeyRefused()
    return given


def _verified_new(given: dict[str, Any], challenge: bytes, site: Site) -> dict[str, Any]:
    from webauthn import verify_registration_response
    from webauthn.helpers import bytes_to_base64url

    try:
        found = verify_registration_response(
            credential=given, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            require_user_verification=True,
        )  # fmt: skip
    except Exception:  # the library lets errors of several kinds through where an answer is malformed
        raise PasskeyRefused() from None
    return {
        "id": bytes_to_base64url(found.credential_id), "public_key": found.credential_public_key,
        "sign_count": found.sign_count,
    }  # fmt: skip


def _verified_use(given: dict[str, Any], challenge: bytes, site: Site, row: Any) -> int:
    from webauthn import verify_authentication_response

    try:
        found = verify_authentication_response(
            credential=given, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            credential_public_key=row.public_key, credential_current_sign_count=row.sign_count,
            require_user_verification=True,
        )  # fmt: skip
    except Exception:  # as above
        raise PasskeyRefused() from None
    return int(found.new_sign_count)
