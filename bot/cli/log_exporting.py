"""`sharewell log export`: every entry as lines, or chosen records as files with proof."""

from __future__ import annotations

import argparse
import os
from contextlib import closing, suppress
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.application import open_existing_log
from bot.cli.common import InputError
from bot.decision_log import COMMAND_LINE
from bot.exports import Format, FreeText, Order, Scope, ScopeKind, make_export
from bot.knowledge import Knowledge, KnowledgeError, load
from bot.settings import from_environment

LINES = "lines"
_MODE = 0o600


def add_to(actions: Any) -> None:
    export = actions.add_parser("export", help="write every entry as a line, or chosen records as files with proof")
    export.add_argument(
        "--format", choices=[LINES, *(each.value for each in Format)], default=LINES,
        help="lines: every entry as canonical JSON, without free text; zip: all of the others with their proof",
    )  # fmt: skip
    chosen = export.add_mutually_exclusive_group()
    chosen.add_argument("--record", nargs="+", default=[], metavar="REF", help="the records of these references")
    chosen.add_argument(
        "--subject-access", nargs="+", default=[], metavar="REF",
        help="the same for somebody who asks what is held about them: with free text, to be read before it goes out",
    )  # fmt: skip
    export.add_argument("--since", metavar="DAY", help="records of this day and later, as 2026-11-20")
    export.add_argument("--until", metavar="DAY", help="records of this day and earlier")
    export.add_argument("--output", type=Path, metavar="FILE", help="the file to make; never over one that is there")
    export.add_argument("--with-text", action="store_true", help="include what was written in words")
    export.set_defaults(run=_export)


def _export(options: argparse.Namespace) -> int:
    scope = _scope(options)
    if options.format == LINES:
        _refuse_for_lines(options, scope)
        return _lines()
    if scope is None:
        raise InputError(
            "It is not said what to export.", "Give --record, --subject-access, or a time with --since or --until."
        )
    if options.output is None:
        raise InputError("There is no file to write to.", "Name one with --output.")
    if options.output.exists():
        raise InputError(f"The file {options.output} exists already.", "Name another with --output.")
    settings = from_environment()
    knowledge = _knowledge(settings.knowledge)
    text = FreeText.INCLUDED if options.with_text else FreeText.LEFT_OUT
    order = Order(scope, Format(options.format), text, COMMAND_LINE)
    with closing(open_existing_log(settings, knowledge.fields if knowledge else {})) as log:
        made = make_export(log, order, knowledge, datetime.now(UTC))
    _write(options.output, made.content)
    print(f"Records exported: {made.records}. They are in {options.output}, and the export is in the log.")
    if scope.kind is ScopeKind.SUBJECT_ACCESS:
        print("Read every text, and look for other people in it, before you hand the file over.")
    return 0


def _lines() -> int:
    with closing(open_existing_log(from_environment(), {})) as log:
        now = datetime.now(UTC)
        log.note_export("log", f"every entry until {now.isoformat()}", COMMAND_LINE, now)
        for line in log.export_lines():
            print(line)
    return 0


def _refuse_for_lines(options: argparse.Namespace, scope: Scope | None) -> None:
    if scope is not None or options.output is not None or options.with_text:
        raise InputError(
            "Lines hold every entry of the log, so nothing can be chosen.", "Add --format zip, pdf, csv or json."
        )


def _scope(options: argparse.Namespace) -> Scope | None:
    since, until = _day(options.since), _day(options.until)
    if since is None and until is None:
        if options.record:
            return Scope(ScopeKind.RECORD, tuple(options.record))
        return Scope(ScopeKind.SUBJECT_ACCESS, tuple(options.subject_access)) if options.subject_access else None
    if options.record or options.subject_access:
        raise InputError("References and days cannot be given together.", "Give one or the other.")
    if since is not None and until is not None and since > until:
        raise InputError("The first day is after the last.", "Change one of the two.")
    return Scope(
        ScopeKind.PERIOD, since=None if since is None else datetime.combine(since, time(), UTC),
        until=None if until is None else datetime.combine(until + timedelta(days=1), time(), UTC),
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    with suppress(ValueError):
        found = date.fromisoformat(text)
        if date.min < found < date.max:
            return found
    raise InputError(f"'{text}' is not a day.", "Give it as year, month and day, such as 2026-11-20.")


def _knowledge(folder: Path) -> Knowledge | None:
    """The guidance for its labels. A fault in one of its files must not keep anybody from the records."""
    try:
        return load(folder)
    except KnowledgeError:
        return None


def _write(path: Path, content: bytes) -> None:
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _MODE)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
    except OSError as error:
        raise InputError(f"The file {path} cannot be written ({error.strerror}).", "Name another.") from None
