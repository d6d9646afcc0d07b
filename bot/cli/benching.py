"""`sharewell bench`: how fast the assistant is, how well its pipeline understands public data, and how it grows."""

from __future__ import annotations

import argparse
import asyncio
import signal
from collections.abc import Coroutine
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from bot.cli.common import InputError, print_json
from bot.settings import from_environment

_T = TypeVar("_T")
_FAILED = 1
_DIET_EPOCHS = 100
"""Rasa's own default."""
_LEAST_EXAMPLES = 12
"""The fewest examples that a topic is written with."""


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "bench", help="measure speed and memory beside bare Rasa, or one of the benchmarks below",
        description="Trains a bare Rasa on the same data, drives both in one run, and prints each figure with its aim.",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="write one JSON object")
    command.add_argument("--quick", action="store_true", help="a shorter run, of at most a minute after training")
    command.set_defaults(run=_bench)
    below = command.add_subparsers(dest="benchmark", metavar="BENCHMARK", title="other benchmarks")
    _add_hint3(below)
    _add_growth(below)
    _add_log(below)
    _add_telegram(below)
    _add_advice(below)


def _add_hint3(commands: Any) -> None:
    command = commands.add_parser(
        "hint3", help="how well the pipeline understands HINT3's public bots, beside Rasa's default with DIET",
        description="Trains and tests both pipelines on each bot in one run. Exit code 0 when ours beats DIET on every "
        "bot in every measure, else 1.",
    )  # fmt: skip
    command.add_argument("data", type=Path, metavar="DIR", help="the folder that holds v1/train and v1/test of HINT3")
    command.add_argument("--bots", nargs="+", metavar="BOT", help="the bots to measure (default: all three of HINT3)")
    command.add_argument("--version", default="v1", help="the folder of DIR to take (default: %(default)s)")
    command.add_argument(
        "--epochs", type=_count, default=_DIET_EPOCHS, metavar="N", help="epochs of DIET (default: %(default)s)"
    )
    _add_json(command)
    command.set_defaults(run=_hint3)


def _add_growth(commands: Any) -> None:
    command = commands.add_parser(
        "growth", help="whether a turn takes longer with more topics: forty, all, and ten times all",
        description="Trains three sizes of the guidance, serves them side by side, and prints each ratio with its aim. "
        "The largest size is made from the others; its model is trained once and takes long.",
    )  # fmt: skip
    command.add_argument(
        "--examples", type=_count, default=_LEAST_EXAMPLES, metavar="N",
        help="examples of each made unit (default: %(default)s)",
    )  # fmt: skip
    _add_json(command)
    command.set_defaults(run=_growth)


def _add_log(commands: Any) -> None:
    command = commands.add_parser(
        "log", help="whether the decision log stands up: tampering, kills, fifty writers, a million entries",
        description="Measures on SQLite and on a PostgreSQL server of its own, and prints each figure with its aim.",
    )  # fmt: skip
    command.add_argument(
        "parts", nargs="*", metavar="PART", help="tampering, killing, writers or large (default: all four)"
    )
    command.add_argument(
        "--entries", type=_count, default=1_000_000, metavar="N",
        help="entries of the large log (default: %(default)s)",
    )  # fmt: skip
    _add_json(command)
    command.set_defaults(run=_log)


def _add_telegram(commands: Any) -> None:
    command = commands.add_parser(
        "telegram", help="whether the chat by Telegram keeps up: time, 200 chats at once, 100 faults, a flood, memory",
        description="Talks to an emulator of Telegram in a process of its own, which is part of tests/ in the "
        "checkout, and prints each figure with its aim.",
    )  # fmt: skip
    command.add_argument("parts", nargs="*", metavar="PART", help="turns, checks, faults, flood, memory (default: all)")
    _add_json(command)
    command.set_defaults(run=_telegram)


def _add_advice(commands: Any) -> None:
    command = commands.add_parser(
        "advice", help="whether 500 threads of advice and 20 advisers at once keep apart, and how quick lists are",
        description="Measures on SQLite and on a PostgreSQL server of its own, and prints each figure with its aim.",
    )  # fmt: skip
    command.add_argument("parts", nargs="*", metavar="PART", help="sqlite or postgresql (default: both)")
    _add_json(command)
    command.set_defaults(run=_advice)


def _add_json(command: argparse.ArgumentParser) -> None:
    # Without a default of its own, so that `sharewell bench --json NAME` means the same.
    command.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="write one JSON object")


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError("give a whole number from 1 on")
    return number


# The benchmarks are imported where they run: no other command needs what they bring along and each must start fast.
def _bench(options: argparse.Namespace) -> int:
    from bot.benchmark import FULL, QUICK, measure

    report = _run(measure(from_environment(), QUICK if options.quick else FULL))
    if options.json:
        print_json(report.as_json())
    else:
        print(report.table())
    return 0


def _hint3(options: argparse.Namespace) -> int:
    from bot.benchmark import hint3

    bots = tuple(options.bots or hint3.BOTS)
    report = _run(hint3.measure(from_environment(), options.data, options.version, bots, options.epochs))
    if options.json:
        print_json(report.as_json())
    else:
        print(report.table())
    return 0 if report.beaten else _FAILED


def _growth(options: argparse.Namespace) -> int:
    from bot.benchmark import growth

    report = _run(growth.measure(from_environment(), options.examples))
    if options.json:
        print_json(report.as_json())
    else:
        print(report.table())
    return 0


def _log(options: argparse.Namespace) -> int:
    from bot.benchmark import log

    unknown = [part for part in options.parts if part not in log.PARTS]
    if unknown:
        raise InputError(f"There is no part '{unknown[0]}'.", f"The parts are: {', '.join(log.PARTS)}.")
    sizes = replace(log.FULL, entries=options.entries)
    report = log.measure(options.parts or list(log.PARTS), sizes)
    if options.json:
        print_json(report.as_json())
    else:
        print(report.table())
    return 0 if report.as_json()["met"] else _FAILED


def _telegram(options: argparse.Namespace) -> int:
    from bot.benchmark import telegram

    unknown = [part for part in options.parts if part not in telegram.PARTS]
    if unknown:
        raise InputError(f"There is no part '{unknown[0]}'.", f"The parts are: {', '.join(telegram.PARTS)}.")
    report = _run(telegram.measure(from_environment(), tuple(options.parts) or telegram.PARTS))
    if options.json:
        print_json(report.as_json())
    else:
        print(report.table())
    return 0 if report.as_json()["met"] else _FAILED


def _advice(options: argparse.Namespace) -> int:
    from bot.benchmark import advice

    report = advice.measure(parts=advice.require_parts(options.parts))
    if options.json:
        print_json(report.as_json())
    else:
        print(report.table())
    return 0 if report.as_json()["met"] else _FAILED


def _run(measuring: Coroutine[Any, Any, _T]) -> _T:
    return asyncio.run(_until_told_to_end(measuring))


async def _until_told_to_end(measuring: Coroutine[Any, Any, _T]) -> _T:
    """Runs the benchmark; being told to end also ends the processes that it started."""
    run = asyncio.create_task(measuring)
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, run.cancel)
    try:
        return await run
    except asyncio.CancelledError:
        raise InputError("The benchmark was stopped.", "Run it again.") from None
    finally:
        run.cancel()
