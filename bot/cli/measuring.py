"""`sharewell evaluate`: how well the assistant understands, masks and raises the alarm."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bot.application import assembled, detector_for, gate_for
from bot.cli.common import InputError, print_json, rasa_client
from bot.conversation.nlu_client import NluClient
from bot.evaluation import replies, twos, understanding
from bot.evaluation.overlap import Trained, training_examples
from bot.evaluation.reading import Readers
from bot.evaluation.sets import (
    SETS,
    EvaluationError,
    read_replies,
    read_two_at_once,
    read_understanding,
)
from bot.evaluation.understanding import Confusion
from bot.knowledge import Knowledge, load
from bot.privacy import measure as privacy_measure
from bot.settings import Settings, from_environment
from bot.urgent import measure as urgent_measure

_ALL = "all"


@dataclass(frozen=True)
class Measured:
    """What one measurement gives: data for scripts, lines for people, and each sentence that went wrong."""

    data: dict[str, Any]
    summary: str
    confusions: tuple[str, ...]


@dataclass
class _Task:
    """What every measurement works with. Rasa is had when it is first needed, and once."""

    settings: Settings
    knowledge: Knowledge
    readers: Readers
    file: Path | None
    stack: AsyncExitStack
    client: NluClient | None = field(default=None, init=False)

    async def rasa(self) -> NluClient:
        if self.client is None:
            self.client = await self.stack.enter_async_context(rasa_client(self.settings))
        return self.client


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "evaluate", help="measure understanding, privacy, urgent and replies",
        description="Measures on sentences that no part was trained on. Training examples among them are left out.",
    )  # fmt: skip
    command.add_argument(
        "what", nargs="?", choices=(*_MEASUREMENTS, _ALL), default=_ALL, help="what to measure (default: %(default)s)"
    )
    command.add_argument("--json", action="store_true", help="write one JSON object")
    command.add_argument("--confusions", action="store_true", help="list each sentence that went wrong")
    command.add_argument("--set", type=Path, metavar="FILE", help="the evaluation set to use instead of the usual one")
    command.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    if options.set is not None and options.what == _ALL:
        raise InputError("--set needs to know what it is for.", f"Name one of: {', '.join(_MEASUREMENTS)}.")
    names = list(_MEASUREMENTS) if options.what == _ALL else [options.what]
    measured = asyncio.run(_measured(names, options.set))
    if options.json:
        print_json({name: item.data for name, item in measured.items()})
    else:
        for item in measured.values():
            print("\n".join([item.summary, *(item.confusions if options.confusions else ()), ""]))
    return 0


async def _measured(names: Iterable[str], file: Path | None) -> dict[str, Measured]:
    settings = from_environment()
    knowledge = load(settings.knowledge)
    readers = Readers(gate_for(knowledge), detector_for(knowledge, settings))
    async with AsyncExitStack() as stack:
        task = _Task(settings, knowledge, readers, file, stack)
        return {name: await _MEASUREMENTS[name](task) for name in names}


async def _understanding(task: _Task) -> Measured:
    # The sets whose authors had seen no example; the other sets were tuned on.
    held_out = read_understanding([task.file] if task.file else sorted(SETS.glob("understanding_blind*.yml")))
    topics: dict[str, understanding.Kind] = dict.fromkeys(task.knowledge.topics, "topic")
    kinds = topics | dict.fromkeys(task.knowledge.checks, "check")
    report = await understanding.measure(held_out, kinds, _trained(task), task.readers, await task.rasa())
    return Measured(report.as_json(), report.summary(), _listed(report.confusions))


async def _replies(task: _Task) -> Measured:
    # The newest set of somebody who had seen no example; the earlier ones were tuned on.
    held_out = read_replies(task.file or SETS / "replies_blind_3.yml")
    client = await task.rasa()
    with (
        TemporaryDirectory() as home,
        assembled(task.settings.in_home(Path(home)), client) as (assistant, knowledge, _log),
    ):
        report = await replies.measure(held_out, _trained(task), knowledge.checks, assistant)
    return Measured(report.as_json(), report.summary(), _listed(report.confusions))


async def _two_at_once(task: _Task) -> Measured:
    held_out = read_two_at_once(task.file or SETS / "two_at_once_3.yml")
    client = await task.rasa()
    with (
        TemporaryDirectory() as home,
        assembled(task.settings.in_home(Path(home)), client) as (assistant, knowledge, _log),
    ):
        units = {*knowledge.topics, *knowledge.checks}
        report = await twos.measure(held_out, units, _trained(task), assistant)
    return Measured(report.as_json(), report.summary(), _listed(report.confusions))


async def _privacy(task: _Task) -> Measured:
    # The newest set of somebody who had seen no rule; the header of its files says whether it was tuned on since.
    path = _existing(task.file or privacy_measure.newest_blind(SETS))
    report, tuning = privacy_measure.evaluate(task.readers.gate, path), privacy_measure.tuning_of(path)
    data = {
        "set": path.name, "used_for_tuning": tuning.name.lower(),
        **asdict(report), "whole_recall": report.whole_recall, "false_alarm_rate": report.false_alarm_rate,
        "aims_reached": report.enough_caught and report.few_alarms,
    }  # fmt: skip
    summary, *faults = report.listing().split("\n- ")
    summary = f"Privacy, on {path.name} ({tuning.value})\n{summary}"
    return Measured(data, summary, tuple(f"  {fault}" for fault in faults))


async def _urgent(task: _Task) -> Measured:
    # The newest set of somebody who had seen neither cues nor examples; the earlier ones were tuned on or looked at.
    path = _existing(task.file or SETS / "urgent_blind_6.yml")
    report = urgent_measure.evaluate(task.readers.detector, path)
    data = {
        **asdict(report), "recall": report.recall, "right_trigger": report.right_trigger,
        "false_alarm_rate": report.false_alarm_rate,
    }  # fmt: skip
    wrong = (
        *(f"  missed: {text}" for text in report.missed),
        *(f"  raised as {trigger}: {text}" for text, trigger in report.other_trigger),
        *(f"  false alarm {trigger}: {text}" for text, trigger in report.false_alarms),
    )
    return Measured(data, f"Urgent messages\n{report.summary()}", wrong)


_MEASUREMENTS: dict[str, Callable[[_Task], Awaitable[Measured]]] = {
    "understanding": _understanding,
    "replies": _replies,
    "two-at-once": _two_at_once,
    "privacy": _privacy,
    "urgent": _urgent,
}


def _trained(task: _Task) -> Trained:
    return Trained(training_examples(task.knowledge, task.settings.nlu / "data"))


def _existing(path: Path) -> Path:
    if not path.exists():
        raise EvaluationError(f"There is no evaluation set {path}.", "Name one with --set FILE.")
    return path


def _listed(confusions: Iterable[Confusion]) -> tuple[str, ...]:
    return tuple(
        f"  {item.kind}: expected {item.expected or 'nothing'}, got {item.got or 'nothing'} "
        f"({item.confidence:.2f}): {item.text}"
        for item in confusions
    )
