"""`sharewell knowledge new`: a file for an author to fill in."""

from __future__ import annotations

import argparse
from typing import Any

from bot.knowledge import new_unit
from bot.settings import from_environment


def add_to(actions: Any) -> None:
    group = actions.add_parser(
        "new", help="make a file for a new topic or check", description="Makes a file for an author to fill in."
    )
    kinds = group.add_subparsers(dest="kind", required=True, metavar="KIND")
    for kind in ("topic", "check"):
        command = kinds.add_parser(
            kind, help=f"make a file for a new {kind}",
            description=f"Makes a file for a new {kind}. `sharewell knowledge check` says what is to be filled in.",
        )  # fmt: skip
        command.add_argument("id", metavar="ID", help="its id: small letters, digits and hyphens")
        command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    path = new_unit(from_environment().knowledge, options.kind, options.id)
    print(f"Made {path}.")
    print(f"Fill in each place that stands between < and >, and name {options.id} in menu.yml.")
    print("Then run `sharewell knowledge check`: it says what is left to do.")
    print("Until then the folder has faults: a running Sharewell goes on with what it has read before.")
    return 0
