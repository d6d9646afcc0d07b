"""Signed checkpoints: how many entries the log held at a moment, and the hash of the last. For a witness outside.

A chain of hashes can be made anew by whoever holds the keys. It cannot be made to end in a hash that somebody else
wrote down before. The signature (Ed25519) lets anybody tell with the public key that the log itself made a checkpoint.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bot.decision_log.canonical import JsonValue, canonical
from bot.decision_log.errors import CheckpointError
from bot.decision_log.keys import decoded_secret, make_secret, read_secret

FORMAT = "sharewell-checkpoint-1"
SIGNED_FOR = b"sharewell checkpoint\n"
PUBLIC_KEY_BYTES = 32
LARGEST_FILE = 16 * 1024 * 1024  # bytes of checkpoints: more than a hundred years of one a day


@dataclass(frozen=True)
class Checkpoint:
    """What was witnessed: `entries` and the hash of the last (`head`) at `time`, UTC text."""

    log_id: str
    entries: int
    head: str
    time: str
    signature: str

    def line(self) -> str:
        """One line of canonical JSON."""
        return canonical({**self._signed(), "signature": self.signature})

    def signed_bytes(self) -> bytes:
        """What the signature is made of."""
        return SIGNED_FOR + canonical(self._signed()).encode("utf-8")

    def _signed(self) -> dict[str, JsonValue]:
        return {
            "format": FORMAT, "log_id": self.log_id, "entries": self.entries, "head": self.head, "time": self.time,
        }  # fmt: skip


@dataclass(frozen=True)
class CheckpointKeySource:
    """Where the key that signs comes from: `secret` (base 64, from the environment) goes before `file`."""

    file: Path
    secret: str | None = field(default=None, repr=False)

    def key(self) -> Ed25519PrivateKey:
        """The key; made, in a file of mode 0600, where there is none yet. Raises KeyFileError."""
        if self.secret is None and not self.file.exists():
            make_secret(self.file)
        return self.existing_key()

    def existing_key(self) -> Ed25519PrivateKey:
        """The key, which must be there. Raises KeyFileError."""
        if self.secret is None:
            secret = read_secret(self.file, "Without it no checkpoint can be signed.")
        else:
            secret = decoded_secret(self.secret.encode("utf-8"), "The key in SHAREWELL_CHECKPOINT_KEY")
        return Ed25519PrivateKey.from_private_bytes(secret)

    def public_text(self) -> str:
        """The public key in base 64, for those who verify. Raises KeyFileError."""
        return base64.b64encode(self.existing_key().public_key().public_bytes_raw()).decode("ascii")


def signed(key: Ed25519PrivateKey, log_id: str, entries: int, head: str, time: str) -> Checkpoint:
    """A checkpoint with its signature."""
    unsigned = Checkpoint(log_id, entries, head, time, "")
    signature = base64.b64encode(key.sign(unsigned.signed_bytes())).decode("ascii")
    return Checkpoint(log_id, entries, head, time, signature)


def public_key_of(text: str) -> Ed25519PublicKey:
    """The public key that `public_text` wrote. Raises CheckpointError."""
    try:
        raw = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        raw = b""
    if len(raw) != PUBLIC_KEY_BYTES:
        raise CheckpointError(
            f"The public key does not hold {PUBLIC_KEY_BYTES} bytes in base 64.",
            "Give the file that `sharewell log public-key` wrote.",
        )
    return Ed25519PublicKey.from_public_bytes(raw)


def read_checkpoints(path: Path, key: Ed25519PublicKey) -> tuple[Checkpoint, ...]:
    """The checkpoints of a file, one a line. Raises CheckpointError where one is malformed or was not signed by `key`.

    A file without any is refused: it would witness nothing.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise CheckpointError(
            f"The checkpoints {path} cannot be read ({error.strerror}).", "Give the file that holds them."
        ) from None
    if len(content) > LARGEST_FILE:
        raise CheckpointError(f"The file {path} is too large to hold checkpoints.", "Give the file that holds them.")
    lines = [line for line in content.splitlines() if line.strip()]
    if not lines:
        raise CheckpointError(f"The file {path} holds no checkpoint.", "Give a file that holds one on each line.")
    return tuple(_verified(_parsed(line, number, path), key, number, path) for number, line in enumerate(lines, 1))


def _parsed(line: bytes, number: int, path: Path) -> Checkpoint:
    try:
        read: Any = json.loads(line)
    except (ValueError, RecursionError):
        read = None
    texts = ("log_id", "head", "time", "signature")
    if (
        not isinstance(read, dict)
        or set(read) != {"format", "entries", *texts}
        or read["format"] != FORMAT
        or type(read["entries"]) is not int
        or read["entries"] < 1
        or not all(isinstance(read[name], str) for name in texts)
    ):
        raise CheckpointError(
            f"Line {number} of {path} is not a checkpoint.", "Give the file as `sharewell log checkpoint` wrote it."
        )
    return Checkpoint(read["log_id"], read["entries"], read["head"], read["time"], read["signature"])


def _verified(checkpoint: Checkpoint, key: Ed25519PublicKey, number: int, path: Path) -> Checkpoint:
    try:
        key.verify(base64.b64decode(checkpoint.signature, validate=True), checkpoint.signed_bytes())
    except (InvalidSignature, binascii.Error, ValueError):
        raise CheckpointError(
            f"The checkpoint on line {number} of {path} was not signed with the key of this log, or was changed.",
            "Give the checkpoints and the public key as the log wrote them. If they are, tell whoever keeps the log.",
        ) from None
    return checkpoint
