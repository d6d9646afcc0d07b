"""A new master key: all can be read as before, the old key is of no use, and a kill at any moment loses nothing."""

from __future__ import annotations

import base64
import random
import stat
import time
from pathlib import Path

import pytest

from bot.decision_log import (
    ChangedOutside,
    DecisionLog,
    EntryKind,
    KeyFileError,
    KeySource,
    WrongKey,
    new_request_id,
    rotation,
)
from tests.decision_log.decision_log_support import (
    NOW,
    Place,
    attacker,
    file_fields,
    make_draft,
    open_log,
    rotate_for_ever,
    said,
    started,
)

BY = "account-keeper"
KILLS = 12


def filled(log: DecisionLog, count: int = 3) -> list[str]:
    references = [log.confirm(make_draft(text=f"Words {number}."), NOW).reference for number in range(count)]
    log.add_identity(references[0], new_request_id(), {"who-decided": "the manager"}, NOW)
    return references


def require_readable(log: DecisionLog, references: list[str]) -> None:
    for number, reference in enumerate(references):
        assert log.show(reference).fields["reasons"].text == f"Words {number}."
    assert dict(log.read_identity(references[0], "reader", "reason", NOW)) == {"who-decided": "the manager"}
    found = log.verify()
    assert found.ok, found


def test_after_a_rotation_all_is_read_and_written_as_before(log: DecisionLog, place: Place) -> None:
    references, before = filled(log), place.key.read_bytes()
    done = log.rotate_key(BY, NOW)
    assert (done.rows, done.generation) == (4, 2)
    after = place.key.read_bytes()
    assert after != before and stat.S_IMODE(place.key.stat().st_mode) == 0o600
    assert done.earlier_key is not None and done.earlier_key.read_bytes() == before
    assert not place.key.with_name("log.key.new").exists()
    require_readable(log, references)
    again = open_log(place)
    require_readable(again, references)
    again.confirm(make_draft(), NOW)
    assert again.verify().ok
    again.close()


def test_the_rotation_is_an_entry(log: DecisionLog) -> None:
    filled(log)
    log.rotate_key(BY, NOW)
    last = list(log.entries())[-1]
    assert last.kind is EntryKind.KEY_ROTATION and last.by == BY and last.body["generation"] == 2


def test_the_earlier_key_opens_nothing_any_more(log: DecisionLog, place: Place) -> None:
    filled(log)
    done = log.rotate_key(BY, NOW)
    assert done.earlier_key is not None
    with pytest.raises(WrongKey):
        DecisionLog.open(place.url, done.earlier_key, file_fields())


def test_a_program_that_runs_meanwhile_goes_on(log: DecisionLog, place: Place) -> None:
    running = open_log(place)
    references = filled(log)
    assert running.verify().ok
    log.rotate_key(BY, NOW)
    assert running.show(references[1]).fields["reasons"].text == "Words 1."
    reference = running.confirm(make_draft(text="Written after."), NOW).reference
    log.rotate_key(BY, NOW)
    assert running.verify().ok
    require_readable(running, references)
    assert log.show(reference).fields["reasons"].text == "Written after."
    running.close()


def test_the_key_can_be_rotated_again_and_again(log: DecisionLog, place: Place) -> None:
    references = filled(log)
    for generation in (2, 3, 4):
        assert log.rotate_key(BY, NOW).generation == generation
        require_readable(log, references)
    kept = {path.name for path in place.folder.iterdir() if path.name.startswith("log.key")}
    assert kept == {"log.key", "log.key.generation-1", "log.key.generation-2", "log.key.generation-3"}


def test_who_had_the_earlier_key_cannot_seal_what_follows(tmp_path: Path) -> None:
    """Someone who stole the first key rewrites an entry of before the rotation, with a right seal of that time."""
    log = open_log(tmp_path)
    filled(log)
    stolen = log._keys.newest_seal
    log.rotate_key(BY, NOW)
    log.confirm(make_draft(), NOW)
    connection = attacker(tmp_path)
    row = connection.execute("SELECT hash FROM ledger WHERE sequence = 3").fetchone()
    forged = "a" * 64
    seal = stolen.seal(f"entry {forged}")
    connection.execute("UPDATE ledger SET hash = ?, seal = ? WHERE sequence = 3", (forged, seal))
    assert row and not log.verify().ok
    connection.execute("UPDATE ledger SET hash = ? WHERE sequence = 3", row)
    assert log.verify().first_bad == 3
    connection.close()
    log.close()


def test_an_interrupted_rotation_is_readable_and_goes_on(
    log: DecisionLog, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = filled(log)
    monkeypatch.setattr(rotation, "ROWS_AT_ONCE", 1)
    real, calls = rotation._wrap_some, []

    def fails(*arguments: object) -> int:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "_wrap_some", fails)
        with pytest.raises(KeyboardInterrupt):
            log.rotate_key(BY, NOW)
    assert place.key.with_name("log.key.new").exists()
    require_readable(log, references)  # two rows under the new key, the rest under the old one
    again = open_log(place)
    require_readable(again, references)
    again.confirm(make_draft(), NOW)
    assert again.rotate_key(BY, NOW).generation == 2
    require_readable(again, references)
    again.close()


def test_a_lost_new_key_of_an_interrupted_rotation_is_said(
    log: DecisionLog, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(log)

    def fails(*_: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(rotation, "_wrap_some", fails)
        with pytest.raises(KeyboardInterrupt):
            log.rotate_key(BY, NOW)
    place.key.with_name("log.key.new").unlink()
    with pytest.raises(KeyFileError, match="interrupted rotation"):
        log.rotate_key(BY, NOW)


def test_key_files_that_were_not_exchanged_are_exchanged_when_the_log_is_opened(
    log: DecisionLog, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    references = filled(log)
    with monkeypatch.context() as patch:
        patch.setattr(rotation, "settle_files", lambda *_: None)
        log.rotate_key(BY, NOW)
    assert place.key.with_name("log.key.new").exists()
    again = open_log(place)
    assert not place.key.with_name("log.key.new").exists()
    require_readable(again, references)
    again.close()


def test_a_tampered_row_stops_the_rotation(tmp_path: Path) -> None:
    log = open_log(tmp_path)
    filled(log)
    connection = attacker(tmp_path)
    connection.execute("UPDATE vault SET wrapped_key = x'00' || substr(wrapped_key, 2)")
    connection.close()
    with pytest.raises(ChangedOutside):
        log.rotate_key(BY, NOW)
    log.close()


def test_a_key_from_the_environment_is_rotated_by_hand(place: Place) -> None:
    def opened(secret: bytes) -> DecisionLog:
        return DecisionLog.open(place.url, KeySource(place.key, secret.decode()), file_fields())

    log = opened(base64.b64encode(b"e" * 32))
    assert not place.key.exists()
    references = filled(log)
    done = log.rotate_key(BY, NOW)
    assert done.earlier_key is None and done.new_key.name == "log.key.new"
    require_readable(log, references)
    log.close()
    old = opened(base64.b64encode(b"e" * 32))  # the file helps out until the environment is changed
    require_readable(old, references)
    with pytest.raises(KeyFileError, match="SHAREWELL_KEY"):
        old.rotate_key(BY, NOW)
    old.close()
    new = opened(done.new_key.read_bytes())
    assert new.rotate_key(BY, NOW).generation == 3
    require_readable(new, references)
    new.close()


@pytest.mark.parametrize("secret", ["", "nonsense", "AAAA", "é"])
def test_a_malformed_key_from_the_environment_is_refused(place: Place, secret: str) -> None:
    with pytest.raises(KeyFileError, match="SHAREWELL_KEY"):
        DecisionLog.open(place.url, KeySource(place.key, secret))


def test_the_key_is_in_no_words_about_its_source() -> None:
    assert "c2VjcmV0" not in repr(KeySource(Path("x"), "c2VjcmV0"))


def test_killed_while_rotating(place: Place) -> None:
    log = open_log(place)
    references = filled(log, 8)
    log.close()
    chance, output = random.Random(1), place.folder / "said"
    for _ in range(KILLS):
        wanted = len(said(output)) + 1
        process = started(rotate_for_ever, place, output)
        deadline = time.monotonic() + 60
        while len(said(output)) < wanted:
            assert process.is_alive() and time.monotonic() < deadline, "the rotation did not start"
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.5))
        process.kill()
        process.join()
        log = open_log(place)
        require_readable(log, references)
        log.close()
    log = open_log(place)
    log.rotate_key(BY, NOW)
    require_readable(log, references)
    assert sum(entry.kind is EntryKind.KEY_ROTATION for entry in log.entries()) > 1
    log.close()
