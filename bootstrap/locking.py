"""`./sharewell lock`: writes requirements/*.txt from requirements/*.in, every package with its version and hashes."""

from __future__ import annotations

import sys
from typing import List, NamedTuple, Tuple

from bootstrap.layout import Layout
from bootstrap.running import run


class _File(NamedTuple):
    name: str
    python: str
    options: Tuple[str, ...] = ()


# In this order: the test packages must agree with the application's.
_FILES = (
    _File("tools", "3.8"),
    _File("app", "3.11"),
    _File("test", "3.11"),
    _File("nlu", "3.10", ("--override", "nlu-overrides.in")),
)
_COMMON = ("--generate-hashes", "--universal", "--no-header", "--no-annotate", "--no-emit-index-url", "--quiet")


def lock(layout: Layout, upgrade: List[str]) -> None:
    """Resolve every file. `upgrade` holds uv's own words, such as --upgrade; without them versions stay as they are."""
    for file in _FILES:
        print(f"Resolving requirements/{file.name}.in ...", file=sys.stderr, flush=True)
        command = [str(layout.uv), "pip", "compile", f"{file.name}.in", "--python-version", file.python, *file.options]
        run(layout, [*command, *_COMMON, *upgrade, "--output-file", f"{file.name}.txt"], cwd=layout.requirements)
