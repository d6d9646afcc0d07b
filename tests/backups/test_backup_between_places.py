"""Backups between releases, beside another writer, and between databases that sort text in their own ways."""

from __future__ import annotations

import hashlib
import json
import secrets
import shutil
import sqlite3
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import insert, select

from bot import accounts, consultations, databases, tallies, training
from bot.accounts import database as accounts_database
from bot.accounts.schema import SCHEMA_VERSION, account, passkey
from bot.backups import WholeBackupError, back_up, making, restore
from bot.backups.copying import content_of, lines_of
from bot.backups.parts import parts_of
from bot.benchmark.postgresql_server import ACCOUNT, Server
from bot.consultations.schema import SCHEMA_VERSION as ADVICE_SCHEMA
from bot.decision_log import DecisionLog
from bot.knowledge import keep
from bot.settings import Settings, from_environment
from bot.training.schema import SCHEMA_VERSION as TRAINING_SCHEMA
from tests.support.assistants import knowledge

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
WAIT = 10.0
KEYS = ("aB_x", "B-x", "_q", "Zz")
"""Ids of passkeys that a language sorts otherwise than their bytes."""


def _settings(home: Path) -> Settings:
    return from_environment({"SHAREWELL_HOME": str(home)})


def _people(settings: Settings, teams: tuple[str, ...] = ("North",)) -> None:
    """Accounts, the first with passkeys, beside an empty log."""
    DecisionLog.open(settings.log_url, settings.key_file).close()
    with closing(accounts.Database(settings.accounts_url)) as database, database.writing() as connection:
        for number, team in enumerate(teams):
            connection.execute(insert(account).values(**_person(str(number), team)))
        for key in KEYS:
            connection.execute(
                insert(passkey).values(id=key, account_id="0", public_key=b"k", sign_count=0, label="l", created_at=1)
            )


def _person(name: str, team: str) -> dict[str, Any]:
    return {"id": name, "name": "n", "state": "active", "team": team, "area": "", "subjects": "[]", "created_at": 1}


@pytest.fixture
def other(home: Path, tmp_path: Path) -> Callable[[], Settings]:
    """Makes the place to restore into, with a copy of the key that is there by then."""

    def make() -> Settings:
        settings = _settings(tmp_path / "other")
        settings.prepare()
        shutil.copy(home / "master.key", settings.key_file)
        return settings

    return make


def _nothing(settings: Settings) -> bool:
    return {path.name for path in settings.home.iterdir()} <= {"master.key", "run"}


@pytest.fixture
def by_language(backup_server: Server) -> Iterator[str]:
    """The address of a database that sorts text as Americans do."""
    name = f"icu_{secrets.token_hex(8)}"
    with backup_server.connect() as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
    yield f"postgresql://{ACCOUNT}@/{name}?host={quote(str(backup_server.socket), safe='')}"
    with backup_server.connect() as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_a_database_that_sorts_text_by_language_takes_a_backup_and_gives_one(
    home: Path, tmp_path: Path, by_language: str, other: Callable[[], Settings]
) -> None:
    _people(_settings(home))
    back_up(_settings(home), tmp_path / "whole.zip", NOW, WAIT, advice=False)
    place = other()
    place = replace(place, accounts=replace(place.accounts, url=by_language))
    assert restore(place, tmp_path / "whole.zip", WAIT).databases == ("The accounts",)
    back_up(place, tmp_path / "again.zip", NOW, WAIT, advice=False)
    with zipfile.ZipFile(tmp_path / "whole.zip") as first, zipfile.ZipFile(tmp_path / "again.zip") as second:
        assert first.read("accounts.jsonl") == second.read("accounts.jsonl")


def _remade(file: Path, change: Callable[[dict[str, Any], dict[str, bytes]], object]) -> None:
    """What another release would have written: `change` is given the manifest and the members."""
    with zipfile.ZipFile(file) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(held.pop("manifest.json"))
    change(manifest, held)
    known = {each["name"]: each for each in manifest["files"]}
    manifest["files"] = [
        {**known.get(name, {}), "name": name, "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in held.items()
    ]
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
        for name, content in held.items():
            archive.writestr(name, content)


def _without_numbers(manifest: dict[str, Any], _held: dict[str, bytes]) -> None:
    for each in manifest["files"]:
        each.pop("schema", None)


def _of_schema_two(manifest: dict[str, Any], _held: dict[str, bytes]) -> None:
    for each in manifest["files"]:
        each |= {"schema": 2} if each["name"] == "accounts.jsonl" else {}


def _of_schema_nine(manifest: dict[str, Any], _held: dict[str, bytes]) -> None:
    for each in manifest["files"]:
        each |= {"schema": 9} if each["name"] == "accounts.jsonl" else {}


def _without_a_table(manifest: dict[str, Any], held: dict[str, bytes]) -> None:
    _without_numbers(manifest, held)
    lines = held["accounts.jsonl"].splitlines(keepends=True)
    held["accounts.jsonl"] = b"".join(line for line in lines if b'"enrolled"' not in line)


def _with_a_part_more(_manifest: dict[str, Any], held: dict[str, bytes]) -> None:
    held["letters.jsonl"] = b'{"table":"letter","columns":["id"]}\n'


def _sorted_by_language(manifest: dict[str, Any], held: dict[str, bytes]) -> None:
    """As an earlier release wrote it, which left the order to PostgreSQL."""
    _without_numbers(manifest, held)
    lines = held["accounts.jsonl"].splitlines(keepends=True)
    first = next(number for number, line in enumerate(lines) if b'"passkey"' in line) + 1
    lines[first : first + len(KEYS)] = sorted(lines[first : first + len(KEYS)], key=lambda line: line.lower())
    assert b"".join(lines) != held["accounts.jsonl"]
    held["accounts.jsonl"] = b"".join(lines)


@pytest.mark.parametrize("change", [_without_numbers, _sorted_by_language])
def test_a_backup_from_before_the_numbers_is_taken_where_its_tables_are_those_of_today(
    home: Path, tmp_path: Path, other: Callable[[], Settings], change: Callable[..., None]
) -> None:
    _people(_settings(home))
    back_up(_settings(home), tmp_path / "whole.zip", NOW, WAIT, advice=False)
    _remade(tmp_path / "whole.zip", change)
    assert restore(other(), tmp_path / "whole.zip", WAIT).databases == ("The accounts",)


@pytest.mark.parametrize(
    ("change", "words", "remedy"),
    [(_of_schema_two, "have schema 2, and this program restores schema 3", "then|Then install this version"),
     (_without_a_table, "have an earlier schema", "Restore it with the version that made it"),
     (_of_schema_nine, "a newer program", "or a newer one"), (_with_a_part_more, "a newer program", "or a newer one")],
)  # fmt: skip
def test_rows_of_another_schema_are_refused_before_anything_is_made(
    home: Path, tmp_path: Path, other: Callable[[], Settings], change: Callable[..., None], words: str, remedy: str
) -> None:
    _people(_settings(home), ("North", "north"))
    back_up(_settings(home), tmp_path / "whole.zip", NOW, WAIT, advice=False)
    _remade(tmp_path / "whole.zip", change)
    place = other()
    with pytest.raises(WholeBackupError, match=f"{words}.* Nothing was restored") as refused:
        restore(place, tmp_path / "whole.zip", WAIT)
    assert any(each in refused.value.remedy for each in remedy.split("|"))
    assert _nothing(place)


@pytest.mark.parametrize("schema", [2, 9])
def test_a_backup_changes_no_database_of_another_release(home: Path, tmp_path: Path, schema: int) -> None:
    settings = _settings(home)
    databases.Database(replace(accounts_database._PART, version=2), settings.accounts_url).close()
    with closing(sqlite3.connect(home / "accounts.db")) as direct, direct:
        direct.execute("UPDATE accounts_about SET value = ? WHERE name = 'schema_version'", (str(schema),))
    before = (home / "accounts.db").read_bytes()
    with pytest.raises(WholeBackupError, match=f"The accounts have schema {schema}.* Nothing was written or changed"):
        back_up(settings, tmp_path / "whole.zip", NOW, WAIT, advice=False)
    assert (home / "accounts.db").read_bytes() == before and not (tmp_path / "whole.zip").exists()


def test_a_backup_makes_no_tables_on_a_server(home: Path, tmp_path: Path, make_schema: list[str]) -> None:
    settings = replace(_settings(home), training=make_schema[1])
    settings = replace(settings, accounts=replace(settings.accounts, url=make_schema[0]))
    DecisionLog.open(settings.log_url, settings.key_file).close()
    assert back_up(settings, tmp_path / "whole.zip", NOW, WAIT, advice=True).members == ("decision-log.backup",)
    foreign = replace(settings, training=f"sqlite:///{home / 'decision-log.db'}")
    with pytest.raises(WholeBackupError, match="something other than the training"):
        back_up(foreign, tmp_path / "other.zip", NOW, WAIT, advice=True)


def test_the_schemas_that_are_copied_are_those_of_this_program(home: Path) -> None:
    schemas = {part.name: part.schema for part in parts_of(_settings(home), WAIT)}
    assert schemas == {
        "accounts": SCHEMA_VERSION, "training": TRAINING_SCHEMA, "advice": ADVICE_SCHEMA, "tallies": 1,
    }  # fmt: skip


def test_a_backup_waits_for_another_writer_as_long_as_it_was_told(home: Path, tmp_path: Path) -> None:
    settings = _settings(home)
    _people(settings)
    tallies_file, training_file = home / "tallies.db", home / "training.db"
    with closing(tallies.Tallies(settings.tallies_url)) as numbers:
        numbers.count(tallies.Found.NOTHING, NOW.date())
        numbers.flush()
    training.open_database(settings.training_url).close()
    for file in (home / "accounts.db", tallies_file, training_file):
        with closing(sqlite3.connect(file, isolation_level=None)) as writer:
            writer.execute("BEGIN EXCLUSIVE")
            with pytest.raises(WholeBackupError, match="SQLITE_BUSY"):
                back_up(settings, tmp_path / "none.zip", NOW, 0.1, advice=False)
    with closing(sqlite3.connect(home / "accounts.db", isolation_level=None, check_same_thread=False)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        end = threading.Timer(databases.LOCK_WAIT + 1.5, lambda: writer.execute("COMMIT"))
        end.start()
        assert "accounts.jsonl" in back_up(settings, tmp_path / "whole.zip", NOW, 60.0, advice=False).members
        end.join()


def test_restoring_waits_for_another_writer_as_long_as_it_was_told(home: Path) -> None:
    settings = _settings(home)
    DecisionLog.open(settings.log_url, settings.key_file).close()
    for part in parts_of(settings, 0.2):
        with part.writing():
            pass
        with closing(sqlite3.connect(home / f"{part.name}.db", isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            began = time.monotonic()
            with pytest.raises(Exception, match=r"busy|cannot be"), part.writing() as connection:
                connection.execute(part.tables[0].delete())
            assert time.monotonic() - began < databases.LOCK_WAIT / 2


def test_people_sign_in_while_rows_are_written_out(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer comes between two lines of the copy: it is done at once, and the copy is of the moment before."""
    settings = _settings(home)
    _people(settings)
    with closing(accounts.Database(settings.accounts_url)) as database, database.reading() as connection:
        before = list(lines_of(connection, accounts.COPIED))

    def beside(*given: Any) -> Iterator[bytes]:
        lines = lines_of(*given)
        yield next(lines)
        with closing(accounts.Database(settings.accounts_url, 0.1)) as writer, writer.writing() as connection:
            connection.execute(insert(account).values(**_person("late", "South")))
        yield from lines

    monkeypatch.setattr(making, "lines_of", beside)
    back_up(settings, tmp_path / "whole.zip", NOW, WAIT, advice=False)
    with zipfile.ZipFile(tmp_path / "whole.zip") as archive:
        assert archive.read("accounts.jsonl").splitlines(keepends=True) == before
    with closing(accounts.Database(settings.accounts_url)) as database, database.reading() as connection:
        assert "late" in connection.execute(select(account.c.id)).scalars().all()


def test_a_database_with_pages_of_another_size_is_copied(home: Path, tmp_path: Path) -> None:
    settings = _settings(home)
    _people(settings)
    with closing(sqlite3.connect(home / "accounts.db", isolation_level=None)) as direct:
        direct.execute("PRAGMA page_size = 1024")
        direct.execute("VACUUM")
    assert "accounts.jsonl" in back_up(settings, tmp_path / "whole.zip", NOW, WAIT, advice=False).members


def test_kept_guidance_comes_back_closed_to_others(home: Path, tmp_path: Path, other: Callable[[], Settings]) -> None:
    settings = _settings(home)
    _people(settings)
    keep(knowledge(), settings.content_folder)
    back_up(settings, tmp_path / "whole.zip", NOW, WAIT, advice=False)
    place = other()
    assert restore(place, tmp_path / "whole.zip", WAIT).versions == 1
    assert [path.stat().st_mode & 0o777 for path in place.content_folder.iterdir()] == [0o600]


def test_a_fault_of_the_program_is_not_taken_for_a_bad_backup(
    home: Path, tmp_path: Path, other: Callable[[], Settings], monkeypatch: pytest.MonkeyPatch
) -> None:
    _people(_settings(home))
    back_up(_settings(home), tmp_path / "whole.zip", NOW, WAIT, advice=False)

    def failing(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("bot.backups.restoring.fill", failing)
    with pytest.raises(RuntimeError, match="a fault of ours"):
        restore(other(), tmp_path / "whole.zip", WAIT)


def test_the_digest_of_rows_leaves_their_order_aside_and_nothing_else() -> None:
    head, other_head = b'{"table":"a","columns":["x"]}\n', b'{"table":"b","columns":["x"]}\n'
    one = content_of([head, b"[1]\n", b"[2]\n", other_head])
    assert one == content_of([head, b"[2]\n", b"[1]\n", other_head])
    for lines in ([head, b"[1]\n", b"[1]\n", other_head], [head, b"[1]\n", other_head, b"[2]\n"],
                  [head, b"[1]\n", other_head]):  # fmt: skip
        assert content_of(lines).digest != one.digest
    assert consultations.COPIED  # all that `lines_of` is given has a primary key, without which there is no order
    for table in (*accounts.COPIED, *tallies.COPIED, *training.COPIED, *consultations.COPIED):
        assert list(table.primary_key.columns)
