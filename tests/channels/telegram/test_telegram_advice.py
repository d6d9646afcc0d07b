"""Advice without names by Telegram: asked by buttons, come back to by code, and told of a reply by choice."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest

from bot.channels.telegram import words
from bot.conversation import advising_words
from tests.channels.telegram.conftest import Starting
from tests.support.advice import reply
from tests.support.assistants import Bench
from tests.support.telegram.driver import Running
from tests.support.telegram.running import Emulator, User

USER = 4_100_200_300
SITUATION = "the school asked for a copy of the family plan and i am not sure we may send it"
ANSWER = "Ask the school what it needs the plan for."


@pytest.fixture
def running(start: Starting) -> Running:
    return start()


@pytest.fixture
def user(emulator: Emulator, running: Running) -> User:
    return emulator.user(USER)


def _sent(user: User) -> tuple[str, str]:
    """A question that was sent: its receipt code and its reference."""
    user.say("/advice")
    user.press("A child")
    user.press("Today")
    user.say(SITUATION)
    text = user.press("Send to an adviser").text
    code, reference = re.search(r"\d{4} \d{4} \d{4} \d{4}", text), re.search(r"A-[0-9A-Z]{4}-[0-9A-Z]{4}", text)
    assert code is not None and reference is not None, text
    return code.group(), reference.group()


def test_a_code_opens_the_thread_and_the_message_with_it_is_deleted(
    emulator: Emulator, user: User, bench: Bench
) -> None:
    code, reference = _sent(user)
    reply(bench.advice, reference, ANSWER)
    later = emulator.user(USER + 1)
    for typed in (f"/advice {code}", code):
        screen = later.say(typed)
        assert ANSWER in screen.text and words.CODE_DELETED in screen.text
        assert code not in str(later.all()) and later.own() == []


def test_where_the_message_with_a_code_cannot_be_deleted_the_user_is_told_to(
    emulator: Emulator, user: User
) -> None:
    code, _ = _sent(user)
    emulator.do(lambda: setattr(emulator.world, "undeletable", True))
    assert words.CODE_NOT_DELETED in user.say(code).text


def test_who_chose_it_is_told_once_of_a_reply_and_not_what_it_says(
    emulator: Emulator, user: User, bench: Bench, running: Running, tmp_path: Path
) -> None:
    _, reference = _sent(user)
    user.press("Be told of a reply")
    assert advising_words.NOTICE_ON in user.press("Yes, tell me here").text
    running.tell()
    assert advising_words.NOTICE_TEXT not in str(user.all())
    reply(bench.advice, reference, ANSWER)
    for _ in range(2):
        running.tell()
    told = [shown for shown in user.all() if advising_words.NOTICE_TEXT in shown.text]
    assert len(told) == 1 and told[0].text == advising_words.NOTICE_TEXT
    held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"4100200300" not in held and (USER).to_bytes(5, "big") not in held


def test_who_did_not_choose_it_is_told_nothing(user: User, bench: Bench, running: Running) -> None:
    _, reference = _sent(user)
    reply(bench.advice, reference, ANSWER)
    seen = len(user.all())
    running.tell()
    assert len(user.all()) == seen


def test_a_chat_that_cannot_be_told_now_keeps_nobody_else_waiting(
    emulator: Emulator, user: User, bench: Bench, running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.notices._TELLING_SECONDS", 1.5)
    silent, other = user, emulator.user(USER + 1)
    for each in (silent, other):
        _, reference = _sent(each)
        each.press("Be told of a reply")
        each.press("Yes, tell me here")
        reply(bench.advice, reference, ANSWER)
    emulator.do(lambda: emulator.world.faults.add("500", "sendMessage", times=1_000, chat=USER))
    began = time.monotonic()
    running.tell()
    assert time.monotonic() - began < 4.0, "a chat that takes nothing is given up, and tried again at the next look"
    assert advising_words.NOTICE_TEXT in str(other.all())
    assert advising_words.NOTICE_TEXT not in str(silent.all()) and len(bench.advice.pending_notices()) == 1
    emulator.do(lambda: emulator.world.faults.waiting.clear())
    running.tell()
    assert advising_words.NOTICE_TEXT in str(silent.all())
    assert sum(advising_words.NOTICE_TEXT in shown.text for shown in other.all()) == 1
    assert bench.advice.pending_notices() == ()


def test_a_user_who_blocked_the_bot_is_not_tried_for_ever(
    emulator: Emulator, user: User, bench: Bench, running: Running
) -> None:
    _, reference = _sent(user)
    user.press("Be told of a reply")
    user.press("Yes, tell me here")
    emulator.do(lambda: setattr(user.person.chat, "blocked", True))
    reply(bench.advice, reference, ANSWER)
    running.tell()
    assert bench.advice.pending_notices() == ()
