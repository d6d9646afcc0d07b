"""What no file of the repository may hold, and what each folder and module must keep to."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LONGEST_MODULE = 300
LONG_MODULES = {
    "bot/knowledge/model.py",
}
"""Modules that are longer all the same. One that no longer is must be taken off the list."""

LARGEST_FILE = 1024 * 1024
LEFT_BY_RUNNING = {".db", ".sqlite", ".sqlite3", ".log", ".pyc", ".gz", ".tar", ".zip", ".whl", ".pkl", ".pt", ".onnx",
                   ".safetensors", ".npy", ".npz", ".key", ".pem"}  # fmt: skip

# The names below are put together from pieces, so that this file does not hold what it looks for.
REGISTRIES = [".".join(parts) for parts in (
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("registry", "yarnpkg", "com"),
    ("deb", "debian", "org"), ("security", "debian", "org"), ("archive", "ubuntu", "com"), ("conda", "anaconda", "org"),
    ("download", "pytorch", "org"), ("proxy", "golang", "org"), ("static", "crates", "io"), ("huggingface", "co"),
)]  # fmt: skip
HOMES = re.compile("(?<![\\w.])(?:/" + "(?:home|root|Users|work)/|[A-Z]:\\\\" + "Users)")
UNFINISHED = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
SKIPPED = re.compile(
    r"mark\.(?:sk" + r"ip|sk" + r"ipif|xf" + r"ail)\b|pytest\.(?:sk" + r"ip|xf" + r"ail|importorsk" + r"ip)\b|"
    r"unittest\.(?:sk" + r"ip|expected" + r"Failure)"
)  # fmt: skip


def _files() -> list[Path]:
    """Every file of the repository, tracked or not yet, that git does not ignore."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        capture_output=True, check=True,
    )  # fmt: skip
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return sorted(path for path in set(paths) if path.is_file())


FILES = _files()


def _where(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _lines_with(pattern: re.Pattern[str], files: list[Path]) -> list[str]:
    return [
        f"{_where(path)}: {number}: {match.group()}"
        for path in files
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if (match := pattern.search(line))
    ]


def test_the_files_are_found() -> None:
    assert {"bot/errors.py", "tests/test_repository.py", "pyproject.toml"} <= {_where(path) for path in FILES}


def test_no_file_names_a_package_registry() -> None:
    assert _lines_with(re.compile("|".join(map(re.escape, REGISTRIES)), re.IGNORECASE), FILES) == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert _lines_with(HOMES, FILES) == []


def test_no_file_is_unfinished() -> None:
    assert _lines_with(UNFINISHED, FILES) == []


def test_no_test_is_skipped() -> None:
    assert _lines_with(SKIPPED, [path for path in FILES if path.suffix == ".py"]) == []


def test_no_file_is_what_running_leaves() -> None:
    assert [_where(path) for path in FILES if path.suffix in LEFT_BY_RUNNING] == []
    assert [_where(path) for path in FILES if path.stat().st_size > LARGEST_FILE] == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (HOMES, 'path = "/' + 'home/someone/knowledge"'),
        (HOMES, "see /" + "root/notes"),
        (HOMES, "C:\\" + "Users\\someone"),
        (UNFINISHED, "# TO" + "DO: later"),
        (SKIPPED, "@pytest.mark.sk" + "ipif(True)"),
        (SKIPPED, "pytest.importorsk" + "ip('rasa')"),
    ],
)
def test_what_is_looked_for_is_found(pattern: re.Pattern[str], line: str) -> None:
    assert pattern.search(line)


@pytest.mark.parametrize("line", ["at home/work", "routes to /users/", "https://example.org/home/", "skip the step"])
def test_what_only_looks_alike_is_left(line: str) -> None:
    assert not HOMES.search(line)
    assert not SKIPPED.search(line)


def test_every_package_says_in_three_lines_what_it_is_for() -> None:
    for folder in sorted({path.parent for path in FILES if path.suffix == ".py" and _where(path).startswith("bot/")}):
        path = folder / "__init__.py"
        assert path.is_file(), f"{_where(folder)} has no __init__.py"
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert docstring, f"{_where(path)} does not say what the folder is for"
        assert len(docstring.splitlines()) <= 3, f"{_where(path)} takes more than three lines"


def test_modules_are_small() -> None:
    long = {
        _where(path)
        for path in FILES
        if path.suffix == ".py" and _where(path).split("/")[0] in ("bot", "nlu", "bootstrap")
        if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST_MODULE
    }
    assert long == LONG_MODULES


def test_names_of_test_modules_are_not_repeated() -> None:
    names = [path.name for path in FILES if path.name.startswith("test_") and path.suffix == ".py"]
    assert sorted(names) == sorted(set(names))
