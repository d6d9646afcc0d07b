"""Ours: the real assistant in this process, with its own Rasa child, in a home of its own."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from bot.application import assembled, rasa_running
from bot.benchmark.report import BenchmarkError
from bot.conversation.assistant import Assistant
from bot.conversation.messages import Message, Reply
from bot.conversation.nlu_client import Ranked, Understood
from bot.conversation.supervisor import RasaService
from bot.settings import Settings


@dataclass(frozen=True)
class Spent:
    """Seconds that have passed, and seconds that this process has computed in them."""

    passed: float
    computed: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.passed + other.passed, self.computed + other.computed)

    def __sub__(self, other: Spent) -> Spent:
        return Spent(self.passed - other.passed, self.computed - other.computed)


_NOTHING = Spent(0.0, 0.0)
_calls: ContextVar[list[Spent] | None] = ContextVar("calls", default=None)


def now() -> Spent:
    """The present moment on both clocks; the difference of two is what was spent between them."""
    return Spent(time.perf_counter(), time.process_time())


class TimedRasa:
    """The supervised Rasa, with the time of each call kept for whoever measures the turn."""

    def __init__(self, service: RasaService) -> None:
        self._service = service

    @property
    def starting(self) -> bool:
        return self._service.starting

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        began = now()
        try:
            return await self._service.understand(sender, text, context)
        finally:
            if (calls := _calls.get()) is not None:
                calls.append(now() - began)

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        return await self._service.parse(texts)

    async def forget(self, sender: str) -> None:
        await self._service.forget(sender)


@dataclass(frozen=True)
class Turned:
    """One turn: its reply, what it took, and what of that was waiting for Rasa."""

    reply: Reply
    spent: Spent
    in_rasa: Spent

    @property
    def added(self) -> Spent:
        """What ours took beyond the call of Rasa."""
        return self.spent - self.in_rasa


@dataclass(frozen=True)
class Ours:
    """A running assistant, and the seconds from its start until it had understood its first question."""

    assistant: Assistant
    service: RasaService
    cold_start: float

    async def turn(self, message: Message) -> Turned:
        calls: list[Spent] = []
        token = _calls.set(calls)
        began = now()
        try:
            reply = await self.assistant.turn(message)
        finally:
            _calls.reset(token)
        return Turned(reply, now() - began, sum(calls, _NOTHING))


@asynccontextmanager
async def started(settings: Settings, first: str) -> AsyncIterator[Ours]:
    """Starts everything and asks `first`. `settings` must have a home of its own. Raises SharewellError."""
    began = time.perf_counter()
    model = settings.model()
    if model is None:
        raise BenchmarkError("There is no trained model.", "Run `./sharewell setup`.")
    service = RasaService(settings.nlu, model, settings.run_folder)
    settings.prepare()
    async with rasa_running(service):
        with assembled(settings, TimedRasa(service)) as (assistant, _knowledge, _log):
            if not await service.wait_until_up():
                raise BenchmarkError("Rasa did not start.", "Run `sharewell doctor`.")
            reply = await assistant.turn(Message("first", text=first))
            seconds = time.perf_counter() - began
            if reply.kind != "topic":
                raise BenchmarkError("The first question was not understood.", "Run `./sharewell setup` first.")
            yield Ours(assistant, service, seconds)
