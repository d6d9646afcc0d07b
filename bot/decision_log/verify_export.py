#!/usr/bin/env python3
"""Verifies an export of the decision log with nothing but this file, Python and the package `cryptography`.

    python3 verify_export.py EXPORT PUBLIC_KEY CHECKPOINTS

EXPORT is what `sharewell log export` wrote, PUBLIC_KEY what `sharewell log public-key` wrote, CHECKPOINTS what
`sharewell log checkpoint` wrote and a witness kept. It needs no part of the program and no secret.

What it proves: every entry that the newest checkpoint covers is, byte for byte, what the log held when the checkpoint
was signed; and the entries after it continue that chain. It cannot prove anything of those later entries, nor what the
encrypted texts say: the ledger holds a commitment to them only.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PARTS = ("sequence", "kind", "reference", "request_id", "recorded_at", "body", "previous_hash")
FORMAT = "sharewell-checkpoint-1"
SIGNED = ("format", "log_id", "entries", "head", "time")
NO_HASH = "0" * 64


class NotGenuine(Exception):
    """What was found, in a sentence."""


def normal(value: Any) -> Any:
    """Every string in Unicode form NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {normal(key): normal(part) for key, part in value.items()}
    return [normal(part) for part in value] if isinstance(value, list) else value


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no spaces, NFC strings, as UTF-8."""
    text = json.dumps(normal(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def objects(path: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file, one a line."""
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                found = json.loads(line)
            except (ValueError, RecursionError):
                found = None
            if not isinstance(found, dict):
                raise NotGenuine(f"Line {number} of {path} is not a JSON object.")
            yield found


def read_key(path: str) -> Ed25519PublicKey:
    """The public key of a file."""
    with open(path, encoding="ascii") as file:
        try:
            return Ed25519PublicKey.from_public_bytes(base64.b64decode(file.read().strip(), validate=True))
        except (binascii.Error, ValueError):
            raise NotGenuine(f"{path} does not hold a public key.") from None


def read_checkpoints(path: str, key: Ed25519PublicKey) -> list[dict[str, Any]]:
    """The checkpoints of a file, each with a right signature."""
    found = list(objects(path))
    if not found:
        raise NotGenuine(f"{path} holds no checkpoint.")
    for number, checkpoint in enumerate(found, start=1):
        if set(checkpoint) != {*SIGNED, "signature"} or checkpoint["format"] != FORMAT:
            raise NotGenuine(f"Checkpoint {number} is not of a kind that this script knows.")
        signed = b"sharewell checkpoint\n" + canonical({name: checkpoint[name] for name in SIGNED})
        try:
            key.verify(base64.b64decode(checkpoint["signature"], validate=True), signed)
        except (InvalidSignature, binascii.Error, ValueError, TypeError):
            raise NotGenuine(f"The signature of checkpoint {number} is wrong.") from None
    return found


def verify(export: str, checkpoints: list[dict[str, Any]]) -> int:
    """How many entries the file holds. Raises NotGenuine naming the first that is not as it was written."""
    return verify_lines(objects(export), checkpoints)


def verify_lines(entries: Iterator[dict[str, Any]], checkpoints: list[dict[str, Any]]) -> int:
    """The same of entries that were read already."""
    witnessed: dict[int, list[dict[str, Any]]] = {}
    for checkpoint in checkpoints:
        witnessed.setdefault(checkpoint["entries"], []).append(checkpoint)
    previous, count, log_id = NO_HASH, 0, None
    for entry in entries:
        count += 1
        if set(entry) != {*PARTS, "hash"} or entry["sequence"] != count:
            raise NotGenuine(f"Entry {count} is missing, added or out of order.")
        if entry["previous_hash"] != previous:
            raise NotGenuine(f"Entry {count} does not carry the hash of the entry before it.")
        if hashlib.sha256(canonical({name: entry[name] for name in PARTS})).hexdigest() != entry["hash"]:
            raise NotGenuine(f"Entry {count} was changed: its hash does not fit.")
        if count == 1 and isinstance(entry["body"], dict):
            log_id = entry["body"].get("log_id")
        previous = entry["hash"]
        for checkpoint in witnessed.pop(count, ()):
            if checkpoint["head"] != previous or checkpoint["log_id"] != log_id:
                raise NotGenuine(f"Entry {count} is not the one that was witnessed: the log was rewritten up to it.")
    if witnessed:
        raise NotGenuine(f"The export ends after entry {count}, but {max(witnessed)} entries were witnessed.")
    return count


def main(arguments: list[str]) -> int:
    if len(arguments) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    export, public_key, witness = arguments
    try:
        checkpoints = read_checkpoints(witness, read_key(public_key))
        count = verify(export, checkpoints)
    except OSError as error:
        print(f"A file cannot be read: {error}", file=sys.stderr)
        return 2
    except NotGenuine as found:
        print(f"NOT GENUINE. {found}")
        return 1
    except ValueError:
        print("NOT GENUINE. A file holds what the log never writes.")
        return 1
    covered = max(checkpoint["entries"] for checkpoint in checkpoints)
    print(f"Genuine: {count} entries, of which the first {covered} were witnessed.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
