"""Random tokens, of which only hashes are kept, and ids that say nothing of whom they stand for."""

from __future__ import annotations

import hashlib
import hmac
import secrets

TOKEN_BYTES = 32
_ID_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_ID_LENGTH = 16


def new_token() -> str:
    """256 random bits, for a cookie or a link."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hashed(token: str) -> str:
    """What is kept of a token. It needs no salt: nobody can guess 256 random bits."""
    return hashlib.sha256(b"sharewell account token\0" + token.encode()).hexdigest()


def counted_under(salt: bytes, *parts: str) -> str:
    """What attempts are counted under: a keyed hash, so that the database tells neither names nor addresses."""
    return hmac.digest(salt, "\0".join(parts).encode(), "sha256").hex()


def new_id() -> str:
    """A random id, of letters and digits that are not confused when read aloud."""
    return "".join(secrets.choice(_ID_LETTERS) for _ in range(_ID_LENGTH))
