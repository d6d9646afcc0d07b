"""`sharewell doctor`: what is installed, trained, running or out of date, and how to mend what is wrong."""

from __future__ import annotations

import argparse
import asyncio
from itertools import groupby
from typing import Any

from bot.cli.common import print_json
from bot.diagnosis import Finding, State, examine, needs_mending
from bot.errors import SettingsError
from bot.settings import Settings, from_environment

UNWELL = 1
_TELEGRAM = "telegram"
_MARKS = {State.FINE: "  ok  ", State.NOTE: "  note", State.MEND: "  MEND"}


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "doctor", help="look at the installation and say how to mend it",
        description="Says what is installed, running, trained, out of date and readable, and how to mend each problem. "
        "The exit code is 1 when something needs mending.",
    )  # fmt: skip
    command.add_argument("--json", action="store_true", help="write one JSON object")
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    settings = from_environment()
    findings = [*examine(settings), *_telegram(settings)]
    unwell = needs_mending(findings)
    if options.json:
        print_json({"fine": not unwell, "findings": [finding.as_json() for finding in findings]})
    else:
        print(_plain(findings))
    return UNWELL if unwell else 0


def _telegram(settings: Settings) -> list[Finding]:
    """How the bot stands with Telegram, which is asked; nothing where no bot is set."""
    if not settings.telegram.is_set:
        return []
    from bot.channels.telegram import hindrance  # for those alone who use it: it takes half a second

    try:
        hindered = asyncio.run(hindrance(settings.telegram))
    except SettingsError as error:
        return [Finding(_TELEGRAM, State.MEND, error.message, error.remedy)]
    if hindered is None:
        return [Finding(_TELEGRAM, State.FINE, "The bot on Telegram answers to its token.")]
    return [Finding(_TELEGRAM, State.NOTE, *hindered)]


def _plain(findings: list[Finding]) -> str:
    lines: list[str] = []
    for area, group in groupby(findings, key=lambda finding: finding.area):
        lines.append(area.capitalize())
        for finding in group:
            remedy = f" {finding.remedy}" if finding.remedy else ""
            lines.append(f"{_MARKS[finding.state]}  {finding.says}{remedy}")
    count = sum(finding.state is State.MEND for finding in findings)
    verdict = "Nothing needs mending." if count == 0 else f"{count} to mend: see the lines marked MEND."
    return "\n".join([*lines, "", verdict])
