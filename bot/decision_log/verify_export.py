#!/usr/bin/env python3
"""Verifies an export of the decision log with nothing but this file, Python and the package `cryptography`.

    python3 verify_export.py EXPORT [PUBLIC_KEY [CHECKPOINTS]]
    python3 verify_export.py BUNDLE.zip [PUBLIC_KEY]

EXPORT is what `sharewell log export` wrote, PUBLIC_KEY what `sharewell log public-key` wrote, CHECKPOINTS what
`sharewell log checkpoint` wrote and a witness kept. It needs no part of the program and no secret.
BUNDLE.zip is what `sharewell log export --format zip` wrote: records with their entries, the manifest, the entry of the
export itself, and a checkpoint that ends with it. Give the PUBLIC_KEY that you had from elsewhere: without it, the
script takes the one of the bundle, and shows it for you to compare.

What it proves: every entry that the newest checkpoint covers is, byte for byte, what the log held when the checkpoint
was signed; and the entries after it continue that chain. It cannot prove anything of those later entries, nor what the
encrypted texts say: the ledger holds a commitment to them only.

Only what CHECKPOINTS cover is called witnessed. Checkpoints among the lines of EXPORT are looked at too, and named
apart: whoever made the export could sign them anew. Without any it says that the chain is whole from its first line to
its last, and what cannot be seen then: a tail that was cut off, and a log that was rewritten as a whole.

The exit code is 0 for genuine, 1 for not genuine, 2 for a file that cannot be read or a wrong call, and 3 for a chain
that is whole but that no checkpoint vouches for.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import sys
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PARTS = ("sequence", "kind", "reference", "request_id", "recorded_at", "body", "previous_hash")
FORMAT = "sharewell-checkpoint-1"
SIGNED = ("format", "log_id", "entries", "head", "time")
NO_HASH = "0" * 64
GENUINE, CHANGED, UNREADABLE, NOT_WITNESSED = range(4)
"""The exit codes."""

PROOF = {f"proof/{name}" for name in ("manifest.json", "export-entry.jsonl", "checkpoint.jsonl", "public-key.txt")}
"""What a bundle holds besides the files that its manifest lists."""


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
        yield from objects_of(file, path)


def objects_of(lines: Iterable[str], path: str) -> Iterator[dict[str, Any]]:
    """The same of lines that were read already."""
    for number, line in enumerate(lines, start=1):
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
        return key_of(file.read(), path)


def key_of(text: str, path: str) -> Ed25519PublicKey:
    """The public key that a text in base 64 holds."""
    try:
        return Ed25519PublicKey.from_public_bytes(base64.b64decode(text.strip(), validate=True))
    except (binascii.Error, ValueError):
        raise NotGenuine(f"{path} does not hold a public key.") from None


def read_checkpoints(path: str, key: Ed25519PublicKey) -> list[dict[str, Any]]:
    """The checkpoints of a file, each with a right signature."""
    return signed_by(key, list(objects(path)), path)


def signed_by(key: Ed25519PublicKey, found: list[dict[str, Any]], path: str) -> list[dict[str, Any]]:
    """The same of checkpoints that were read already."""
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


def hash_of(entry: dict[str, Any]) -> str:
    """The hash that an entry must carry."""
    return hashlib.sha256(canonical({name: entry[name] for name in PARTS})).hexdigest()


def verify_bundle(path: str, public_key: str = "") -> str:
    """What is proved of a bundle, in a sentence. Raises NotGenuine."""
    with zipfile.ZipFile(path) as bundle:
        names = bundle.namelist()
        held = {name: bundle.read(name) for name in names}
    if len(held) != len(names) or not held.keys() >= PROOF:
        raise NotGenuine("The bundle holds a file twice, or its proof is not whole.")
    told = held["proof/public-key.txt"].decode("ascii").strip()
    key = read_key(public_key) if public_key else key_of(told, "The bundle")
    checkpoint = signed_by(key, list(lines_of(held, "proof/checkpoint.jsonl")), "The bundle")[-1]
    *_, export = [{}, *lines_of(held, "proof/export-entry.jsonl")]
    if set(export) != {*PARTS, "hash"} or export["kind"] != "export" or hash_of(export) != export["hash"]:
        raise NotGenuine("The entry of the export was changed.")
    if (checkpoint["entries"], checkpoint["head"]) != (export["sequence"], export["hash"]):
        raise NotGenuine("The checkpoint does not end with the entry of the export.")
    manifest = held["proof/manifest.json"].decode("utf-8")
    if hashlib.sha256(canonical(manifest)).hexdigest() != export["body"].get("content"):
        raise NotGenuine("The manifest is not the one that the entry of the export names.")
    listed = {file["name"]: file["sha256"] for file in json.loads(manifest)["files"]}
    for name in sorted(listed.keys() ^ (held.keys() - PROOF)):
        raise NotGenuine(f"The file {name} was added or removed.")
    for name, digest in listed.items():
        if hashlib.sha256(held[name]).hexdigest() != digest:
            raise NotGenuine(f"The file {name} was changed.")
    count = 0
    for entry in lines_of(held, "proof/entries.jsonl"):
        count += 1
        if set(entry) != {*PARTS, "hash"} or hash_of(entry) != entry["hash"]:
            raise NotGenuine(f"Line {count} of the entries was changed: its hash does not fit.")
    trust = "" if public_key else f" Compare the public key with the one that you had from elsewhere: {told}"
    return f"Genuine: {len(listed)} files and {count} entries, as exported at {checkpoint['time']}.{trust}"


def lines_of(held: dict[str, bytes], name: str) -> Iterator[dict[str, Any]]:
    """The JSON objects of a file of the bundle."""
    return objects_of(held[name].decode("utf-8").split("\n"), name)


def verify_lines(entries: Iterator[dict[str, Any]], checkpoints: list[dict[str, Any]]) -> int:
    """How many entries there are. Raises NotGenuine naming the first that is not as it was written."""
    return walked(entries, checkpoints)[0]


def walked(entries: Iterator[dict[str, Any]], checkpoints: list[dict[str, Any]]) -> tuple[int, str]:
    """How many entries there are, and the hash of the last. Raises NotGenuine."""
    signed: dict[int, list[dict[str, Any]]] = {}
    for checkpoint in checkpoints:
        signed.setdefault(checkpoint["entries"], []).append(checkpoint)
    previous, count, log_id = NO_HASH, 0, None
    for entry in entries:
        count += 1
        if set(entry) != {*PARTS, "hash"} or entry["sequence"] != count:
            raise NotGenuine(f"Entry {count} is missing, added or out of order.")
        if entry["previous_hash"] != previous:
            raise NotGenuine(f"Entry {count} does not carry the hash of the entry before it.")
        if hash_of(entry) != entry["hash"]:
            raise NotGenuine(f"Entry {count} was changed: its hash does not fit.")
        if count == 1 and isinstance(entry["body"], dict):
            log_id = entry["body"].get("log_id")
        previous = entry["hash"]
        for checkpoint in signed.pop(count, ()):
            if checkpoint["head"] != previous or checkpoint["log_id"] != log_id:
                raise NotGenuine(f"Entry {count} is not the one that was signed for: the log was rewritten up to it.")
    if signed:
        raise NotGenuine(f"The export ends after entry {count}, but {max(signed)} entries were signed for.")
    return count, previous


def main(arguments: list[str]) -> int:
    if not 1 <= len(arguments) <= 3:
        print(__doc__, file=sys.stderr)
        return UNREADABLE
    try:
        bundle = len(arguments) < 3 and zipfile.is_zipfile(arguments[0])
        said, code = (verify_bundle(*arguments), GENUINE) if bundle else verify_all(*arguments)
    except OSError as error:
        print(f"A file cannot be read: {error}", file=sys.stderr)
        return UNREADABLE
    except NotGenuine as found:
        print(f"NOT GENUINE. {found}")
        return CHANGED
    except (ValueError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, RuntimeError):
        print("NOT GENUINE. A file holds what the log never writes.")
        return CHANGED
    print(said)
    return code


def verify_all(export: str, public_key: str = "", witness: str = "") -> tuple[str, int]:
    """What is proved of an export of the whole log, in sentences, and the exit code. Raises NotGenuine."""
    key = read_key(public_key) if public_key else None
    within = [one for one in objects(export) if is_checkpoint(one)]
    inner = [] if key is None or not within else signed_by(key, within, export)
    kept = read_checkpoints(witness, key) if key is not None and witness else []
    count, head = walked((one for one in objects(export) if not is_checkpoint(one)), [*inner, *kept])
    if not count:
        raise NotGenuine(f"{export} holds no entry.")
    # Whoever makes the export signs the checkpoints inside it: these never stand for what a witness kept.
    told = [f"the first {most(kept)} were witnessed"] if kept else []
    told += [f"the first {most(inner)} were signed for in the export itself"] if inner else []
    if told:
        return f"Genuine: {count} entries, of which {', and '.join(told)}.", GENUINE
    passed = f" Checkpoints in the export that nobody checked: {len(within)}. Give the public key." if within else ""
    return (
        f"WHOLE, NOT WITNESSED. The chain holds from entry 1 to entry {count}, and the last hash is {head}. Without a "
        "checkpoint nobody can see entries that were cut off at the end, nor a log that was rewritten as a whole. Ask "
        f"the witness for the checkpoints.{passed}"
    ), NOT_WITNESSED


def most(checkpoints: list[dict[str, Any]]) -> int:
    """How many entries the newest checkpoint covers."""
    return int(max(checkpoint["entries"] for checkpoint in checkpoints))


def is_checkpoint(one: dict[str, Any]) -> bool:
    """Whether a line is a checkpoint rather than an entry."""
    return one.get("format") == FORMAT


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
