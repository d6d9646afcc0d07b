"""Many writers of one PostgreSQL log: no fork, no gap, and what is told to be recorded is on the disk."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bot.benchmark.log.records import in_schema
from bot.benchmark.log.writing import write
from bot.benchmark.postgresql_server import Server
from bot.decision_log import DecisionLog, EntryKind, LogUncertain
from tests.decision_log.decision_log_support import NOW, Place, make_draft, open_log

WRITERS, SECONDS = 4, 1.0


def test_processes_write_one_chain(server: Server, tmp_path: Path) -> None:
    with in_schema(server, tmp_path / "ours") as ours, in_schema(server, tmp_path / "plain") as plain:
        done = write(ours, plain, WRITERS, SECONDS)
    assert done.whole and done.entries > WRITERS and done.ours > 0 and done.plain > 0


def test_threads_write_one_chain(in_postgresql: Place) -> None:
    log = open_log(in_postgresql)
    threads = [threading.Thread(target=lambda: [log.confirm(make_draft(), NOW) for _ in range(5)]) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found = log.verify()
    assert found.ok and found.entries == 51
    log.close()


def test_a_receipt_waits_for_the_disk_though_the_commit_does_not(in_postgresql: Place) -> None:
    log = open_log(in_postgresql)
    log.confirm(make_draft(), NOW)
    with log._store.reading() as connection:
        flushed = connection.exec_driver_sql("SELECT pg_current_wal_flush_lsn() >= pg_current_wal_insert_lsn()")
        assert flushed.scalar_one()
    with log._store.writing() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "off"
    log.close()


def test_a_connection_that_was_lost_between_two_records_is_made_anew(server: Server, in_postgresql: Place) -> None:
    log = open_log(in_postgresql)
    log.confirm(make_draft(), NOW)
    with server.connect() as connection:
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    log.confirm(make_draft(), NOW)
    assert [entry.kind for entry in log.entries()].count(EntryKind.DECISION) == 2
    assert log.verify().ok
    log.close()


def test_a_connection_that_is_lost_at_the_last_moment_is_said_to_be_uncertain(
    server: Server, in_postgresql: Place
) -> None:
    log = open_log(in_postgresql)
    with pytest.raises(LogUncertain, match="may or may not") as caught, log._store.writing() as writer:
        process = writer.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with server.connect() as connection:
            connection.execute("SELECT pg_terminate_backend(%s)", (process,))
    assert "never recorded twice" in caught.value.remedy
    draft = make_draft()
    assert not log.confirm(draft, NOW).already_recorded and log.confirm(draft, NOW).already_recorded
    log.close()


def test_a_rolled_back_writer_leaves_no_gap(log: DecisionLog) -> None:
    log.confirm(make_draft(), NOW)
    try:
        with log._store.writing() as connection:
            log._ledger.begin(connection, "2026-11-20T09:30:00.000000Z")
    except Exception as error:
        assert "Nothing was recorded" in str(error)
    assert log.confirm(make_draft(), NOW).sequence == 3
    assert log.verify().ok
