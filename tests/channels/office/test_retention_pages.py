"""Retention in the office: what is due, who decides, and the erasure of the list that was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.accounts import Accounts
from bot.channels.office import retention_pages, retention_words
from bot.decision_log import RetentionState
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.kept import TEN_YEARS, Kept, accessible, kept_office
from tests.support.people import Clock


@pytest.fixture
def kept(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Kept]:
    with kept_office(accounts, clock, tmp_path) as found:
        yield found


def section(page: str, title: str) -> str:
    found = re.search(rf"<h2>{re.escape(title)}</h2>(.*?)</section>", page, re.S)
    assert found, title
    return found[1]


def state(kept: Kept, reference: str) -> RetentionState:
    return kept.log.show(reference).retention


def agree(kept: Kept, reference: str) -> None:
    kept.log.agree_to_erase(reference, kept.people["Birch"], "No longer needed", kept.now)


def digest(page: str) -> str:
    found = re.search(r'name="digest" value="([0-9a-f]{16})"', page)
    assert found
    return found[1]


def test_the_lists_show_what_is_due_on_hold_and_agreed(kept: Kept, staff_of: MakeStaff) -> None:
    due, agreed, held = (kept.record(age=TEN_YEARS) for _ in range(3))
    early, recent = kept.record(age=timedelta(days=9)), kept.record(age=timedelta(days=8))
    agree(kept, agreed)
    agree(kept, early)
    kept.log.hold(held, kept.people["Birch"], "A court", kept.now)
    page = kept.browser_of("Birch", staff_of).get("/retention").text
    assert agreed in section(page, retention_words.DUE_TITLE)
    assert due in section(page, retention_words.WAITING_TITLE)
    assert held in section(page, retention_words.HELD_TITLE)
    assert early in section(page, retention_words.AGREED_TITLE)
    assert recent not in page and retention_words.ERASE_LINK not in page


def test_a_manager_of_another_team_sees_none_of_it(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record(age=TEN_YEARS)
    staff = kept.browser_of("Cedar", staff_of)
    assert reference not in staff.get("/retention").text
    assert staff.get(f"/retention/{reference}").status_code == 403
    assert staff.post(f"/retention/{reference}/agree", {"agree-reason": "Not mine"}).status_code == 403
    assert state(kept, reference) is RetentionState.KEPT


def test_what_is_held_in_another_team_hides_nothing(
    kept: Kept, staff_of: MakeStaff, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retention_pages, "_LISTED", 3)
    ours = kept.record("Cedar", age=TEN_YEARS)
    theirs = [kept.record(age=TEN_YEARS) for _ in range(8)]
    page = kept.browser_of("Cedar", staff_of).get("/retention").text
    assert ours in section(page, retention_words.WAITING_TITLE) and retention_words.MORE not in page
    for reference in (ours, *theirs):
        kept.log.hold(reference, kept.people["Cedar"], "A court", kept.now)
    page = kept.browser_of("Cedar", staff_of).get("/retention").text
    assert ours in section(page, retention_words.HELD_TITLE)
    assert not any(reference in page for reference in theirs)


def test_a_manager_agrees_keeps_holds_and_releases(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record(age=TEN_YEARS)
    staff, page = kept.browser_of("Birch", staff_of), f"/retention/{reference}"
    assert staff.send(page, f"{page}/agree", {"agree-reason": "No longer needed"}).status_code == 303
    assert state(kept, reference) is RetentionState.AGREED
    assert staff.send(page, f"{page}/hold", {"hold-reason": "A court asked for it"}).status_code == 303
    assert state(kept, reference) is RetentionState.HELD
    assert retention_words.AGREE_BUTTON not in staff.get(page).text
    assert staff.post(f"{page}/agree", {"agree-reason": "No longer needed"}).status_code == 409
    assert staff.send(page, f"{page}/release", {"release-reason": "It is over"}).status_code == 303
    fields = {"keep-reason": "An inquiry", "keep-day": "2040-01-31"}
    assert staff.send(page, f"{page}/keep", fields).status_code == 303
    assert kept.log.retention_due(kept.now).waiting == ()
    assert "A court asked for it" in staff.get(f"/records/{reference}").text


@pytest.mark.parametrize(
    ("path", "fields", "field", "says"),
    [
        ("agree", {"agree-reason": ""}, "agree-reason", "Write a sentence"),
        ("agree", {"agree-reason": "x" * 501}, "agree-reason", retention_words.TOO_LONG),
        ("hold", {"hold-reason": "Ask Mohammed Khan about it"}, "hold-reason", "what may identify a person"),
        ("keep", {"keep-reason": "Needed", "keep-day": "soon"}, "keep-day", retention_words.BAD_DAY),
        ("keep", {"keep-reason": "Needed", "keep-day": "2001-01-01"}, "keep-day", retention_words.BAD_DAY),
        ("keep", {"keep-reason": "", "keep-day": "2040-01-01"}, "keep-reason", "Write a sentence"),
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_typed(
    kept: Kept, staff_of: MakeStaff, path: str, fields: dict[str, str], field: str, says: str
) -> None:
    reference = kept.record(age=TEN_YEARS)
    page = f"/retention/{reference}"
    response = kept.browser_of("Birch", staff_of).send(page, f"{page}/{path}", fields)
    assert response.status_code == 422
    assert re.search(rf'id="{field}-wrong">[^<]*{re.escape(says)}', response.text)
    assert f'href="#{field}"' in response.text
    assert all(text in response.text for text in fields.values())
    assert state(kept, reference) is RetentionState.KEPT


def test_the_administrator_erases_the_list_that_was_read(kept: Kept, staff_of: MakeStaff) -> None:
    agreed, due = kept.record(age=TEN_YEARS), kept.record(age=TEN_YEARS)
    agree(kept, agreed)
    staff = kept.browser_of("Oak", staff_of)
    lists = staff.get("/retention").text
    assert agreed in lists and due in lists and f"/retention/{due}" not in lists
    assert staff.get(f"/retention/{due}").status_code == 403
    page = staff.get("/retention/erase").text
    assert agreed in page and due not in page
    fields = {"digest": digest(page)}
    refused = staff.post("/retention/erase", fields)
    assert refused.status_code == 422 and retention_words.ERASE_NOT_READ in refused.text
    done = staff.post("/retention/erase", {**fields, "read": "yes"})
    assert done.status_code == 200 and agreed in done.text and "Records erased: 1" in done.text
    assert (state(kept, agreed), state(kept, due)) == (RetentionState.ERASED, RetentionState.KEPT)
    assert kept.log.show(agreed).entries[-1].by == kept.people["Oak"]
    assert kept.log.verify().ok


@pytest.mark.parametrize("typed", ["", "0" * 16, "x" * 5000])
def test_nothing_is_erased_by_another_digest(kept: Kept, staff_of: MakeStaff, typed: str) -> None:
    agreed = kept.record(age=TEN_YEARS)
    agree(kept, agreed)
    response = kept.browser_of("Oak", staff_of).send(
        "/retention/erase", "/retention/erase", {"digest": typed, "read": "yes"}
    )
    assert response.status_code == 409 and state(kept, agreed) is RetentionState.AGREED


def test_a_list_that_has_changed_meanwhile_is_not_erased(kept: Kept, staff_of: MakeStaff) -> None:
    first, second = kept.record(age=TEN_YEARS), kept.record(age=TEN_YEARS)
    agree(kept, first)
    staff = kept.browser_of("Oak", staff_of)
    shown = digest(staff.get("/retention/erase").text)
    agree(kept, second)
    assert staff.post("/retention/erase", {"digest": shown, "read": "yes"}).status_code == 409
    assert state(kept, first) is RetentionState.AGREED


@pytest.mark.parametrize(
    ("name", "path", "status"),
    [
        ("Ash", "/retention", 403), ("Elm", "/retention", 200), ("Elm", "/retention/erase", 403),
        ("Birch", "/retention/erase", 403), ("Oak", "/retention/erase", 200),
    ],
)
def test_who_may_open_what(kept: Kept, staff_of: MakeStaff, name: str, path: str, status: int) -> None:
    assert kept.browser_of(name, staff_of).get(path).status_code == status


def test_an_auditor_looks_and_decides_nothing(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record(age=TEN_YEARS)
    staff = kept.browser_of("Elm", staff_of)
    assert retention_words.ONE_NOTHING in staff.get(f"/retention/{reference}").text
    staff.get("/account")
    for path in ("agree", "hold", "keep", "release"):
        assert staff.post(f"/retention/{reference}/{path}").status_code == 403


def test_erasing_needs_somebody_who_has_just_shown_who_they_are(
    kept: Kept, staff_of: MakeStaff, clock: Clock
) -> None:
    staff = kept.browser_of("Oak", staff_of)
    clock.now += 601
    assert staff.get("/retention/erase").headers["location"].startswith("/office/confirm")


@pytest.mark.parametrize(("typed", "status"), [("hello", 422), ("SW-0000-0002", 422)])
def test_another_record_is_found_by_its_reference(kept: Kept, staff_of: MakeStaff, typed: str, status: int) -> None:
    reference = kept.record()
    staff = kept.browser_of("Birch", staff_of)
    assert staff.get(f"/retention?reference={typed}").status_code == status
    assert staff.get(f"/retention?reference={reference}").headers["location"] == f"/office/retention/{reference}"
    assert staff.get("/retention/SW-0000-0000").status_code == 404


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible(kept: Kept, clock: Clock, browser: Browser, width: int) -> None:
    agreed, due, held = (kept.record(age=TEN_YEARS) for _ in range(3))
    agree(kept, agreed)
    kept.log.hold(held, kept.people["Birch"], "A court", kept.now)
    accessible(
        kept, clock, browser, width, "Birch",
        ("/retention", f"/retention/{due}", f"/retention/{held}", "/retention?reference=x"),
    )  # fmt: skip
    accessible(kept, clock, browser, width, "Oak", ("/retention", "/retention/erase"))
