"""The channel by Telegram against an emulator in another process: time, many chats at once, faults, memory."""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil

from bot.application import assembled
from bot.benchmark.memory import megabytes
from bot.benchmark.report import BenchmarkError, Figure, Report, median, p95
from bot.channels.telegram import Pace, Telegram
from bot.conversation.assistant import Assistant
from bot.conversation.messages import Message, Reply
from bot.conversation.supervisor import NoRasa
from bot.settings import ROOT, Settings, TelegramSettings
from bot.settling import settle, unsettle

PARTS = ("turns", "checks", "faults", "flood", "memory")
_EMULATOR = "tests.support.telegram"
_LONGEST_LINE = 64 * 1024 * 1024
_CHATS, _FAULTS, _TURNS, _CROWD, _WARM = 200, 100, 300, 10_000, 500
_FAULTY_CHATS = 40
_FLOOD = 150
_IDLE_SECONDS = 20.0
_FAST = 5_000.0
_MILLISECONDS = 1000.0


class _Timed(Assistant):
    """The assistant, noting how long each turn takes: what is left of an answer's time is the channel's own."""

    def __init__(self, assistant: Assistant) -> None:
        vars(self).update(vars(assistant))
        self.spent: list[float] = []

    async def turn(self, message: Message) -> Reply:
        began = time.perf_counter()
        try:
            return await super().turn(message)
        finally:
            self.spent.append((time.perf_counter() - began) * _MILLISECONDS)


class _Emulator:
    """The emulator of the checkout, which carries out what it is asked."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def ask(self, **asked: Any) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        if asked:
            self._process.stdin.write(json.dumps(asked).encode() + b"\n")
            await self._process.stdin.drain()
        line = await self._process.stdout.readline()
        if not line:
            raise BenchmarkError("The emulator of Telegram ended.", "Run it in a checkout that holds tests/.")
        return dict(json.loads(line))


async def measure(settings: Settings, parts: tuple[str, ...]) -> Report:
    """The figures of `parts`. Needs `tests/` of the checkout. Raises BenchmarkError."""
    began = time.monotonic()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="sharewell-telegram-") as folder:
        home = settings.in_home(Path(folder))
        async with _emulator() as emulator:
            place = await emulator.ask()
            used = replace(home, telegram=TelegramSettings(str(place["token"]), api=str(place["url"])))
            if "turns" in parts:
                figures += await _turns(used, emulator)
            if "checks" in parts:
                figures += await _checks(used, emulator, _CHATS, 0)
            if "faults" in parts:
                figures += await _checks(used, emulator, _FAULTY_CHATS, _FAULTS)
            if "flood" in parts:
                figures += await _flood(used, emulator)
            if "memory" in parts:
                figures += await _memory(replace(used, idle_minutes=_IDLE_SECONDS / 60), emulator)
    return Report(tuple(figures), time.monotonic() - began)


async def _turns(settings: Settings, emulator: _Emulator) -> list[Figure]:
    async with _channel(settings, Pace(_FAST, 1 / _FAST)) as (_, timed):
        process = psutil.Process()
        computed = process.cpu_times()
        whole = (await emulator.ask(do="turns", count=_TURNS))["milliseconds"]
        done = process.cpu_times()
        inside = timed.spent[-len(whole) :]
    added = [ours - turn for ours, turn in zip(whole, inside, strict=True)]
    each = (done.user + done.system - computed.user - computed.system) / len(added) * _MILLISECONDS
    beside = (
        f"median {median(added):.1f} ms, turn itself {median(inside):.1f} ms, processor time in all {each:.1f} ms, "
        f"{len(added)} presses"
    )
    return [Figure("added by the channel, 95th percentile", p95(added), "ms", 10.0, beside=beside)]


async def _checks(settings: Settings, emulator: _Emulator, chats: int, faults: int) -> list[Figure]:
    async with _channel(settings, Pace()):
        found = await emulator.ask(do="checks", chats=chats, faults=faults, seed=faults + 1)
    name = f"{chats} chats at once, {faults} faults" if faults else f"{chats} chats at once"
    wrong = "; ".join(found["wrong"][:3])
    figures = [Figure(f"{name}: wrong or lost", len(found["wrong"]), "chats", 0.0, beside=wrong)]
    if faults:
        had = ", ".join(f"{kind} {count}" for kind, count in sorted(found["faults"].items()))
        unused = f"{found['left']} not had" if found["left"] else had
        figures.append(Figure(f"{name}: had", faults - found["left"], "faults", float(faults), "at least", unused))
        figures.append(Figure(f"{name}: messages shown twice", found["doubled"], "messages", beside="answers lost"))
        return figures
    figures.append(Figure(f"{name}: doubled", found["doubled"], "messages", 0.0))
    figures.append(Figure(f"{name}: refused as too fast", found["refused"], "calls", 0.0))
    took = f"{found['seconds']:.0f} s"
    figures.append(Figure(f"{name}: most in a second", found["busiest"], "messages", 30.0, beside=took))
    return figures


async def _flood(settings: Settings, emulator: _Emulator) -> list[Figure]:
    async with _channel(settings, Pace()):
        found = await emulator.ask(do="flood", messages=_FLOOD)
    beside = f"all deleted after {found['deleted']:.1f} s, its chat told after {found['told']:.1f} s"
    name = f"{_FLOOD} messages of one chat: another answered after"
    return [
        Figure(name, found["answered"], "s", 1.0, beside=beside),
        Figure(f"{_FLOOD} messages of one chat: refused as too fast", found["refused"], "calls", 0.0),
    ]


async def _memory(settings: Settings, emulator: _Emulator) -> list[Figure]:
    process = psutil.Process()
    async with _channel(settings, Pace(_FAST, 1 / _FAST)) as (channel, timed):
        await emulator.ask(do="crowd", chats=_WARM, first=20_000_000)
        await _idle(channel, timed)
        before = megabytes(process)
        await emulator.ask(do="crowd", chats=_CROWD, first=30_000_000)
        full = megabytes(process)
        await _idle(channel, timed)
        after = megabytes(process)
    beside = f"{before:.0f} MB before, {full:.0f} MB with all, {after:.0f} MB when they were idle"
    return [Figure(f"memory after {_CROWD:,} chats / before", after / before, "", 1.2, beside=beside)]


async def _idle(channel: Telegram, assistant: Assistant) -> None:
    await asyncio.sleep(_IDLE_SECONDS + 2)
    channel.sweep()
    await assistant.sweep()
    timed = vars(assistant).get("spent")
    if timed is not None:
        timed.clear()
    gc.collect()


@asynccontextmanager
async def _channel(settings: Settings, pace: Pace) -> AsyncIterator[tuple[Telegram, _Timed]]:
    """The channel over an assistant without Rasa: buttons never need it."""
    with assembled(settings, NoRasa()) as (assistant, _, _):
        timed = _Timed(assistant)
        channel = Telegram(
            timed, settings.telegram, settings.run_folder, idle_minutes=settings.idle_minutes, pace=pace
        )
        running = asyncio.create_task(channel.run())
        settle()  # as the application does when it has started
        try:
            yield channel, timed
        finally:
            unsettle()
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


@asynccontextmanager
async def _emulator() -> AsyncIterator[_Emulator]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", _EMULATOR, cwd=ROOT, limit=_LONGEST_LINE,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield _Emulator(process)
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
