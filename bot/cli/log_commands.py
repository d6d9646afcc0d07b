"""`sharewell log`: verify, show and export the decision log."""

from __future__ import annotations

import argparse
import json
from typing import Any

from bot.application import open_log
from bot.cli.common import print_json
from bot.decision_log import DecisionLog, Record
from bot.knowledge import load
from bot.settings import from_environment

BROKEN = 1


def add_to(commands: Any) -> None:
    group = commands.add_parser("log", help="verify, show or export the decision log", description="The decision log.")
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check every entry and name the first bad one")
    verify.add_argument("--json", action="store_true", help="write one JSON object")
    verify.set_defaults(run=_verify)
    show = actions.add_parser("show", help="show one record by its reference")
    show.add_argument("reference", metavar="REFERENCE", help="the reference number given when it was recorded")
    show.add_argument("--json", action="store_true", help="write one JSON object")
    show.set_defaults(run=_show)
    export = actions.add_parser("export", help="write every entry as a line of canonical JSON, without free text")
    export.set_defaults(run=_export)


def _log() -> DecisionLog:
    settings = from_environment()
    settings.prepare()
    return open_log(settings, load(settings.knowledge))


def _verify(options: argparse.Namespace) -> int:
    found = _log().verify()
    if options.json:
        print_json({"ok": found.ok, "entries": found.entries, "first_bad": found.first_bad, "reason": found.reason})
    elif found.ok:
        print(f"The log is whole: {found.entries} entries.")
    else:
        print(f"The log was changed. The first bad entry is number {found.first_bad}: {found.reason}")
    return 0 if found.ok else BROKEN


def _show(options: argparse.Namespace) -> int:
    record = _log().show(options.reference)
    if options.json:
        print_json(record_as_json(record))
        return 0
    print(json.dumps(record_as_json(record), ensure_ascii=False, indent=2))
    return 0


def _export(_options: argparse.Namespace) -> int:
    for line in _log().export_lines():
        print(line)
    return 0


def record_as_json(record: Record) -> dict[str, Any]:
    """A record for scripts: its fields, the way walked, and each of its entries. Identifying details stay encrypted."""
    return {
        "reference": record.reference,
        "recorded_at": record.recorded_at.isoformat(),
        "status": record.status.value,
        "check": record.check_id,
        "outcome": record.outcome_id,
        "path": [[step.check, step.question, step.option] for step in record.path],
        "fields": {name: {"choices": list(value.choices), "text": value.text} for name, value in record.fields.items()},
        "area": record.area,
        "urgency": record.urgency,
        "approval_needed": record.approval_needed,
        "content_version": record.content_version,
        "identity": record.identity.value,
        "entries": [
            {"sequence": entry.sequence, "kind": entry.kind.value, "recorded_at": entry.recorded_at, "hash": entry.hash}
            for entry in record.entries
        ],
    }
