"""What is written about the product is there, and what is there is written about."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.cli.main import parser

ROOT = Path(__file__).parents[1]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
SETTINGS_DOCUMENT = ROOT / "docs" / "running.md"
SET_UP_COMMANDS = ("setup", "test", "lock")
"""Commands of bootstrap/main.py: they are done before there is an argparse to ask."""

FOLDERS = ("bot", "bootstrap", "nlu", "stories", "knowledge", "tests", "docs", "requirements", ".ci")
LEFT_BY_RUNNING = ("nlu/.venv", "nlu/build", "nlu/models")
"""Folders that the set-up makes: a checkout need not have them."""

_VARIABLE = re.compile(r"\bSHAREWELL_[A-Z_]*[A-Z]\b")
_CODE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_PATH = re.compile(r"[\w.-]+(?:/[\w.-]+)*/?")
_MACHINE_PATH = re.compile(
    r"(?<![\w.:/])/(?:home|root|Users|work|tmp|opt|srv|mnt|var|etc|usr)(?:/|\b)|\b[A-Z]:\\", re.IGNORECASE
)
# Put together from pieces, so that this file does not hold what it looks for.
_REGISTRY = re.compile(
    "|".join(re.escape(".".join(parts)) for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("npmjs", "org"), ("yarnpkg", "com"), ("debian", "org"),
        ("ubuntu", "com"), ("anaconda", "org"), ("golang", "org"), ("crates", "io"), ("huggingface", "co"),
    )),
    re.IGNORECASE,
)  # fmt: skip


@cache
def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _subcommands(command: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """Each command directly under `command`: its name, its parser, and the help beside it."""
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, below in action.choices.items():
                yield name, below, helps.get(name, "")


def _commands(command: argparse.ArgumentParser, before: str = "") -> Iterator[tuple[str, argparse.ArgumentParser, str]]:
    """The same for the whole tree, with names such as "log verify"."""
    for name, below, said in _subcommands(command):
        yield f"{before}{name}", below, said
        yield from _commands(below, f"{before}{name} ")


COMMANDS = {name: (command, said) for name, command, said in _commands(parser(None))}
LAST_COMMANDS = [name for name, (command, _) in COMMANDS.items() if not list(_subcommands(command))]


def _options(command: argparse.ArgumentParser) -> list[argparse.Action]:
    return [
        action for action in command._actions
        if not isinstance(action, argparse._SubParsersAction | argparse._HelpAction)
    ]  # fmt: skip


def _lines_about(name: str) -> list[str]:
    """The lines of README and docs that name `sharewell NAME`."""
    wanted = re.compile(rf"\bsharewell {re.escape(name)}(?![\w-])")
    return [line for path in DOCUMENTS for line in _text(path).splitlines() if wanted.search(line)]


def _named(path: Path) -> Iterator[str]:
    """What a document names as a file, a folder or a test of the repository: in backquotes, outside of examples."""
    for name in _CODE.findall(_FENCE.sub("", _text(path))):
        place = name.partition("::")[0].rstrip("/")
        if not _PATH.fullmatch(place) or place.startswith(LEFT_BY_RUNNING):
            continue
        if "/" in place and place.split("/")[0] in FOLDERS:
            yield name


def _links(path: Path) -> Iterator[tuple[str, str]]:
    """The file and the heading to which each link within the repository leads; either may be empty."""
    for target in _LINK.findall(_FENCE.sub("", _text(path))):
        if "://" not in target:
            file, _, heading = target.partition("#")
            yield file, heading


def _headings(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", _FENCE.sub("", _text(path)), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def _tests_of(path: Path) -> set[str]:
    tree = ast.parse(_text(path))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_the_documents_and_commands_are_found() -> None:
    assert {"README.md", "architecture.md", "running.md", "knowledge.md", "threat-model.md", "data-protection.md"} <= {
        path.name for path in DOCUMENTS
    }
    assert {"start", "log verify", "knowledge check", "evaluate", "doctor"} <= set(LAST_COMMANDS)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_and_option_has_help(name: str) -> None:
    command, said = COMMANDS[name]
    assert said, f"sharewell {name} has no help"
    silent = [action.dest for action in _options(command) if not action.help]
    assert not silent, f"sharewell {name}: no help for {silent}"


@pytest.mark.parametrize("name", [*sorted(LAST_COMMANDS), *SET_UP_COMMANDS])
def test_every_command_is_documented(name: str) -> None:
    assert _lines_about(name), f"`sharewell {name}` is named neither in README.md nor in docs/"


@pytest.mark.parametrize("name", sorted(LAST_COMMANDS))
def test_every_option_is_documented_beside_its_command(name: str) -> None:
    about = "\n".join(_lines_about(name))
    for action in _options(COMMANDS[name][0]):
        for option in action.option_strings:
            assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", about), f"sharewell {name} {option}"
        for choice in action.choices or ():
            assert str(choice) == action.default or str(choice) in about, f"sharewell {name} {choice}"


def test_every_set_up_command_is_one() -> None:
    """The names above are those that bootstrap/main.py compares with; nothing else knows them."""
    tree = ast.parse(_text(ROOT / "bootstrap" / "main.py"))
    compared = {
        str(node.comparators[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Name) and node.left.id == "command"
        if isinstance(node.comparators[0], ast.Constant)
    }
    assert compared == set(SET_UP_COMMANDS)


def test_every_variable_is_documented() -> None:
    used = {
        variable
        for folder in ("bot", "bootstrap")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for variable in _VARIABLE.findall(_text(path))
    }
    rows = {found.group(1) for found in re.finditer(r"^\| `(SHAREWELL_[A-Z_]+)` \|", _text(SETTINGS_DOCUMENT), re.M)}
    assert "SHAREWELL_HOME" in used
    assert used - rows == set(), "not in the table of docs/running.md"
    assert rows - used == set(), "no longer a setting"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_and_test_that_is_named_exists(path: Path) -> None:
    for name in _named(path):
        file, _, test = name.partition("::")
        assert (ROOT / file).exists(), f"{path.name} names {file}"
        assert not test or test in _tests_of(ROOT / file), f"{path.name} names {name}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_leads_somewhere(path: Path) -> None:
    for file, heading in _links(path):
        target = path.parent / file if file else path
        assert target.is_file(), f"{path.name} links to {file}"
        assert not heading or heading in _headings(target), f"{path.name} links to {file}#{heading}"


def test_names_and_links_are_recognised() -> None:
    assert "bot/settings.py" in set(_named(SETTINGS_DOCUMENT))
    assert any("::" in name for name in _named(ROOT / "docs" / "threat-model.md"))
    assert ("docs/running.md", "") in set(_links(ROOT / "README.md"))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_no_document_names_a_machine_or_a_registry(path: Path) -> None:
    assert [found.group() for found in _MACHINE_PATH.finditer(_text(path))] == []
    assert [found.group() for found in _REGISTRY.finditer(_text(path))] == []


@pytest.mark.parametrize("line", ["see /" + "home/someone", "`/var/" + "lib/x`", "C:\\" + "notes", "(/tmp" + ")"])
def test_a_machine_path_is_recognised(line: str) -> None:
    assert _MACHINE_PATH.search(line)


@pytest.mark.parametrize("line", ["docs/home/x", "https://example.org/home/", "`/healthz`", "sqlite:///", "either/or"])
def test_what_is_no_machine_path_is_left(line: str) -> None:
    assert not _MACHINE_PATH.search(line)
