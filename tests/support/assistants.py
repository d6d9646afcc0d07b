"""An assistant made of real parts, in a home of its own, on whatever understanding a test gives it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.application import detector_for, gate_for
from bot.consultations import Advice
from bot.conversation import words
from bot.conversation.assistant import Assistant, Parts
from bot.conversation.messages import Message, Reply
from bot.conversation.nlu_client import Understanding
from bot.conversation.store import Sessions, SessionStore
from bot.conversation.supervisor import NoRasa
from bot.decision_log import DecisionLog
from bot.knowledge import Index, Knowledge, load
from bot.privacy import Gate
from bot.settings import ROOT, from_environment
from bot.tallies import Tallies
from bot.training import Training
from bot.urgent import Detector
from tests.support.advice import make_advice

IDLE_SECONDS = 1800.0


@cache
def knowledge() -> Knowledge:
    return load(ROOT / "knowledge")


@cache
def gate() -> Gate:
    return gate_for(knowledge())


@cache
def detector() -> Detector:
    return detector_for(knowledge(), from_environment({}))


class Clock:
    """A clock that a test can put forward."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Bench:
    """An assistant with its parts in reach, and a chat to talk to it."""

    assistant: Assistant
    log: DecisionLog
    store: Sessions
    clock: Clock
    index: Index
    advice: Advice
    chat: str = "a chat"

    async def say(self, text: str, chat: str | None = None) -> Reply:
        return _sound(await self.assistant.turn(Message(chat or self.chat, text=text)))

    async def press(self, value: str, chat: str | None = None) -> Reply:
        return _sound(await self.assistant.turn(Message(chat or self.chat, button=value)))

    async def choose(self, reply: Reply, label: str) -> Reply:
        return await self.press(value_of(reply, label))


def _sound(reply: Reply) -> Reply:
    """A fault of our own is answered in words: in a test it must not pass for a reply."""
    assert words.FAULT not in reply.text, "the turn failed: see what was logged"
    return reply


def value_of(reply: Reply, label: str) -> str:
    found = [button.value for button in reply.buttons if button.label.startswith(label)]
    assert found, f"no button '{label}' in {[button.label for button in reply.buttons]}"
    return found[0]


@contextmanager
def made(
    home: Path,
    understanding: Understanding | None = None,
    idle_seconds: float = IDLE_SECONDS,
    known: Callable[[], Knowledge] = knowledge,
    store: Sessions | None = None,
    tallies: Tallies | None = None,
) -> Iterator[Bench]:
    """An assistant whose files are in `home`, its sessions too unless there is another `store` for them."""
    clock = Clock()
    store = store or SessionStore(f"sqlite:///{home / 'sessions.db'}", idle_seconds)
    log = DecisionLog.open(f"sqlite:///{home / 'log.db'}", home / "master.key", known().fields)
    training = Training(f"sqlite:///{home / 'training.db'}", clock=clock)
    advice = make_advice(home, clock=lambda: clock().timestamp())
    index = Index(known())
    parts = Parts(
        knowledge=known(), index=index, gate=gate(), detector=detector(), store=store, log=log,
        understanding=understanding or NoRasa(), clock=clock, training=training,
        tallies=tallies, advice=advice,
    )  # fmt: skip
    try:
        yield Bench(Assistant(parts), log, store, clock, index, advice)
    finally:
        training.close()
        advice.close_database()
        store.close()
        log.close()
