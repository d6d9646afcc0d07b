"""Brings a backup of the whole installation back, and verifies each part of it before that part counts.

Several databases cannot change in one step. So the file is read through first, every place must be empty or hold the
same already, and a restoring that was interrupted is run again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from sqlalchemy.exc import SQLAlchemyError

from bot.backups.copying import Shape, digest_of, fill, is_empty, shape_of
from bot.backups.errors import WholeBackupError, filled, log_not_whole, log_there, not_whole, not_written, unreadable
from bot.backups.making import CONTENT, FORMAT, LOG, MANIFEST, digest_of_file
from bot.backups.parts import Part, parts_of
from bot.decision_log import BackupError, DecisionLog, KeySource, LogMissing, restore_backup
from bot.knowledge import archived
from bot.settings import Settings

_KEPT = re.compile(re.escape(CONTENT) + r"([0-9a-f]{64})\.json\.gz")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 10_000_000  # bytes


@dataclass(frozen=True)
class Restored:
    """What was brought back: titles of databases with their rows verified, entries of the log, versions of guidance.

    `entries` is None where the backup holds no log. `unread` are versions that this program cannot show any more.
    """

    digest: str
    databases: tuple[str, ...]
    entries: int | None
    versions: int
    unread: int


def restore(settings: Settings, path: Path, lock_wait: float) -> Restored:
    """Bring a backup back. The keys must be in their places. Stop Sharewell before.

    Raises WholeBackupError where the file is not whole or a place holds something else; KeyFileError, WrongKey or
    BackupError for the log; or the error of a database.
    """
    settings.prepare()
    with _opened(path) as archive:
        digest, listed = _listed(archive, path)
        if any(_digest(archive, name) != expected for name, expected in listed.items()):
            raise not_whole(path)
        parts = [part for part in parts_of(settings) if part.member in listed]
        shapes = {part.name: _shape(archive, path, part.member) for part in parts}
        if LOG in listed:
            _require_no_log(settings, lock_wait)
        for part in parts:
            _require_place(part, shapes[part.name], listed[part.member])
        for name in filter(_KEPT.fullmatch, listed):
            with _writing(settings.content_folder):
                _keep(settings.content_folder, archive, name, listed[name])
        for part in parts:
            _bring_back(part, archive, path, shapes[part.name], listed[part.member])
        entries = _bring_back_log(settings, archive, path, lock_wait) if LOG in listed else None
    versions = [kept[1] for name in listed if (kept := _KEPT.fullmatch(name))]
    unread = sum(archived(settings.content_folder, version) is None for version in versions)
    return Restored(digest, tuple(part.title for part in parts), entries, len(versions), unread)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise unreadable(path, error.strerror or "it is damaged") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        raise not_whole(path) from None


def _listed(archive: zipfile.ZipFile, path: Path) -> tuple[str, Mapping[str, str]]:
    """The digest of the manifest, and the SHA-256 of each member. Nothing may be there that it does not name."""
    names = archive.namelist()
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise not_whole(path)
    told = archive.read(MANIFEST)
    try:
        manifest = json.loads(told)
        listed = {str(file["name"]): str(file["sha256"]) for file in manifest["files"]}
        known = manifest["format"] == FORMAT
    except (ValueError, KeyError, TypeError, RecursionError):
        raise not_whole(path) from None
    if not known:
        raise WholeBackupError(
            f"The backup {path} was written by another or a newer program. Nothing was restored.",
            "Restore it with the version that made it, or a newer one.",
        )
    if sorted(names) != sorted([MANIFEST, *listed]) or not all(map(_SHA256.fullmatch, listed.values())):
        raise not_whole(path)
    return hashlib.sha256(told).hexdigest(), listed


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _require_no_log(settings: Settings, lock_wait: float) -> None:
    """Raises WholeBackupError where there is a log. It is brought back last: where it is there, so are the others."""
    with suppress(LogMissing):
        keys = KeySource(settings.key_file, settings.key)
        DecisionLog.open_existing(settings.log_url, keys, lock_wait=lock_wait).close()
        raise log_there()


def _shape(archive: zipfile.ZipFile, path: Path, name: str) -> Shape:
    try:
        with archive.open(name) as lines:
            return shape_of(lines)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise not_whole(path) from None


def _require_place(part: Part, shape: Shape, expected: str) -> None:
    """Raises WholeBackupError unless the database is empty, or holds what the backup holds."""
    if not part.exists:
        return
    with part.writing() as connection:
        if not is_empty(connection, part.tables) and digest_of(connection, part.tables, shape) != expected:
            raise filled(part.title, "Nothing was restored.")


def _bring_back(part: Part, archive: zipfile.ZipFile, path: Path, shape: Shape, expected: str) -> None:
    """Fills one database, in one transaction, and reads it again before that counts."""
    with part.writing() as connection, archive.open(part.member) as lines:
        if not is_empty(connection, part.tables):
            return  # an earlier run was interrupted after it
        try:
            fill(connection, part.tables, lines)
        except (ValueError, KeyError, TypeError, AttributeError, SQLAlchemyError):
            raise not_whole(path) from None
        if digest_of(connection, part.tables, shape) != expected:
            raise not_whole(path)


def _keep(folder: Path, archive: zipfile.ZipFile, name: str, expected: str) -> None:
    file = folder / name.removeprefix(CONTENT)
    if file.exists():
        if digest_of_file(file) != expected:
            raise filled("The folder of the kept guidance", "Nothing was put in its place.")
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with archive.open(name) as content, beside.open("xb") as out:
            _copy(content, out)
        os.replace(beside, file)
    finally:
        with suppress(FileNotFoundError):
            beside.unlink()


def _bring_back_log(settings: Settings, archive: zipfile.ZipFile, path: Path, lock_wait: float) -> int:
    """How many entries the log holds, each of which was verified."""
    keys = KeySource(settings.key_file, settings.key)
    with _writing(settings.home), TemporaryDirectory(dir=settings.home, prefix=".sharewell-restore-") as folder:
        file = Path(folder) / LOG
        with archive.open(LOG) as content, file.open("xb") as out:
            _copy(content, out)
        try:
            return restore_backup(settings.log_url, file, keys, lock_wait).entries
        except BackupError:
            raise log_not_whole(path) from None


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Says of a fault that it is of the place, not of the backup, which was read to its end before."""
    try:
        yield
    except OSError as error:
        raise not_written(place, error.strerror or type(error).__name__) from None


def _copy(content: IO[bytes], out: IO[bytes]) -> None:
    while chunk := content.read(_CHUNK):
        out.write(chunk)
