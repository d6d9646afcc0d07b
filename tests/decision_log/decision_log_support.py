"""What the tests of the decision log share: real fields, drafts, and programs that write until they are stopped."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import resource
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import yaml

from bot.decision_log import DecisionLog, DiskFull, Draft, FieldValue, PathStep, RecordField, new_request_id

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
RECORDS_FILE = Path(__file__).parents[2] / "knowledge" / "records.yml"
LONG_TEXT = "The weighing of one risk against the other. " * 40


@dataclass(frozen=True)
class FileOption:
    id: str
    label: str


@dataclass(frozen=True)
class FileField:
    id: str
    label: str
    kind: str
    options: tuple[FileOption, ...]
    may_add_text: bool
    identifying: bool


@cache
def raw_fields() -> list[dict[str, Any]]:
    """The fields of knowledge/records.yml with every scalar as text."""
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    fields: list[dict[str, Any]] = yaml.load(RECORDS_FILE.read_text(encoding="utf-8"), loader)["fields"]
    return fields


@cache
def file_fields() -> Mapping[str, RecordField]:
    """The fields as the log takes them, and two of the kinds that the file does not use."""
    fields = [
        FileField(
            raw["id"],
            raw["label"],
            raw["kind"],
            tuple(FileOption(option["id"], option["label"]) for option in raw.get("options", [])),
            raw["may_add_text"] == "true",
            raw["identifying"] == "true",
        )
        for raw in raw_fields()
    ]
    fields.append(FileField("test-date", "A date", "date", (), False, False))
    fields.append(FileField("test-text", "A text", "text", (), False, True))
    return {field.id: field for field in fields}


@dataclass(frozen=True)
class Place:
    """Where a log is: the address of its database, and the folder of its keys."""

    url: str
    folder: Path

    @property
    def key(self) -> Path:
        return self.folder / "log.key"

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")


def in_file(folder: Path) -> Place:
    """A log in an SQLite file of a folder."""
    return Place(f"sqlite:///{folder}/log.db", folder)


def open_log(where: Place | Path, lock_wait: float = 20.0) -> DecisionLog:
    """The log of a place or folder, made where there is none. The wait is long: the tests' machines are busy."""
    place = in_file(where) if isinstance(where, Path) else where
    return DecisionLog.open(place.url, place.key, file_fields(), lock_wait)


def make_draft(
    draft_id: str | None = None, text: str = "Weighed with care.", fields: Mapping[str, FieldValue] | None = None
) -> Draft:
    """A draft of an outcome that shares information. Its content depends on nothing but the arguments."""
    given = {
        "decision": FieldValue(("shared",)),
        "reasons": FieldValue(("protect-child", "law-requires"), text),
        "shared-with": FieldValue(("police",)),
        "review-date": FieldValue(("not-recorded",)),
    }
    return Draft(
        draft_id=draft_id or new_request_id(),
        check_id="share-decision",
        outcome_id="act-now",
        path=(PathStep("share-decision", "purpose", "harm-now"),),
        fields=given if fields is None else fields,
        area="national",
        content_version="2026.11.20",
        approval_needed=False,
        urgency="now",
    )


def started(target: Callable[..., None], *arguments: object) -> ForkServerProcess:
    """A process that runs `target`, begun from a server that has already imported what takes long."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["bot.decision_log", "yaml", "multiprocessing.connection"])
    process = context.Process(target=target, args=arguments)
    process.start()
    return process


def say(output: Path, *words: object) -> None:
    """Append one line in one write, so that a reader sees it whole or not at all."""
    line = " ".join(str(word) for word in words) + "\n"
    descriptor = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(descriptor, line.encode())
    os.close(descriptor)


def said(output: Path) -> list[list[str]]:
    """The lines that `say` wrote, as words."""
    return [line.split() for line in output.read_text().splitlines()] if output.exists() else []


def write_until_killed(place: Place, output: Path) -> None:
    """Confirm, add identifying details, and erase every third of them, for ever, saying what is done."""
    log = open_log(place)
    count = 0
    while True:
        count += 1
        draft_id, confirmation_id = new_request_id(), new_request_id()
        say(output, "trying", draft_id, confirmation_id)
        reference = log.confirm(make_draft(draft_id), NOW).reference
        say(output, "confirmed", draft_id, reference)
        log.add_identity(reference, confirmation_id, {"case-reference": draft_id}, NOW)
        say(output, "identity", confirmation_id, reference)
        if count % 3 == 0:
            log.erase_identity(reference, "the time is over", NOW)
            say(output, "erased", reference)


def confirm_once(place: Place, output: Path, draft_id: str) -> None:
    """Confirm one draft and say what the receipt was."""
    log = open_log(place)
    receipt = log.confirm(make_draft(draft_id), NOW)
    say(output, receipt.reference, receipt.already_recorded)
    log.close()


def confirm_until_full(log: DecisionLog, report: Callable[..., None]) -> None:
    """Confirm long records until the disk refuses, reporting each receipt and then the draft that failed."""
    for _ in range(5000):
        draft = make_draft(text=LONG_TEXT)
        try:
            receipt = log.confirm(draft, NOW)
        except DiskFull as error:
            report("full", draft.draft_id, error)
            return
        report("confirmed", draft.draft_id, receipt.reference)
    raise AssertionError("the disk never refused")


def confirm_under_size_limit(folder: Path, output: Path, size: int) -> None:
    """Confirm until a file would grow above `size` bytes."""
    log = open_log(folder)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    confirm_until_full(log, lambda *words: say(output, *words))
    log.close()


def attacker(folder: Path) -> sqlite3.Connection:
    """The database in the hands of someone who has no key: the guards of the ledger are gone."""
    connection = sqlite3.connect(folder / "log.db", isolation_level=None)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("DROP INDEX IF EXISTS ledger_one_decision")
    return connection


def hash_as_anybody_would(entry: Mapping[str, Any]) -> str:
    """The hash of an entry, computed without any code of the log."""
    named = ("sequence", "kind", "reference", "request_id", "recorded_at", "previous_hash", "body")
    parts = {name: entry[name] for name in named}
    text = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def rotate_for_ever(place: Place, output: Path) -> None:
    """Rotate the master key again and again, one row at a time, saying when each rotation begins."""
    from bot.decision_log import rotation

    rotation.ROWS_AT_ONCE = 1
    log = open_log(place)
    while True:
        say(output, "rotating")
        log.rotate_key("account-1", NOW)
