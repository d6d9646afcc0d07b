"""`sharewell check`: one check walked by answers given at once."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from bot.checks import HARM_NOW, Asking, Position, offered, parse_answers, walk
from bot.cli.common import area_named, print_json
from bot.conversation.rendering import check_withheld
from bot.conversation.soon import how_soon, who_approves
from bot.knowledge import Area, Knowledge, approval, deadline, load
from bot.settings import from_environment


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "check", help="walk a check by given answers",
        description="Shows what a check asks after the given answers, or its outcome with the record fields.",
    )  # fmt: skip
    command.add_argument("id", metavar="ID", help="the check, such as share-decision")
    command.add_argument("--answers", default="", help="answers so far: question=option,question=option")
    command.add_argument("--area", default="national", help="the area whose rules hold (default: %(default)s)")
    command.add_argument("--json", action="store_true", help="write one JSON object")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    knowledge = load(from_environment().knowledge)
    area = area_named(knowledge, options.area)
    checks = knowledge.checks
    position = walk(checks, options.id, parse_answers(checks, options.id, options.answers))
    found = described(position, area, knowledge, date.today())
    if options.json:
        print_json(found)
    else:
        print(_plain(found, position, area, knowledge))
    return 0


def described(position: Position, area: Area, knowledge: Knowledge, today: date) -> dict[str, Any]:
    """The position as the design's contract has it: the next question, or the outcome with its record fields.

    A check that the area withholds says so in the stead of either; what is to be done now is never withheld.
    """
    returns = [str(place) for place in position.returns]
    withheld = check_withheld(position.check, area, knowledge, today)
    if withheld is not None and (isinstance(position, Asking) or position.outcome.urgency != "now"):
        options = [{"id": HARM_NOW, "label": "Someone may be harmed"}] if isinstance(position, Asking) else []
        return {
            "kind": "withheld", "check": position.check.id, "id": position.place.question, "title": withheld.title,
            "says": withheld.text, "options": options, "returns": returns,
        }  # fmt: skip
    if isinstance(position, Asking):
        question = position.question
        labels = {option.id: option.text for option in question.options}
        options = [{"id": name, "label": labels.get(name, "Someone may be harmed")} for name in offered(position)]
        return {
            "kind": "question", "check": position.check.id, "id": question.id, "asks": question.asks,
            "why": question.why, "options": options, "returns": returns,
        }  # fmt: skip
    outcome = position.outcome
    limit = deadline(position.check, outcome, area, knowledge)
    return {
        "kind": "outcome", "check": position.check.id, "id": outcome.id, "title": outcome.title,
        "means": outcome.means, "do": list(outcome.do), "urgency": limit.urgency,
        "urgency_basis": outcome.urgency_basis, "within": limit.within or None, "limit_set_by": limit.set_by,
        "limit_source": limit.source, "needs_manager_approval": approval(outcome, area, knowledge).needed,
        "records": list(outcome.records), "area": area.id, "returns": returns,
    }  # fmt: skip


def _plain(data: dict[str, Any], position: Position, area: Area, knowledge: Knowledge) -> str:
    if data["kind"] == "withheld":
        return "\n".join([f"{data['check']}: {data['title']}", data["says"]])
    if isinstance(position, Asking):
        lines = [f"{data['check']}/{data['id']}: {data['asks']}", f"Why: {data['why']}"]
        return "\n".join(lines + [f"  {option['id']}: {option['label']}" for option in data["options"]])
    steps = [f"  - {step}" for step in data["do"]]
    soon = how_soon(position.check, position.outcome, area, knowledge)
    rules = [line for line in (soon, who_approves(position.outcome, area, knowledge)) if line]
    records = f"Record: {', '.join(data['records'])}"
    return "\n".join([f"{data['check']}/{data['id']}: {data['title']}", data["means"], *steps, *rules, records])
