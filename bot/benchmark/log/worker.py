"""What a process does that writes to a log: until it is killed, or until a moment."""

from __future__ import annotations

import multiprocessing
import os
import secrets
import time
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from pathlib import Path

from sqlalchemy import Connection, create_engine, insert, text

from bot.benchmark.log.records import NOW, WORDS, Place, draft
from bot.decision_log import new_request_id
from bot.decision_log.schema import ledger, record, record_choice, vault
from bot.decision_log.store import address_of

PROCESSES = multiprocessing.get_context("forkserver")
"""Where the writers come from: a server that has imported what takes long, and holds no connection."""

PROCESSES.set_forkserver_preload(["bot.benchmark.log.worker"])

WARM_UP = 3
"""Records written before the counting begins: connections and statements are then prepared."""


def until_killed(place: Place, output: Path) -> None:
    """Confirm records for ever; each is announced before, and its reference said after."""
    log = place.opened()
    descriptor = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    while True:
        draft_id = new_request_id()
        os.write(descriptor, f"trying {draft_id}\n".encode())
        receipt = log.confirm(draft(draft_id), NOW)
        os.write(descriptor, f"confirmed {draft_id} {receipt.reference}\n".encode())


def until(place: Place, seconds: float, ready: Barrier, counts: Queue[int]) -> None:
    """Confirm records for so long, from when all writers are ready, and put how many into `counts`."""
    log = place.opened()
    for _ in range(WARM_UP):
        log.confirm(draft(), NOW)
    ready.wait()
    count, end = 0, time.monotonic() + seconds
    while time.monotonic() < end:
        log.confirm(draft(), NOW)
        count += 1
    counts.put(count)
    log.close()


def plain_until(place: Place, seconds: float, ready: Barrier, counts: Queue[int]) -> None:
    """The same rows as plain inserts, each record in a transaction of its own: no chain, no lock, no encryption."""
    engine = create_engine(address_of(place.url), pool_size=1)
    count, first = 0, secrets.randbelow(2**20) * 1000
    with engine.connect() as connection:
        for number in range(WARM_UP):
            _insert_rows(connection, first + number)
        ready.wait()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            _insert_rows(connection, first + WARM_UP + count)
            count += 1
    counts.put(count)
    engine.dispose()


def _insert_rows(connection: Connection, sequence: int) -> None:
    # Not a random one: in a minute two would be the same now and then, and plain inserts do not look.
    reference, digest = f"SW-{sequence:08X}", secrets.token_hex(32)
    moment = "2026-11-20T09:30:00.000000Z"
    connection.execute(
        insert(vault).values(
            vault_id=secrets.token_hex(16), reference=reference, generation=1, wrapped_key=secrets.token_bytes(60),
            nonce=secrets.token_bytes(12), ciphertext=secrets.token_bytes(272),
        )
    )  # fmt: skip
    connection.execute(
        insert(ledger).values(
            sequence=sequence, kind="decision", reference=reference, request_id=secrets.token_hex(16),
            recorded_at=moment, body=(WORDS * 7)[:700], previous_hash=digest, hash=digest, seal=digest,
        )
    )  # fmt: skip
    connection.execute(
        insert(record).values(
            reference=reference, sequence=sequence, last_sequence=sequence, recorded_at=moment,
            check_id="share-decision", outcome_id="share-it", area="national", urgency="same-day",
            content_version="2026.11.20", decision="shared", author="account-1", responsible="account-1",
            status="waiting-for-approval", due_at=moment, settled_at="", review_on="2027-05-20", kept_from=moment,
            keep_until="", retention="kept", identity="none", erased_at="", corrections=0,
        )
    )  # fmt: skip
    options = (("decision", "shared"), ("reasons", "protect-child"), ("reasons", "law-requires"),
               ("shared-with", "police"))  # fmt: skip
    connection.execute(
        insert(record_choice),
        [{"field_id": name, "option_id": option, "sequence": sequence} for name, option in options],
    )
    connection.commit()


def without_guards(place: Place) -> None:
    """Take the triggers off the ledger of `place`, and the rows out: plain inserts need neither."""
    engine = create_engine(address_of(place.url))
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE ledger DISABLE TRIGGER ALL"))
        connection.execute(text("DELETE FROM ledger"))
    engine.dispose()

