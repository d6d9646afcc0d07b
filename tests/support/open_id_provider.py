"""A strict OpenID provider over HTTP: it checks all that a client sends, and signs real tokens, or wrong ones."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

CLIENT_ID = "sharewell"
SECRET = "a-secret-of-the-client"
GOOD = "authorization_code"


@dataclass
class Grant:
    """What a code stands for."""

    redirect_uri: str
    challenge: str
    nonce: str
    auth_time: int


@dataclass
class Provider:
    """What the provider says and does. A test changes its attributes to make it lie or fail."""

    url: str
    redirect_uri: str
    now: Any
    person: dict[str, Any] = field(
        default_factory=lambda: {"sub": "person-1", "name": "Ash Grove", "groups": ["leads"]}
    )
    wrong: dict[str, Any] = field(default_factory=dict)
    """Claims that replace the right ones; None leaves a claim out."""

    description: dict[str, Any] = field(default_factory=dict)
    keys: list[RSAKey] = field(default_factory=list)
    signing: Any = None
    header: dict[str, Any] = field(default_factory=dict)
    refuses: bool = False
    asked: list[dict[str, str]] = field(default_factory=list)
    exchanged: list[str] = field(default_factory=list)
    grants: dict[str, Grant] = field(default_factory=dict)
    key_reads: int = 0
    signed_in_at: int | None = None
    """When the person signed in at the provider; None where that is now."""

    def rotate(self) -> None:
        """Sign with a new key, and publish that one alone."""
        key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig", "alg": "RS256"})
        self.keys = [key]
        self.signing = key

    def authorize(self, query: dict[str, str]) -> str:
        """The address to which a browser is sent back. Raises AssertionError where the client sent something wrong."""
        self.asked.append(query)
        assert query["response_type"] == "code" and query["client_id"] == CLIENT_ID
        assert query["redirect_uri"] == self.redirect_uri, "this address is not registered"
        assert "openid" in query["scope"].split()
        assert query["code_challenge_method"] == "S256" and len(query["code_challenge"]) == 43
        assert len(query["state"]) >= 32 and len(query["nonce"]) >= 32
        if self.refuses:
            return f"{self.redirect_uri}?{urlencode({'error': 'access_denied', 'state': query['state']})}"
        code = secrets.token_urlsafe(16)
        signed_in = self.signed_in_at
        at = int(self.now()) if signed_in is None or query.get("prompt") == "login" and signed_in > 0 else signed_in
        self.grants[code] = Grant(query["redirect_uri"], query["code_challenge"], query["nonce"], abs(at))
        return f"{self.redirect_uri}?{urlencode({'code': code, 'state': query['state'], 'iss': self.url})}"

    def exchange(self, authorization: str, body: dict[str, str]) -> dict[str, Any]:
        """Tokens for a code, which serves once."""
        expected = base64.b64encode(f"{CLIENT_ID}:{SECRET}".encode()).decode()
        assert authorization == f"Basic {expected}", "the client did not show its secret"
        assert body["grant_type"] == GOOD
        grant = self.grants.pop(body["code"])
        self.exchanged.append(body["code"])
        assert body["redirect_uri"] == grant.redirect_uri
        shown = base64.urlsafe_b64encode(hashlib.sha256(body["code_verifier"].encode()).digest()).decode().rstrip("=")
        assert shown == grant.challenge, "the verifier is another"
        return {"access_token": "unused", "token_type": "Bearer", "id_token": self.token(grant)}

    def token(self, grant: Grant) -> str:
        now = int(self.now())
        claims = {
            "iss": self.url, "aud": CLIENT_ID, "exp": now + 300, "iat": now, "nonce": grant.nonce,
            "auth_time": grant.auth_time, **self.person, **self.wrong,
        }  # fmt: skip
        said = {name: value for name, value in claims.items() if value is not None}
        key = self.signing
        header = {"alg": "RS256", "kid": key.kid, **self.header} if isinstance(key, RSAKey) else dict(self.header)
        if header["alg"] == "none":
            parts = [json.dumps(part).encode() for part in (header, said)]
            return ".".join(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts) + "."
        return jwt.encode(header, said, key, algorithms=[header["alg"]])

    def published(self) -> dict[str, Any]:
        self.key_reads += 1
        return dict(KeySet([*self.keys]).as_dict(private=False))

    def described(self) -> dict[str, Any]:
        return {
            "issuer": self.url, "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token", "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"], **self.description,
        }  # fmt: skip


def shared_secret_key() -> OctKey:
    """The client's own secret as a key: a token signed with it could be anybody's who knows the secret."""
    return OctKey.import_key(SECRET.ljust(32, "-"))


@contextmanager
def running_provider(redirect_uri: str, now: Any) -> Iterator[Provider]:
    """The provider on a free port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path, query = self.path.partition("?")[::2]
            if path == "/.well-known/openid-configuration":
                self._send(provider.described())
            elif path == "/keys":
                self._send(provider.published())
            elif path == "/authorize":
                self._authorize({name: values[0] for name, values in parse_qs(query).items()})
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            try:
                fields = {name: values[0] for name, values in parse_qs(body).items()}
                self._send(provider.exchange(self.headers.get("Authorization", ""), fields))
            except (AssertionError, KeyError):
                self._send({"error": "invalid_grant"}, 400)

        def _authorize(self, query: dict[str, str]) -> None:
            try:
                self.send_response(302)
                self.send_header("Location", provider.authorize(query))
                self.end_headers()
            except (AssertionError, KeyError) as error:
                self._send({"error": str(error)}, 400)

        def _send(self, data: dict[str, Any], status: int = 200) -> None:
            body = json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}", redirect_uri, now)
    provider.rotate()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()


def back_from(provider: Provider, address: str) -> str:
    """The query with which a browser comes back that is sent to `address`."""
    query = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    return urlsplit(provider.authorize(query)).query
