"""The same conversation passes on every channel: each script, driven as a user would, with a real Rasa and log."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.support.assistants import made
from tests.support.rasa import RunningRasa
from tests.support.scripts import load_script, run, scripts
from tests.support.terminal import TerminalDriver
from tests.support.web import WebDriver


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_terminal(path: Path, rasa: RunningRasa, loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    with made(tmp_path, rasa.client()) as bench:
        driver = TerminalDriver(bench.assistant, tmp_path, loop)
        try:
            run(load_script(path), driver)
        finally:
            driver.close()
        assert bench.log.verify().ok


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.stem)
def test_web(path: Path, rasa: RunningRasa, loop: asyncio.AbstractEventLoop, tmp_path: Path) -> None:
    with made(tmp_path, rasa.client()) as bench:
        driver = WebDriver(bench.assistant, loop)
        try:
            run(load_script(path), driver)
        finally:
            driver.close()
        assert bench.log.verify().ok
