"""An assistant of real parts, the emulator, and an event loop in a thread for the channel."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.assistants import Bench, made
from tests.support.loops import loop_in_a_thread
from tests.support.telegram.driver import Running
from tests.support.telegram.running import Emulator, User


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    with loop_in_a_thread() as running:
        yield running


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with made(tmp_path) as bench:
        yield bench


@pytest.fixture
def emulator() -> Iterator[Emulator]:
    """Telegram, as fast as a test wants it: how fast a bot may send is tested where that is the question."""
    with Emulator() as running:
        running.world.flood.per_second, running.world.flood.in_chat = 1_000, 0.0
        yield running


Starting = Callable[..., Running]


@pytest.fixture
def start(
    emulator: Emulator, bench: Bench, tmp_path: Path, loop: asyncio.AbstractEventLoop
) -> Iterator[Starting]:
    """Starts the channel, as often as a test restarts it."""
    begun: list[Running] = []

    def started(**more: object) -> Running:
        running = Running(emulator, bench.assistant, tmp_path, loop, **more)  # type: ignore[arg-type]
        begun.append(running)
        return running

    yield started
    for running in begun:
        running.stop()


@pytest.fixture
def user(emulator: Emulator, start: Starting) -> User:
    """A user of a channel that runs."""
    start()
    return emulator.user()
