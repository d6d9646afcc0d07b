"""`sharewell scan`: what the privacy gate finds in each text, for scripts."""

from __future__ import annotations

import argparse
from typing import Any

from bot.application import gate_for
from bot.cli.common import InputError, input_lines, json_object, print_json
from bot.knowledge import load
from bot.settings import from_environment


def add_to(commands: Any) -> None:
    command = commands.add_parser(
        "scan", help="find and mask identifying details",
        description='Reads {"text": ...} a line and writes the spans found and the masked text. '
        "Offsets count code points.",
    )  # fmt: skip
    command.set_defaults(run=run)


def run(_options: argparse.Namespace) -> int:
    gate = gate_for(load(from_environment().knowledge))
    for number, line in enumerate(input_lines(), start=1):
        if not line.strip():
            continue
        text = json_object(line, number).get("text")
        if not isinstance(text, str):
            raise InputError(f"Line {number} of the input has no text.", 'Write {"text": "..."} on each line.')
        masked = gate.mask(text)
        spans = [{"start": span.start, "end": span.end, "type": span.type, "why": span.why} for span in masked.spans]
        print_json({"spans": spans, "masked": masked.text})
    return 0
