"""Puts the files of an export together with their proof.

The chain of proof: the checkpoint is signed over the hash of the export's own entry; that entry holds the SHA-256 of
the manifest; the manifest holds the SHA-256 of every file, the entries of the records among them. So nobody else's
entries need to leave the log. `bot/decision_log/verify_export.py` follows it backwards.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import bot.decision_log
from bot.decision_log import Checkpoint, Entry, export_line
from bot.exports.orders import FreeText, Order

FORMAT = "sharewell-export-1"
SCRIPT = Path(bot.decision_log.__file__).with_name("verify_export.py")
_MODE = 0o600 << 16


def manifest_of(order: Order, files: Mapping[str, bytes], records: int, version: str, now: datetime) -> str:
    """What the export is, as ASCII: its digest stands in the ledger. `version` is of the guidance that gave labels."""
    scope = order.scope
    return json.dumps(
        {
            "format": FORMAT,
            "scope": {"kind": scope.kind.value, "references": list(scope.references),
                      "since": _moment(scope.since), "until": _moment(scope.until)},
            "made_at": now.astimezone(UTC).isoformat(),
            "made_by": order.by,
            "records": records,
            "content_version": version,
            "redaction": {
                "free_text": (FreeText.INCLUDED if order.has_words else FreeText.LEFT_OUT).value,
                "identifying_details": FreeText.LEFT_OUT.value,
            },
            "files": [
                {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
                for name, content in files.items()
            ],
        },
        indent=2,
    )  # fmt: skip


def entry_lines(entries: Sequence[Entry]) -> bytes:
    """Entries as lines of canonical JSON, from which anybody can recompute their hashes."""
    return "".join(f"{export_line(entry)}\n" for entry in entries).encode("utf-8")


def zipped(
    files: Mapping[str, bytes], manifest: str, noted: Sequence[Entry], checkpoint: Checkpoint, public_key: str,
    now: datetime,
) -> bytes:  # fmt: skip
    """The ZIP. `noted` are the entries of this export, the witnessed one last."""
    proof = {
        "proof/manifest.json": manifest.encode("ascii"),
        "proof/export-entry.jsonl": entry_lines(noted),
        "proof/checkpoint.jsonl": f"{checkpoint.line()}\n".encode(),
        "proof/public-key.txt": f"{public_key}\n".encode("ascii"),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**files, **proof}.items():
            archive.writestr(_info(name, now), content)
    return out.getvalue()


def _info(name: str, now: datetime) -> Any:
    there = now.astimezone(UTC)
    info = zipfile.ZipInfo(name, (there.year, there.month, there.day, there.hour, there.minute, there.second))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = _MODE
    return info


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
