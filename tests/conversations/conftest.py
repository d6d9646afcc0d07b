"""A real Rasa for the scripts, and an event loop in a thread for the channels that they drive."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from bot.settings import from_environment
from tests.support.loops import loop_in_a_thread
from tests.support.rasa import RunningRasa, running_rasa


@pytest.fixture(scope="session")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRasa]:
    with running_rasa(from_environment({}), tmp_path_factory.mktemp("rasa")) as service:
        yield service


@pytest.fixture(scope="session")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    with loop_in_a_thread() as running:
        yield running
