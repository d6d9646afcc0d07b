"""Whatever Telegram, the network or a restart does: each message is answered, once and in its order."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from bot.channels.telegram import Pace, words
from bot.channels.telegram.settings import secret_of
from tests.channels.telegram.conftest import Starting
from tests.support.assistants import Bench
from tests.support.telegram.driver import Running
from tests.support.telegram.faults import FaultKind
from tests.support.telegram.pacing import PER_SECOND
from tests.support.telegram.running import Emulator, User
from tests.support.telegram.world import TOKEN

_MOST_CONVERSATIONS = 40
SECOND_QUESTION = "Could somebody work out who this is about?"


@pytest.mark.parametrize("kind", ["drop", "delay", "429", "500", "garbage"])
@pytest.mark.parametrize("method", ["sendMessage", "editMessageText", "getUpdates", "answerCallbackQuery"])
def test_a_fault_delays_an_answer_and_loses_nothing(
    kind: FaultKind, method: str, emulator: Emulator, user: User
) -> None:
    user.say("/check share-decision")
    messages = len(user.all())
    emulator.do(lambda: emulator.world.faults.add(kind, method, times=2))
    if method == "sendMessage":
        assert "Which area" in user.say("/area").text
        assert len(user.all()) == messages + 1
        return
    assert SECOND_QUESTION in user.press("Yes").text
    assert len(user.all()) == messages


def test_an_answer_that_was_lost_on_its_way_may_come_twice_and_is_not_missing(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    emulator.do(lambda: emulator.world.faults.add("disconnect", "sendMessage"))
    assert "Which area" in user.say("/area").text
    assert SECOND_QUESTION not in str(user.all()[-1].text)


def test_an_edit_that_was_lost_on_its_way_is_not_shown_twice(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    messages = len(user.all())
    emulator.do(lambda: emulator.world.faults.add("disconnect", "editMessageText"))
    assert SECOND_QUESTION in user.press("Yes").text
    assert len(user.all()) == messages


def test_the_wait_that_telegram_asks_for_is_kept(emulator: Emulator, user: User) -> None:
    user.open()
    emulator.do(lambda: emulator.world.faults.add("429", "sendMessage"))
    began = time.monotonic()
    assert "Which area" in user.say("/area").text
    assert time.monotonic() - began >= 1.0


def test_telegram_is_down_for_a_while(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    emulator.do(lambda: emulator.world.faults.add("drop", times=8))
    assert SECOND_QUESTION in user.press("Yes").text
    assert emulator.do(lambda: emulator.world.faults.waiting) == []


def test_messages_of_a_chat_are_answered_in_their_order(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    updates = [user.begin(partial(user.person.say, text)) for text in ("yes", "why", "/area", "/help")]
    for update in updates:
        user.until_done(update)
    texts = [shown.text for shown in user.all()][-4:]
    for text, seen in zip(texts, (SECOND_QUESTION, "Why this is asked", "Which area", "What I can do"), strict=True):
        assert seen in text


def test_a_slow_chat_does_not_hold_up_another(emulator: Emulator, user: User) -> None:
    emulator.do(lambda: emulator.world.faults.add("delay", "sendMessage", seconds=4.0))
    slow = user.begin(lambda: user.person.say("/area"))
    emulator.wait(lambda: not emulator.world.faults.waiting, "the delay")
    began = time.monotonic()
    other = emulator.user(5_000)
    sent = other.begin(lambda: other.person.say("/help"))
    emulator.wait(lambda: bool(other.person.all()), "the answer")
    assert time.monotonic() - began < 3.0
    user.until_done(slow)
    other.until_done(sent)
    assert "Which area" in user.all()[-1].text and "What I can do" in other.all()[-1].text


class Posted:
    """Hands updates to the webhook by itself, in whatever order a test wants."""

    def __init__(self, emulator: Emulator, running: Running, loop: asyncio.AbstractEventLoop) -> None:
        self._world = emulator.world
        self._emulator = emulator
        self._app = Starlette(routes=list(running.channel.routes))
        self._loop = loop

    def take(self, update: int) -> dict[str, Any]:
        """An update that is on its way: it is not delivered before it is posted."""
        found: dict[str, Any] = self._emulator.do(lambda: self._world.updates.pop(update))
        return found

    def post(self, *updates: dict[str, Any]) -> None:
        """Posts updates at once, the first a little before the next. Returns when all are answered."""
        asyncio.run_coroutine_threadsafe(self._posted(updates), self._loop).result(60)

    async def _posted(self, updates: Sequence[dict[str, Any]]) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN)}
        transport = httpx.ASGITransport(self._app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", headers=headers) as http:
            posting = []
            for update in updates:
                posting.append(asyncio.create_task(http.post("/telegram/webhook", json=update, timeout=60)))
                await asyncio.sleep(0.05)
            assert [(await each).status_code for each in posting] == [200] * len(updates)


@pytest.fixture
def posted(emulator: Emulator, start: Starting, loop: asyncio.AbstractEventLoop) -> Posted:
    public = "https://bot.example.org"
    emulator.do(lambda: emulator.world.hosts.update({public: "http://127.0.0.1:9"}))  # nobody else delivers
    return Posted(emulator, start(webhook_url=public), loop)


def test_updates_that_come_in_another_order_while_one_is_answered_are_put_in_order(
    emulator: Emulator, posted: Posted
) -> None:
    user = emulator.user()
    emulator.do(lambda: emulator.world.faults.add("delay", "sendMessage", seconds=1.0))
    said = [posted.take(user.begin(partial(user.person.say, text))) for text in ("/check share-decision", "yes", "why")]
    posted.post(said[0], said[2], said[1])
    texts = [shown.text for shown in user.all()]
    assert len(texts) == 3
    for text, seen in zip(texts, ("Do you have", SECOND_QUESTION, "Why this is asked"), strict=True):
        assert seen in text


def test_words_that_come_after_newer_ones_answer_nothing(emulator: Emulator, posted: Posted) -> None:
    user = emulator.user()
    posted.post(posted.take(user.begin(lambda: user.person.say("/check share-decision"))))
    late, newer = [posted.take(user.begin(partial(user.person.say, text))) for text in ("no", "yes")]
    posted.post(newer)
    assert SECOND_QUESTION in user.all()[-1].text
    posted.post(late)
    assert words.LATE_TITLE in user.all()[-1].text
    posted.post(posted.take(user.begin(lambda: user.person.say("why"))))
    assert SECOND_QUESTION in user.all()[-1].text, "the late answer was taken for this question"


def test_late_words_are_read_for_danger_and_details(emulator: Emulator, posted: Posted) -> None:
    user = emulator.user()
    text = "my phone is 07700 900461 and he has just stabbed her"
    late, newer = [posted.take(user.begin(partial(user.person.say, each))) for each in (text, "/area")]
    posted.post(newer)
    posted.post(late)
    assert user.all()[-1].text.startswith("ACT NOW") and words.LATE in user.all()[-1].text
    assert user.own() == ["/area"]


def test_an_update_that_comes_again_is_answered_once(emulator: Emulator, start: Starting) -> None:
    running = start()
    user = emulator.user()
    user.say("/check share-decision")
    running.stop()
    update = user.begin(lambda: user.person.press("Yes"))
    copied = emulator.do(lambda: dict(emulator.world.updates[update]))
    running = start()
    user.until_done(update)
    messages = len(user.all())
    for _ in range(2):  # once more to the process that answered it, and once to the next
        emulator.do(lambda: emulator.world.offer_again(update, copied))
        emulator.wait(lambda: emulator.world.handled(update))
        running.stop()
        running = start()
    assert SECOND_QUESTION in user.all()[-1].text
    assert len(user.all()) == messages


def test_a_restart_in_the_middle_of_a_check_goes_on(emulator: Emulator, start: Starting) -> None:
    running = start()
    user = emulator.user()
    user.say("/check share-decision")
    user.press("Yes")
    running.stop()
    pressed = user.begin(lambda: user.person.press("No"))
    start()
    assert "smallest amount that meets the purpose" in user.until_done(pressed).text
    assert SECOND_QUESTION in user.press("Back one step").text


def test_danger_does_not_wait_for_old_buttons_to_go(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    emulator.do(lambda: emulator.world.faults.add("429", "editMessageReplyMarkup", seconds=20))
    user.begin(lambda: user.person.say("/area"))
    user.begin(lambda: user.person.say("he has just stabbed her"))
    emulator.wait(lambda: any(shown.text.startswith("ACT NOW") for shown in user.person.all()), "the words", 10.0)


@pytest.mark.parametrize("message", [
    {"message_id": "x", "chat": 7},
    {"message_id": 3, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "x",
     "entities": [{"type": "text_link", "offset": 0, "length": 1, "url": 5}]},
])  # fmt: skip
def test_an_update_that_cannot_be_read_is_passed_over(
    message: dict[str, Any], emulator: Emulator, user: User
) -> None:
    broken = emulator.do(lambda: emulator.world.queue({"message": message}))
    assert "Which area" in user.say("/area").text
    emulator.wait(lambda: emulator.world.handled(broken))


def test_a_user_who_blocks_the_bot_in_the_middle_of_an_answer(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    emulator.do(lambda: setattr(user.person.chat, "blocked", True))
    pressed = user.begin(lambda: user.person.press("Yes"))
    emulator.wait(lambda: emulator.world.handled(pressed))
    other = emulator.user(5_000)
    assert "Which area" in other.say("/area").text


def test_two_programs_with_one_token_do_not_end_each_other(
    emulator: Emulator, user: User, start: Starting, caplog: pytest.LogCaptureFixture
) -> None:
    def poll() -> int:
        return httpx.get(f"{emulator.url}/bot{TOKEN}/getUpdates?timeout=0", trust_env=False).status_code

    user.open()
    assert poll() == 200
    emulator.wait(lambda: any("another program" in record.getMessage() for record in caplog.records), "the warning")
    assert not any("works again" in record.getMessage() for record in caplog.records)
    assert "Which area" in user.say("/area").text


def test_a_webhook_that_was_left_set_is_taken_away_for_polling(emulator: Emulator, start: Starting) -> None:
    emulator.do(lambda: emulator.world.webhook.update({"url": "https://other.example.org/x", "secret": ""}))
    start()
    assert "Which area" in emulator.user().say("/area").text


def test_no_chat_gets_more_than_one_message_a_second_and_all_no_more_than_thirty(
    emulator: Emulator, start: Starting
) -> None:
    emulator.do(lambda: setattr(emulator.world.flood, "per_second", PER_SECOND))
    emulator.do(lambda: setattr(emulator.world.flood, "in_chat", 1.0))
    start(pace=Pace())
    users = [emulator.user(6_000 + number) for number in range(40)]
    sent = [user.begin(partial(user.person.say, "/area")) for user in users]
    twice = [user.begin(partial(user.person.say, "/help")) for user in users[:5]]
    for user, update in zip([*users, *users[:5]], [*sent, *twice], strict=True):
        user.until_done(update)
    assert emulator.do(lambda: emulator.world.flood.refused) == 0
    assert [len(user.all()) for user in users] == [2] * 5 + [1] * 35


@pytest.mark.parametrize("seed", [1, 2])
def test_random_faults_leave_every_conversation_right(seed: int, emulator: Emulator, start: Starting) -> None:
    start()
    emulator.do(lambda: emulator.world.faults.at_random(25, seed))
    for number in range(_MOST_CONVERSATIONS):  # how often a conversation polls depends on the machine
        if number >= 4 and not emulator.do(lambda: emulator.world.faults.left):
            break
        user = emulator.user(7_000 + number)
        user.say("/check share-decision")
        assert SECOND_QUESTION in user.press("Yes").text
        assert "smallest amount" in user.press("No").text
        assert SECOND_QUESTION in user.press("Back one step").text
        assert "smallest amount" in user.say("no").text
    assert emulator.do(lambda: emulator.world.faults.left) == 0
    assert emulator.do(lambda: emulator.world.faults.had.total()) == 25


def test_nothing_of_an_update_and_no_token_is_logged(
    emulator: Emulator, start: Starting, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    running = start()
    user = emulator.user()
    kinds: tuple[FaultKind, ...] = ("500", "drop", "garbage", "429")
    for kind in kinds:
        emulator.do(partial(emulator.world.faults.add, kind, "sendMessage"))
        emulator.do(partial(emulator.world.faults.add, kind, "getUpdates"))
    user.say("spoke to Kayleigh Ashgrove about the zebra crossing")
    user.send("contact", "a zebra")
    emulator.do(lambda: emulator.world.queue({"message": {"message_id": "zebra", "chat": 7}}))
    user.say("/area")
    running.stop()
    printed = capfd.readouterr()
    ours = [record for record in caplog.records if not record.name.startswith("uvicorn")]  # the emulator's own server
    said = " ".join([*(f"{record.getMessage()} {record.exc_info}" for record in ours), printed.out, printed.err])
    assert "telegram: reading an update failed" in said
    for secret in (TOKEN, TOKEN.split(":")[1], "zebra", "Kayleigh", "4100200300", "Quillfeather"):
        assert secret not in said


def test_a_running_channel_can_be_stopped_while_telegram_is_down(
    emulator: Emulator, bench: Bench, tmp_path: Path, loop: asyncio.AbstractEventLoop
) -> None:
    emulator.do(lambda: emulator.world.faults.add("drop", times=1_000))
    running = Running(emulator, bench.assistant, tmp_path, loop)
    emulator.wait(lambda: emulator.world.faults.had["drop"] > 1)
    began = time.monotonic()
    running.stop()
    assert time.monotonic() - began < 12
