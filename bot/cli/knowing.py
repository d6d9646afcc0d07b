"""`sharewell knowledge`: check the files, list what is due, make new ones, draw their checks, export what they hold."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.checks import as_png, draw, parse_answers, walk
from bot.cli import authoring, checking, currency
from bot.cli.common import InputError, print_json
from bot.knowledge import Check, load
from bot.settings import from_environment

PICTURE_WIDTH = 720
"""How wide a PNG picture is, in pixels: two for each unit of the drawing, which is sharp on a phone."""


def add_to(commands: Any) -> None:
    group = commands.add_parser(
        "knowledge", help="check, draw or export the knowledge files", description="The knowledge files."
    )
    actions = group.add_subparsers(dest="action", required=True, metavar="ACTION")
    checking.add_to(actions)
    currency.add_to(actions)
    authoring.add_to(actions)
    drawing = actions.add_parser(
        "draw", help="draw a check as a flowchart", description="Draws one check, or every check into a folder."
    )
    drawing.add_argument("id", metavar="ID", nargs="?", help="the check, such as share-decision")
    drawing.add_argument("--answers", default="", help="the way to highlight: question=option,question=option")
    drawing.add_argument("--output", type=Path, help="FILE.svg or FILE.png; without ID a folder. Else SVG is printed")
    drawing.set_defaults(run=_draw)
    export = actions.add_parser("export", help="write every topic, check, trigger and record field as a JSON line")
    export.set_defaults(run=_export)


def _draw(options: argparse.Namespace) -> int:
    checks = load(from_environment().knowledge).checks
    if options.id is None:
        return _draw_all(checks, options)
    walked = parse_answers(checks, options.id, options.answers)
    walk(checks, options.id, walked)  # says which checks there are where this one is not
    svg = draw(checks[options.id], _titles(checks), walked)
    if options.output is None:
        print(svg, end="")
        return 0
    _write(options.output, svg)
    print(f"Drew {options.id} into {options.output}.")
    return 0


def _draw_all(checks: Mapping[str, Check], options: argparse.Namespace) -> int:
    if options.answers or options.output is None:
        raise InputError("Every check is drawn into a folder, without answers.", "Give --output FOLDER, or an ID.")
    for check_id, check in checks.items():
        svg = draw(check, _titles(checks))
        for ending in (".svg", ".png"):
            _write(options.output / f"{check_id}{ending}", svg)
    print(f"Drew {len(checks)} checks into {options.output}, each as SVG and as PNG.")
    return 0


def _titles(checks: Mapping[str, Check]) -> dict[str, str]:
    return {check.id: check.title for check in checks.values()}


def _write(path: Path, svg: str) -> None:
    """Writes the drawing as the ending of `path` says. Raises InputError."""
    if path.suffix not in (".svg", ".png"):
        raise InputError(f"'{path}' is neither SVG nor PNG.", "Let the name of the file end in .svg or .png.")
    data = svg.encode() if path.suffix == ".svg" else as_png(svg, PICTURE_WIDTH)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror}.", "Choose another --output.") from None


def _export(_options: argparse.Namespace) -> int:
    knowledge = load(from_environment().knowledge)
    kinds = (
        ("topic", knowledge.topics), ("check", knowledge.checks), ("urgent", knowledge.triggers),
        ("source", knowledge.sources), ("law", knowledge.law), ("area", knowledge.areas), ("field", knowledge.fields),
        ("letter", knowledge.letters), ("module", knowledge.modules),
    )  # fmt: skip
    for kind, units in kinds:
        for unit in units.values():
            print_json({"unit": kind, **unit.model_dump(mode="json")})
    for term in knowledge.terms:
        print_json({"unit": "term", **term.model_dump(mode="json")})
    return 0
