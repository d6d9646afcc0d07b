"""Dependencies point one way: command line -> channels -> conversation -> domain packages -> knowledge -> errors."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BOT = ROOT / "bot"

DOMAIN = {"checks", "privacy", "urgent", "decision_log", "consultations", "training", "letters", "accounts",
          "exports", "tallies"}  # fmt: skip
FOUNDATIONS = {"errors", "knowledge"}
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "setting_values": {"errors"},
    "settling": set(),
    "settings": {"errors", "setting_values"},
    "codes": set(),
    "databases": {"errors"},
    "new_files": set(),
    "typesetting": set(),
    "knowledge": {"errors"},
    **dict.fromkeys(DOMAIN, FOUNDATIONS),
    "consultations": {"errors", "codes", "databases"},
    "accounts": FOUNDATIONS | {"databases"},
    "decision_log": FOUNDATIONS | {"databases", "new_files"},
    "letters": FOUNDATIONS | {"typesetting"},
    "exports": FOUNDATIONS | {"decision_log", "tallies", "typesetting"},
    "training": FOUNDATIONS | {"checks", "codes", "databases", "typesetting"},  # it walks the real checks
    "backups": FOUNDATIONS | DOMAIN | {"settings", "databases", "new_files"},
    "conversation": FOUNDATIONS | DOMAIN,
    "renewal": FOUNDATIONS | {"conversation"},
    "advising": FOUNDATIONS | DOMAIN | {"settings", "databases"},
    "application": FOUNDATIONS | DOMAIN | {"settings", "conversation", "renewal", "advising", "settling"},
    "channels": FOUNDATIONS | DOMAIN | {"settings", "conversation"},
    "nlu_build": FOUNDATIONS | {"urgent"},
    "evaluation": FOUNDATIONS | DOMAIN | {"settings", "conversation", "application"},
    "benchmark": FOUNDATIONS | DOMAIN | {
        "settings", "conversation", "application", "channels", "nlu_build", "settling",
    },
    "diagnosis": FOUNDATIONS | DOMAIN | {"settings", "conversation", "renewal", "application", "advising"},
}
"""What a package or module directly under bot/ may import of the others; bot.cli, at the top, may import all."""

TOOLS = {"nlu_build", "evaluation", "benchmark", "diagnosis"}
"""They build, measure or examine the application, so nothing of the application itself imports them."""

NEVER_IMPORTED = {"tests", "bootstrap", "understanding", "rasa"}
"""What the application does not know: its tests, its installer, and the sealed Rasa project."""


def _modules() -> Iterator[tuple[str, Path]]:
    """Each module of bot/, with the package or module directly under bot/ that it belongs to."""
    for path in sorted(BOT.rglob("*.py")):
        name = path.relative_to(BOT).with_suffix("").parts[0]
        if name != "__init__":
            yield name, path


def _imported(path: Path) -> Iterator[str]:
    """The full names that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: line {node.lineno}: write the import with its full name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _of_bot(path: Path) -> set[str]:
    names = (name.split(".") for name in _imported(path))
    return {name[1] for name in names if name[0] == "bot" and len(name) > 1}


def _where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_every_package_has_its_place() -> None:
    assert {name for name, _ in _modules()} <= {*MAY_IMPORT, "cli"}


@pytest.mark.parametrize("name", sorted(MAY_IMPORT))
def test_imports_point_one_way(name: str) -> None:
    wrong = {
        f"{_where(path)} imports bot.{other}"
        for package, path in _modules()
        for other in _of_bot(path) - {name}
        if package == name and other not in MAY_IMPORT[name]
    }
    assert wrong == set()


def test_nothing_imports_the_command_line() -> None:
    assert {_where(path) for name, path in _modules() if name != "cli" and "cli" in _of_bot(path)} == set()


@pytest.mark.parametrize("tool", sorted(TOOLS))
def test_tools_are_imported_by_the_command_line_and_other_tools_only(tool: str) -> None:
    assert {_where(path) for name, path in _modules() if name not in {"cli", *TOOLS} and tool in _of_bot(path)} == set()


def test_application_knows_nothing_of_tests_installer_and_rasa() -> None:
    wrong = {
        f"{_where(path)} imports {name}"
        for package, path in _modules()
        for name in _imported(path)
        if name.split(".")[0] in NEVER_IMPORTED
        if (package, name.split(".")[0]) != ("diagnosis", "bootstrap")  # it examines what the installer installed
    }
    assert wrong == set()


def test_other_packages_use_what_a_domain_package_offers() -> None:
    """From outside, a name comes from the package itself, not from a module within it. Tools may look inside."""
    wrong = {
        f"{_where(path)} imports {name}"
        for package, path in _modules()
        for name in _imported(path)
        if (parts := name.split("."))[0] == "bot"
        and len(parts) > 3
        and parts[1] in {"knowledge", *DOMAIN}
        and package not in {parts[1], *TOOLS}
    }
    assert wrong == set()


def test_the_rasa_project_knows_nothing_of_the_application() -> None:
    wrong = {
        f"{_where(path)} imports {name}"
        for path in sorted((ROOT / "nlu" / "understanding").rglob("*.py"))
        for name in _imported(path)
        if name.split(".")[0] == "bot"
    }
    assert wrong == set()
