"""The organisation's OpenID provider over HTTPS: what it says of itself, its keys, and its answer to a code.

Nothing is believed that is not signed by a key of the provider, for us, for this sign-in, and now.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from authlib.oauth2.auth import ClientAuth  # type: ignore[import-untyped]
from authlib.oauth2.rfc6749.parameters import prepare_token_request  # type: ignore[import-untyped]
from authlib.oidc.core import CodeIDToken  # type: ignore[import-untyped]
from authlib.oidc.discovery import get_well_known_url  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from bot.accounts.errors import ProviderError

ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
"""Signatures by a key of the provider alone. Never "none", and never a secret that both sides share."""

LEEWAY = 60
"""Seconds by which the clocks of the two may differ."""

_READ_AGAIN_SECONDS = 60 * 60
_KEYS_AGAIN_SECONDS = 10
_TIMEOUT = httpx.Timeout(10.0)
_LARGEST_ANSWER = 256 * 1024
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Client:
    """Ourselves, as the provider knows us."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Expected:
    """What the answer must carry: the nonce of this sign-in, and how old the proof of the person may be, if at all."""

    nonce: str
    redirect_uri: str
    verifier: str
    oldest_proof: int | None = None


@dataclass(frozen=True)
class Description:
    """What the provider says of itself."""

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    secret_in_body: bool


class Provider:
    """One OpenID provider. Raises ProviderError for whatever is not as it must be."""

    def __init__(self, client: Client, clock: Callable[[], float]) -> None:
        self._client = client
        self._clock = clock
        self._http = httpx.Client(timeout=_TIMEOUT, follow_redirects=False)
        self._lock = threading.Lock()
        self._described: tuple[float, Description] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def close(self) -> None:
        self._http.close()

    @property
    def issuer(self) -> str:
        return self._client.issuer

    @property
    def client_id(self) -> str:
        return self._client.client_id

    def describe(self) -> Description:
        """What the provider says of itself, asked for once an hour."""
        with self._lock:
            if self._described is None or self._clock() - self._described[0] > _READ_AGAIN_SECONDS:
                self._described = (self._clock(), self._read_description())
            return self._described[1]

    def claims(self, code: str, expected: Expected) -> Mapping[str, Any]:
        """What the provider says about the person who came back with `code`."""
        answer = self._exchange(code, expected)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("no-id-token")
        return self._verified(token, expected, answer.get("access_token"))

    def _verified(self, token: str, expected: Expected, access_token: Any) -> Mapping[str, Any]:
        try:
            decoded = self._decoded(token)
            options = {
                "iss": {"essential": True, "value": self._client.issuer},
                "aud": {"essential": True, "value": self._client.client_id},
                "sub": {"essential": True}, "exp": {"essential": True}, "nonce": {"essential": True},
            }  # fmt: skip
            params = {"nonce": expected.nonce, "client_id": self._client.client_id, "access_token": access_token}
            claims = CodeIDToken(decoded.claims, decoded.header, options, params)
            claims.validate(now=int(self._clock()), leeway=LEEWAY)
        except JoseError as error:
            raise ProviderError(f"token-{error.error}") from None
        except (ValueError, TypeError, KeyError):
            raise ProviderError("token-malformed") from None
        self._require_recent(claims, expected.oldest_proof)
        return dict(claims)

    def _require_recent(self, claims: Mapping[str, Any], oldest: int | None) -> None:
        proved = claims.get("auth_time")
        if oldest is not None and not (isinstance(proved, int | float) and proved >= oldest - LEEWAY):
            raise ProviderError("proof-too-old")

    def _decoded(self, token: str) -> jwt.Token:
        try:
            return jwt.decode(token, self._key_set(_READ_AGAIN_SECONDS), algorithms=ALGORITHMS)
        except (JoseError, ValueError):
            # The provider may have changed its keys: ask again, but not for every forged token.
            return jwt.decode(token, self._key_set(_KEYS_AGAIN_SECONDS), algorithms=ALGORITHMS)

    def _key_set(self, oldest: float) -> KeySet:
        """The provider's keys, read at most `oldest` seconds ago."""
        address = self.describe().jwks_uri
        with self._lock:
            if self._keys is None or self._clock() - self._keys[0] > oldest:
                found = self._json(self._sent("GET", address))
                self._keys = (self._clock(), KeySet.import_key_set(found))  # type: ignore[arg-type]
            return self._keys[1]

    def _exchange(self, code: str, expected: Expected) -> dict[str, Any]:
        description = self.describe()
        body = prepare_token_request(
            "authorization_code", redirect_uri=expected.redirect_uri, code=code, code_verifier=expected.verifier
        )
        method = "client_secret_post" if description.secret_in_body else "client_secret_basic"
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        auth = ClientAuth(self._client.client_id, self._client.secret, method)
        _, headers, body = auth.prepare("POST", description.token_endpoint, headers, body)
        return self._json(self._sent("POST", description.token_endpoint, headers, body))

    def _read_description(self) -> Description:
        found = self._json(self._sent("GET", get_well_known_url(self._client.issuer, external=True)))
        if found.get("issuer") != self._client.issuer:
            raise ProviderError("issuer-differs")
        authorization, token, keys = (
            _private(found.get(name)) for name in ("authorization_endpoint", "token_endpoint", "jwks_uri")
        )
        methods = found.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        return Description(authorization, token, keys, "client_secret_basic" not in methods)

    def _sent(
        self, method: str, address: str, headers: Mapping[str, str] | None = None, body: str = ""
    ) -> httpx.Response:
        try:
            with self._http.stream(method, address, headers=headers, content=body or None) as response:
                read = bytearray()
                for chunk in response.iter_bytes():
                    read += chunk
                    if len(read) > _LARGEST_ANSWER:
                        raise ProviderError("answer-too-large")
        except httpx.HTTPError as error:
            raise ProviderError(f"no-answer-{type(error).__name__}") from None
        if response.status_code != httpx.codes.OK:
            raise ProviderError(f"status-{response.status_code}")
        return httpx.Response(response.status_code, content=bytes(read))

    def _json(self, response: httpx.Response) -> dict[str, Any]:
        try:
            found = response.json()
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ProviderError("answer-not-json")
        return found


def _private(address: Any) -> str:
    """`address`, where what is sent there can be read by nobody on the way: https, or this very machine."""
    parts = urlsplit(address if isinstance(address, str) else "")
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return str(address)
    raise ProviderError("address-not-https")
