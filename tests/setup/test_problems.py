"""What goes wrong is said in words that tell what to do, and the next run is not hindered by it."""

from __future__ import annotations

import errno
import resource
from pathlib import Path

import pytest

from bootstrap.problems import DISK_FULL, NO_BUILD_TOOLS, TAMPERED, UNREACHABLE, explain, explain_os_error
from tests.setup.conftest import ROOT, Checkout

CLOSED_PORT = "http://127.0.0.1:9/simple"
_SMALL_FILE = 64 * 1024


def _only_small_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (_SMALL_FILE, _SMALL_FILE))


def _next_run_succeeds(checkout: Checkout) -> None:
    checkout.variables.clear()
    code, errors = checkout.run("setup", "--without-rasa")
    assert code == 0, errors


def test_an_unreachable_index_while_installing_the_application(checkout: Checkout, tmp_path: Path) -> None:
    checkout.variables.update(UV_INDEX_URL=CLOSED_PORT, UV_CACHE_DIR=str(tmp_path / "cache"), UV_HTTP_RETRIES="0")
    code, errors = checkout.run("setup", "--without-rasa")
    assert code == 1
    assert "\n".join(UNREACHABLE) in errors
    assert not (checkout.root / ".venv/.sharewell-stamp").exists()
    _next_run_succeeds(checkout)


def test_an_unreachable_index_while_installing_the_package_tool(checkout: Checkout) -> None:
    (checkout.root / ".tools").unlink()
    checkout.variables.update(PIP_INDEX_URL=CLOSED_PORT, PIP_CONFIG_FILE="/dev/null", PIP_NO_CACHE_DIR="1")
    code, errors = checkout.run("setup", "--without-rasa")
    assert code == 1
    assert "\n".join(UNREACHABLE) in errors
    assert not (checkout.root / ".tools/.sharewell-stamp").exists()
    _next_run_succeeds(checkout)


def test_a_full_disk(checkout: Checkout) -> None:
    checkout.variables.update(UV_LINK_MODE="copy")
    code, errors = checkout.run("setup", "--without-rasa", limit=_only_small_files)
    assert code == 1
    assert "\n".join(DISK_FULL) in errors
    assert not (checkout.root / ".venv/.sharewell-stamp").exists()
    _next_run_succeeds(checkout)


def test_a_tampered_package(checkout: Checkout, tmp_path: Path) -> None:
    requirements = checkout.root / "requirements/app.txt"
    whole = requirements.read_text()
    lines = whole.splitlines()
    begin = next(number for number, line in enumerate(lines) if line.startswith("httpx=="))
    end = next(number for number in range(begin + 1, len(lines)) if not lines[number].startswith(" "))
    lines[begin + 1 : end] = ["    --hash=sha256:" + "0" * 64]
    requirements.write_text("\n".join(lines) + "\n")
    code, errors = checkout.run("setup", "--without-rasa")
    assert code == 1
    assert "\n".join(TAMPERED) in errors
    requirements.write_text(whole)
    _next_run_succeeds(checkout)


def test_no_python_for_rasa(checkout: Checkout, tmp_path: Path) -> None:
    assert checkout.run("setup", "--without-rasa")[0] == 0
    (checkout.root / "nlu").mkdir()
    empty = tmp_path / "empty"
    empty.mkdir()
    checkout.variables.update(HOME=str(empty), PATH=str(empty), PYENV_ROOT=str(empty), UV_PYTHON_DOWNLOADS="never")
    code, errors = checkout.run("setup")
    assert code == 1
    assert "No Python 3.10 was found" in errors
    assert "./sharewell start --without-rasa" in errors
    assert not (checkout.root / "nlu/.venv").exists()
    assert checkout.run("setup", "--without-rasa") == (0, "")


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("error: failed to write: No space left on device (os error 28)", DISK_FULL),
        ("OSError: [Errno 28] No space left on device", DISK_FULL),
        ("error: Hash mismatch for `httpx==0.28.1`", TAMPERED),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", TAMPERED),
        ("error: Failed to fetch: `x`\n  Caused by: dns error", UNREACHABLE),
        ("ERROR: Could not find a version that satisfies the requirement uv", UNREACHABLE),
        ("error: Failed to build `docopt==0.6.2`", NO_BUILD_TOOLS),
    ],
)
def test_what_a_tool_prints_is_explained(printed: str, words: tuple[str, str]) -> None:
    assert explain(printed, "setup.log") == words


def test_anything_else_names_the_last_line_and_the_log() -> None:
    message, remedy = explain("first\nlast words\n\n", "var/setup.log")
    assert "last words" in message
    assert "var/setup.log" in remedy


def test_faults_of_the_operating_system_are_explained() -> None:
    assert explain_os_error(OSError(errno.ENOSPC, "No space left on device", "x")) == DISK_FULL
    assert "cannot be written" in explain_os_error(OSError(errno.EACCES, "Permission denied", "x"))[0]


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda path: path.name)
def test_requirement_files_hold_no_address_and_no_path(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text
    assert "--find-links" not in text
    assert not [line for line in text.splitlines() if line.strip().startswith(("/", "file:", "-f ", "-i "))]


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_every_requirement_has_a_version_and_a_hash(path: Path) -> None:
    blocks = path.read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    requirements = [block for block in blocks if block and not block.startswith("#")]
    assert requirements
    for requirement in requirements:
        assert "==" in requirement
        assert "--hash=sha256:" in requirement
