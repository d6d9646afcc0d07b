"""`sharewell knowledge`: check the files, or export what they hold."""

from __future__ import annotations

import argparse
from typing import Any

from bot.application import detector_for
from bot.checks import survey
from bot.cli.common import print_json
from bot.knowledge import load
from bot.settings import from_environment


def add_to(commands: Any) -> None:
    group = commands.add_parser(
        "knowledge", help="check or export the knowledge files", description="The knowledge files."
    )
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
    check = actions.add_parser("check", help="report every fault as path: line: reason")
    check.set_defaults(run=_check)
    export = actions.add_parser("export", help="write every topic, check, trigger and record field as a JSON line")
    export.set_defaults(run=_export)


def _check(_options: argparse.Namespace) -> int:
    settings = from_environment()
    knowledge = load(settings.knowledge)
    detector_for(knowledge, settings)
    deepest = max(survey(knowledge.checks, check_id).deepest for check_id in knowledge.checks)
    examples = sum(len(unit.examples) for units in (knowledge.topics, knowledge.checks) for unit in units.values())
    print(
        f"No faults: {len(knowledge.topics)} topics, {len(knowledge.checks)} checks, {len(knowledge.triggers)} urgent "
        f"triggers, {len(knowledge.fields)} record fields, {len(knowledge.sources)} sources, {examples} example "
        f"questions. Checks jump at most {deepest} deep. Version {knowledge.version[:12]}."
    )
    return 0


def _export(_options: argparse.Namespace) -> int:
    knowledge = load(from_environment().knowledge)
    kinds = (
        ("topic", knowledge.topics), ("check", knowledge.checks), ("urgent", knowledge.triggers),
        ("source", knowledge.sources), ("law", knowledge.law), ("area", knowledge.areas), ("field", knowledge.fields),
    )  # fmt: skip
    for kind, units in kinds:
        for unit in units.values():
            print_json({"unit": kind, **unit.model_dump(mode="json")})
    for term in knowledge.terms:
        print_json({"unit": "term", **term.model_dump(mode="json")})
    return 0
