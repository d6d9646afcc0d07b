"""Signed checkpoints: what an outside witness makes findable, also by the script that knows nothing of the program."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import bot.decision_log as package
from bot.decision_log import (
    Checkpoint,
    CheckpointError,
    DecisionLog,
    KeyFileError,
    new_request_id,
    public_key_of,
    read_checkpoints,
    verify_export,
)
from tests.decision_log.decision_log_support import NOW, Place, attacker, hash_as_anybody_would, make_draft, open_log

SCRIPT = Path(package.__file__).with_name("verify_export.py")


@pytest.fixture
def witnessed(log: DecisionLog, tmp_path: Path) -> Checkpoint:
    """A checkpoint in the middle of a log of ten entries; beside it a file of it and one of the public key."""
    for _ in range(6):
        reference = log.confirm(make_draft(), NOW).reference
    checkpoint = log.checkpoint(NOW)
    log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW)
    log.erase_identity(reference, "the time is over", NOW)
    log.confirm(make_draft(), NOW)
    (tmp_path / "checkpoints").write_text(checkpoint.line() + "\n")
    (tmp_path / "public").write_text(log.public_key() + "\n")
    return checkpoint


def read(log: DecisionLog, path: Path) -> tuple[Checkpoint, ...]:
    return read_checkpoints(path, public_key_of(log.public_key()))


def files(folder: Path, lines: list[str]) -> list[str]:
    """The arguments of the script for these lines of an export."""
    (folder / "export").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [str(folder / name) for name in ("export", "public", "checkpoints")]


def alone(*arguments: str) -> subprocess.CompletedProcess[str]:
    """What the script says, run as a stranger runs it: nothing of the program is on its path."""
    return subprocess.run([sys.executable, "-I", str(SCRIPT), *arguments], capture_output=True, text=True)


def test_a_checkpoint_covers_count_head_and_time(log: DecisionLog, witnessed: Checkpoint, tmp_path: Path) -> None:
    entries = list(log.entries())
    assert (witnessed.entries, witnessed.head) == (7, entries[6].hash)
    assert witnessed.time == "2026-11-20T09:30:00.000000Z"
    assert read(log, tmp_path / "checkpoints") == (witnessed,)
    assert log.verify([witnessed]).witnessed == 1


def test_the_key_that_signs_is_a_private_file_of_its_own(log: DecisionLog, place: Place) -> None:
    log.checkpoint(NOW)
    key = place.folder / "checkpoint.key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert key.read_bytes() != place.key.read_bytes()
    key.chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        log.checkpoint(NOW)


def test_a_checkpoint_of_a_cut_log_is_not_signed(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.confirm(make_draft(), NOW)
    connection = attacker(tmp_path)
    connection.execute("DELETE FROM ledger WHERE sequence = 2")
    connection.close()
    with pytest.raises(package.ChangedOutside):
        log.checkpoint(NOW)
    log.close()


@pytest.mark.parametrize(
    "change",
    [
        {"entries": 8}, {"head": "f" * 64}, {"time": "2026-11-21T09:30:00.000000Z"}, {"log_id": "0" * 32},
        {"signature": "AAAA"}, {"signature": "not base 64"},
    ],
    ids=str,
)  # fmt: skip
def test_a_changed_checkpoint_is_refused(
    log: DecisionLog, witnessed: Checkpoint, tmp_path: Path, change: dict[str, object],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (tmp_path / "checkpoints").write_text(replace(witnessed, **change).line() + "\n")  # type: ignore[arg-type]
    with pytest.raises(CheckpointError, match="not signed"):
        read(log, tmp_path / "checkpoints")
    assert verify_export.main(files(tmp_path, list(log.export_lines()))) == 1
    assert "NOT GENUINE" in capsys.readouterr().out


def test_without_a_checkpoint_the_script_says_what_it_saw_and_what_it_could_not(
    log: DecisionLog, witnessed: Checkpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = list(log.export_lines())
    last = json.loads(lines[-1])["hash"]
    export, key, _ = files(tmp_path, lines)
    for arguments in ([export, key], [export]):
        assert verify_export.main(arguments) == verify_export.NOT_WITNESSED
        said = capsys.readouterr().out
        assert "from entry 1 to entry 10" in said and last in said and "cut off at the end" in said
        assert "GENUINE" not in said and "Genuine" not in said
    cut = files(tmp_path, lines[:-1])[:2]
    assert verify_export.main(cut) == verify_export.NOT_WITNESSED, "a cut tail cannot be seen without a checkpoint"
    for broken in (lines[1:], [*lines[:3], *lines[4:]], [*lines, lines[-1]], [], ["{}"], ["no JSON"]):
        assert verify_export.main(files(tmp_path, broken)[:2]) == verify_export.CHANGED
        assert capsys.readouterr().out.endswith("\n")


def test_checkpoints_among_the_lines_are_taken_with_the_key_alone(
    log: DecisionLog, witnessed: Checkpoint, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [*log.export_lines(), witnessed.line()]
    export, key, _ = files(tmp_path, lines)
    assert verify_export.main([export, key]) == verify_export.GENUINE
    assert "10 entries, of which the first 7 were signed for in the export itself" in capsys.readouterr().out
    assert verify_export.main([export]) == verify_export.NOT_WITNESSED
    assert "that nobody checked: 1" in capsys.readouterr().out
    forged = replace(witnessed, entries=6).line()
    assert verify_export.main(files(tmp_path, [*lines[:-1], forged])[:2]) == verify_export.CHANGED
    assert verify_export.main(files(tmp_path, [*lines[:6], lines[-1]])[:2]) == verify_export.CHANGED


def test_what_the_organisation_signed_itself_is_never_called_witnessed(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.confirm(make_draft(), NOW)
    (tmp_path / "checkpoints").write_text(log.checkpoint(NOW).line() + "\n")
    (tmp_path / "public").write_text(log.public_key() + "\n")
    for _ in range(5):
        log.confirm(make_draft(), NOW)
    done = alone(*files(tmp_path, [*log.export_lines(), log.checkpoint(NOW).line()]))
    log.close()
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == (
        "Genuine: 7 entries, of which the first 2 were witnessed, and the first 7 were signed for in the export "
        "itself.\n"
    )


@pytest.mark.parametrize("content", ["", "\n", "nonsense", "[]", '{"format":"sharewell-checkpoint-1"}', "[" * 100_000])
def test_what_is_no_checkpoint_is_refused(log: DecisionLog, tmp_path: Path, content: str) -> None:
    (tmp_path / "checkpoints").write_text(content)
    with pytest.raises(CheckpointError):
        read(log, tmp_path / "checkpoints")


def test_a_missing_file_of_checkpoints_is_named(log: DecisionLog, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="cannot be read"):
        read(log, tmp_path / "absent")


@pytest.mark.parametrize("text", ["", "short", "A" * 44, "é" * 44])
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(CheckpointError, match="32 bytes"):
        public_key_of(text)


def test_another_log_in_its_place_is_found(log: DecisionLog, witnessed: Checkpoint) -> None:
    found = log.verify([replace(witnessed, log_id="0" * 32)])
    assert not found.ok and found.first_bad == 1 and "another log" in found.reason


def test_a_log_put_back_to_an_earlier_copy_is_found_by_its_checkpoint_only(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    log.confirm(make_draft(), NOW)
    log.close()
    earlier = (tmp_path / "log.db").read_bytes()
    log = open_log(tmp_path)
    log.confirm(make_draft(), NOW)
    checkpoint = log.checkpoint(NOW)
    log.close()
    (tmp_path / "log.db").write_bytes(earlier)
    log = open_log(tmp_path)
    assert log.verify().ok
    found = log.verify([checkpoint])
    assert not found.ok and found.first_bad == 3 and "witnessed" in found.reason
    log.close()


def test_a_log_rewritten_by_the_holder_of_the_key_is_found_by_its_checkpoint_only(tmp_path: Path) -> None:
    """The strongest forger: a new log under the same keys and the same id."""
    log = open_log(tmp_path)
    for _ in range(3):
        log.confirm(make_draft(), NOW)
    checkpoint = log.checkpoint(NOW)
    forge(log)
    assert log.verify().ok
    found = log.verify([checkpoint])
    assert not found.ok and found.first_bad == 4 and "rewritten" in found.reason
    log.close()


def forge(log: DecisionLog) -> None:
    """Write three other records in the place of those there are, with all that the program itself has."""
    with log._store.writing() as connection:
        sql = [row[0] for row in connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        names = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        for table in ("ledger", "vault", "head", "record", "record_choice"):
            connection.exec_driver_sql(f"DELETE FROM {table}")
        log._ledger.begin(connection, "2026-11-20T09:00:00.000000Z")
        for statement in sql:
            connection.exec_driver_sql(statement)
    for _ in range(3):
        log.confirm(make_draft(text="Other words."), NOW)


def test_the_script_imports_nothing_of_the_program() -> None:
    assert "bot." not in SCRIPT.read_text() and len(SCRIPT.read_text().splitlines()) < 260


def test_the_script_verifies_an_export(log: DecisionLog, witnessed: Checkpoint, tmp_path: Path) -> None:
    done = alone(*files(tmp_path, list(log.export_lines())))
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "Genuine: 10 entries, of which the first 7 were witnessed.\n"


def edited(lines: list[str]) -> list[str]:
    return [*lines[:3], lines[3].replace('"police"', '"hospital"'), *lines[4:]]


def recomputed(lines: list[str]) -> list[str]:
    previous, out = "0" * 64, []
    for line in edited(lines):
        entry = json.loads(line)
        entry["previous_hash"] = previous
        previous = entry["hash"] = hash_as_anybody_would(entry)
        out.append(json.dumps(entry))
    return out


TAMPERINGS: dict[str, Callable[[list[str]], list[str]]] = {
    "edited": edited,
    "removed": lambda lines: [*lines[:4], *lines[5:]],
    "inserted": lambda lines: [*lines[:4], lines[3], *lines[4:]],
    "swapped": lambda lines: [*lines[:3], lines[4], lines[3], *lines[5:]],
    "cut": lambda lines: lines[:6],
    "recomputed": recomputed,
    "nothing left": lambda lines: [],
    "not even JSON": lambda lines: [*lines[:2], "{", *lines[2:]],
    "a list": lambda lines: ["[]", *lines],
}  # fmt: skip


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_the_script_finds_what_was_changed(
    log: DecisionLog, witnessed: Checkpoint, tmp_path: Path, tamper: Callable[[list[str]], list[str]],
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    assert verify_export.main(files(tmp_path, tamper(list(log.export_lines())))) == 1
    assert capsys.readouterr().out.startswith("NOT GENUINE. ")


def test_the_script_says_what_it_needs() -> None:
    done = alone()
    assert done.returncode == 2 and "EXPORT [PUBLIC_KEY [CHECKPOINTS]]" in done.stderr
    done = alone(*["absent"] * 3)
    assert done.returncode == 2 and "cannot be read" in done.stderr

