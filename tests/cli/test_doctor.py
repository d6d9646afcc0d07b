"""`sharewell doctor` on installations that are broken in every way: it says what is wrong, and never fails itself."""

from __future__ import annotations

import json
import shutil
import socket
import sqlite3
import threading
from collections.abc import Callable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from bot.cli.main import main
from bot.conversation.store import SessionStore
from bot.decision_log import DecisionLog
from bot.diagnosis import Finding, State, examine, needs_mending
from bot.diagnosis.knowing import contacts, past_review
from bot.settings import ROOT, Settings, from_environment
from tests.support.assistants import knowledge


def port_in_nobody_s_hands() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An installation without Rasa's environment and without a model, with a sound home."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    return {
        "SHAREWELL_HOME": str(home), "SHAREWELL_NLU": str(tmp_path / "nlu"),
        "SHAREWELL_PORT": str(port_in_nobody_s_hands()),
    }  # fmt: skip


@pytest.fixture
def settings(environment: dict[str, str]) -> Settings:
    return from_environment(environment)


@pytest.fixture
def used(settings: Settings) -> Settings:
    """The same after some use: the log, its key and the sessions are there."""
    DecisionLog.open(settings.log_url, settings.key_file).close()
    SessionStore(settings.sessions_url, 60).close()
    return settings


def in_area(settings: Settings, area: str) -> list[Finding]:
    return [finding for finding in examine(settings) if finding.area == area]


def to_mend(settings: Settings, area: str) -> list[str]:
    return [f"{finding.says} {finding.remedy}" for finding in in_area(settings, area) if finding.state is State.MEND]


def test_a_sound_home_needs_no_mending(settings: Settings) -> None:
    assert to_mend(settings, "kept data") == []


def test_a_home_in_use_needs_no_mending(used: Settings) -> None:
    assert to_mend(used, "kept data") == []
    said = " ".join(finding.says for finding in in_area(used, "kept data"))
    assert "The key file opens the decision log" in said
    assert "The session store is a whole database" in said


def test_looking_makes_nothing(settings: Settings) -> None:
    examine(settings)
    assert list(settings.home.iterdir()) == []


def test_a_missing_environment_and_model_are_told_with_the_way_to_mend_them(settings: Settings) -> None:
    assert any("is missing" in line and "./sharewell setup" in line for line in to_mend(settings, "installed"))
    assert any("no trained model" in line and "./sharewell setup" in line for line in to_mend(settings, "trained"))
    assert any("Training the model" in line for line in to_mend(settings, "up to date"))


def test_an_environment_whose_python_does_not_run(settings: Settings) -> None:
    binaries = settings.nlu / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to("/nowhere/python")
    assert any("does not run" in line for line in to_mend(settings, "installed"))
    (binaries / "python").unlink()
    (binaries / "python").write_text("#!/bin/sh\nexit 3\n")
    (binaries / "python").chmod(0o700)
    assert any("exit code 3" in line for line in to_mend(settings, "installed"))


def test_an_environment_without_its_packages(settings: Settings) -> None:
    binaries = settings.nlu / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (settings.nlu / ".venv" / "lib" / "python3.10" / "site-packages" / "rasa-9.dist-info").mkdir(parents=True)
    (binaries / "python").write_text("#!/bin/sh\n")
    (binaries / "python").chmod(0o700)
    assert any("Missing in Rasa's environment: rasa" in line for line in to_mend(settings, "installed"))


def test_a_model_that_cannot_be_opened(settings: Settings) -> None:
    models = settings.nlu / "models"
    models.mkdir(parents=True)
    (models / "m.tar.gz").write_bytes(b"not a model")
    (models / "current").write_text("m.tar.gz")
    assert any("cannot be opened" in line for line in to_mend(settings, "trained"))


def test_a_danger_classifier_that_cannot_be_read(settings: Settings) -> None:
    models = settings.nlu / "models"
    models.mkdir(parents=True)
    (models / "m.tar.gz").write_bytes(b"")
    (models / "m.danger.json").write_text("{")
    (models / "current").write_text("m.tar.gz")
    assert len(to_mend(settings, "trained")) == 2


def test_a_fault_of_the_knowledge_is_told_by_file_and_line(tmp_path: Path, environment: dict[str, str]) -> None:
    folder = tmp_path / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    (folder / "sources.yml").write_text("sources: [\n")
    found = to_mend(from_environment(environment | {"SHAREWELL_KNOWLEDGE": str(folder)}), "knowledge")
    assert len(found) == 1
    assert "sources.yml: 2" in found[0] or "sources.yml: 1" in found[0]
    assert "sharewell knowledge check" in found[0]


def test_a_missing_knowledge_folder(environment: dict[str, str]) -> None:
    assert to_mend(from_environment(environment | {"SHAREWELL_KNOWLEDGE": "/nowhere"}), "knowledge")


def test_a_key_file_that_others_may_read(used: Settings) -> None:
    used.key_file.chmod(0o644)
    assert any("0644" in line and "chmod 600" in line for line in to_mend(used, "kept data"))


def _missing(path: Path) -> None:
    path.unlink()


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _link(path: Path) -> None:
    path.unlink()
    path.symlink_to("/nowhere/key")


def _garbage(path: Path) -> None:
    path.write_bytes(b"\x00\xff" * 40)


def _of_another_log(path: Path) -> None:
    from bot.decision_log.keys import make_key

    path.unlink()
    make_key(path)


@pytest.mark.parametrize("harm", [_missing, _folder, _link, _garbage, _of_another_log])
def test_a_key_file_that_cannot_be_used(used: Settings, harm: Callable[[Path], None]) -> None:
    harm(used.key_file)
    found = to_mend(used, "kept data")
    assert len(found) == 1
    assert "key" in found[0]


@pytest.mark.parametrize("name", ["decision-log.db", "sessions.db"])
def test_a_database_that_is_none(used: Settings, name: str) -> None:
    (used.home / name).write_bytes(b"this is no database, and never was one" * 50)
    assert any(name in line for line in to_mend(used, "kept data"))


def test_a_database_with_a_damaged_page(used: Settings) -> None:
    path = used.home / "decision-log.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(path.read_bytes())
    content[4096:8192] = b"\x5a" * 4096
    path.write_bytes(content)
    assert any("decision-log.db" in line and "backup" in line for line in to_mend(used, "kept data"))


def test_a_home_that_others_may_look_into(settings: Settings) -> None:
    settings.home.chmod(0o755)
    assert any("chmod 700" in line for line in to_mend(settings, "kept data"))


def test_a_home_that_is_a_file(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "file").write_text("")
    assert to_mend(from_environment(environment | {"SHAREWELL_HOME": str(tmp_path / "file")}), "kept data")


def test_a_home_that_is_not_there_yet(tmp_path: Path, environment: dict[str, str]) -> None:
    settings = from_environment(environment | {"SHAREWELL_HOME": str(tmp_path / "not" / "yet")})
    assert to_mend(settings, "kept data") == []
    assert not (tmp_path / "not").exists()


@pytest.mark.parametrize("content", ['{"url": "http://127.0.0.1:9", "key": "k"}', "{}", "not json", ""])
def test_an_announced_rasa_that_does_not_answer_is_a_note(settings: Settings, content: str) -> None:
    settings.run_folder.mkdir()
    (settings.run_folder / "nlu.json").write_text(content)
    states = [finding.state for finding in in_area(settings, "running")]
    assert states == [State.NOTE, State.FINE]


class _Page(BaseHTTPRequestHandler):
    page = b"hello"

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_words: object) -> None:
        return None


class _OurPage(_Page):
    page = b"<title>Sharewell</title>"


@pytest.fixture
def serving() -> Iterator[Callable[[type[BaseHTTPRequestHandler]], int]]:
    servers: list[HTTPServer] = []

    def serve(handler: type[BaseHTTPRequestHandler]) -> int:
        server = HTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return server.server_port

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(("handler", "state"), [(_Page, State.MEND), (_OurPage, State.FINE)])
def test_who_listens_on_the_web_port(
    environment: dict[str, str], serving: Callable[[type[BaseHTTPRequestHandler]], int],
    handler: type[BaseHTTPRequestHandler], state: State,
) -> None:  # fmt: skip
    settings = from_environment(environment | {"SHAREWELL_PORT": str(serving(handler))})
    assert in_area(settings, "running")[-1].state is state


def test_contacts_and_reviews_are_notes_and_no_failures() -> None:
    found = [*past_review(knowledge(), date(2026, 11, 20)), *contacts(knowledge(), date(2026, 11, 20))]
    assert any(finding.state is State.NOTE for finding in found)
    assert not needs_mending(found)
    assert list(past_review(knowledge(), date(1990, 1, 1))) == []


def test_every_problem_has_a_remedy_and_stands_on_one_line(settings: Settings) -> None:
    for finding in examine(settings):
        assert "\n" not in finding.says + finding.remedy
        assert bool(finding.remedy) is (finding.state is not State.FINE)


def test_an_inspection_that_fails_is_a_finding(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_folder: object) -> object:
        raise RuntimeError("the disk\nwent away")

    monkeypatch.setattr("shutil.disk_usage", broken)
    found = to_mend(settings, "kept data")
    assert any("RuntimeError: the disk went away" in line for line in found)


def test_the_command_tells_by_its_exit_code_and_in_json(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["doctor", "--json"]) == 1
    data = json.loads(capsys.readouterr().out)
    assert data["fine"] is False
    assert {"area", "state", "says", "remedy"} == data["findings"][0].keys()
    assert main(["doctor"]) == 1
    assert "MEND" in capsys.readouterr().out


def test_a_home_that_cannot_be_written(environment: dict[str, str]) -> None:
    # Nobody may make a file here, not even root.
    settings = from_environment(environment | {"SHAREWELL_HOME": "/proc/self"})
    assert any("cannot be written" in line for line in to_mend(settings, "kept data"))
