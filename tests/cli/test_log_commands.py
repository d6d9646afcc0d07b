"""`sharewell log` and its commands, run as a user runs them but within this process."""

from __future__ import annotations

import http.server
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.application import open_accounts
from bot.cli.main import main
from bot.decision_log import DecisionLog, Draft, FieldValue, new_request_id
from bot.exports.bundle import SCRIPT
from bot.settings import from_environment
from tests.decision_log.decision_log_support import file_fields

LONG_AGO = datetime.now(UTC) - timedelta(days=3650)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    folder.mkdir(mode=0o700)
    monkeypatch.setenv("SHAREWELL_HOME", str(folder))
    for name in ("LOG_URL", "KEY_FILE", "KEY", "CHECKPOINT_KEY", "CHECKPOINT_KEY_FILE", "RETENTION", "APPROVAL_HOURS"):
        monkeypatch.delenv(f"SHAREWELL_{name}", raising=False)
    return folder


@pytest.fixture
def log(home: Path) -> Iterator[DecisionLog]:
    settings = from_environment()
    opened = DecisionLog.open(settings.log_url, settings.key_file, file_fields())
    yield opened
    opened.close()


@pytest.fixture
def reference(log: DecisionLog) -> str:
    """A record of ten years ago."""
    draft = Draft(
        new_request_id(), "share-decision", "act-now", (), {"reasons": FieldValue(("law-requires",), "Weighed.")},
        "national", "1", False, "now",
    )  # fmt: skip
    return log.confirm(draft, LONG_AGO).reference


def from_accounts(role: str) -> str:
    """The id of an account that was just invited."""
    with closing(open_accounts(from_environment())) as accounts:
        return accounts.invitations.invite([role]).account_id


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["log", *words]) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["log", *words]) == 1
    return capsys.readouterr().err


def test_verify_show_and_export(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "verify") == "The log is whole: 2 entries.\n"
    shown = json.loads(said(capsys, "show", reference, "--json"))
    assert shown["fields"]["reasons"] == {"choices": ["law-requires"], "text": "Weighed."}
    lines = [json.loads(line) for line in said(capsys, "export").splitlines()]
    assert [line["kind"] for line in lines] == ["genesis", "decision", "export"]  # the export tells of itself
    assert lines[-1]["body"]["by"] == "command-line"


def test_a_checkpoint_goes_to_a_file_or_a_line_and_is_checked(
    reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, key = tmp_path / "witness", tmp_path / "public"
    early = said(capsys, "public-key")  # the witness may have it before the first checkpoint
    for _ in range(2):
        assert "2 entries" in said(capsys, "checkpoint", "--output", str(file))
    assert json.loads(said(capsys, "checkpoint", "--print"))["entries"] == 2
    said(capsys, "public-key", "--output", str(key))
    assert key.read_text() == said(capsys, "public-key") == early
    for words in ((), ("--public-key", str(key))):
        assert "Checkpoints that were kept: 2." in said(capsys, "verify", "--checkpoint", str(file), *words)
    file.write_text(file.read_text().replace('"entries":2', '"entries":3'))
    assert "was not signed" in refused(capsys, "verify", "--checkpoint", str(file))
    assert "--checkpoint" in refused(capsys, "verify", "--public-key", str(key))
    assert "cannot be read" in refused(capsys, "verify", "--checkpoint", str(file), "--public-key", str(tmp_path))
    assert "cannot be written" in refused(capsys, "checkpoint", "--output", str(tmp_path))


def test_a_checkpoint_is_sent_to_a_witness(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    got: list[bytes] = []

    class Witness(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200 if self.path == "/yes" else 403)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Witness)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        address = f"http://127.0.0.1:{server.server_port}"
        assert "sent and accepted" in said(capsys, "checkpoint", "--webhook", f"{address}/yes")
        assert json.loads(got[0])["format"] == "sharewell-checkpoint-1"
        assert "refused it with status 403" in refused(capsys, "checkpoint", "--webhook", f"{address}/no")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    assert "did not answer" in refused(capsys, "checkpoint", "--webhook", f"{address}/yes")
    assert "https" in refused(capsys, "checkpoint", "--webhook", "http://witness.example.org/")


def test_the_key_is_rotated(reference: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = said(capsys, "rotate-key")
    assert "generation 2" in out and "master.key.generation-1" in out
    assert "deleted" in said(capsys, "rotate-key", "--destroy-earlier")
    assert {path.name for path in home.glob("master.key*")} == {"master.key", "master.key.generation-1"}
    assert "The log is whole" in said(capsys, "verify")


def test_a_backup_is_restored_elsewhere(
    reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "2 entries" in said(capsys, "backup", str(tmp_path / "backup"))
    assert "exists already" in refused(capsys, "backup", str(tmp_path / "backup"))
    assert "already" in refused(capsys, "restore", str(tmp_path / "backup"))
    monkeypatch.setenv("SHAREWELL_LOG_URL", f"sqlite:///{tmp_path}/restored.db")
    assert "is whole: 2 entries" in said(capsys, "restore", str(tmp_path / "backup"))
    assert json.loads(said(capsys, "show", reference))["reference"] == reference


def test_retention_is_listed_then_confirmed(
    reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHAREWELL_KNOWLEDGE", str(tmp_path / "none"))  # reading it takes long, and is looked at below
    out = said(capsys, "retention", "--dry-run")
    assert "To be erased: 0" in out and f"  {reference}  national" in out
    assert "is kept until 2100-01-31" in said(
        capsys, "review-retention", reference, "--keep-until", "2100-01-31", "--reason", "an inquiry"
    )
    assert "is not a day" in refused(capsys, "review-retention", reference, "--keep-until", "soon", "--reason", "x")
    said(capsys, "review-retention", reference, "--erase", "--reason", "no longer needed")
    assert json.loads(said(capsys, "retention", "--dry-run", "--json"))["erasable"] == []  # kept until that day
    account = from_accounts("practitioner")
    assert "held" in said(capsys, "hold", reference, "--reason", "a court", "--by", account)
    assert "held" in refused(capsys, "erase", reference, "--again", reference)
    assert "ended" in said(capsys, "release", reference, "--reason", "it is over")
    assert "differ" in refused(capsys, "erase", reference, "--again", "SW-0000-0000")
    assert "nothing was erased" in refused(capsys, "retention", "--confirm", "0" * 16)
    assert "was erased" in said(capsys, "erase", reference, "--again", reference)
    assert f"{reference}: what it held was erased on" in said(capsys, "verify")


def test_a_reason_that_names_somebody_is_kept_by_no_command(
    reference: str, log: DecisionLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setenv("SHAREWELL_KNOWLEDGE", str(tmp_path / "none"))  # reading it takes long
    named = "Mohammed Khan of 12 Acacia Avenue asked for it"
    for words in (("hold",), ("release",), ("review-retention", "--erase"),
                  ("review-retention", "--keep-until", "2100-01-31")):  # fmt: skip
        said_of = refused(capsys, words[0], reference, *words[1:], "--reason", named)
        assert "--reason names what may identify a person: name" in said_of and "Khan" not in said_of
    assert len(log.show(reference).entries) == 1


def test_who_is_written_down_must_be_an_account(
    reference: str, log: DecisionLog, capsys: pytest.CaptureFixture[str]
) -> None:
    ways = [
        ("hold", reference, "--reason", "a court"), ("erase", reference, "--again", reference),
        ("retention", "--dry-run"), ("review-retention", reference, "--erase", "--reason", "it is over"),
    ]  # fmt: skip
    for joined_first in (False, True):
        for words in ways:
            assert "no account with this id" in refused(capsys, *words, "--by", "MohammedKhan")
        if not joined_first:
            from_accounts("manager")
    assert len(log.show(reference).entries) == 1


def test_a_hold_needs_no_guidance(
    reference: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SHAREWELL_KNOWLEDGE", str(tmp_path / "none"))
    assert "is held" in said(capsys, "hold", reference, "--reason", "an inquiry asks for it")


def test_what_is_due_is_erased_by_its_digest(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    said(capsys, "review-retention", reference, "--erase", "--reason", "no longer needed")
    due = json.loads(said(capsys, "retention", "--dry-run", "--json"))
    assert due["erasable"] == [reference]
    assert f"--confirm {due['digest']}" in said(capsys, "retention", "--dry-run")
    assert json.loads(said(capsys, "retention", "--confirm", due["digest"], "--json")) == {"erased": [reference]}
    assert "0 records erased" in said(
        capsys, "retention", "--confirm", json.loads(said(capsys, "retention", "--dry-run", "--json"))["digest"]
    )


def test_the_lists_are_rebuilt_and_the_log_is_up_to_date(reference: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "rebuild") == "The lists of 1 records were made anew.\n"
    assert "up to date already" in said(capsys, "upgrade")
    assert "the clock is right now" in said(capsys, "accept-clock")


def test_a_changed_list_is_found_and_rebuilt(
    reference: str, log: DecisionLog, capsys: pytest.CaptureFixture[str]
) -> None:
    for statement in ("UPDATE record SET status = 'approved'", "DELETE FROM record", "DELETE FROM record_choice",
                      "INSERT INTO record_choice VALUES ('decision', 'shared', 99)"):  # fmt: skip
        with log._store.writing() as connection:
            connection.exec_driver_sql(statement)
        assert main(["log", "verify"]) == 1
        assert "sharewell log rebuild" in capsys.readouterr().out
        said(capsys, "rebuild")
        assert "whole" in said(capsys, "verify")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("SHAREWELL_APPROVAL_HOURS", "soon", "deadline"),
        ("SHAREWELL_RETENTION", "absent.yml", "retention schedule"),
        ("SHAREWELL_KEY", "nonsense", "SHAREWELL_KEY"),
        ("SHAREWELL_LOG_URL", "postgresql://nobody@127.0.0.1:9/none", "cannot be reached"),
    ],
)
def test_a_wrong_setting_is_named(
    reference: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str,
    message: str,
) -> None:  # fmt: skip
    monkeypatch.setenv(name, value)
    assert message in refused(capsys, "verify")


def test_records_are_exported_with_proof(
    reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "export.zip"
    said_of = said(capsys, "export", "--format", "zip", "--record", reference, "--output", str(file))
    assert "Records exported: 1." in said_of
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(file)], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0 and "Genuine" in done.stdout
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as archive:
        assert "Weighed." not in archive.read("records.json").decode()
    again = ("export", "--format", "zip", "--record", reference, "--output", str(file))
    assert "exists already" in refused(capsys, *again)
    for words in (("--record", reference, "--with-text"), ("--since", "2000-01-01", "--until", "2100-01-01",
                  "--with-text"), ("--subject-access", reference)):  # fmt: skip
        file = tmp_path / f"{words[0]}.json"
        said(capsys, "export", "--format", "json", *words, "--output", str(file))
        assert json.loads(file.read_text())["records"][0]["reference"] == reference and "Weighed." in file.read_text()


def test_an_export_that_cannot_be_made_says_why(
    reference: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = ("--output", str(tmp_path / "export.zip"))
    zipped = ("export", "--format", "zip")
    assert "not said what to export" in refused(capsys, *zipped, *file)
    assert "no file to write to" in refused(capsys, *zipped, "--record", reference)
    assert "Lines hold every entry" in refused(capsys, "export", "--record", reference)
    assert "Lines hold every entry" in refused(capsys, "export", *file)
    assert "is not a day" in refused(capsys, *zipped, "--since", "soon", *file)
    assert "is not a day" in refused(capsys, *zipped, "--until", "9999-12-31", *file)
    assert "after the last" in refused(capsys, *zipped, "--since", "2026-02-02", "--until", "2026-01-01", *file)
    assert "together" in refused(capsys, *zipped, "--since", "2026-02-02", "--record", reference, *file)
    assert "nothing to export" in refused(capsys, *zipped, "--since", "2100-02-02", *file)
    assert "mistake" in refused(capsys, *zipped, "--record", "SW-0000-0002", *file)
    assert "cannot be written" in refused(
        capsys, *zipped, "--record", reference, "--output", str(tmp_path / "none" / "x")
    )
    assert not (tmp_path / "export.zip").exists()
