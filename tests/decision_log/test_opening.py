"""Opening a log: its key file, its schema, and every way in which they do not fit."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import stat
from pathlib import Path

import pytest

import bot.decision_log as package
from bot.decision_log import (
    DecisionLog,
    KeyFileError,
    LogError,
    LogUnavailable,
    SchemaError,
    SchemaTooNew,
    Verification,
    WrongKey,
)
from bot.decision_log.schema import SCHEMA_VERSION
from bot.errors import SharewellError
from tests.decision_log.decision_log_support import NOW, hash_as_anybody_would, make_draft, open_log


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a closed log with one record."""
    log = open_log(tmp_path)
    log.confirm(make_draft(), NOW)
    log.close()
    return tmp_path


def execute(folder: Path, statement: str) -> None:
    connection = sqlite3.connect(folder / "log.db", isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_a_new_log_has_private_files_and_a_key_of_32_bytes(folder: Path) -> None:
    key = folder / "log.key"
    assert len(base64.b64decode(key.read_bytes())) == 32
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    assert {path.name for path in folder.iterdir()} == {"log.key", "log.db"}


def test_companion_files_are_private_too(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"log.key", "log.db", "log.db-wal", "log.db-shm"}
    for path in tmp_path.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    log.close()


def test_a_log_goes_on_where_it_was(folder: Path) -> None:
    log = open_log(folder)
    assert log.confirm(make_draft(), NOW).sequence == 3
    assert log.verify() == Verification(True, 3, None, "Every entry is as it was written.", (), 0)
    log.close()


@pytest.mark.parametrize(
    "settings",
    [("journal_mode", "wal"), ("synchronous", 2), ("secure_delete", 1), ("foreign_keys", 1)],
    ids=lambda setting: str(setting[0]),
)
def test_writing_is_durable_and_deleting_overwrites(tmp_path: Path, settings: tuple[str, object]) -> None:
    log = open_log(tmp_path)
    with log._store.reading() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {settings[0]}").scalar_one() == settings[1]
    log.close()


def test_a_missing_key_file_is_not_replaced(folder: Path) -> None:
    (folder / "log.key").unlink()
    with pytest.raises(KeyFileError, match="backup"):
        open_log(folder)
    assert not (folder / "log.key").exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o601])
def test_a_key_file_open_to_others_is_refused(folder: Path, mode: int) -> None:
    (folder / "log.key").chmod(mode)
    with pytest.raises(KeyFileError, match="chmod 600"):
        open_log(folder)


@pytest.mark.parametrize("content", [b"", b"secret", base64.b64encode(b"x" * 31), base64.b64encode(b"x" * 33), b"\xff"])
def test_a_malformed_key_file_is_refused(folder: Path, content: bytes) -> None:
    (folder / "log.key").write_bytes(content)
    with pytest.raises(KeyFileError, match="32 bytes"):
        open_log(folder)


def test_a_key_file_that_is_a_link_or_a_folder_is_refused(folder: Path) -> None:
    key = folder / "log.key"
    key.rename(folder / "elsewhere")
    key.symlink_to(folder / "elsewhere")
    with pytest.raises(KeyFileError):
        open_log(folder)
    key.unlink()
    key.mkdir()
    with pytest.raises(KeyFileError):
        open_log(folder)


def test_a_key_file_in_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="Create its folder"):
        DecisionLog.open(f"sqlite:///{tmp_path}/log.db", tmp_path / "absent" / "log.key")


def test_the_key_of_another_log_is_refused(folder: Path) -> None:
    (folder / "log.key").write_bytes(base64.b64encode(b"k" * 32))
    with pytest.raises(WrongKey):
        open_log(folder)


def test_a_newer_schema_is_refused_and_left_alone(folder: Path) -> None:
    execute(folder, f"UPDATE about SET value = '{SCHEMA_VERSION + 1}' WHERE name = 'schema_version'")
    before = (folder / "log.db").read_bytes()
    with pytest.raises(SchemaTooNew, match="newer version"):
        open_log(folder)
    assert (folder / "log.db").read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM about", "UPDATE about SET value = 'x' WHERE name = 'schema_version'", "DROP TABLE about"],
)
def test_a_database_that_does_not_say_what_it_is_is_refused(folder: Path, statement: str) -> None:
    execute(folder, statement)
    with pytest.raises(SchemaError):
        open_log(folder)


def test_a_database_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    execute(tmp_path, "CREATE TABLE shopping (item)")
    with pytest.raises(SchemaError, match="something other"):
        open_log(tmp_path)
    assert not (tmp_path / "log.key").exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "log.db").write_bytes(b"not a database at all, but long enough to look at " * 100)
    with pytest.raises(SchemaError, match="damaged"):
        open_log(tmp_path)


@pytest.mark.parametrize("url", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "postgresql://host", "mysql://a/b"])
def test_an_address_that_names_no_database_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(LogUnavailable, match="neither an SQLite file nor a PostgreSQL"):
        DecisionLog.open(url, tmp_path / "log.key")


def test_every_error_is_one_of_ours_and_the_surface_is_what_it_says() -> None:
    for name in package.__all__:
        thing = getattr(package, name)
        if isinstance(thing, type) and issubclass(thing, Exception):
            assert issubclass(thing, LogError) and issubclass(thing, SharewellError)
    assert package.__all__ == sorted(package.__all__, key=lambda name: (not name.isupper(), name))


def test_exported_lines_are_enough_to_recompute_the_chain(folder: Path) -> None:
    log = open_log(folder)
    lines = [json.loads(line) for line in log.export_lines()]
    previous = "0" * 64
    for line in lines:
        assert line["previous_hash"] == previous
        assert hash_as_anybody_would(line) == line["hash"]
        previous = line["hash"]
    assert len(lines) == 2
    log.close()


def test_the_words_of_errors_are_plain() -> None:
    source = Path(package.__file__).parent
    for path in source.glob("*.py"):
        for text in re.findall(r'"([A-Z][^"\n]{20,})"', path.read_text(encoding="utf-8")):
            assert not re.search(r"n't\b|please", text, re.IGNORECASE), text
            assert all(len(sentence.split()) <= 25 for sentence in re.split(r"[.?!:]\s", text)), text
