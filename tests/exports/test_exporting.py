"""Exports: what is in them, what never is, and that their proof holds outside of the program."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.decision_log import ChangedOutside, DecisionLog, EntryKind, FieldValue, RecordStatus, UnknownReference
from bot.exports import (
    ExportEmpty,
    ExportRefused,
    ExportTooLarge,
    Format,
    FreeText,
    Made,
    Order,
    Scope,
    ScopeKind,
    make_export,
    orders,
    words,
)
from bot.exports.bundle import SCRIPT
from bot.knowledge import reading
from tests.exports.export_support import ACCOUNT, NOW, WORDS, knowledge, open_log, recorded
from tests.support.pdf import inside, words_of

DETAIL = "Case 4711"
LATER = NOW + timedelta(minutes=1)


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DecisionLog]:
    opened = open_log(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def reference(log: DecisionLog) -> str:
    made = recorded(log)
    log.add_identity(made, "0" * 32, {"case-reference": DETAIL}, NOW)
    return made


def order(
    *references: str, kind: ScopeKind = ScopeKind.RECORD, form: Format = Format.ZIP,
    text: FreeText = FreeText.LEFT_OUT,
) -> Order:  # fmt: skip
    return Order(Scope(kind, references), form, text, ACCOUNT)


def made(log: DecisionLog, wanted: Order) -> Made:
    return make_export(log, wanted, knowledge(), LATER)


def opened(export: Made) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(export.content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def everything(export: Made) -> str:
    """All that anybody could read in an export."""
    held = opened(export) if export.name.endswith(".zip") else {export.name: export.content}
    parts = [words_of(data) if name.endswith(".pdf") else data.decode() for name, data in held.items()]
    return "\n".join(parts)


def alone(*arguments: object) -> subprocess.CompletedProcess[str]:
    """The script with nothing of the program around it."""
    return subprocess.run(
        [sys.executable, "-I", str(SCRIPT), *map(str, arguments)], capture_output=True, text=True, timeout=60,
        check=False, cwd="/",
    )  # fmt: skip


def written(folder: Path, content: bytes) -> Path:
    path = folder / "bundle.zip"
    path.write_bytes(content)
    return path


def test_a_bundle_holds_the_record_three_times_and_its_proof(log: DecisionLog, reference: str) -> None:
    export = made(log, order(reference))
    assert (export.name, export.media_type) == ("sharewell-record-2026-11-20-0931.zip", "application/zip")
    assert set(opened(export)) == {
        "README.txt", "records.pdf", "records.csv", "records.json", "proof/entries.jsonl", "proof/verify_export.py",
        "proof/manifest.json", "proof/export-entry.jsonl", "proof/checkpoint.jsonl", "proof/public-key.txt",
    }  # fmt: skip
    manifest = json.loads(opened(export)["proof/manifest.json"])
    assert manifest["scope"] == {"kind": "record", "references": [reference], "since": None, "until": None}
    assert (manifest["made_by"], manifest["records"]) == (ACCOUNT, 1)
    assert manifest["content_version"] == knowledge().version
    assert manifest["redaction"] == {"free_text": "left out", "identifying_details": "left out"}


def test_the_export_stands_in_the_timeline_of_its_record(log: DecisionLog, reference: str) -> None:
    made(log, order(reference))
    last = log.show(reference).entries[-1]
    assert (last.kind, last.by, last.body["scope"]) == (EntryKind.EXPORT, ACCOUNT, "record")
    assert log.verify().ok


@pytest.mark.parametrize("form", Format)
def test_words_are_left_out_unless_they_are_asked_for(log: DecisionLog, reference: str, form: Format) -> None:
    without = everything(made(log, order(reference, form=form)))
    assert WORDS not in without and reference in without and "To protect a child" in without
    with_words = everything(made(log, order(reference, form=form, text=FreeText.INCLUDED)))
    assert WORDS in with_words
    assert DETAIL not in without + with_words


def test_reasons_of_corrections_are_words_too(log: DecisionLog, reference: str) -> None:
    log.correct(reference, {"reasons": FieldValue(("law-requires",), "Now known.")}, "Misread.", ACCOUNT, NOW)
    without = everything(made(log, order(reference)))
    assert "Misread." not in without and "Now known." not in without and WORDS not in without
    held = opened(made(log, order(reference, text=FreeText.INCLUDED)))
    data = json.loads(held["records.json"])["records"][0]
    assert [one["value"]["text"] for one in data["corrected"]] == [WORDS, "Now known."]
    assert "Misread." in held["records.json"].decode()


def test_who_asks_for_access_gets_the_words_with_a_warning(log: DecisionLog, reference: str) -> None:
    other = recorded(log, text="Another text.")
    export = made(log, order(reference, other, kind=ScopeKind.SUBJECT_ACCESS))
    held = opened(export)
    assert WORDS in everything(export) and "Another text." in everything(export) and DETAIL not in everything(export)
    assert words.CHECK_THIRD_PARTIES in held["README.txt"].decode()
    assert words.CHECK_THIRD_PARTIES in words_of(held["records.pdf"])
    assert export.records == 2
    for each in (reference, other):
        assert log.show(each).entries[-1].kind is EntryKind.EXPORT


def test_nobody_elses_entries_leave_the_log(log: DecisionLog, reference: str) -> None:
    other = recorded(log)
    assert other not in everything(made(log, order(reference)))


def test_a_period_holds_its_records_and_no_others(log: DecisionLog) -> None:
    early = recorded(log, NOW - timedelta(days=9))
    inside_it = recorded(log, NOW - timedelta(days=2))
    late = recorded(log, NOW)
    scope = Scope(ScopeKind.PERIOD, since=NOW - timedelta(days=3), until=NOW)
    text = everything(made(log, Order(scope, Format.ZIP, FreeText.LEFT_OUT, ACCOUNT)))
    assert inside_it in text and early not in text and late not in text


def test_what_somebody_may_not_read_is_left_out(log: DecisionLog) -> None:
    mine, theirs = recorded(log), recorded(log, by="account-2")
    scope = Scope(ScopeKind.PERIOD)
    wanted = Order(scope, Format.JSON, FreeText.LEFT_OUT, ACCOUNT)
    text = everything(make_export(log, wanted, knowledge(), LATER, lambda record: record.author == ACCOUNT))
    assert mine in text and theirs not in text
    before = sum(1 for _ in log.entries())
    with pytest.raises(ExportRefused, match=theirs):
        make_export(log, order(mine, theirs), knowledge(), LATER, lambda record: record.author == ACCOUNT)
    assert sum(1 for _ in log.entries()) == before


def test_an_export_of_nothing_makes_no_file_and_no_entry(log: DecisionLog, reference: str) -> None:
    before = sum(1 for _ in log.entries())
    scope = Scope(ScopeKind.PERIOD, until=NOW - timedelta(days=100))
    with pytest.raises(ExportEmpty, match="nothing to export"):
        made(log, Order(scope, Format.ZIP, FreeText.LEFT_OUT, ACCOUNT))
    with pytest.raises(UnknownReference):
        made(log, order("SW-0000-0001"))
    assert sum(1 for _ in log.entries()) == before


def test_too_many_records_are_refused(log: DecisionLog, reference: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.exports.making.MOST_RECORDS", 1)
    recorded(log)
    with pytest.raises(ExportTooLarge, match="more than 1 records"):
        made(log, Order(Scope(ScopeKind.PERIOD), Format.ZIP, FreeText.LEFT_OUT, ACCOUNT))
    assert orders.MOST_RECORDS >= 1000


def test_an_erased_record_says_so(log: DecisionLog, reference: str) -> None:
    log.erase_record(reference, ACCOUNT, NOW)
    text = everything(made(log, order(reference, text=FreeText.INCLUDED)))
    assert WORDS not in text and words.ERASED.format(day="20 November 2026") in text


def test_without_guidance_the_ids_stand_for_the_labels(log: DecisionLog, reference: str) -> None:
    export = make_export(log, order(reference), None, LATER)
    assert "protect-child" in everything(export) and json.loads(opened(export)["proof/manifest.json"])


def test_a_spreadsheet_computes_nothing(log: DecisionLog) -> None:
    made_record = recorded(log, text='=HYPERLINK("https://example.org")')
    export = made(log, order(made_record, form=Format.CSV, text=FreeText.INCLUDED))
    rows = list(csv.DictReader(io.StringIO(export.content.decode("utf-8-sig"))))
    assert rows[0]["reference"] == made_record and rows[0]["field:decision"] == "Shared"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())


def test_words_in_a_pdf_are_never_markup(log: DecisionLog) -> None:
    text = '#set page(fill: red) *bold* $x$ \\ "quoted" \u4e2d\u202e <end>'
    reference = recorded(log, text=text)
    pdf = made(log, order(reference, form=Format.PDF, text=FreeText.INCLUDED)).content
    shown = words_of(pdf)
    assert "#set page(fill: red) *bold* $x$" in shown and "\u4e2d" not in shown and words.NOT_SHOWN in shown
    assert b"/Lang" in inside(pdf) and b"pdfuaid" in inside(pdf)


def test_who_approved_a_record_of_nobody_known_is_shown_with_what_they_declared(log: DecisionLog) -> None:
    reference = recorded(log, by="", waits=True)
    log.approve_of_unknown(reference, ACCOUNT, NOW)
    held = json.loads(made(log, order(reference, form=Format.JSON)).content)["records"][0]["entries"]
    assert [entry["label"] for entry in held] == ["Recorded", words.APPROVED_OF_UNKNOWN]
    assert words.APPROVED_OF_UNKNOWN in words_of(made(log, order(reference, form=Format.PDF)).content)


def test_who_read_identifying_details_is_named_by_account(log: DecisionLog, reference: str) -> None:
    log.read_identity(reference, "account-9", "a review", NOW)
    held = json.loads(made(log, order(reference, form=Format.JSON)).content)["records"][0]["entries"]
    assert (held[-1]["kind"], held[-1]["by"], held[-1]["texts"]) == ("identity-read", "account-9", {})
    assert "account-9" in words_of(made(log, order(reference, form=Format.PDF)).content)


# ---- the proof


def test_the_script_alone_finds_a_bundle_genuine(log: DecisionLog, reference: str, tmp_path: Path) -> None:
    path = written(tmp_path, made(log, order(reference)).content)
    recorded(log)
    done = alone(path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("Genuine: 6 files and 2 entries") and log.public_key() in done.stdout
    key = tmp_path / "key"
    key.write_text(log.public_key())
    done = alone(path, key)
    assert done.returncode == 0 and "Compare" not in done.stdout


def test_the_script_within_the_bundle_is_the_programs(log: DecisionLog, reference: str) -> None:
    assert opened(made(log, order(reference)))["proof/verify_export.py"] == SCRIPT.read_bytes()


def _edited(name: str, old: str, new: str) -> Callable[[dict[str, bytes]], None]:
    def change(held: dict[str, bytes]) -> None:
        assert old.encode() in held[name]
        held[name] = held[name].replace(old.encode(), new.encode(), 1)

    return change


TAMPERINGS: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a record": _edited("records.json", "To protect a child", "To protect an adult"),
    "the table": _edited("records.csv", "Shared", "Not shared"),
    "an entry": _edited("proof/entries.jsonl", "protect-child", "protect-adult"),
    "the manifest": _edited("proof/manifest.json", ACCOUNT, "account-2"),
    "the export's entry": _edited("proof/export-entry.jsonl", ACCOUNT, "account-2"),
    "the checkpoint": _edited("proof/checkpoint.jsonl", '"entries":4', '"entries":5'),
    "a file added": lambda held: held.update({"more.txt": b"x"}),
    "a file removed": lambda held: held.pop("records.pdf"),
    "no proof": lambda held: held.pop("proof/checkpoint.jsonl"),
    "no JSON": lambda held: held.update({"proof/manifest.json": b"{"}),
    "nothing in it": lambda held: held.clear(),
}


@pytest.mark.parametrize("tamper", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_the_script_finds_a_changed_bundle(
    log: DecisionLog, reference: str, tmp_path: Path, tamper: Callable[[dict[str, bytes]], object]
) -> None:
    held = opened(made(log, order(reference)))
    tamper(held)
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    done = alone(tmp_path / "bundle.zip")
    assert done.returncode == 1 and done.stdout.startswith("NOT GENUINE. "), done.stdout + done.stderr


def test_a_bundle_of_another_log_is_found_by_the_key(log: DecisionLog, reference: str, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = open_log(tmp_path / "other")
    (tmp_path / "key").write_text(log.public_key())
    path = written(tmp_path, made(other, order(recorded(other))).content)
    other.close()
    assert alone(path).returncode == 0
    assert alone(path, tmp_path / "key").returncode == 1


@pytest.mark.parametrize("content", [b"", b"no archive"])
def test_what_is_no_bundle_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    assert alone(written(tmp_path, content)).returncode == 1
    assert alone(tmp_path / "absent.zip").returncode == 2


def test_a_checkpoint_is_only_of_an_entry_that_is_there(log: DecisionLog, reference: str) -> None:
    entry = log.show(reference).entries[-1]
    assert log.checkpoint_after(entry, NOW).head == entry.hash
    with pytest.raises(ChangedOutside):
        log.checkpoint_after(replace(entry, hash="0" * 64), NOW)
    with pytest.raises(ChangedOutside):
        log.checkpoint_after(replace(entry, sequence=99), NOW)


# ---- the words


@pytest.mark.parametrize("name", sorted(name for name, text in vars(words).items() if isinstance(text, str)
                                        and name.isupper() and name != "READ_ME"))  # fmt: skip
def test_words_keep_to_the_reading_limits(name: str) -> None:
    text = vars(words)[name].format(day="1 May 2026", count=2) if "{" in vars(words)[name] else vars(words)[name]
    assert reading.problems(text) == []


def test_every_kind_and_status_has_a_label() -> None:
    assert set(words.KINDS) == set(EntryKind) and set(words.STATUSES) == set(RecordStatus)
