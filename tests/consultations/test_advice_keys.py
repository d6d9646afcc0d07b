"""What is at rest cannot be read, and what was moved in the database is not read in its new place."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.consultations import Advice, Answer, CodeRefused, Link, NotYours, ThreadDamaged, WrongAdviceKey
from tests.consultations.conftest import Make, engine_of
from tests.support.advice import ADVISER, MASTER_KEY, OTHER_ADVISER, advice_at, reply, request
from tests.support.people import Clock

OTHER_KEY = bytes(range(1, 33))
SITUATION = "Zebra crossing situation."
REPLY = "Quartz reply of an adviser."


def _change(advice: Advice, statement: str, **values: Any) -> None:
    with closing(sqlite3.connect(str(engine_of(advice).url.database))) as connection:  # foreign keys are off
        connection.execute(statement, values)
        connection.commit()


def _swap(advice: Advice, table: str, column: str, key: str, one: object, other: object) -> None:
    """Exchanges what stands in a column of two rows."""
    with engine_of(advice).begin() as connection:
        read = text(f"SELECT {column} FROM {table} WHERE {key} = :key")
        values = [connection.execute(read, {"key": each}).scalar_one() for each in (one, other)]
        write = text(f"UPDATE {table} SET {column} = :value WHERE {key} = :key")
        for each, value in ((one, f"swap-{values[0]!r}"), (other, values[0]), (one, values[1])):
            connection.execute(write, {"key": each, "value": value})


def test_no_word_of_a_thread_is_in_the_file(advice: Advice, tmp_path: Path) -> None:
    receipt = advice.send(request(SITUATION, answers=(Answer("Marble question", "Onyx answer"),)), "web place")
    advice.set_notice(receipt.ticket, b"telegram-4711")
    reply(advice, receipt.reference, REPLY)
    version = advice.desk.thread(ADVISER, receipt.reference).version
    links = (Link("topic", "basalt-topic"),)
    advice.desk.reply(ADVISER, receipt.reference, "See this.", links=links, version=version)
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    for word in (b"Zebra", b"Quartz", b"Marble", b"Onyx", b"4711", b"basalt", b"web place"):
        assert word not in content
    assert b"national" in content  # the place of the thread is no secret


def test_what_was_wiped_leaves_no_bytes(advice: Advice, tmp_path: Path) -> None:
    receipt = advice.send(request(SITUATION), "web")
    with engine_of(advice).connect() as connection:
        key, body = connection.execute(
            text("SELECT wrapped_key, body FROM advice_thread JOIN advice_message ON id = thread_id")
        ).one()
    assert key in (tmp_path / "advice.db").read_bytes()
    advice.wipe(receipt.ticket)
    content = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert key not in content and body not in content


def test_overlapping_threads_keep_their_own_replies(anywhere: Advice) -> None:
    """Three people and two advisers write in turn and all at once; every thread holds its own words only."""
    receipts = [anywhere.send(request(f"Question {number}."), f"web-{number}") for number in range(6)]
    tickets = {receipt.reference: anywhere.open(receipt.code, "phone").ticket for receipt in receipts}

    def answers(adviser: Any, own: list[Any]) -> None:
        for turn, receipt in itertools.product(range(3), own):
            reply(anywhere, receipt.reference, f"Reply {turn} to {receipt.reference}.", adviser)
            anywhere.write(tickets[receipt.reference], f"More {turn} of {receipt.reference}.")

    threads = [threading.Thread(target=answers, args=(adviser, receipts[first::2]))
               for first, adviser in enumerate((ADVISER, OTHER_ADVISER))]  # fmt: skip
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for number, receipt in enumerate(receipts):
        seen = anywhere.view(tickets[receipt.reference])
        texts = [message.text for message in seen.messages]
        expected = [f"{kind} {turn} {word} {receipt.reference}."
                    for turn in range(3) for kind, word in (("Reply", "to"), ("More", "of"))]  # fmt: skip
        assert texts == [f"Question {number}.", *expected]


@pytest.mark.parametrize("column", ["code_hash", "reference", "wrapped_key"])
def test_a_code_does_not_open_a_thread_whose_rows_were_exchanged(advice: Advice, column: str) -> None:
    one, other = (advice.send(request(f"Question {name}."), name) for name in ("one", "other"))
    ids = [advice._tickets.thread_id(receipt.ticket) for receipt in (one, other)]
    if column == "wrapped_key":
        with engine_of(advice).begin() as connection:
            keys = connection.execute(text("SELECT id, wrapped_key FROM advice_thread")).all()
            for (here, _), (_, key) in zip(keys, reversed(keys), strict=True):
                statement = text("UPDATE advice_thread SET wrapped_key = :key WHERE id = :id")
                connection.execute(statement, {"key": key, "id": here})
    else:
        _swap(advice, "advice_thread", column, "id", *ids)
    for receipt in (one, other):
        with pytest.raises((ThreadDamaged, CodeRefused)):
            advice.open(receipt.code, f"phone {receipt.reference}")
        with pytest.raises(ThreadDamaged):
            advice.view(receipt.ticket)
        with pytest.raises(ThreadDamaged):
            advice.desk.thread(ADVISER, receipt.reference)


def test_exchanged_ids_open_no_other_thread(advice: Advice) -> None:
    """Whole threads are renamed: the code of one would lead to the messages of the other."""
    one, other = (advice.send(request(f"Question {name}."), name) for name in ("one", "other"))
    first, second = (advice._tickets.thread_id(receipt.ticket) for receipt in (one, other))
    for old, new in ((first, "x"), (second, first), ("x", second)):
        _change(advice, "UPDATE advice_thread SET id = :new WHERE id = :old", old=old, new=new)
    for receipt in (one, other):
        with pytest.raises(ThreadDamaged):
            advice.open(receipt.code, receipt.reference)


def test_a_reply_that_was_moved_to_another_thread_is_not_shown(advice: Advice) -> None:
    one, other = (advice.send(request(), name) for name in ("one", "other"))
    for receipt in (one, other):
        reply(advice, receipt.reference, f"Reply to {receipt.reference}.")
    ids = [advice._tickets.thread_id(receipt.ticket) for receipt in (one, other)]
    for old, new in ((ids[0], "x"), (ids[1], ids[0]), ("x", ids[1])):
        _change(
            advice, "UPDATE advice_message SET thread_id = :new WHERE thread_id = :old AND position = 2",
            old=old, new=new,
        )  # fmt: skip
    for receipt in (one, other):
        with pytest.raises(ThreadDamaged):
            advice.view(receipt.ticket)


@pytest.mark.parametrize(
    "change", [
        "UPDATE advice_message SET position = position + 5",
        "UPDATE advice_message SET side = 'user'",
        "UPDATE advice_message SET kind = 'question'",
        "UPDATE advice_message SET at = at - 3600",
        "UPDATE advice_thread SET subject = 'adults'",
        "UPDATE advice_thread SET area = 'rochdale'",
        "UPDATE advice_thread SET urgency = 'same-day'",
        "UPDATE advice_thread SET answers = x'00'",
    ],
)  # fmt: skip
def test_what_was_changed_is_not_shown(advice: Advice, change: str) -> None:
    receipt = advice.send(request(), "web")
    reply(advice, receipt.reference, REPLY)
    assert advice.view(receipt.ticket)
    _change(advice, change)
    with pytest.raises(ThreadDamaged):
        advice.view(receipt.ticket)


def test_a_notice_of_another_thread_is_not_sent(advice: Advice) -> None:
    one, other = (advice.send(request(), name) for name in ("one", "other"))
    for receipt, address in ((one, b"chat 1"), (other, b"chat 2")):
        advice.set_notice(receipt.ticket, address)
    with engine_of(advice).begin() as connection:
        rows = connection.execute(text("SELECT id, notice FROM advice_thread")).all()
        for (here, _), (_, notice) in zip(rows, reversed(rows), strict=True):
            statement = text("UPDATE advice_thread SET notice = :notice WHERE id = :id")
            connection.execute(statement, {"notice": notice, "id": here})
    reply(advice, one.reference, REPLY)
    assert advice.pending_notices() == ()


def test_another_key_opens_nothing(make: Make, sqlite_url: str) -> None:
    make().send(request(), "web")
    with pytest.raises(WrongAdviceKey):
        advice_at(sqlite_url, keys=lambda: [OTHER_KEY])
    with pytest.raises(WrongAdviceKey):
        advice_at(sqlite_url, keys=list)


def test_a_new_master_key_is_followed_while_it_runs(anywhere: Advice, url: str, clock: Clock) -> None:
    at_hand = [MASTER_KEY]
    one, other = (advice_at(url, clock, keys=lambda: list(at_hand)) for _ in range(2))
    try:
        before = one.send(request(SITUATION), "web")
        at_hand.insert(0, OTHER_KEY)
        during = other.send(request("Between."), "web")  # under the old key still
        one.sweep()
        at_hand.remove(MASTER_KEY)
        after = other.send(request("After."), "web")  # another program finds the new key by itself
        for advice in (one, other):
            for receipt, situation in ((before, SITUATION), (during, "Between."), (after, "After.")):
                assert advice.open(receipt.code, "phone").thread.messages[0].text == situation
        one.sweep()
        with pytest.raises(WrongAdviceKey):
            advice_at(url, keys=lambda: [MASTER_KEY])
    finally:
        one.close_database()
        other.close_database()


def test_an_adviser_finds_no_thread_that_is_none(advice: Advice) -> None:
    with pytest.raises(NotYours):
        advice.desk.thread(ADVISER, "A-2222-2222")
