"""Keeps the checks of every version that was in use, so that the screens of a decision can be shown years later.

One file a version, `<version>.json.gz`: checks and record fields whole. Topics are not kept: a record pins no answer.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from bot.knowledge.model import Check, Knowledge

_VERSION = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Archived:
    """The checks of one version, by id."""

    version: str
    checks: Mapping[str, Check]


def keep(knowledge: Knowledge, folder: Path) -> None:
    """Writes the checks of `knowledge` below `folder`, whole or not at all; what is there stays. Raises OSError."""
    path = _path(folder, knowledge.version)
    if path.exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = {"checks": [check.model_dump(mode="json") for check in knowledge.checks.values()]}
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        beside.write_bytes(gzip.compress(json.dumps(content, sort_keys=True).encode(), mtime=0))
        os.replace(beside, path)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def archived(folder: Path, version: str) -> Archived | None:
    """The checks of `version`; None where they were not kept or cannot be read any more."""
    if not _VERSION.fullmatch(version):
        return None
    try:
        content = json.loads(gzip.decompress(_path(folder, version).read_bytes()))
        checks = [Check.model_validate(item) for item in content["checks"]]
    except (OSError, EOFError, ValueError, KeyError, TypeError, ValidationError):
        return None
    return Archived(version, {check.id: check for check in checks})


def _path(folder: Path, version: str) -> Path:
    return folder / f"{version}.json.gz"
