"""`sharewell check`: one check walked by answers given at once."""

from __future__ import annotations

import argparse
from typing import Any

from bot.checks import Asking, Position, offered, parse_answers, walk
from bot.cli.common import print_json
from bot.knowledge import load
from bot.settings import from_environment


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "check", help="walk a check by given answers",
        description="Shows what a check asks after the given answers, or its outcome with the record fields.",
    )  # fmt: skip
    command.add_argument("id", metavar="ID", help="the check, such as share-decision")
    command.add_argument("--answers", default="", help="answers so far: question=option,question=option")
    command.add_argument("--json", action="store_true", help="write one JSON object")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    checks = load(from_environment().knowledge).checks
    position = walk(checks, options.id, parse_answers(checks, options.id, options.answers))
    if options.json:
        print_json(described(position))
    else:
        print(_plain(position))
    return 0


def described(position: Position) -> dict[str, Any]:
    """The position as the design's contract has it: the next question, or the outcome with its record fields."""
    returns = [str(place) for place in position.returns]
    if isinstance(position, Asking):
        question = position.question
        labels = {option.id: option.text for option in question.options}
        options = [{"id": name, "label": labels.get(name, "Someone may be harmed")} for name in offered(position)]
        return {
            "kind": "question", "check": position.check.id, "id": question.id, "asks": question.asks,
            "why": question.why, "options": options, "returns": returns,
        }  # fmt: skip
    outcome = position.outcome
    return {
        "kind": "outcome", "check": position.check.id, "id": outcome.id, "title": outcome.title,
        "means": outcome.means, "do": list(outcome.do), "urgency": outcome.urgency,
        "urgency_basis": outcome.urgency_basis, "needs_manager_approval": outcome.approval,
        "records": list(outcome.records), "returns": returns,
    }  # fmt: skip


def _plain(position: Position) -> str:
    data = described(position)
    if data["kind"] == "question":
        lines = [f"{data['check']}/{data['id']}: {data['asks']}", f"Why: {data['why']}"]
        return "\n".join(lines + [f"  {option['id']}: {option['label']}" for option in data["options"]])
    steps = [f"  - {step}" for step in data["do"]]
    approval = ["A manager must approve this decision."] if data["needs_manager_approval"] else []
    records = f"Record: {', '.join(data['records'])}"
    return "\n".join([f"{data['check']}/{data['id']}: {data['title']}", data["means"], *steps, *approval, records])
