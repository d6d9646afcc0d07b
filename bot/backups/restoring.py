"""Brings a backup of the whole installation back, and verifies each part of it before that part counts.

Several databases cannot change in one step. So the file is read through first, every place must be empty or hold the
same already, and a restoring that was interrupted is run again.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from bot.backups.copying import Content, content_of, digest_of, fill, is_empty
from bot.backups.errors import (
    WholeBackupError,
    changed_meanwhile,
    filled,
    log_not_whole,
    log_there,
    not_whole,
    not_written,
    of_a_newer,
    of_an_earlier,
    part_not_whole,
    restored_so_far,
    unreadable,
)
from bot.backups.making import CONTENT, FORMAT, LOG, MANIFEST, digest_of_file
from bot.backups.parts import ADVICE, Part, parts_of
from bot.backups.reading import looking
from bot.decision_log import BackupError, DecisionLog, KeySource, LogMissing, restore_backup
from bot.errors import SharewellError
from bot.knowledge import archived
from bot.new_files import appearing
from bot.settings import Settings

_KEPT = re.compile(re.escape(CONTENT) + r"([0-9a-f]{64})\.json\.gz")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1 << 20
_LARGEST_MANIFEST = 10_000_000  # bytes
_NOT_WHOLE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError)
"""What reading a member raises where the archive was cut or changed."""

_ENCRYPTED = 0x1  # in the flags of a member; none of ours is, and reading it would raise a bare RuntimeError


@dataclass(frozen=True)
class _Listed:
    """What the manifest says of a member. `schema` is None of the log, of guidance, and in backups made before."""

    sha256: str
    schema: int | None


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

    Raises WholeBackupError where the file is not whole or a place holds something else; KeyFileError or WrongKey for
    the keys; or the error of a database. Once something was restored, each becomes a WholeBackupError that says what.
    """
    settings.prepare()
    keys = KeySource(settings.key_file, settings.key)
    with _opened(path) as archive:
        with _reading(path):
            digest, listed = _listed(archive, path)
            if any(_digest(archive, name) != member.sha256 for name, member in listed.items()):
                raise not_whole(path)
            parts = [part for part in parts_of(settings, lock_wait) if part.member in listed]
            _require_known(path, listed, parts)
            contents = {part.name: _content(archive, path, part, listed[part.member].schema) for part in parts}
        if LOG in listed:
            _require_no_log(settings, keys, lock_wait)
        if LOG in listed or any(part.name == ADVICE for part in parts):
            next(keys.at_hand())  # a key that is missing is missed before anything is filled
        for part in parts:
            _require_place(part, contents[part.name], lock_wait)
        versions = {name: kept[1] for name in listed if (kept := _KEPT.fullmatch(name))}
        for name in versions:
            _require_same(settings.content_folder, name, listed[name].sha256)
        restored: list[str] = []
        with _telling(path, restored):
            for name in versions:
                with _writing(settings.content_folder):
                    _keep(settings.content_folder, archive, name)
            restored += ["The guidance of earlier days"] if versions else []
            for part in parts:
                _bring_back(part, archive, path, contents[part.name])
                restored.append(part.title)
            entries = _bring_back_log(settings, archive, path, lock_wait) if LOG in listed else None
    unread = sum(archived(settings.content_folder, version) is None for version in versions.values())
    return Restored(digest, tuple(part.title for part in parts), entries, len(versions), unread)


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    with _reading(path):
        archive = zipfile.ZipFile(path)
    with archive:
        yield archive


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Says of a fault that it is of the backup: while nothing but that is read."""
    try:
        yield
    except OSError as error:
        raise unreadable(path, error.strerror or "it is damaged") from None
    except _NOT_WHOLE:
        raise not_whole(path) from None


@contextmanager
def _telling(path: Path, restored: Sequence[str]) -> Iterator[None]:
    """Adds to a fault what was restored by then: whoever reads it must know what to empty."""
    try:
        yield
    except SharewellError as error:
        if not restored and not isinstance(error, WholeBackupError):
            raise
        raise WholeBackupError(f"{error.message} {restored_so_far(restored)}", error.remedy) from None
    except (OSError, *_NOT_WHOLE):  # it was whole a moment ago
        fault = changed_meanwhile(path)
        raise WholeBackupError(f"{fault.message} {restored_so_far(restored)}", fault.remedy) from None


def _listed(archive: zipfile.ZipFile, path: Path) -> tuple[str, Mapping[str, _Listed]]:
    """The digest of the manifest, and what it says of each member. Nothing may be there that it does not name."""
    names = archive.namelist()
    if any(member.flag_bits & _ENCRYPTED for member in archive.infolist()):
        raise not_whole(path)
    if MANIFEST not in names or archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise not_whole(path)
    told = archive.read(MANIFEST)
    try:
        manifest = json.loads(told)
        listed = {
            str(file["name"]): _Listed(str(file["sha256"]), int(file["schema"]) if "schema" in file else None)
            for file in manifest["files"]
        }
        known = manifest["format"] == FORMAT
    except (ValueError, KeyError, TypeError, RecursionError):
        raise not_whole(path) from None
    if not known:
        raise of_a_newer(path)
    if sorted(names) != sorted([MANIFEST, *listed]):
        raise not_whole(path)
    if not all(_SHA256.fullmatch(member.sha256) for member in listed.values()):
        raise not_whole(path)
    return hashlib.sha256(told).hexdigest(), listed


def _require_known(path: Path, listed: Mapping[str, _Listed], parts: Sequence[Part]) -> None:
    """Raises WholeBackupError where the backup holds what this program would leave out."""
    known = {LOG, *(part.member for part in parts)}
    if any(name not in known and not name.startswith(CONTENT) for name in listed):
        raise of_a_newer(path)


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as content:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _require_no_log(settings: Settings, keys: KeySource, lock_wait: float) -> None:
    """Raises WholeBackupError where there is a log. It is brought back last: where it is there, so are the others."""
    with suppress(LogMissing):
        DecisionLog.open_existing(settings.log_url, keys, lock_wait=lock_wait).close()
        raise log_there()


def _content(archive: zipfile.ZipFile, path: Path, part: Part, schema: int | None) -> Content:
    """What the backup holds of a part. Raises WholeBackupError where this program cannot take all of it as it is."""
    try:
        with archive.open(part.member) as lines:
            content = content_of(lines)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise not_whole(path) from None
    known = {table.name: set(table.columns.keys()) for table in part.tables}
    if any(not set(columns) <= known.get(name, set()) for name, columns in content.shape.items()):
        raise of_a_newer(path)
    if schema is not None and schema > part.schema:
        raise of_a_newer(path)
    complete = all(set(columns) == known[name] for name, columns in content.shape.items())
    # Rows of an earlier schema would miss what its upgrade does to them. Without a number, the tables tell.
    if schema is None and not (complete and content.shape.keys() == known.keys()):
        raise of_an_earlier(path, part.title, None, part.schema)
    if schema is not None and schema < part.schema:
        raise of_an_earlier(path, part.title, schema, part.schema)
    if not complete:
        raise not_whole(path)
    return content


def _require_place(part: Part, content: Content, lock_wait: float) -> None:
    """Raises WholeBackupError unless the database is empty, or holds what the backup holds. Nothing is made by it."""
    with looking(part, lock_wait) as seen:
        if seen is None or is_empty(seen.connection, [table for table in part.tables if table.name in seen.tables]):
            return
        same = seen.schema == part.schema and digest_of(seen.connection, part.tables, content.shape) == content.digest
    if not same:
        raise filled(part.title)


def _bring_back(part: Part, archive: zipfile.ZipFile, path: Path, content: Content) -> None:
    """Fills one database, in one transaction, and reads it again before that counts."""
    with part.writing() as connection, archive.open(part.member) as lines:
        if not is_empty(connection, part.tables):
            return  # an earlier run was interrupted after it
        try:
            fill(connection, part.tables, lines)
        except OperationalError:
            raise  # the database failed, and says so itself
        except (ValueError, KeyError, TypeError, AttributeError, SQLAlchemyError):
            raise part_not_whole(path, part.title) from None
        if digest_of(connection, part.tables, content.shape) != content.digest:
            raise part_not_whole(path, part.title)


def _require_same(folder: Path, name: str, expected: str) -> None:
    """Raises WholeBackupError where a file of kept guidance is there, and is another."""
    with _writing(folder):
        file = folder / name.removeprefix(CONTENT)
        if file.exists() and digest_of_file(file) != expected:
            raise filled("The folder of the kept guidance")


def _keep(folder: Path, archive: zipfile.ZipFile, name: str) -> None:
    file = folder / name.removeprefix(CONTENT)
    if file.exists():
        return
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with archive.open(name) as content, appearing(file) as out:
        _copy(content, out)


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
