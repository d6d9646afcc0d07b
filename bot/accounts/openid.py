"""Signing in through the organisation: OpenID Connect, authorization code with PKCE, state and nonce.

The provider says who somebody is and, by one claim, what they do. The account here is made with the first sign-in.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from sqlalchemy import Connection, select, update

from bot.accounts.ceremonies import Ceremonies
from bot.accounts.database import Database
from bot.accounts.errors import InvalidAccount, ProviderError, SignInRefused
from bot.accounts.events import EventKind, Events
from bot.accounts.model import LONGEST_NAME, AccountState, Place, one_line
from bot.accounts.people import add_account, put_roles, required, set_name
from bot.accounts.permissions import Role
from bot.accounts.provider import Expected, Provider
from bot.accounts.schema import account
from bot.accounts.tokens import hashed, new_token

SCOPE = "openid profile"
MOST_NAMESAKES = 50
_KIND = "openid"


@dataclass(frozen=True)
class RoleClaim:
    """Which claim tells what somebody does, and which of its values stands for which roles here."""

    name: str
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)

    def of(self, claims: Mapping[str, Any]) -> frozenset[Role]:
        """The roles that the claim gives; none where it names none of ours."""
        given = claims.get(self.name)
        values = given if isinstance(given, list) else [given]
        found: set[Role] = set()
        for value in values:
            found |= self.roles.get(value, frozenset()) if isinstance(value, str) else frozenset()
        return frozenset(found)


@dataclass(frozen=True)
class Returned:
    """Who came back from the provider, what for ("sign-in", or the id of the account to confirm), and where to go."""

    account_id: str
    purpose: str
    then: str


class OpenId:
    """Begins a sign-in at the provider, and finishes it for the same browser only."""

    def __init__(
        self, provider: Provider, claim: RoleClaim, database: Database, events: Events, ceremonies: Ceremonies,
        clock: Callable[[], float],
    ) -> None:  # fmt: skip
        self._provider = provider
        self._claim = claim
        self._database = database
        self._events = events
        self._ceremonies = ceremonies
        self._clock = clock

    def begin(self, browser: str, redirect_uri: str, then: str) -> str:
        """The address at the provider to which a browser is sent to sign in. Raises ProviderError."""
        return self._begin(browser, {"purpose": "sign-in", "redirect_uri": redirect_uri, "then": then}, {})

    def begin_proof(self, browser: str, redirect_uri: str, then: str, account_id: str) -> str:
        """The same for somebody signed in who has to show again who they are: the provider must ask them anew."""
        kept = {"purpose": account_id, "redirect_uri": redirect_uri, "then": then, "asked_at": str(int(self._clock()))}
        return self._begin(browser, kept, {"prompt": "login", "max_age": "0"})

    def finish(self, browser: str, query: str) -> Returned:
        """Who came back with `query`, the part of the address after "?".

        Raises ProviderError where the answer is not to be believed, and SignInRefused where the person has no role
        here. Both are written down.
        """
        kept = self._ceremonies.take(browser, _KIND)
        try:
            if kept is None:
                raise ProviderError("not-begun-here")
            claims = self._claims(kept, dict(parse_qsl(query, max_num_fields=20)))
            account_id = self._account(claims)
            if kept["purpose"] not in ("sign-in", account_id):
                raise ProviderError("another-person")
        except (ProviderError, SignInRefused, ValueError) as error:
            self._events.note(EventKind.SIGN_IN_FAILED)
            if isinstance(error, ValueError):
                raise ProviderError("query-malformed") from None
            raise
        return Returned(account_id, kept["purpose"], kept["then"])

    def close(self) -> None:
        self._provider.close()

    def _begin(self, browser: str, kept: dict[str, str], more: Mapping[str, str]) -> str:
        description = self._provider.describe()
        kept |= {"state": new_token(), "nonce": new_token(), "verifier": new_token()}
        self._ceremonies.begin(browser, _KIND, kept)
        address: str = prepare_grant_uri(
            description.authorization_endpoint, self._provider.client_id, "code", kept["redirect_uri"], SCOPE,
            kept["state"], nonce=kept["nonce"], code_challenge=create_s256_code_challenge(kept["verifier"]),
            code_challenge_method="S256", **more,
        )  # fmt: skip
        return address

    def _claims(self, kept: Mapping[str, str], given: Mapping[str, str]) -> Mapping[str, Any]:
        if not hmac.compare_digest(given.get("state", "").encode(), kept["state"].encode()):
            raise ProviderError("state-differs")
        if given.get("iss", self._provider.issuer) != self._provider.issuer:  # RFC 9207, against a mix-up
            raise ProviderError("issuer-differs")
        if "error" in given or not given.get("code"):
            raise ProviderError("refused-there")
        asked_at = kept.get("asked_at")
        expected = Expected(
            kept["nonce"], kept["redirect_uri"], kept["verifier"], None if asked_at is None else int(asked_at)
        )
        return self._provider.claims(given["code"], expected)

    def _account(self, claims: Mapping[str, Any]) -> str:
        """The account of the person, with the roles that the provider gives now. Made where there is none yet."""
        subject = hashed(f"{self._provider.issuer}\0{claims['sub']}")
        roles = self._claim.of(claims)
        with self._database.writing() as connection:
            row = connection.execute(select(account).where(account.c.provider_subject == subject)).first()
            suspended = row is not None and row.state == AccountState.SUSPENDED.value
            if not roles or suspended:
                if row is not None and not suspended:
                    self._withdraw(connection, str(row.id))
            else:
                return self._welcomed(connection, None if row is None else str(row.id), subject, roles, claims)
        raise SignInRefused(
            "Your organisation's sign-in knows you, but you have no role here.",
            "Ask the person who looks after this service.",
        )

    def _welcomed(
        self, connection: Connection, known: str | None, subject: str, roles: frozenset[Role],
        claims: Mapping[str, Any],
    ) -> str:  # fmt: skip
        if known is None:
            now = int(self._clock())
            account_id = add_account(connection, roles, "", Place(), AccountState.ACTIVE, now)
            self._events.add(connection, EventKind.ACCEPTED, account_id)
            _name(connection, account_id, claims)
            values = {"provider_subject": subject}
            connection.execute(update(account).where(account.c.id == account_id).values(values))
            return account_id
        if required(connection, known).roles != roles:
            put_roles(connection, known, roles)
            self._events.add(connection, EventKind.ROLES_CHANGED, known, known)
        return known

    def _withdraw(self, connection: Connection, account_id: str) -> None:
        """The provider gives no role any more: nor do we."""
        if required(connection, account_id).roles:
            put_roles(connection, account_id, frozenset())
            self._events.add(connection, EventKind.ROLES_CHANGED, account_id, account_id)


def _name(connection: Connection, account_id: str, claims: Mapping[str, Any]) -> None:
    """Begin with the name that the provider gives, or one like it; the person may change it."""
    given = claims.get("name")
    name = one_line(given)[: LONGEST_NAME - 4] if isinstance(given, str) else ""
    for number in range(1, MOST_NAMESAKES):
        try:
            set_name(connection, account_id, name if number == 1 else f"{name} {number}")
            return
        except InvalidAccount:
            continue
