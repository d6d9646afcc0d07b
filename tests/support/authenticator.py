"""A device that makes and uses passkeys, in a few lines, so that a test can make it lie."""

from __future__ import annotations

import hashlib
import json
import secrets
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from typing import Any

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT = 0x01
VERIFIED = 0x04
ATTESTED = 0x40


def encoded(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """One device with one passkey. Its attributes may be changed, to see whether that is noticed."""

    origin: str
    host: str
    flags: int = PRESENT | VERIFIED
    count: int = 1
    challenge: str = ""
    """Answered in the place of the one asked, where it is not empty."""

    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def make(self, options: str) -> str:
        """The answer to the options of a new passkey."""
        numbers = self.key.public_key().public_numbers()
        public = cbor2.dumps(
            {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )
        attested = bytes(16) + struct.pack(">H", len(self.id)) + self.id + public
        data = self._data(ATTESTED) + attested
        statement = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", json.loads(options)["challenge"])
        return self._answer({"clientDataJSON": encoded(client), "attestationObject": encoded(statement)})

    def use(self, options: str) -> str:
        """The answer to the options of a sign-in."""
        client = self._client("webauthn.get", json.loads(options)["challenge"])
        data = self._data(0)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": encoded(client), "authenticatorData": encoded(data), "signature": encoded(signature)}
        )

    def _data(self, more: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + struct.pack(">BI", self.flags | more, self.count)

    def _client(self, kind: str, challenge: str) -> bytes:
        said = {"type": kind, "challenge": self.challenge or challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()

    def _answer(self, response: dict[str, Any]) -> str:
        return json.dumps(
            {"id": encoded(self.id), "rawId": encoded(self.id), "type": "public-key", "response": response,
             "clientExtensionResults": {}}
        )  # fmt: skip
