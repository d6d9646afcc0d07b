"""A backup of the whole installation: what it takes, what it leaves out, and that all of it is there afterwards."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.accounts import COPIED, Attempt, Database, EventKind, Place
from bot.backups import WholeBackupError, back_up, restore
from bot.backups.copying import at_one_moment, lines_of
from bot.cli.main import main
from bot.codes import CodeHasher
from bot.consultations import Advice
from bot.decision_log import DecisionLog, Draft, FieldValue, KeySource, LogMissing, new_request_id
from bot.knowledge import archived, keep
from bot.settings import Settings, from_environment
from bot.tallies import Found, Tallies
from bot.training import Training
from tests.support.advice import advice_at, quick_hasher, request
from tests.support.assistants import knowledge
from tests.support.people import PASSWORD, Clock, Counting, opened

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
WAIT = 10.0


def _settings(home: Path, urls: list[str]) -> Settings:
    """An installation in `home`, with its databases at `urls` where there are any: log, accounts, training, advice."""
    plain = from_environment({"SHAREWELL_HOME": str(home)})
    if not urls:
        return plain
    log, accounts, training, advice = urls
    return replace(plain, log_url=log, accounts=replace(plain.accounts, url=accounts), training=training, advice=advice)


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, home: Path, tmp_path: Path) -> tuple[Settings, Settings]:
    """An installation, and one into which it is restored: empty, but for the keys."""
    other = tmp_path / "other"
    other.mkdir(mode=0o700)
    if request.param == "sqlite":
        return _settings(home, []), _settings(other, [])
    urls: list[str] = request.getfixturevalue("make_schema")
    return _settings(home, urls[:4]), _settings(other, urls[4:])


def _filled(settings: Settings) -> tuple[str, str, str, str]:
    """Puts something into every part: a reference, the id of an account, the codes of a learner and a thread."""
    with closing(DecisionLog.open(settings.log_url, settings.key_file, knowledge().fields)) as log:
        draft = Draft(
            new_request_id(), "share-decision", "do-not-share", (),
            {"reasons": FieldValue(("protect-child",), "gooseberry words")}, "national", knowledge().version, False,
            "now",
        )  # fmt: skip
        reference = log.confirm(draft, NOW).reference
    keep(knowledge(), settings.content_folder)
    with closing(opened(settings.accounts_url, Clock(), Counting())) as accounts:
        made = accounts.invitations.invite(["manager"], place=Place("North"))
        account = accounts.invitations.accept_with_password(made.token, "Ash Grove", PASSWORD)
        accounts.invitations.invite(["practitioner"], "Rowan Field")
        accounts.sessions.begin(account, EventKind.SIGNED_IN_PASSWORD)
        accounts.identity_links.make(reference)
    with closing(Tallies(settings.tallies_url)) as tallies:
        tallies.count(Found.NOTHING, NOW.date())
        tallies.flush()
    with closing(Training(settings.training_url, hasher=CodeHasher(quick_hasher()))) as training:
        learner = training.begin("Quiet Heron").code
    with _advice(settings) as advice:
        return reference, account, learner, advice.send(request("A child has told me something."), "here").code


@contextmanager
def _advice(settings: Settings) -> Iterator[Advice]:
    keys = KeySource(settings.key_file)
    advice = advice_at(settings.advice_url, keys=lambda: (key.for_advice for key in keys.newest_first()))
    try:
        yield advice
    finally:
        advice.close_database()


def _hand_over_the_key(settings: Settings, other: Settings) -> None:
    shutil.copy(settings.key_file, other.key_file)


def test_all_of_an_installation_is_there_after_restoring(places: tuple[Settings, Settings], tmp_path: Path) -> None:
    settings, other = places
    reference, account, learner, code = _filled(settings)
    file = tmp_path / "whole.zip"
    saved = back_up(settings, file, NOW, WAIT, advice=True)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600 and {path.name for path in tmp_path.iterdir()} == {
        "home", "other", "whole.zip",
    }  # fmt: skip
    _hand_over_the_key(settings, other)
    done = restore(other, file, WAIT)
    assert (done.digest, done.entries, done.versions, done.unread) == (saved.digest, 2, 1, 0)
    assert len(done.databases) == 4
    with closing(DecisionLog.open_existing(other.log_url, other.key_file, knowledge().fields)) as log:
        assert log.show(reference).fields["reasons"].text == "gooseberry words" and log.verify().ok
        kept = archived(other.content_folder, log.show(reference).content_version)
        assert kept is not None and "share-decision" in kept.checks
    with closing(opened(other.accounts_url, Clock(), Counting())) as accounts:
        assert {each.name for each in accounts.people.all()} == {"Ash Grove", "Rowan Field"}
        assert accounts.people.find(account).team == "North"
        assert accounts.passwords.recognise(Attempt("Ash Grove", PASSWORD, "192.0.2.7")).account_id == account
        accounts.events.note(EventKind.DENIED)  # further events get numbers of their own
        numbers = [event.number for event in accounts.events.newest(50)]
        assert len(numbers) == len(set(numbers)) > 3
    with closing(Tallies(other.tallies_url)) as tallies:
        assert tallies.between(NOW.date(), NOW.date()) == {(NOW.date(), Found.NOTHING): 1}
    with closing(Training(other.training_url, hasher=CodeHasher(quick_hasher()))) as training:
        assert training.open_with(learner, "here").pseudonym == "Quiet Heron"
    with _advice(other) as advice:
        assert advice.open(code, "here").thread.messages[0].text == "A child has told me something."


def test_what_lasts_for_minutes_is_left_out_and_so_is_advice_that_nobody_asked_for(home: Path, tmp_path: Path) -> None:
    settings = _settings(home, [])
    _filled(settings)
    file = tmp_path / "whole.zip"
    back_up(settings, file, NOW, WAIT, advice=False)
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        held = b"".join(archive.read(name) for name in names if name.endswith(".jsonl"))
    assert "advice.jsonl" not in names and "training.jsonl" in names and "tallies.jsonl" in names
    for table in (b'"session"', b'"identity_link"', b'"invitation"', b'"ceremony"', b'"attempts"', b'"device"'):
        assert table not in held
    for secret in (settings.key_file.read_bytes().strip(), PASSWORD.encode(), b"gooseberry"):
        assert secret not in held and secret not in file.read_bytes()


def test_an_installation_without_accounts_or_advice_makes_none_by_being_backed_up(home: Path, tmp_path: Path) -> None:
    settings = _settings(home, [])
    DecisionLog.open(settings.log_url, settings.key_file).close()
    assert back_up(settings, tmp_path / "whole.zip", NOW, WAIT, advice=True).members == ("decision-log.backup",)
    assert {path.name for path in home.iterdir()} <= {"decision-log.db", "master.key"}
    with pytest.raises(WholeBackupError, match="exists already"):
        back_up(settings, tmp_path / "whole.zip", NOW, WAIT, advice=True)
    (tmp_path / "empty").mkdir()
    with pytest.raises(WholeBackupError, match="nothing to back up"):
        back_up(_settings(tmp_path / "empty", []), tmp_path / "none.zip", NOW, WAIT, advice=True)


def test_what_an_address_names_is_told_or_missed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _filled(_settings(home, []))
    monkeypatch.setenv("SHAREWELL_HOME", str(home))
    monkeypatch.setenv("SHAREWELL_ACCOUNTS_URL", f"sqlite:///{tmp_path / 'elsewhere.db'}")
    assert main(["backup", str(tmp_path / "whole.zip")]) == 0
    assert "ask for it: accounts.jsonl, advice.jsonl." in capsys.readouterr().out
    monkeypatch.setenv("SHAREWELL_ACCOUNTS_URL", "no address")
    assert main(["backup", str(tmp_path / "other.zip")]) == 1 and not (tmp_path / "other.zip").exists()
    assert "SHAREWELL_ACCOUNTS_URL" in capsys.readouterr().err
    hold = ["log", "hold", "SW-7K2M-4Q9D", "--reason", "A court asks", "--by", "a" * 24]
    assert main(hold) == 1 and "SHAREWELL_ACCOUNTS_URL" in capsys.readouterr().err


@pytest.fixture
def saved(home: Path, tmp_path: Path) -> Path:
    """A backup of an installation that stands in `home`."""
    _filled(_settings(home, []))
    back_up(_settings(home, []), tmp_path / "whole.zip", NOW, WAIT, advice=True)
    return tmp_path / "whole.zip"


def _members(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _nothing(home: Path) -> bool:
    return {path.name for path in home.iterdir()} <= {"master.key", "run"}


def _renamed(held: dict[str, bytes]) -> None:
    held["../accounts.jsonl"] = held.pop("accounts.jsonl")


def _edited(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(held: dict[str, bytes]) -> None:
        assert old in held[name]
        held[name] = held[name].replace(old, new, 1)

    return change


TAMPERINGS: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a row changed": _edited("accounts.jsonl", b"manager", b"auditor"),
    "a member removed": lambda held: held.pop("training.jsonl"),
    "a member added": lambda held: held.update({"content/" + "0" * 64 + ".json.gz": b"x"}),
    "a member renamed": _renamed,
    "the manifest changed": _edited("manifest.json", b"sha256", b"md5"),
    "no manifest": lambda held: held.pop("manifest.json"),
    "another format": _edited("manifest.json", b"sharewell-backup-1", b"sharewell-backup-9"),
}


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_changed_backup_restores_nothing(
    home: Path, saved: Path, tmp_path: Path, tamper: Callable[[dict[str, bytes]], object]
) -> None:
    held = _members(saved)
    tamper(held)
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    other = _settings(tmp_path / "other", [])
    with pytest.raises(WholeBackupError, match="Nothing was restored"):
        restore(other, saved, WAIT)
    assert _nothing(other.home)


@pytest.mark.parametrize("content", [b"", b"no archive", None])
def test_what_is_no_backup_is_said_to_be_none(saved: Path, tmp_path: Path, content: bytes | None) -> None:
    whole = saved.read_bytes()
    saved.write_bytes(whole[: len(whole) // 2] if content is None else content)
    with pytest.raises(WholeBackupError, match="not whole"):
        restore(_settings(tmp_path / "other", []), saved, WAIT)
    with pytest.raises(WholeBackupError, match="cannot be read"):
        restore(_settings(tmp_path / "other", []), tmp_path / "absent.zip", WAIT)
    assert _nothing(tmp_path / "other")


def test_a_place_that_holds_something_else_is_left_alone(home: Path, saved: Path, tmp_path: Path) -> None:
    other = _settings(tmp_path / "other", [])
    other.prepare()
    _hand_over_the_key(_settings(home, []), other)
    with closing(opened(other.accounts_url, Clock(), Counting())) as accounts:
        accounts.invitations.invite(["manager"], "Hazel Brook")
    with pytest.raises(WholeBackupError, match="The accounts holds something"):
        restore(other, saved, WAIT)
    assert {path.name for path in other.home.iterdir()} == {"master.key", "run", "accounts.db"}
    with pytest.raises(WholeBackupError, match="a decision log here already"):
        restore(_settings(home, []), saved, WAIT)


def test_a_restoring_that_was_interrupted_is_run_again(home: Path, saved: Path, tmp_path: Path) -> None:
    settings, other = _settings(home, []), _settings(tmp_path / "other", [])
    other.prepare()
    other.key_file.write_bytes(base64.b64encode(b"another key of thirty-two bytes."))
    other.key_file.chmod(0o600)
    with pytest.raises(WholeBackupError, match="days, the accounts, the numbers of questions, the training") as refused:
        restore(other, saved, WAIT)  # the advice and the log open with the right key alone
    assert "Nothing was restored" not in refused.value.message
    assert (other.home / "accounts.db").exists()
    _hand_over_the_key(settings, other)
    assert restore(other, saved, WAIT).entries == 2
    with closing(DecisionLog.open_existing(other.log_url, other.key_file)) as log:
        assert log.verify().ok


def test_the_commands_say_what_they_did(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _filled(_settings(home, []))
    file = str(tmp_path / "whole.zip")
    monkeypatch.setenv("SHAREWELL_HOME", str(home))
    assert main(["backup", file]) == 0
    told = capsys.readouterr().out
    digest = told.split("Its digest is ")[1].split(".")[0]
    assert "Not in it, because there is none or you did not ask for it: advice.jsonl." in told
    assert main(["restore", file]) == 1 and "a decision log here already" in capsys.readouterr().err
    monkeypatch.setenv("SHAREWELL_HOME", str(tmp_path / "other"))
    assert main(["restore", file]) == 1, "without the key"
    assert "master.key" in capsys.readouterr().err
    shutil.copy(home / "master.key", tmp_path / "other" / "master.key")
    assert main(["restore", file]) == 0
    said = capsys.readouterr().out
    assert "is whole: 2 entries" in said and digest in said and "The accounts: restored" in said


def _changed(file: Path, name: str, content: bytes) -> None:
    """Puts `content` in the place of a member, with a manifest that fits: what another program would have written."""
    held = {**_members(file), name: content}
    manifest = json.loads(held["manifest.json"])
    for each in manifest["files"]:
        each["sha256"] = hashlib.sha256(held[each["name"]]).hexdigest()
    held["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(file, "w") as archive:
        for member, written in held.items():
            archive.writestr(member, written)


def test_a_log_that_does_not_verify_is_not_said_to_be_all_that_was_left_out(
    home: Path, saved: Path, tmp_path: Path
) -> None:
    *lines, _ = gzip.decompress(_members(saved)["decision-log.backup"]).splitlines(keepends=True)
    changed = b"".join(lines).replace(b"do-not-share", b"do-now-share", 1)
    assert changed != b"".join(lines)
    end = json.dumps({"digest": hashlib.sha256(changed).hexdigest()}).encode()
    _changed(saved, "decision-log.backup", gzip.compress(changed + end))
    other = _settings(tmp_path / "other", [])
    other.prepare()
    _hand_over_the_key(_settings(home, []), other)
    with pytest.raises(WholeBackupError, match=r"Restored before that: .*the advice") as refused:
        restore(other, saved, WAIT)
    assert "Nothing was restored" not in refused.value.message
    with pytest.raises(LogMissing):
        DecisionLog.open_existing(other.log_url, other.key_file)


def test_a_place_that_cannot_be_written_is_not_taken_for_a_bad_backup(home: Path, saved: Path, tmp_path: Path) -> None:
    other = _settings(tmp_path / "other", [])
    other.prepare()
    _hand_over_the_key(_settings(home, []), other)
    other.content_folder.write_bytes(b"a file where the folder should be")
    with pytest.raises(WholeBackupError, match="content cannot be written") as refused:
        restore(other, saved, WAIT)
    assert "The backup" not in refused.value.message
    other.content_folder.unlink()
    assert restore(other, saved, WAIT).entries == 2


LINES = [
    (b"{", "accounts", "is not whole"),
    (b"[1]\n", "accounts", "is not whole"),
    (b"1\n", "accounts", "is not whole"),
    (b'{"table":"other","columns":["a"]}\n[1]\n', "accounts", "a newer program"),
    (b'{"table":"account","columns":["shoe"]}\n[1]\n', "training", "a newer program"),
    (b'{"table":"training_about","columns":["name","value","shoe"]}\n', "training", "a newer program"),
    (b'{"table":"account","columns":["id","name"]}\n["a","b","c"]\n', "accounts", "is not whole"),
    (b'{"table":"account","columns":["id"]}\n["a"]\n', "accounts", "is not whole"),
    (b'{"columns":[]}\n', "accounts", "is not whole"),
    (b'{"table":"account_role","columns":["account_id","role"]}\n["nobody"]\n', "accounts", "is not whole"),
]


@pytest.mark.parametrize(("content", "part", "words"), LINES)
def test_lines_that_are_none_of_ours_restore_nothing(
    home: Path, saved: Path, tmp_path: Path, content: bytes, part: str, words: str
) -> None:
    _changed(saved, f"{part}.jsonl", content)
    other = _settings(tmp_path / "other", [])
    other.prepare()
    _hand_over_the_key(_settings(home, []), other)
    with pytest.raises(WholeBackupError, match=f"{words}.* Nothing was restored"):
        restore(other, saved, WAIT)
    assert _nothing(other.home)


@pytest.mark.parametrize(
    ("part", "content", "told"),
    [
        ("accounts", b'{"table":"account_role","columns":["account_id","role"]}\n["nobody","manager"]\n',
         "the accounts. Restored before that: the guidance of earlier days."),
        ("training", b'{"table":"training_about","columns":["name","value"]}\n["a","b"]\n["a","b"]\n',
         "the training. Restored before that: the guidance of earlier days, the accounts, the numbers of questions."),
    ],
)  # fmt: skip
def test_rows_that_do_not_fit_together_are_refused_with_what_was_restored_before(
    home: Path, saved: Path, tmp_path: Path, part: str, content: bytes, told: str
) -> None:
    _changed(saved, f"{part}.jsonl", content)
    other = _settings(tmp_path / "other", [])
    other.prepare()
    _hand_over_the_key(_settings(home, []), other)
    with pytest.raises(WholeBackupError) as refused:
        restore(other, saved, WAIT)
    assert refused.value.message.endswith(f"Not restored from it: {told}")
    with pytest.raises(LogMissing):
        DecisionLog.open_existing(other.log_url, other.key_file)
    with closing(opened(other.accounts_url, Clock(), Counting())) as accounts:
        assert bool(accounts.people.all()) == (part != "accounts")


def test_a_server_is_copied_as_it_is_at_one_moment(make_schema: list[str]) -> None:
    url = make_schema[0]
    with (
        closing(opened(url, Clock(), Counting())) as accounts, closing(Database(url)) as database,
        database.writing() as connection,
    ):  # fmt: skip
        at_one_moment(connection)
        before = list(lines_of(connection, COPIED))
        accounts.invitations.invite(["manager"], "Hazel Brook")
        assert list(lines_of(connection, COPIED)) == before
    with closing(Database(url)) as database, database.reading() as connection:
        assert list(lines_of(connection, COPIED)) != before
