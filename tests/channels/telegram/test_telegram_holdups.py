"""What is slow, full or broken holds up no more than it must: a key, a call that hangs, a chat that waits, a notice."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from telegram.error import InvalidToken

from bot.channels.telegram import words
from bot.channels.telegram.arrived import Arrived
from bot.channels.telegram.journal import Journal
from bot.channels.telegram.keys import ROTATE_SECONDS, ChatKeys
from bot.channels.telegram.looking import Looking
from bot.channels.telegram.notices import Notices
from tests.channels.telegram.conftest import Starting
from tests.support.telegram.running import Emulator, User

TOLD, NEWEST = 3, 7


def _full(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """The disk is full for keys of chats until what is returned is called."""
    opened, state = os.open, {"full": True}

    def opening(path: Any, *more: Any, **named: Any) -> int:
        if state["full"] and str(path).endswith("telegram-keys.new"):
            raise OSError(28, "No space left on device")
        return opened(path, *more, **named)

    monkeypatch.setattr("bot.channels.telegram.keys.os.open", opening)
    return lambda: state.update(full=False)


def test_a_key_that_cannot_be_written_is_changed_once_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1_000_000.0]
    keys = ChatKeys(tmp_path / "telegram-keys", lambda name: False, lambda: now[0])
    first = keys.of(42)
    free = _full(monkeypatch)
    now[0] += ROTATE_SECONDS + 1
    assert keys.of(42) == first and keys.of(43) != first
    free()
    assert keys.of(42) != first
    assert ChatKeys(tmp_path / "telegram-keys", lambda name: False, lambda: now[0]).of(42) == keys.of(42)


def test_a_full_disk_on_the_day_of_a_new_key_leaves_no_message_without_an_answer(
    emulator: Emulator, start: Starting, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = [0.0]
    start(clock=lambda: time.time() + ahead[0])
    user = emulator.user()
    user.open()
    _full(monkeypatch)
    ahead[0] = ROTATE_SECONDS + 1
    assert "Which area" in user.say("/area").text


def test_what_comes_while_the_name_of_its_chat_cannot_be_made_is_answered_later(
    emulator: Emulator, start: Starting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.inbox._NAMELESS_SECONDS", 0.05)
    running = start()
    user = emulator.user()
    named, failed = running.channel._inbox._name_of, []

    def failing(chat: int) -> str:
        failed.append(chat)
        if len(failed) > 4:
            return named(chat)
        raise OSError("no name")

    monkeypatch.setattr(running.channel._inbox, "_name_of", failing)
    update = user.begin(lambda: user.person.say("/area"))
    emulator.wait(lambda: bool(failed), "the fault")
    journal = Journal(tmp_path / "telegram.db", time.time)
    assert journal.state(update) == "new"
    journal.close()
    assert "Which area" in user.until_done(update).text


def test_buttons_that_are_slow_to_go_do_not_keep_the_next_message(
    emulator: Emulator, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.api._BUTTONS_SECONDS", 0.3)
    user.say("/check share-decision")
    emulator.do(lambda: emulator.world.faults.add("delay", "editMessageReplyMarkup", times=2, seconds=6.0))
    began = time.monotonic()
    user.begin(lambda: user.person.say("/area"))
    user.begin(lambda: user.person.say("he has just stabbed her"))
    emulator.wait(lambda: any(shown.text.startswith("ACT NOW") for shown in user.person.all()), "the words for danger")
    assert time.monotonic() - began < 4.0


@pytest.mark.parametrize("method", ["answerCallbackQuery", "leaveChat"])
def test_a_call_that_hangs_is_given_up(
    method: str, emulator: Emulator, start: Starting, monkeypatch: pytest.MonkeyPatch,
    loop: asyncio.AbstractEventLoop,
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.channels.telegram.api._TOAST_SECONDS", 0.3)
    api = start().channel._talk._api
    emulator.do(lambda: emulator.world.faults.add("delay", method, seconds=6.0))
    began = time.monotonic()
    call = api.leave(-5) if method == "leaveChat" else api.acknowledge("query")
    asyncio.run_coroutine_threadsafe(call, loop).result(20)
    assert time.monotonic() - began < 4.0


def test_a_chat_that_must_wait_is_not_asked_about_all_the_time(emulator: Emulator, user: User) -> None:
    user.open()
    emulator.do(lambda: emulator.world.faults.add("delay", "sendMessage", seconds=3.0))
    update = user.begin(lambda: user.person.say("/area"))
    emulator.wait(lambda: not emulator.world.faults.waiting, "the delay")
    emulator.do(emulator.world.calls.clear)
    time.sleep(2.0)
    asked = emulator.do(lambda: sum(name == "getupdates" for name, _ in emulator.world.calls))
    assert 2 <= asked <= 12
    other = emulator.user(5_000)
    began = time.monotonic()
    other.begin(lambda: other.person.say("/help"))
    emulator.wait(lambda: bool(other.person.all()), "the answer")
    assert time.monotonic() - began < 2.0
    user.until_done(update)


class _Claims:
    """Enrolments with one listener, who was told up to TOLD; a claim takes as long as a test says."""

    def __init__(self, seconds: float = 0.0) -> None:
        self.told, self.deaf, self._seconds = TOLD, False, seconds

    def listeners(self) -> list[Any]:
        return [SimpleNamespace(account=None, person="p", address=b"", told=self.told)]

    def claim(self, _person: str, before: int, now: int) -> bool:
        time.sleep(self._seconds)
        if self.told != before:
            return False
        self.told = now
        return True

    def deafen(self, _person: str) -> None:
        self.deaf = True


class _Taking:
    """What takes a notice: it fails with `error` while there is one."""

    def __init__(self, error: Exception | None = None) -> None:
        self.error, self.sent = error, 0

    async def tell(self, *_: object) -> None:
        if self.error is not None:
            raise self.error
        self.sent += 1


def _notices(claims: _Claims, taking: _Taking, monkeypatch: pytest.MonkeyPatch) -> Notices:
    monkeypatch.setattr("bot.channels.telegram.notices.may", lambda *_: True)
    organisation: Any = SimpleNamespace(
        accounts=SimpleNamespace(enrolments=claims), waiting=lambda _account: [NEWEST]
    )
    people: Any = SimpleNamespace(opened=lambda *_: 5)
    api: Any = taking
    return Notices(people, api, lambda chat: "a name", "", organisation, lambda: None)


@pytest.mark.parametrize("error", [InvalidToken(), OSError("no route"), RuntimeError("of our own")])
def test_a_notice_that_is_not_sent_for_whatever_reason_comes_at_the_next_look(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims, taking = _Claims(), _Taking(error)
    notices = _notices(claims, taking, monkeypatch)
    asyncio.run(notices.look())
    assert claims.told == TOLD and not claims.deaf
    taking.error = None
    asyncio.run(notices.look())
    assert taking.sent == 1 and claims.told == NEWEST


def test_a_stop_while_a_notice_is_claimed_leaves_it_to_the_next_process(monkeypatch: pytest.MonkeyPatch) -> None:
    claims = _Claims(seconds=0.3)
    notices = _notices(claims, _Taking(), monkeypatch)

    async def stopped() -> None:
        looking = asyncio.create_task(notices.look())
        await asyncio.sleep(0.15)
        looking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await looking

    asyncio.run(stopped())
    assert claims.told == TOLD


def test_an_attachment_whose_caption_cannot_be_read_is_known_to_be_deleted() -> None:
    class _Deleting:
        async def delete(self, _chat: int, _number: int) -> bool:
            return True

        async def close(self) -> None: ...

    class _Unreadable:
        bundle: Any = None

        def masked(self, _chat: str, _text: str) -> Any:
            raise RuntimeError("the gate fails")

    async def looked() -> bool:
        api: Any = _Deleting()
        arrived = Arrived("attached", 7, 1, "a caption", words.OTHER_KIND)
        seen = await Looking(_Unreadable(), api).look("a name", arrived)
        return await seen.is_deleted()

    assert asyncio.run(looked())
