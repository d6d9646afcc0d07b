"""`sharewell evaluate` and `sharewell bench`: how well it understands, and how fast it is beside bare Rasa."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Awaitable, Callable, Coroutine, Iterable
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.application import detector_for, gate_for
from bot.cli.common import InputError, print_json, rasa_client
from bot.conversation.nlu_client import NluClient
from bot.evaluation import replies, understanding
from bot.evaluation.overlap import Trained, training_examples
from bot.evaluation.reading import Readers
from bot.evaluation.sets import SETS, EvaluationError, read_replies, read_understanding, understanding_files
from bot.evaluation.understanding import Confusion
from bot.knowledge import Knowledge, load
from bot.privacy import measure as privacy_measure
from bot.settings import Settings, from_environment
from bot.urgent import measure as urgent_measure

if TYPE_CHECKING:
    from bot.benchmark import Report

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
    _add_bench(commands)


def _add_bench(commands: Any) -> None:
    command = commands.add_parser(
        "bench", help="measure speed and memory beside bare Rasa",
        description="Trains a bare Rasa on the same data, drives both in one run, and prints each figure with its aim.",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="write one JSON object")
    command.add_argument("--quick", action="store_true", help="a shorter run, of at most a minute after training")
    command.set_defaults(run=_bench)


def _bench(options: argparse.Namespace) -> int:
    # Imported here, because no other command needs what it brings along and each must start fast.
    from bot.benchmark import FULL, QUICK, measure

    report = asyncio.run(_benched(measure(from_environment(), QUICK if options.quick else FULL)))
    if options.json:
        print_json(report.as_json())
    else:
        print(report.table())
    return 0


async def _benched(measuring: Coroutine[Any, Any, Report]) -> Report:
    """Runs the benchmark; being told to end also ends the processes that it started."""
    run = asyncio.create_task(measuring)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, run.cancel)
    try:
        return await run
    except asyncio.CancelledError:
        raise InputError("The benchmark was stopped.", "Run it again.") from None
    finally:
        run.cancel()


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
    held_out = read_understanding([task.file] if task.file else understanding_files())
    units = {*task.knowledge.topics, *task.knowledge.checks}
    report = await understanding.measure(held_out, units, _trained(task), task.readers, await task.rasa())
    return Measured(report.as_json(), report.summary(), _listed(report.confusions))


async def _replies(task: _Task) -> Measured:
    held_out = read_replies(task.file or SETS / "replies.yml")
    report = await replies.measure(held_out, _trained(task), task.readers, await task.rasa())
    return Measured(report.as_json(), report.summary(), _listed(report.confusions))


async def _privacy(task: _Task) -> Measured:
    path = _existing(task.file or SETS / "privacy")
    report = privacy_measure.evaluate(task.readers.gate, path)
    data = {**asdict(report), "whole_recall": report.whole_recall, "false_alarm_rate": report.false_alarm_rate}
    summary, *faults = report.listing().split("\n- ")
    return Measured(data, summary, tuple(f"  {fault}" for fault in faults))


async def _urgent(task: _Task) -> Measured:
    # The set that was written by somebody who had seen neither cues nor examples; urgent.yml was tuned on.
    path = _existing(task.file or SETS / "urgent_blind.yml")
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
