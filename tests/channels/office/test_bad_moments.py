"""Bad moments and bad input in the office: a clear error, nothing recorded, nothing lost, nothing shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.accounts import Accounts, EventKind
from bot.decision_log import DecisionLog
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.kept import Kept, kept_office
from tests.channels.office.support import Staff
from tests.support.assistants import knowledge
from tests.support.people import Clock, kinds

TYPED = "It was looked at again with care"
WAYS = {
    "approve": ("", "approve", {"note": TYPED}),
    "return": ("", "return", {"return-reason": TYPED}),
    "review": ("", "review", {"review-note": TYPED, "next": "2027-01-31"}),
    "hold": ("/retention", "hold", {"hold-reason": TYPED}),
    "correct": ("", "correct", {"field": "decision", "choice": "not-shared", "reason": TYPED, "request": "0" * 32}),
}


@pytest.fixture
def kept(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Kept]:
    with kept_office(accounts, clock, tmp_path) as found:
        yield found


@pytest.fixture
def only_read(kept: Kept, tmp_path: Path) -> Iterator[Kept]:
    """The same office over a log that has gone read-only."""
    address = f"sqlite:///file:{tmp_path}/log.db?mode=ro&uri=true"
    log = DecisionLog.open(address, tmp_path / "log.key", knowledge().fields)
    yield replace(kept, shelf=replace(kept.shelf, log=log))
    log.close()


def _place(way: str, reference: str) -> str:
    return f"{WAYS[way][0] or '/records'}/{reference}"


def _sent(staff: Staff, reference: str, way: str, **other: str) -> tuple[int, str]:
    """Status and text of the answer to the form of `way`, with `other` fields in the place of its own."""
    _, path, fields = WAYS[way]
    assert staff.get(_place(way, reference)).status_code == 200
    response = staff.post(f"{_place(way, reference)}/{path}", {**fields, **other})
    return response.status_code, response.text


def test_a_log_gone_read_only_loses_nothing_that_was_typed(
    kept: Kept, only_read: Kept, staff_of: MakeStaff
) -> None:
    reference, birch = kept.record("Ash", waits=True), only_read.browser_of("Birch", staff_of)
    for way in WAYS:
        status, text = _sent(birch, reference, way)
        assert status == 503 and "Nothing was recorded" in text and TYPED in text, way
    assert len(kept.log.show(reference).entries) == 1


def test_a_clock_set_back_is_said_and_loses_nothing_that_was_typed(
    kept: Kept, staff_of: MakeStaff, clock: Clock
) -> None:
    references = {way: kept.record("Ash", waits=True) for way in WAYS}
    kept.record("Ash", age=-timedelta(minutes=10))
    birch = kept.browser_of("Birch", staff_of)
    for way, reference in references.items():
        status, text = _sent(birch, reference, way)
        assert status == 503 and "The clock of this machine is behind" in text and TYPED in text, way
        assert len(kept.log.show(reference).entries) == 1
    clock.now += 600
    assert [_sent(birch, reference, way)[0] for way, reference in references.items()] == [303] * len(WAYS)


@pytest.mark.parametrize(("length", "status"), [(50_000, 422), (100_000, 413)])
def test_words_without_end_are_kept_nowhere(kept: Kept, staff_of: MakeStaff, length: int, status: int) -> None:
    reference, birch = kept.record("Ash", waits=True), kept.browser_of("Birch", staff_of)
    for way, (_, _, fields) in WAYS.items():
        name = next(name for name, text in fields.items() if text == TYPED)
        assert _sent(birch, reference, way, **{name: "word " * (length // 5)})[0] == status, way
    assert len(kept.log.show(reference).entries) == 1


def test_words_that_name_somebody_are_kept_by_no_form(kept: Kept, staff_of: MakeStaff) -> None:
    reference, birch = kept.record("Ash", waits=True), kept.browser_of("Birch", staff_of)
    kept.log.add_identity(reference, "0" * 32, {"case-reference": "FS/2041"}, kept.now)
    named = "Mohammed Khan of 12 Acacia Avenue agreed"
    for way, (_, _, fields) in WAYS.items():
        name = next(name for name, text in fields.items() if text == TYPED)
        status, text = _sent(birch, reference, way, **{name: named})
        assert status == 422 and "what may identify a person" in text and named in text, way
    asked = birch.send(f"/records/{reference}/identity", f"/records/{reference}/identity", {"reason": named})
    assert asked.status_code == 422 and "FS/2041" not in asked.text
    assert len(kept.log.show(reference).entries) == 2


def test_a_forged_form_does_nothing(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record("Ash", waits=True)
    ash, birch = kept.browser_of("Ash", staff_of), kept.browser_of("Birch", staff_of)
    ash.get("/records")
    for way in WAYS:
        birch.get(_place(way, reference))
        for forged in ("", "0" * 64, birch.csrf[:-1], ash.csrf):
            status, text = _sent(birch, reference, way, csrf=forged)
            assert status == 403 and TYPED not in text, way
    assert len(kept.log.show(reference).entries) == 1
    assert set(kinds(kept.accounts)[: 4 * len(WAYS)]) == {EventKind.FORGED}


def test_someone_elses_record_by_its_address_shows_nothing(kept: Kept, staff_of: MakeStaff) -> None:
    reference, cedar = kept.record("Ash", waits=True), kept.browser_of("Cedar", staff_of)
    for path in ("/records/{}", "/records/{}/screens", "/records/{}/correct", "/records/{}/identity", "/retention/{}"):
        response = cedar.get(path.format(reference))
        assert response.status_code == 403, path
        assert "Do not share" not in response.text and "afraid" not in response.text
        assert kinds(kept.accounts)[0] is EventKind.DENIED
    for name in ("approve", "return", "take-over", "review", "submit", "correct", "approve-unknown"):
        assert cedar.post(f"/records/{reference}/{name}", {"not-mine": "yes"}).status_code == 403
    assert len(kept.log.show(reference).entries) == 1
