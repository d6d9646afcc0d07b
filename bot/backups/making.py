"""Makes a backup of the whole installation: a ZIP of mode 0600, which appears whole or not at all, without any key."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.backups.copying import lines_of
from bot.backups.errors import WholeBackupError, newer_database, older_database
from bot.backups.parts import ADVICE, Part, parts_of
from bot.backups.reading import looking
from bot.decision_log import LogMissing, write_backup
from bot.new_files import appearing
from bot.settings import Settings

FORMAT = "sharewell-backup-1"
MANIFEST = "manifest.json"
LOG = "decision-log.backup"
CONTENT = "content/"
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Saved:
    """What a backup holds: its members by name, and the SHA-256 of its manifest, which names theirs.

    `absent` are the members that it lacks, because nothing was found where they should be, or nobody asked for them.
    """

    members: tuple[str, ...]
    absent: tuple[str, ...]
    digest: str


def back_up(settings: Settings, path: Path, now: datetime, lock_wait: float, *, advice: bool) -> Saved:
    """Write what stands in the databases and the kept guidance into a new file. Sharewell may run meanwhile.

    Each database is taken as it is at one moment, and is not changed: one of an earlier schema is refused. `advice`
    says whether the anonymous threads go along: they are to end at their time, and a backup keeps them longer. Raises
    WholeBackupError, or the error of the log.
    """
    if path.exists():
        raise WholeBackupError(f"The file {path} exists already. Nothing was written.", "Give another name.")
    try:
        with TemporaryDirectory(dir=path.parent, prefix=".sharewell-backup-") as folder:
            parts = parts_of(settings, lock_wait)
            members = _members(settings, parts, Path(folder), now, lock_wait, advice=advice)
            manifest = _manifest(members, parts, now)
            with appearing(path) as raw, zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr(MANIFEST, manifest)
                for name, file in members.items():
                    archive.write(file, name)
    except OSError as error:
        raise WholeBackupError(
            f"The backup {path} cannot be written ({error.strerror}).", "Check the folder and its free space."
        ) from None
    absent = tuple(name for name in (LOG, *(part.member for part in parts)) if name not in members)
    return Saved(tuple(members), absent, hashlib.sha256(manifest.encode()).hexdigest())


def _members(
    settings: Settings, parts: Sequence[Part], folder: Path, now: datetime, lock_wait: float, *, advice: bool
) -> dict[str, Path]:
    """The files of the backup by their names in it, put into `folder` where they are made for it."""
    found: dict[str, Path] = {}
    log = folder / LOG
    try:
        write_backup(settings.log_url, log, now, lock_wait)
        found[LOG] = log
    except LogMissing:
        pass  # accounts may be there before the first record
    for part in parts:
        if part.name == ADVICE and not advice:
            continue
        with looking(part, lock_wait) as seen:
            if seen is None:
                continue
            if seen.schema != part.schema:
                fault = older_database if seen.schema < part.schema else newer_database
                raise fault(part.title, seen.schema, part.schema)
            found[part.member] = folder / part.member
            _written(found[part.member], lines_of(seen.connection, part.tables))
    kept = sorted(settings.content_folder.glob("*.json.gz")) if settings.content_folder.is_dir() else []
    found |= {f"{CONTENT}{file.name}": file for file in kept if not file.name.startswith(".")}
    if not found:
        raise WholeBackupError("There is nothing to back up here.", "Check SHAREWELL_HOME.")
    return found


def _written(file: Path, lines: Iterable[bytes]) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.writelines(lines)


def _manifest(members: dict[str, Path], parts: Sequence[Part], now: datetime) -> str:
    """What is in the backup. The log says its schema itself; the rows of the others are of the one that stands here."""
    schemas = {part.member: {"schema": part.schema} for part in parts}
    files = [{"name": name, "sha256": digest_of_file(file), **schemas.get(name, {})} for name, file in members.items()]
    return json.dumps({"format": FORMAT, "made_at": now.isoformat(), "files": files}, indent=1)


def digest_of_file(file: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    digest = hashlib.sha256()
    with file.open("rb") as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
