"""The master key, where it comes from, and what is derived from it. The key never leaves this module."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.decision_log.errors import KeyFileError
from bot.new_files import appearing

KEY_BYTES = 32
LONGEST_KEY_FILE = 1024  # bytes
NONCE_BYTES = 12  # what AES-GCM is made for
OTHERS = stat.S_IRWXG | stat.S_IRWXO


class SealingKey:
    """Seals what the ledger holds, so that a stranger cannot rewrite it."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def seal(self, text: str) -> str:
        """HMAC-SHA256 of `text`, 64 hexadecimal digits. It cannot be made without the key."""
        return hmac.digest(self._secret, text.encode("utf-8", "surrogatepass"), "sha256").hex()

    def sealed(self, text: str, seal: object) -> bool:
        """Whether `seal` was made of `text` with this key."""
        return isinstance(seal, str) and seal.isascii() and hmac.compare_digest(self.seal(text), seal)

    def wrapped(self, master: MasterKey, context: bytes) -> bytes:
        """This key encrypted under a master key."""
        return master.wrap(self._secret, context)


class MasterKey:
    """Wraps the keys of the vault's rows and the keys that seal the ledger."""

    def __init__(self, secret: bytes) -> None:
        self._wrapping = AESGCM(_derived(secret, b"sharewell decision log: wrap vault keys"))
        self._checking = _derived(secret, b"sharewell decision log: recognise the key")
        self.first_sealing_key = SealingKey(_derived(secret, b"sharewell decision log: seal entries and head"))
        """What seals a log until its master key is rotated for the first time."""
        self.for_advice = _derived(secret, b"sharewell: threads of advice")
        """32 bytes under which the threads of advice stand. Nothing of the log can be worked out from them."""

    def check_value(self, log_id: str) -> str:
        """Kept in the database, to tell whether a key belongs to it. It gives nothing of the key away."""
        return hmac.new(self._checking, log_id.encode("utf-8"), hashlib.sha256).hexdigest()

    def wrap(self, key: bytes, context: bytes) -> bytes:
        """`key` encrypted under the master key and bound to `context`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._wrapping.encrypt(nonce, key, context)

    def unwrap(self, wrapped: bytes, context: bytes) -> bytes:
        """What `wrap` encrypted. Raises cryptography's InvalidTag where either was changed."""
        return self._wrapping.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], context)


@dataclass(frozen=True)
class KeySource:
    """Where the master key comes from: `secret` (base 64, from the environment) goes before `file`."""

    file: Path
    secret: str | None = field(default=None, repr=False)

    @property
    def next_file(self) -> Path:
        """Where the new key stands while the master key is being rotated."""
        return self.file.with_name(f"{self.file.name}.new")

    def earlier_file(self, generation: int) -> Path:
        """Where the key of an earlier generation is kept, for the backups that were made under it."""
        return self.file.with_name(f"{self.file.name}.generation-{generation}")

    def first(self) -> MasterKey:
        """The key for a new log; made where there is none yet. Raises KeyFileError."""
        if self.secret is not None or self.file.exists():
            return next(self.at_hand())
        return make_key(self.file)

    def at_hand(self) -> Iterator[MasterKey]:
        """Every key that is at hand, the likeliest first. Raises KeyFileError where a file cannot be used."""
        if self.secret is not None:
            yield MasterKey(decoded_secret(self.secret.encode("utf-8"), "The key in SHAREWELL_KEY"))
        if self.secret is None or self.file.exists():
            yield read_key(self.file)
        if self.next_file.exists():
            yield read_key(self.next_file)

    def newest_first(self) -> Iterator[MasterKey]:
        """Every key that can be found, the newest first; those of earlier generations too. Raises KeyFileError."""
        if self.next_file.exists():
            yield read_key(self.next_file)
        yield from self.at_hand()
        earlier = self.file.parent.glob(f"{self.file.name}.generation-*")
        for path in sorted(earlier, key=lambda path: path.stat().st_mtime, reverse=True):
            yield read_key(path)


def read_key(path: Path) -> MasterKey:
    """The key of an existing file. Raises KeyFileError where it is absent, malformed or open to other accounts."""
    return MasterKey(read_secret(path, "Without it the identifying details cannot be read."))


def make_key(path: Path) -> MasterKey:
    """A new random key in a new file of mode 0600; where the file exists by now, the key in it."""
    make_secret(path)
    return read_key(path)


def read_secret(path: Path, without: str) -> bytes:
    """The 32 bytes of a key file. `without` says what cannot be done without it. Raises KeyFileError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise KeyFileError(
            f"The key file {path} is missing.", f"Restore the key file from its backup. {without}"
        ) from None
    except OSError as error:
        raise KeyFileError(f"The key file {path} cannot be read ({error.strerror}).", "Check its owner.") from error
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise KeyFileError(f"The key file {path} is not a regular file.", "Put the key itself in its place.")
        if status.st_mode & OTHERS:
            raise KeyFileError(
                f"Other accounts of this machine may use the key file {path}.",
                f"Run `chmod 600 {path}`, and ask whether anyone has copied it.",
            )
        return decoded_secret(os.read(descriptor, LONGEST_KEY_FILE), f"The key file {path}")
    finally:
        os.close(descriptor)


def make_secret(path: Path) -> None:
    """32 random bytes in base 64 in a new file of mode 0600. An existing file is left as it is. Raises KeyFileError.

    The file appears whole or not at all, so two programs that start together agree on one key.
    """
    try:
        with suppress(FileExistsError), appearing(path) as file:
            file.write(base64.b64encode(secrets.token_bytes(KEY_BYTES)) + b"\n")
    except OSError as error:
        raise KeyFileError(
            f"The key file {path} cannot be made ({error.strerror}).",
            "Create its folder, and let this account write there.",
        ) from error


def decoded_secret(content: bytes, where: str) -> bytes:
    """The 32 bytes that `content` holds in base 64. `where` names it in the KeyFileError of one that does not."""
    try:
        secret = base64.b64decode(content.strip(), validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise KeyFileError(
            f"{where} does not hold {KEY_BYTES} bytes in base 64.",
            "Restore the key from its backup.",
        )
    return secret


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(secret)
