"""Telegram refuses the token or the webhook, or asks to wait: it is told in plain words, and the channel goes on."""

from __future__ import annotations

import asyncio
import logging
import time

import pytest
from starlette.applications import Starlette

from bot.channels.telegram import hindrance, standing
from bot.errors import SettingsError
from bot.settings import TelegramSettings
from tests.channels.telegram.conftest import Starting
from tests.support.telegram.faults import FaultKind
from tests.support.telegram.running import Emulator, served
from tests.support.telegram.world import TOKEN

PUBLIC = "https://bot.example.org"


@pytest.mark.parametrize("kind", ["400", "429", "500", "drop"])
def test_a_webhook_that_is_refused_is_set_later(
    kind: FaultKind, emulator: Emulator, start: Starting, loop: asyncio.AbstractEventLoop,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    emulator.do(lambda: emulator.world.faults.add(kind, "setWebhook"))
    running = start(webhook_url=PUBLIC)
    with served(Starlette(routes=list(running.channel.routes)), loop) as address:
        emulator.do(lambda: emulator.world.hosts.update({PUBLIC: address}))
        emulator.wait(lambda: bool(emulator.world.webhook), "the webhook")
        assert "Which area" in emulator.user().say("/area").text
    emulator.wait(lambda: not running.channel.notes(), "the end of the trouble")
    said = [record.getMessage() for record in caplog.records if "webhook" in record.getMessage()]
    assert said == ([f"telegram: {standing.WEBHOOK_REFUSED}"] if kind == "400" else [])


def test_a_token_that_ends_is_told_once_and_the_channel_goes_on(
    emulator: Emulator, start: Starting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("bot.channels.telegram.polling._REFUSED_SECONDS", 0.3)
    running = start()
    user = emulator.user()
    user.open()
    emulator.do(lambda: emulator.world.faults.add("401", "getUpdates", times=3))
    update = user.begin(lambda: user.person.say("/area"))
    emulator.wait(lambda: bool(running.channel.notes()), "the note")
    assert running.channel.notes() == (f"telegram: {standing.TOKEN_REFUSED}",)
    assert "Which area" in user.until_done(update).text
    emulator.wait(lambda: not running.channel.notes(), "the end of the trouble")
    said = [record.getMessage() for record in caplog.records]
    assert said.count(f"telegram: {standing.TOKEN_REFUSED}") == 1
    assert not any(TOKEN in each or TOKEN.split(":")[1] in each for each in said)


def test_a_wait_beyond_the_idle_time_keeps_the_answer(
    emulator: Emulator, start: Starting, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    start(idle_minutes=0.01)
    user = emulator.user()
    emulator.do(lambda: emulator.world.faults.add("429", "sendMessage", seconds=3))
    began = time.monotonic()
    assert "Which area" in user.say("/area").text
    assert time.monotonic() - began >= 3.0
    assert any("asks to wait 3 seconds" in record.getMessage() for record in caplog.records)


def _hindered(emulator: Emulator, webhook_url: str = "", api: str = "") -> str:
    """What is found to hinder the bot; empty where nothing does."""
    found = asyncio.run(hindrance(TelegramSettings(TOKEN, webhook_url=webhook_url, api=api or emulator.url)))
    return "" if found is None else found[0]


def test_what_hinders_the_bot_is_found_by_asking(emulator: Emulator) -> None:
    world = emulator.world
    assert _hindered(emulator) == ""
    assert "cannot be reached" in _hindered(emulator, api="http://127.0.0.1:9")
    assert "does not send its messages" in _hindered(emulator, PUBLIC)
    emulator.do(lambda: world.webhook.update({"url": f"{PUBLIC}/telegram/webhook", "secret": ""}))
    assert _hindered(emulator, PUBLIC) == ""
    emulator.do(lambda: setattr(world, "undelivered", world.now() - 7_200))
    assert _hindered(emulator, PUBLIC) == "", "it may have been mended since"
    emulator.do(lambda: setattr(world, "undelivered", world.now() - 60))
    assert "could not hand over" in _hindered(emulator, PUBLIC)
    emulator.do(lambda: world.faults.add("401"))
    with pytest.raises(SettingsError, match="refuses the token"):
        _hindered(emulator)


def test_the_commands_are_told_once_telegram_can_be_reached(emulator: Emulator, start: Starting) -> None:
    emulator.do(lambda: emulator.world.faults.add("401"))
    start()
    emulator.wait(lambda: bool(emulator.world.commands), "the commands", 20.0)
