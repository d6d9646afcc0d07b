"""Identifying details: a confirmation of their own, encrypted, read on record, and gone when erased."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.decision_log import (
    ConfirmationConflict,
    DecisionLog,
    EntryKind,
    IdentityErased,
    IdentityExists,
    IdentityMissing,
    IdentityState,
    InvalidDraft,
    UnknownReference,
    new_request_id,
)
from bot.decision_log.core import LogCore
from bot.decision_log.ledger import NewEntry
from tests.decision_log.decision_log_support import NOW, make_draft, open_log

DETAILS = {
    "case-reference": "Zanzibar/4711",
    "whose-information": "Quetzal Périwinkle of 3 Nowhere Row",
    "who-decided": "Team manager Ylang",
}
REASON = "xylophone audit of the quarter"
READER = "reader-okapi"
FREE_TEXT = "gooseberry words that were weighed"


def bytes_of(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def with_identity(log: DecisionLog) -> str:
    reference = log.confirm(make_draft(text=FREE_TEXT), NOW).reference
    log.add_identity(reference, new_request_id(), DETAILS, NOW)
    return reference


def test_details_come_back_and_the_reading_is_an_entry(log: DecisionLog) -> None:
    reference = with_identity(log)
    assert dict(log.read_identity(reference, READER, REASON, NOW)) == DETAILS
    record = log.show(reference)
    assert [entry.kind for entry in record.entries] == [
        EntryKind.DECISION,
        EntryKind.IDENTITY,
        EntryKind.IDENTITY_READ,
    ]
    assert record.identity is IdentityState.HELD
    assert record.events[-1].by == READER and record.entries[-1].body["by"] == READER
    assert record.events[-1].texts == {"reason": REASON}
    assert log.verify().ok


def test_who_added_details_stands_in_their_entry(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    log.add_identity(reference, new_request_id(), DETAILS, NOW, "account-1")
    assert [entry.by for entry in log.show(reference).entries] == ["", "account-1"]
    assert log.verify().ok


def test_who_read_in_an_earlier_release_is_still_shown(log: DecisionLog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Earlier releases kept the reader among the encrypted texts, and nothing of who it was in the entry."""
    written = LogCore._append_about

    def as_before(self: LogCore, connection: Any, entries: Any, new: NewEntry, texts: Any) -> Any:
        read_by = {**texts, "reader": str(new.body["by"])}
        return written(self, connection, entries, replace(new, body={"read": new.body["read"]}), read_by)

    reference = with_identity(log)
    with monkeypatch.context() as earlier:
        earlier.setattr(LogCore, "_append_about", as_before)
        log.read_identity(reference, READER, REASON, NOW)
    record = log.show(reference)
    assert record.entries[-1].by == "" and record.events[-1].by == READER
    assert log.verify().ok


def test_the_ledger_holds_a_commitment_only(log: DecisionLog) -> None:
    with_identity(log)
    body = list(log.entries())[-1].body
    assert set(body) == {"sealed"} and set(body["sealed"]) == {"vault_id", "commitment"}


def test_equal_details_have_unequal_commitments(log: DecisionLog) -> None:
    with_identity(log)
    with_identity(log)
    kinds = [entry for entry in log.entries() if entry.kind is EntryKind.IDENTITY]
    assert len({entry.body["sealed"]["commitment"] for entry in kinds}) == 2


def test_no_plain_text_reaches_any_file(log_in_file: DecisionLog, tmp_path: Path) -> None:
    log = log_in_file
    reference = with_identity(log)
    log.read_identity(reference, READER, REASON, NOW)
    held = bytes_of(tmp_path)
    log.erase_identity(reference, REASON, NOW)
    secrets = [*DETAILS.values(), REASON, FREE_TEXT]
    parts = {word for text in secrets for word in text.split() if len(word) > 4}
    assert {"Zanzibar/4711", "Quetzal", "Périwinkle", "gooseberry", "xylophone"} <= parts
    for part in parts - {"manager", "words", "weighed", "audit", "quarter", "Nowhere"}:
        for stored in (held, bytes_of(tmp_path)):
            assert part.encode("utf-8") not in stored
            assert part.encode("utf-16-le") not in stored
    assert reference.encode() in held  # the search does find what is there


def test_adding_twice_gives_the_first_receipt(log: DecisionLog) -> None:
    reference, confirmation_id = log.confirm(make_draft(), NOW).reference, new_request_id()
    first = log.add_identity(reference, confirmation_id, DETAILS, NOW)
    again = log.add_identity(reference, confirmation_id, DETAILS, NOW + timedelta(hours=1))
    assert (first.already_recorded, again.already_recorded) == (False, True)
    assert (first.sequence, first.recorded_at) == (again.sequence, again.recorded_at)
    assert log.verify().entries == 3


def test_the_same_confirmation_with_other_details_is_refused(log: DecisionLog) -> None:
    reference, confirmation_id = log.confirm(make_draft(), NOW).reference, new_request_id()
    other = log.confirm(make_draft(), NOW).reference
    log.add_identity(reference, confirmation_id, DETAILS, NOW)
    with pytest.raises(ConfirmationConflict):
        log.add_identity(reference, confirmation_id, {"who-decided": "someone else"}, NOW)
    with pytest.raises(ConfirmationConflict):
        log.add_identity(other, confirmation_id, DETAILS, NOW)


def test_the_id_of_a_decision_cannot_confirm_details(log: DecisionLog) -> None:
    draft = make_draft()
    reference = log.confirm(draft, NOW).reference
    with pytest.raises(ConfirmationConflict):
        log.add_identity(reference, draft.draft_id, DETAILS, NOW)


def test_a_second_set_of_details_is_refused_while_there_is_one(log: DecisionLog) -> None:
    reference = with_identity(log)
    with pytest.raises(IdentityExists):
        log.add_identity(reference, new_request_id(), DETAILS, NOW)
    log.erase_identity(reference, REASON, NOW)
    log.add_identity(reference, new_request_id(), {"who-decided": "anew"}, NOW)
    assert dict(log.read_identity(reference, READER, REASON, NOW)) == {"who-decided": "anew"}


@pytest.mark.parametrize("details", [{}, {"shoe-size": "9"}, {"who-decided": " "}, {"who-decided": "x" * 501}], ids=str)
def test_other_details_are_refused(log: DecisionLog, details: dict[str, str]) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    with pytest.raises(InvalidDraft):
        log.add_identity(reference, new_request_id(), details, NOW)
    assert log.verify().entries == 2


def test_an_unknown_record_takes_no_details(log: DecisionLog) -> None:
    with pytest.raises(UnknownReference):
        log.add_identity("SW-0000-0000", new_request_id(), DETAILS, NOW)


@pytest.mark.parametrize(("reader", "reason"), [("", REASON), ("Jo Reed", REASON), (READER, " "), (READER, "x" * 501)])
def test_nobody_reads_without_saying_who_and_why(log: DecisionLog, reader: str, reason: str) -> None:
    reference = with_identity(log)
    with pytest.raises(InvalidDraft):
        log.read_identity(reference, reader, reason, NOW)
    assert log.verify().entries == 3


def test_erased_details_are_gone_and_the_log_is_whole(log_in_file: DecisionLog, tmp_path: Path) -> None:
    log = log_in_file
    reference, confirmation_id = log.confirm(make_draft(), NOW).reference, new_request_id()
    long = {key: (text * 40)[:500] for key, text in DETAILS.items()}
    log.add_identity(reference, confirmation_id, long, NOW)
    vault_id = list(log.entries())[-1].body["sealed"]["vault_id"]
    with sqlite3.connect(tmp_path / "log.db") as connection:
        query = "SELECT wrapped_key, nonce, ciphertext FROM vault WHERE vault_id = ?"
        wrapped_key, nonce, ciphertext = connection.execute(query, (vault_id,)).fetchone()
    connection.close()
    # The entry of the erasure may take the place of a part of the row: each part is looked for by itself.
    traces = [wrapped_key, nonce, *(ciphertext[start : start + 32] for start in range(0, len(ciphertext), 32))]
    assert all(trace in bytes_of(tmp_path) for trace in traces)
    receipt = log.erase_identity(reference, REASON, NOW)
    assert receipt.traces_cleared
    assert not any(trace in bytes_of(tmp_path) for trace in traces)
    assert log.verify().ok
    assert log.show(reference).identity is IdentityState.ERASED
    for attempt in (
        lambda: log.read_identity(reference, READER, REASON, NOW),
        lambda: log.erase_identity(reference, REASON, NOW),
        lambda: log.add_identity(reference, confirmation_id, long, NOW),
    ):
        with pytest.raises(IdentityErased):
            attempt()


def test_a_reader_in_the_way_delays_the_clearing_and_is_told(tmp_path: Path) -> None:
    log = open_log(tmp_path, lock_wait=0.1)
    reference = with_identity(log)
    reader = sqlite3.connect(tmp_path / "log.db", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM ledger").fetchone()
    assert not log.erase_identity(reference, REASON, NOW).traces_cleared
    reader.close()
    assert log.clear_traces()
    assert log.verify().ok
    log.close()


def test_a_record_without_details_says_so(log: DecisionLog) -> None:
    reference = log.confirm(make_draft(), NOW).reference
    for attempt in (
        lambda: log.read_identity(reference, READER, REASON, NOW),
        lambda: log.erase_identity(reference, REASON, NOW),
    ):
        with pytest.raises(IdentityMissing) as caught:
            attempt()
        assert not isinstance(caught.value, IdentityErased)
