"""A database that cannot be written: the error says that nothing was recorded, and nothing was."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.decision_log import DecisionLog, LogError, LogLocked, LogReadOnly, LogUnavailable, new_request_id
from tests.decision_log.decision_log_support import (
    LONG_TEXT,
    NOW,
    Place,
    confirm_under_size_limit,
    confirm_until_full,
    file_fields,
    make_draft,
    open_log,
    said,
    started,
)

CAP_SYS_ADMIN = 21
SIZE_LIMIT = 1_500_000  # bytes: above a new database, below the write-ahead file's first checkpoint


def may_mount() -> bool:
    """Whether this process may mount file systems."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"^CapEff:\s*([0-9a-f]+)$", status, re.MULTILINE)
    return found is not None and bool(int(found[1], 16) >> CAP_SYS_ADMIN & 1)


@contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    subprocess.run(["mount", *options, str(folder)], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def read_only(folder: Path) -> Iterator[str]:
    """The address of the log in `folder` while nobody can write there, by the strongest means this account has."""
    if may_mount():
        with mounted(folder, "--bind", str(folder)):
            subprocess.run(["mount", "-o", "remount,bind,ro", str(folder)], check=True)
            yield f"sqlite:///{folder}/log.db"
    elif os.geteuid() != 0:
        files = list(folder.iterdir())
        for path in files:
            path.chmod(0o400)
        folder.chmod(0o500)
        try:
            yield f"sqlite:///{folder}/log.db"
        finally:
            folder.chmod(0o700)
            for path in files:
                path.chmod(0o600)
    else:  # root without the right to mount writes through every file mode
        yield f"sqlite:///file:{folder}/log.db?mode=ro&uri=true"


def require_nothing_recorded(error: LogError) -> None:
    assert "Nothing was recorded" in error.message
    assert error.remedy


def test_a_log_in_a_read_only_folder(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.confirm(make_draft(), NOW)
    log.close()
    with read_only(tmp_path) as address, pytest.raises(LogUnavailable) as caught:
        read_only_log = DecisionLog.open(address, tmp_path / "log.key", file_fields(), 1)
        try:
            read_only_log.confirm(make_draft(), NOW)
        finally:
            read_only_log.close()
    require_nothing_recorded(caught.value)
    log = open_log(tmp_path)
    assert log.verify().entries == 2
    log.close()


def test_a_log_opened_for_reading_only_is_verified_and_shown_but_never_written(tmp_path: Path) -> None:
    writer = open_log(tmp_path)
    reference = writer.confirm(make_draft(), NOW).reference
    writer.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW)
    address = f"sqlite:///file:{tmp_path}/log.db?mode=ro&uri=true"
    log = DecisionLog.open(address, tmp_path / "log.key", file_fields())
    assert log.verify().ok and log.show(reference).reference == reference
    attempts = (
        lambda: log.confirm(make_draft(), NOW),
        lambda: log.read_identity(reference, "reader", "reason", NOW),
        lambda: log.erase_identity(reference, "reason", NOW),
    )
    for attempt in attempts:
        with pytest.raises(LogReadOnly) as caught:
            attempt()
        require_nothing_recorded(caught.value)
    assert writer.verify().entries == 3
    log.close()
    writer.close()


def test_a_server_gone_read_only_is_read_and_never_written(in_postgresql: Place) -> None:
    writer = open_log(in_postgresql)
    reference = writer.confirm(make_draft(), NOW).reference
    address = in_postgresql.url.replace("options=", "options=-cdefault_transaction_read_only%3Don%20")
    assert address != in_postgresql.url
    log = DecisionLog.open(address, in_postgresql.key, file_fields())
    assert log.verify().ok and log.show(reference).reference == reference
    for attempt in (lambda: log.confirm(make_draft(), NOW), lambda: log.erase_record(reference, "account-1", NOW)):
        with pytest.raises(LogReadOnly) as caught:
            attempt()
        require_nothing_recorded(caught.value)
    assert writer.verify().entries == 2
    log.close()
    writer.close()


@pytest.mark.parametrize("how", ["file-size", *(["small-disk"] if may_mount() else [])])
def test_a_full_disk_loses_no_receipt_and_leaves_no_half_record(tmp_path: Path, how: str) -> None:
    folder, output = tmp_path / "disk", tmp_path / "said"
    folder.mkdir()
    if how == "file-size":
        process = started(confirm_under_size_limit, folder, output, SIZE_LIMIT)
        process.join(60)
        assert process.exitcode == 0
        require_receipts_then_retry(open_log(folder), said(output))
        return
    with mounted(folder, "-t", "tmpfs", "-o", f"size={SIZE_LIMIT}", "tmpfs"):
        log = open_log(folder)
        lines: list[list[str]] = []
        confirm_until_full(log, lambda *words: lines.append([str(word) for word in words]))
        assert log.verify().ok
        subprocess.run(["mount", "-o", f"remount,size={SIZE_LIMIT * 4}", str(folder)], check=True)
        require_receipts_then_retry(log, lines)


def require_receipts_then_retry(log: DecisionLog, lines: list[list[str]]) -> None:
    *confirmed, (last, failed_id, *error) = lines
    assert last == "full" and "Nothing was recorded" in " ".join(error)
    assert len(confirmed) > 10
    assert [entry.request_id for entry in log.entries()][1:] == [draft_id for _, draft_id, _ in confirmed]
    assert log.verify().ok
    assert not log.confirm(make_draft(failed_id, text=LONG_TEXT), NOW).already_recorded
    assert log.verify().entries == len(confirmed) + 2
    log.close()


def test_a_locked_log_is_waited_for_and_then_refused(tmp_path: Path) -> None:
    log = open_log(tmp_path, lock_wait=0.2)
    other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    draft = make_draft()
    started = time.monotonic()
    with pytest.raises(LogLocked) as caught:
        log.confirm(draft, NOW)
    assert 0.2 <= time.monotonic() - started < 10
    require_nothing_recorded(caught.value)
    assert log.verify().entries == 1  # reading goes on meanwhile
    other.execute("ROLLBACK")
    other.close()
    assert not log.confirm(draft, NOW).already_recorded
    log.close()


def test_more_threads_than_connections_are_refused_alike(tmp_path: Path) -> None:
    log = open_log(tmp_path, lock_wait=0.2)
    other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    faults: list[Exception] = []

    def tap() -> None:
        try:
            log.confirm(make_draft(), NOW)
        except Exception as error:
            faults.append(error)

    threads = [threading.Thread(target=tap) for _ in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    other.close()
    assert {type(fault) for fault in faults} == {LogLocked} and len(faults) == 40
    assert log.verify().entries == 1
    log.close()


def test_opening_a_locked_new_database_is_refused_in_time(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LogLocked):
        open_log(tmp_path, lock_wait=0.2)
    other.close()


def test_a_folder_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(LogUnavailable, match="cannot be opened"):
        open_log(tmp_path / "absent")
