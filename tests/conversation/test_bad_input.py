"""Whatever is sent, there is a clear reply, and what was open is still open."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation import words
from bot.conversation.assistant import LONGEST_MESSAGE
from bot.conversation.messages import MAX_BUTTON_BYTES, Message, Reply
from tests.support.assistants import Bench, knowledge, made

TEXTS = {
    "empty": "",
    "spaces": "   \n\t ",
    "emoji": "\U0001f62d\U0001f62d\U0001f494",
    "control characters": "\x00\x01\x1b[31m\x07",
    "right-to-left marks": "\u202e\u200f\u2067",
    "a leading slash": "/inform{\"a\": 1}",
    "a slash command that is not known": "/launch",
    "HTML": "<script>alert(1)</script><b>",
    "SQL": "'; DROP TABLE entry; --",
    "search syntax": '" OR * NEAR( AND NOT ^ col:',
    "braces": "{0} {reference} %s %(x)s",
    "a lone surrogate": "can i \ud800 share",
    "long": "can I share this " * 300,
    "as long as can be": "a" * LONGEST_MESSAGE,
    "too long": "a " * LONGEST_MESSAGE,
    "many lines": "can i\n" * 400,
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_gets_a_reply_and_the_check_stays_open(text: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        opened = await bench.press("check:share-decision")
        reply = await bench.say(text)
        assert reply.text.strip()
        _can_be_sent(reply)
        shown = await bench.press("show")
        assert shown.id == opened.id, "the check was lost"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_a_text_gets_a_reply_when_nothing_is_open(text: str, tmp_path: Path) -> None:
    with made(tmp_path) as bench:
        reply = asyncio.run(bench.say(text))
        assert reply.text.strip()
        assert reply.buttons
        _can_be_sent(reply)


BUTTONS = (
    "", "nothing", "topic:", "topic:no-such", "check:no-such", "check:a:b", "answer:abc", "answer:000000:yes",
    "answer::", "goto:9:abcdef", "goto:x:abcdef", "goto:\u00b2:abcdef", "goto:" + "9" * 5000 + ":a",
    "field:decision:shared", "field:no:no", "revise:decision",
    "confirm:" + "0" * 32, "confirm:", "keep:" + "0" * 32, "identify:SW-0000-0000", "blank:case-reference",
    "area:atlantis", "more:no-such", "restart:no-such", ":::::", "why:x", "\x00", "a" * 5000, "discard", "preview",
    "revise", "record", "save-nothing", "back", "why", "stop", "change", "none", "not-a-name",
)  # fmt: skip


@pytest.mark.parametrize("value", BUTTONS)
def test_a_button_that_fits_nothing_open_is_answered(value: str, tmp_path: Path) -> None:
    with made(tmp_path) as bench:
        reply = asyncio.run(bench.press(value))
        assert reply.text.strip()
        assert reply.buttons
        assert next(iter(bench.log.entries()), None) is None or reply.kind != "recorded"


def test_a_button_of_another_check_changes_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        other = await bench.press("check:gillick-competence")
        value = other.buttons[0].value
        await bench.press("restart:share-decision")
        reply = await bench.press(value)
        assert words.OLD_BUTTON in reply.text
        assert reply.id == "share-decision/purpose"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_an_option_that_the_question_does_not_have_is_not_repeated(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("check:share-decision")
        reply = await bench.press(first.buttons[0].value.rsplit(":", 1)[0] + ":thaddeus")
        assert words.UNKNOWN_BUTTON in reply.text
        assert "thaddeus" not in reply.text
        assert reply.id == first.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_the_beginning_of_a_far_too_long_message_is_read_for_danger(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        opened = await bench.press("check:share-decision")
        calm = await bench.say("can i share this " * 1000)
        assert words.FAR_TOO_LONG in calm.text
        assert calm.id == opened.id, "the check was lost"
        urgent = await bench.say("he has a knife and is threatening her. " + "a " * LONGEST_MESSAGE)
        assert urgent.parts[0].kind == "urgent"
        assert words.FAR_TOO_LONG in urgent.text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_fault_of_our_own_is_told_without_what_was_typed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    async def talk(bench: Bench) -> None:
        opened = await bench.press("check:share-decision")
        bench.index._database.close()
        reply = await bench.assistant.turn(Message(bench.chat, text="zebra consent"))
        assert words.FAULT in reply.text
        assert reply.buttons == opened.buttons, "what was open is no longer open"
        urgent = await bench.say("he has a knife and is threatening her")
        assert urgent.parts[0].kind == "urgent"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))
    assert "ProgrammingError" in caplog.text
    assert "zebra" not in caplog.text


def test_a_button_of_an_earlier_step_changes_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("check:share-decision")
        second = await bench.press(first.buttons[0].value)
        reply = await bench.press(first.buttons[0].value)
        assert words.OLD_BUTTON in reply.text
        assert reply.id == second.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_button_of_an_expired_session_says_so(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("check:share-decision")
        bench.clock.forward(bench.store.idle_seconds + 1)
        reply = await bench.press(first.buttons[0].value)
        assert "I ended it and wiped it" in reply.text
        assert words.OLD_BUTTON in reply.text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_two_messages_at_once_are_answered_one_after_the_other(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("check:share-decision")
        yes = first.buttons[0].value
        replies = await asyncio.gather(*(bench.press(yes) for _ in range(8)))
        assert [reply.id for reply in replies].count("share-decision/identifiable") == 8
        assert sum(words.OLD_BUTTON in reply.text for reply in replies) == 7, "a double tap answered twice"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_every_button_of_every_check_fits_the_smallest_channel(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        for check_id in knowledge().checks:
            reply = await bench.press(f"restart:{check_id}")
            for button in reply.buttons:
                assert len(button.value.encode()) <= MAX_BUTTON_BYTES
        for topic_id in knowledge().topics:
            _can_be_sent(await bench.press(f"topic:{topic_id}"))

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))
    for check in knowledge().checks.values():
        for outcome in check.outcomes:
            for name in outcome.records:
                for option in knowledge().fields[name].options:
                    assert len(f"field:{name}:{option.id}".encode()) <= MAX_BUTTON_BYTES


def _can_be_sent(reply: Reply) -> None:
    """Every channel must be able to send the reply: text that is valid, buttons within the limit."""
    str(reply.as_json()).encode()
    for button in reply.buttons:
        assert button.label.strip()
        assert len(button.value.encode()) <= MAX_BUTTON_BYTES
