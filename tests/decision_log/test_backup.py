"""Backup and restore: from either database into either, verified before it counts."""

from __future__ import annotations

import base64
import gzip
import json
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.decision_log import (
    BackupError,
    DecisionLog,
    IdentityState,
    KeyFileError,
    KeySource,
    LogMissing,
    WrongKey,
    new_request_id,
    restore_backup,
    write_backup,
)
from bot.decision_log.schema import SCHEMA_VERSION
from tests.decision_log.decision_log_support import NOW, Place, file_fields, in_file, make_draft, open_log

WAIT = 20.0


@pytest.fixture
def backed_up(log: DecisionLog, place: Place) -> Path:
    """A backup of a log of eight entries, beside its key."""
    first, second = (log.confirm(make_draft(text=f"Words {number}."), NOW).reference for number in range(2))
    for reference in (first, second):
        log.add_identity(reference, new_request_id(), {"who-decided": "gooseberry"}, NOW)
    log.erase_identity(second, "the time is over", NOW)
    log.rotate_key("account-1", NOW)
    log.correct(first, {"reasons": make_draft().fields["reasons"]}, "wrong", "account-1", NOW)
    path = place.folder / "backup"
    assert write_backup(place.url, path, NOW, WAIT).entries == 8
    return path


@pytest.fixture
def elsewhere(tmp_path: Path, place: Place) -> Place:
    """Another empty place, with a copy of the key."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    if place.key.exists():
        shutil.copy2(place.key, folder / "log.key")
    return in_file(folder)


def restored(backup: Path, place: Place, key: Path) -> DecisionLog:
    shutil.copy2(key, place.key)
    found = restore_backup(place.url, backup, KeySource(place.key), WAIT)
    assert found.ok and found.entries == 8
    return DecisionLog.open(place.url, place.key, file_fields())


def test_a_restored_log_is_the_same_log(log: DecisionLog, backed_up: Path, place: Place, elsewhere: Place) -> None:
    checkpoint = log.checkpoint(NOW)
    copy = restored(backed_up, elsewhere, place.key)
    assert list(copy.export_lines()) == list(log.export_lines())
    assert [copy.show(one.reference) for one in log.find()] == [log.show(one.reference) for one in log.find()]
    assert [one.identity for one in map(log.show, (one.reference for one in copy.find()))] == [
        IdentityState.HELD, IdentityState.ERASED,
    ]  # fmt: skip
    assert copy.verify([checkpoint]).ok
    copy.confirm(make_draft(), NOW)
    assert copy.verify([checkpoint]).ok
    copy.close()


def test_a_log_moves_from_a_file_into_postgresql(in_postgresql: Place, tmp_path: Path) -> None:
    folder = tmp_path / "before"
    folder.mkdir()
    before = open_log(folder)
    reference = before.confirm(make_draft(), NOW).reference
    write_backup(in_file(folder).url, tmp_path / "backup", NOW, WAIT)
    shutil.copy2(folder / "log.key", in_postgresql.key)
    assert restore_backup(in_postgresql.url, tmp_path / "backup", KeySource(in_postgresql.key), WAIT).entries == 2
    after = open_log(in_postgresql)
    assert after.show(reference) == before.show(reference)
    after.confirm(make_draft(), NOW)
    assert after.verify().ok
    before.close()
    after.close()


def test_a_backup_is_private_and_holds_neither_key_nor_words(backed_up: Path, place: Place) -> None:
    assert stat.S_IMODE(backed_up.stat().st_mode) == 0o600
    content = gzip.decompress(backed_up.read_bytes())
    assert b"gooseberry" not in content and place.key.read_bytes().strip() not in content
    assert [path.name for path in place.folder.iterdir() if path.name.startswith(".")] == []


def test_an_existing_file_is_not_overwritten(log: DecisionLog, backed_up: Path, place: Place) -> None:
    before = backed_up.read_bytes()
    with pytest.raises(BackupError, match="exists already"):
        write_backup(place.url, backed_up, NOW, WAIT)
    assert backed_up.read_bytes() == before


def test_a_backup_into_a_folder_that_is_not_there(log: DecisionLog, place: Place) -> None:
    with pytest.raises(BackupError, match="cannot be written"):
        write_backup(place.url, place.folder / "absent" / "backup", NOW, WAIT)


def test_there_is_nothing_to_back_up(place: Place) -> None:
    with pytest.raises(LogMissing):
        write_backup(place.url, place.folder / "backup", NOW, WAIT)
    assert not (place.folder / "backup").exists() and not (place.folder / "log.db").exists()


def test_a_log_that_is_there_is_not_overwritten(log: DecisionLog, backed_up: Path, place: Place) -> None:
    log.confirm(make_draft(), NOW)
    with pytest.raises(BackupError, match="already"):
        restore_backup(place.url, backed_up, KeySource(place.key), WAIT)
    assert log.verify().entries == 9


@pytest.mark.parametrize(("content", "error"), [(base64.b64encode(b"x" * 32), WrongKey), (None, KeyFileError)])
def test_a_restore_needs_the_right_key(
    backed_up: Path, elsewhere: Place, content: bytes | None, error: type[Exception]
) -> None:
    elsewhere.key.unlink(missing_ok=True)
    if content is not None:
        elsewhere.key.write_bytes(content)
        elsewhere.key.chmod(0o600)
    with pytest.raises(error):
        restore_backup(elsewhere.url, backed_up, KeySource(elsewhere.key), WAIT)
    with pytest.raises(LogMissing):
        DecisionLog.open_existing(elsewhere.url, elsewhere.key)


def changed_line(content: bytes) -> bytes:
    lines = gzip.decompress(content).splitlines(keepends=True)
    lines[8] = lines[8].replace(b"police", b"hospital")
    return gzip.compress(b"".join(lines))


def newer(content: bytes) -> bytes:
    import hashlib

    lines = gzip.decompress(content).splitlines(keepends=True)[:-1]
    lines[0] = lines[0].replace(f'"schema":{SCHEMA_VERSION}'.encode(), b'"schema":99')
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    return gzip.compress(b"".join([*lines, json.dumps({"digest": digest}).encode()]))


def without_an_entry(content: bytes) -> bytes:
    """A whole backup of a log that is not whole: the forger knows how a backup is made."""
    import hashlib

    lines = [line for line in gzip.decompress(content).splitlines(keepends=True)[:-1] if b'"identity"' not in line]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    return gzip.compress(b"".join([*lines, json.dumps({"digest": digest}).encode()]))


HARM: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "no backup": lambda content: b"something else entirely",
    "an empty gzip": lambda content: gzip.compress(b""),
    "a line was changed": changed_line,
    "a newer program": newer,
    "an entry is missing": without_an_entry,
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
def test_a_harmed_backup_restores_nothing(
    backed_up: Path, elsewhere: Place, place: Place, harm: Callable[[bytes], bytes]
) -> None:
    shutil.copy2(place.key, elsewhere.key)
    backed_up.write_bytes(harm(backed_up.read_bytes()))
    with pytest.raises(BackupError):
        restore_backup(elsewhere.url, backed_up, KeySource(elsewhere.key), WAIT)
    with pytest.raises(LogMissing):
        DecisionLog.open_existing(elsewhere.url, elsewhere.key)
