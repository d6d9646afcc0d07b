"""`sharewell knowledge check`: every fault of the files, and what an author should look at although it is no fault."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any

from bot.application import detector_for
from bot.checks import survey
from bot.knowledge import Knowledge, Trained, load, near_twins, read_trained
from bot.settings import Settings, from_environment

CONFUSIONS_SHOWN = 10
"""Pairs of units that are listed unless another number is asked for."""


def add_to(actions: Any) -> None:
    command = actions.add_parser(
        "check", help="report every fault as path: line: reason",
        description="Reports every fault as path: line: reason. Then example questions of two units that are nearly "
        "the same, and the units whose examples the model confuses. Those are no faults: the exit code stays 0.",
    )  # fmt: skip
    command.add_argument(
        "--confusions", type=_number, metavar="N", default=CONFUSIONS_SHOWN,
        help="how many pairs of units that are confused to list (default: %(default)s)",
    )  # fmt: skip
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    settings = from_environment()
    knowledge = load(settings.knowledge)
    detector_for(knowledge, settings)
    print(_summary(knowledge))
    for line in (*_alike(knowledge), *_confused(knowledge, settings, options.confusions)):
        print(line)
    return 0


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is no number of pairs; write it in digits")
    return int(text)


def _summary(knowledge: Knowledge) -> str:
    deepest = max(survey(knowledge.checks, check_id).deepest for check_id in knowledge.checks)
    examples = sum(len(unit.examples) for units in (knowledge.topics, knowledge.checks) for unit in units.values())
    return (
        f"No faults: {len(knowledge.topics)} topics, {len(knowledge.checks)} checks, {len(knowledge.triggers)} urgent "
        f"triggers, {len(knowledge.fields)} record fields, {len(knowledge.sources)} sources, {examples} example "
        f"questions. Checks jump at most {deepest} deep. Version {knowledge.version[:12]}."
    )


def _alike(knowledge: Knowledge) -> Iterator[str]:
    twins = list(near_twins(knowledge))
    if not twins:
        return
    yield "\nExample questions of two units that are nearly the same. Reword one, or take it out:"
    for twin in twins:
        differ = "in the order of words" if twin.how == "order" else "in one spelling"
        yield f'  {twin.first}: "{twin.first_example}" and {twin.second}: "{twin.second_example}" differ {differ}.'


def _confused(knowledge: Knowledge, settings: Settings, shown: int) -> Iterator[str]:
    path = settings.confusions()
    if path is None:
        yield "\nNothing is known of confused examples: no model was trained here. Run `./sharewell setup`."
        return
    trained = read_trained(path)
    changed = trained.changed(knowledge)
    if changed:
        yield (
            f"\nThe model is older than these files: {len(changed)} units are new, gone or have other examples. "
            "Run `./sharewell setup`, then look for confusions again."
        )
        return
    yield from _pairs(trained, shown)


def _pairs(trained: Trained, shown: int) -> Iterator[str]:
    share = trained.wrong / trained.examples if trained.examples else 0.0
    yield (
        f"\nOf {trained.examples} examples, {trained.wrong} ({share:.0%}) are most like one of another unit. "
        f"The pairs seen most, {min(shown, len(trained.confusions))} of {len(trained.confusions)}:"
    )
    for pair in trained.confusions[:shown]:
        yield f'  {pair.count} of {pair.unit} like {pair.taken_for}, such as "{pair.example}" and "{pair.like}"'
