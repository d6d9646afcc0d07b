"""The same conversation passes on every channel: each script, driven as a user would, with a real Rasa and log."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.conversation.assistant import Assistant
from tests.support.assistants import made
from tests.support.rasa import RunningRasa
from tests.support.screen import Driver
from tests.support.scripts import load_script, run, scripts
from tests.support.telegram.driver import TelegramDriver
from tests.support.terminal import TerminalDriver
from tests.support.web import WebDriver

Loop = asyncio.AbstractEventLoop
CHANNELS: dict[str, Callable[[Assistant, Path, Loop], Driver]] = {
    "terminal": TerminalDriver,
    "web": lambda assistant, _folder, loop: WebDriver(assistant, loop),
    "telegram": TelegramDriver,
}


@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_script(path: Path, channel: str, rasa: RunningRasa, loop: Loop, tmp_path: Path) -> None:
    client = rasa.client()
    with made(tmp_path, client) as bench:
        driver = CHANNELS[channel](bench.assistant, tmp_path, loop)
        try:
            run(load_script(path), driver, bench.advice)
        finally:
            driver.close()
            asyncio.run_coroutine_threadsafe(client.close(), loop).result(10)
        assert bench.log.verify().ok
