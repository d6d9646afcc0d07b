"""Export in the office: who may, what the form says to bad input, and the file that is handed over."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser

from bot.accounts import Accounts, Action, EventKind
from bot.channels.office import export_words, retention_words
from bot.decision_log import EntryKind
from bot.exports.bundle import SCRIPT
from bot.knowledge import reading
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.kept import WORDS, Kept, accessible, kept_office
from tests.support.people import Clock

ZIP = {"what": "record", "format": "zip"}


@pytest.fixture
def kept(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Kept]:
    with kept_office(accounts, clock, tmp_path) as found:
        yield found


def exported(kept: Kept, staff_of: MakeStaff, name: str, fields: dict[str, Any]) -> httpx.Response:
    return kept.browser_of(name, staff_of).send("/export", "/export", fields)


def test_a_manager_gets_a_record_with_proof(kept: Kept, staff_of: MakeStaff, tmp_path: Path) -> None:
    reference = kept.record()
    response = exported(kept, staff_of, "Birch", {**ZIP, "references": reference.lower()})
    assert (response.status_code, response.headers["content-type"]) == (200, "application/zip")
    assert response.headers["cache-control"] == "no-store"
    assert re.fullmatch(r'attachment; filename="sharewell-record-[\d-]+\.zip"', response.headers["content-disposition"])
    (tmp_path / "bundle.zip").write_bytes(response.content)
    done = subprocess.run(
        [sys.executable, "-I", str(SCRIPT), str(tmp_path / "bundle.zip")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0 and done.stdout.startswith("Genuine")
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert WORDS not in archive.read("records.json").decode()
        assert json.loads(archive.read("proof/manifest.json"))["made_by"] == kept.people["Birch"]
    assert kept.log.show(reference).entries[-1].kind is EntryKind.EXPORT


@pytest.mark.parametrize(("form", "media_type"), [("pdf", "application/pdf"), ("csv", "text/csv; charset=utf-8"),
                                                  ("json", "application/json")])  # fmt: skip
def test_each_kind_of_file_can_be_had(kept: Kept, staff_of: MakeStaff, form: str, media_type: str) -> None:
    response = exported(kept, staff_of, "Elm", {"what": "record", "format": form, "references": kept.record()})
    assert (response.status_code, response.headers["content-type"]) == (200, media_type)


def test_words_come_when_they_are_asked_for_and_for_access(kept: Kept, staff_of: MakeStaff) -> None:
    fields = {"format": "json", "references": kept.record()}
    staff = kept.browser_of("Birch", staff_of)
    assert WORDS not in staff.send("/export", "/export", {**fields, "what": "record"}).text
    assert WORDS in staff.send("/export", "/export", {**fields, "what": "record", "text": "yes"}).text
    assert WORDS in staff.send("/export", "/export", {**fields, "what": "subject-access"}).text


def test_a_manager_exports_the_records_of_the_team_and_an_auditor_all(kept: Kept, staff_of: MakeStaff) -> None:
    mine, theirs = kept.record("Ash"), kept.record("Cedar")
    day = kept.now.date().isoformat()
    fields = {"what": "period", "format": "json", "since": day, "until": day}
    for name, others in (("Birch", False), ("Elm", True)):
        text = exported(kept, staff_of, name, fields).text
        assert mine in text and (theirs in text) is others


def test_a_record_of_another_team_is_refused_and_it_is_written_down(kept: Kept, staff_of: MakeStaff) -> None:
    mine, theirs = kept.record("Ash"), kept.record("Cedar")
    response = exported(kept, staff_of, "Birch", {**ZIP, "references": f"{mine} {theirs}"})
    assert response.status_code == 422 and "You may not read the record" in response.text
    assert kept.accounts.events.newest(1)[0].kind is EventKind.DENIED
    assert kept.log.show(mine).entries[-1].kind is EntryKind.DECISION


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({}, "what", export_words.NEEDS_WHAT), ({"what": "log", "format": "zip"}, "what", export_words.NEEDS_WHAT),
        ({"what": "record", "references": "SW"}, "format", export_words.NEEDS_FORMAT),
        (ZIP, "references", export_words.NEEDS_REFERENCE),
        ({**ZIP, "references": "<script>"}, "references", "not a reference number"),
        ({**ZIP, "references": "SW-0000-0002"}, "references", "mistake in it"),
        ({**ZIP, "references": "SW-0000-0000"}, "references", "No record has this reference"),
        ({"what": "period", "format": "zip"}, "since", export_words.NEEDS_DAYS),
        ({"what": "period", "format": "zip", "since": "soon"}, "since", "Give the date"),
        ({"what": "period", "format": "zip", "since": "2026-02-02", "until": "2026-02-01"}, "since", "after the last"),
        ({"what": "period", "format": "zip", "until": "2001-01-01"}, "since", "nothing to export"),
    ],
)  # fmt: skip
def test_what_cannot_be_exported_is_explained_at_its_field(
    kept: Kept, staff_of: MakeStaff, fields: dict[str, str], field: str, says: str
) -> None:
    kept.record()
    before = sum(1 for _ in kept.log.entries())
    response = exported(kept, staff_of, "Birch", fields)
    assert response.status_code == 422
    found = re.search(rf'<p class="wrong" id="{field}-wrong">(.*?)</p>', response.text)
    assert found and says in found[1] and f'href="#{field}"' in response.text and f'id="{field}"' in response.text
    assert "<script>" not in response.text.replace('<script src="', "")
    assert sum(1 for _ in kept.log.entries()) == before


@pytest.mark.parametrize("name", ["Ash", "Oak"])
def test_others_may_not_export(kept: Kept, staff_of: MakeStaff, name: str) -> None:
    staff = kept.browser_of(name, staff_of)
    assert staff.get("/export").status_code == 403
    staff.get("/account")
    assert staff.post("/export", {**ZIP, "references": kept.record()}).status_code == 403
    assert kept.accounts.events.newest(1)[0].action == Action.LOG_EXPORT.value


def test_exporting_needs_somebody_who_has_just_shown_who_they_are(
    kept: Kept, staff_of: MakeStaff, clock: Clock
) -> None:
    staff = kept.browser_of("Birch", staff_of)
    staff.get("/export")
    clock.now += 601
    assert staff.post("/export", {**ZIP, "references": "x"}).headers["location"].startswith("/office/confirm")


def test_a_key_that_is_open_to_others_makes_no_file(kept: Kept, staff_of: MakeStaff, tmp_path: Path) -> None:
    reference = kept.record()
    kept.log.public_key()
    (tmp_path / "checkpoint.key").chmod(0o644)
    response = exported(kept, staff_of, "Birch", {**ZIP, "references": reference})
    assert response.status_code == 409 and "content-disposition" not in response.headers


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_accessible(kept: Kept, clock: Clock, browser: Browser, width: int) -> None:
    accessible(kept, clock, browser, width, "Birch", ("/export", "/"))


_TEXTS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": text
    for module in (export_words, retention_words) for name, text in vars(module).items()
    if name.isupper() and isinstance(text, str)
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(_TEXTS))
def test_words_keep_to_the_reading_limits(name: str) -> None:
    names = dict.fromkeys(("count", "day", "area", "decision", "state", "reference"), "something")
    assert reading.problems(_TEXTS[name].format(**names)) == []


@pytest.mark.parametrize("told", [*export_words.WHATS.values(), *export_words.FORMATS.values()])
def test_choices_keep_to_the_reading_limits(told: tuple[str, str]) -> None:
    assert [reading.problems(text) for text in told if text] == [[] for text in told if text]
