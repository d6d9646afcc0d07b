"""`sharewell log`: verify, show and export the decision log; the rest stands in three modules beside this."""

from __future__ import annotations

import argparse
import json
from contextlib import closing
from pathlib import Path
from typing import Any

from bot.application import checkpoint_key_source, open_existing_log
from bot.cli import log_exporting, log_keeping, log_retention
from bot.cli.common import InputError, print_json
from bot.decision_log import (
    Checkpoint,
    DecisionLog,
    Record,
    Verification,
    public_key_of,
    read_checkpoints,
)
from bot.settings import Settings, from_environment

BROKEN = 1
LISTED = 20
"""Erasures named by `verify`; --json names all."""


def add_to(commands: Any) -> None:
    group = commands.add_parser(
        "log", help="verify, show, export and look after the decision log", description="The decision log."
    )
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
    verify = actions.add_parser("verify", help="check every entry and name the first bad one")
    verify.add_argument("--checkpoint", type=Path, metavar="FILE", help="check it against witnessed checkpoints too")
    verify.add_argument(
        "--public-key", type=Path, metavar="FILE", help="the key to check their signatures with, if not this log's own"
    )
    verify.add_argument("--json", action="store_true", help="write one JSON object")
    verify.set_defaults(run=_verify)
    show = actions.add_parser("show", help="show one record by its reference")
    show.add_argument("reference", metavar="REFERENCE", help="the reference number given when it was recorded")
    show.add_argument("--json", action="store_true", help="write one JSON object")
    show.set_defaults(run=_show)
    log_exporting.add_to(actions)
    log_keeping.add_to(actions)
    log_retention.add_to(actions)


def _log(settings: Settings) -> closing[DecisionLog]:
    # Without the guidance: a record must be readable also when a file of the guidance has a fault.
    return closing(open_existing_log(settings, {}))


def _verify(options: argparse.Namespace) -> int:
    settings = from_environment()
    with _log(settings) as log:
        found = log.verify(_checkpoints(options, settings))
    if options.json:
        print_json(_verification_as_json(found))
    elif found.ok:
        print("\n".join(_said_of(found)))
    else:
        where = "" if found.first_bad is None else f" The first bad entry is number {found.first_bad}."
        print(f"The log was changed.{where} {found.reason}")
    return 0 if found.ok else BROKEN


def _checkpoints(options: argparse.Namespace, settings: Settings) -> tuple[Checkpoint, ...]:
    if options.checkpoint is None:
        if options.public_key is not None:
            raise InputError("--public-key is of no use without a checkpoint.", "Name its file with --checkpoint.")
        return ()
    if options.public_key is None:
        return read_checkpoints(options.checkpoint, checkpoint_key_source(settings).existing_key().public_key())
    try:
        text = options.public_key.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(
            f"The public key {options.public_key} cannot be read ({error.strerror}).", "Name its file."
        ) from None
    return read_checkpoints(options.checkpoint, public_key_of(text))


def _said_of(found: Verification) -> list[str]:
    lines = [f"The log is whole: {found.entries} entries."]
    if found.witnessed:
        lines.append(f"Checkpoints that were kept: {found.witnessed}.")
    lines += [f"{one.reference}: what it held was erased on {one.on}." for one in found.erased[:LISTED]]
    if len(found.erased) > LISTED:
        lines.append(f"{len(found.erased) - LISTED} more erasures: use --json to see them.")
    return lines


def _verification_as_json(found: Verification) -> dict[str, Any]:
    return {
        "ok": found.ok, "entries": found.entries, "first_bad": found.first_bad, "reason": found.reason,
        "witnessed": found.witnessed,
        "erased": [{"reference": one.reference, "on": one.on} for one in found.erased],
    }  # fmt: skip


def _show(options: argparse.Namespace) -> int:
    with _log(from_environment()) as log:
        record = log.show(options.reference)
    if options.json:
        print_json(record_as_json(record))
        return 0
    print(json.dumps(record_as_json(record), ensure_ascii=False, indent=2))
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
        "approval_due": None if record.due_at is None else record.due_at.isoformat(),
        "author": record.author,
        "responsible": record.responsible,
        "content_version": record.content_version,
        "identity": record.identity.value,
        "review_on": record.review_on,
        "retention": record.retention.value,
        "erased_on": None if record.erased_at is None else record.erased_at.date().isoformat(),
        "corrected": {
            name: [
                {"choices": list(version.value.choices), "text": version.value.text, "entry": version.sequence,
                 "by": version.by, "reason": version.reason}
                for version in versions if version.value is not None
            ]
            for name, versions in record.history.items()
        },
        "entries": [
            {"sequence": entry.sequence, "kind": entry.kind.value, "recorded_at": entry.recorded_at, "by": entry.by,
             "hash": entry.hash}
            for entry in record.entries
        ],
    }  # fmt: skip
