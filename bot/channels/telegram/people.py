"""Under which name a person is known who is enrolled, and how the address for notices is sealed.

These names are made with a key of their own, which is not changed every day as the names of chats are: an enrolment
has to last. `/start` says so. Without the key file nobody is enrolled any more, and no address can be read.
"""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.errors import SettingsError

KEY_NAME = "telegram.key"
REPLIES = "replies of advisers"
"""What the address is bound to that somebody leaves with a thread of advice."""

_KEY_BYTES, _NONCE_BYTES = 32, 12
_DIGITS = 20
"""All numbers of chats take as many, so that the length of an address tells nothing."""


class People:
    """Names and sealed addresses, under the key in `path`, which is made where there is none.

    Raises SettingsError where the file cannot be made or used.
    """

    def __init__(self, path: Path) -> None:
        key = _read(path) or _made(path)
        self._names = hmac.digest(key, b"sharewell enrolled person", "sha256")
        self._seal = AESGCM(hmac.digest(key, b"sharewell address of notices", "sha256"))

    def name(self, chat: int) -> str:
        """The name of the person with whom `chat` is: a private chat has the number of its user."""
        return hmac.digest(self._names, str(chat).encode(), "sha256").hex()

    def sealed(self, chat: int, bound_to: str) -> bytes:
        """The address of `chat`, encrypted, and bound to what it is for."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._seal.encrypt(nonce, str(chat).zfill(_DIGITS).encode(), bound_to.encode())

    def opened(self, sealed: bytes, bound_to: str) -> int | None:
        """The chat of a sealed address; None where it is none of this key, or for something else."""
        try:
            found = self._seal.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], bound_to.encode())
            return int(found)
        except (InvalidTag, ValueError):
            return None


def _made(path: Path) -> bytes:
    key = secrets.token_bytes(_KEY_BYTES)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(key.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError:  # another program was first
        return _read(path) or _unusable(path)
    except OSError as error:
        raise SettingsError(
            f"The file {path} cannot be made: {error.strerror}.",
            "Set SHAREWELL_TELEGRAM_KEY_FILE to a file in a folder that this account may write to.",
        ) from None
    return key


def _read(path: Path) -> bytes | None:
    """The key; None where there is no file. A file that is no key is never written over: people hang on it."""
    try:
        mode, text = path.stat().st_mode, path.read_text(encoding="ascii").strip()
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return _unusable(path)
    if mode & 0o077:
        raise SettingsError(f"Other accounts of this machine may read the file {path}.", f"Run `chmod 600 {path}`.")
    try:
        key = bytes.fromhex(text)
    except ValueError:
        return _unusable(path)
    return key if len(key) == _KEY_BYTES else _unusable(path)


def _unusable(path: Path) -> bytes:
    raise SettingsError(
        f"The file {path} holds no key for people on Telegram.",
        "Put its copy back. If there is none, remove it, and invite everybody again.",
    )
