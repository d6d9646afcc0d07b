"""Drives the real Telegram channel against the emulator, over HTTP: the same conversation as on every other channel."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

from bot.channels.telegram import Organisation, Pace, Telegram
from bot.conversation.assistant import Assistant
from bot.settings import TelegramSettings
from tests.support.telegram.running import Emulator, User
from tests.support.telegram.world import TOKEN

FAST = 500.0
"""Messages a second in scripts: how fast a bot may send is tested where that is the question."""

SITE = "https://advice.example.org"


class Running:
    """The channel over `assistant` in `loop`, talking to `emulator`, until it is stopped."""

    def __init__(
        self, emulator: Emulator, assistant: Assistant, folder: Path, loop: asyncio.AbstractEventLoop,
        pace: Pace | None = None, webhook_url: str = "", site_url: str = SITE, idle_minutes: float = 30.0,
        organisation: Organisation | None = None, enrolment: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:  # fmt: skip
        self._loop = loop
        settings = TelegramSettings(TOKEN, webhook_url=webhook_url, api=emulator.url, enrolment=enrolment)

        async def made() -> Telegram:
            channel = Telegram(
                assistant, settings, folder, site_url=site_url, idle_minutes=idle_minutes,
                pace=pace or Pace(FAST, 1 / FAST), organisation=organisation, clock=clock,
            )  # fmt: skip
            self._task = asyncio.create_task(channel.run())
            await asyncio.sleep(0)  # begun, so that stopping it at once closes what it opened
            return channel

        self.channel = asyncio.run_coroutine_threadsafe(made(), loop).result(10)
        self._run = asyncio.run_coroutine_threadsafe(self._running(), loop)

    def tell(self) -> None:
        """Does what the channel does by itself each minute."""
        asyncio.run_coroutine_threadsafe(self.channel.tell(), self._loop).result(30)

    async def _running(self) -> None:
        await asyncio.gather(self._task, return_exceptions=True)

    def stop(self) -> None:
        """Stops it as a signal does: what is under way is finished first."""
        self._loop.call_soon_threadsafe(self._task.cancel)
        self._run.result(30)


class TelegramDriver(User):
    """One user of the Telegram channel of `assistant`."""

    def __init__(self, assistant: Assistant, folder: Path, loop: asyncio.AbstractEventLoop) -> None:
        self._emulator = Emulator().__enter__()
        self._emulator.world.flood.per_second, self._emulator.world.flood.in_chat = int(FAST) * 2, 0.0
        self._running = Running(self._emulator, assistant, folder, loop)
        super().__init__(self._emulator, 4_100_200_300)

    def close(self) -> None:
        refusals = self._emulator.do(lambda: list(self._emulator.world.refusals))
        self._running.stop()
        self._emulator.__exit__()
        assert refusals == [], "Telegram refused what the bot sent"
