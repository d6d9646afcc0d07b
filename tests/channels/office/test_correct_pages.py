"""Corrections in the office: who may make one, what the form takes, and what the record then tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.accounts import Accounts, EventKind, Role
from bot.channels.office import record_words
from bot.decision_log import EntryKind, FieldValue, RecordStatus
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.kept import TEN_YEARS, WORDS, Kept, accessible, kept_office
from tests.channels.office.support import Staff
from tests.support.people import Clock, joined, kinds

WHY = "Two cases were mixed up"


@pytest.fixture
def kept(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Kept]:
    with kept_office(accounts, clock, tmp_path) as found:
        yield found


def _corrected(staff: Staff, reference: str, field: str, **given: object) -> tuple[int, str]:
    opened = staff.get(f"/records/{reference}/correct?field={field}")
    assert opened.status_code == 200, opened.text
    request = re.search(r'name="request" value="([0-9a-f]+)"', opened.text)
    assert request
    response = staff.post(
        f"/records/{reference}/correct", {"field": field, "request": request[1], "reason": WHY, **given}
    )
    return response.status_code, response.text


def test_an_option_is_corrected_and_the_record_tells_both_values_and_why(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record()
    staff = kept.browser_of("Ash", staff_of)
    assert f"/office/records/{reference}/correct" in staff.get(f"/records/{reference}").text
    assert "correct?field=decision" in staff.get(f"/records/{reference}/correct").text
    assert _corrected(staff, reference, "decision", choice="not-shared")[0] == 303
    record = kept.log.show(reference)
    assert record.fields["decision"] == FieldValue(("not-shared",))
    assert (record.events[-1].kind, record.events[-1].by) == (EntryKind.CORRECTION, kept.people["Ash"])
    page = staff.get(f"/records/{reference}").text
    assert "Decision. Earlier: Shared. Now: Not shared" in page and WHY in page


def test_words_several_options_a_day_and_a_blank_are_corrected(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record()
    staff = kept.browser_of("Ash", staff_of)
    form = staff.get(f"/records/{reference}/correct?field=reasons").text
    assert WORDS in form and re.search(r'value="protect-child" checked', form)
    for field, given in (
        ("reasons", {"choice": ["law-requires", "prevent-crime"], "text": "A court asked for it."}),
        ("review-date", {"day": "2027-02-01"}), ("decision", {"choice": "not-recorded"}),
    ):  # fmt: skip
        assert _corrected(staff, reference, field, **given)[0] == 303, field
    record = kept.log.show(reference)
    assert record.fields["reasons"] == FieldValue(("law-requires", "prevent-crime"), "A court asked for it.")
    assert record.fields["review-date"] == FieldValue((), "2027-02-01") and record.review_on == "2027-02-01"
    page = staff.get(f"/records/{reference}").text
    assert f"Now: {record_words.BLANK}" in page and "not-recorded" not in page and "1 February 2027" in page


@pytest.mark.parametrize(
    ("field", "given", "says"),
    [
        ("decision", {"choice": ""}, record_words.NEEDS_VALUE),
        ("decision", {"choice": "nonsense"}, record_words.NEEDS_VALUE),
        ("decision", {"choice": "shared"}, record_words.SAME_VALUE),
        ("decision", {"choice": "not-shared", "reason": ""}, record_words.NEEDS_TEXT),
        ("decision", {"choice": "not-shared", "reason": "w" * 501}, "at most 500 characters"),
        ("decision", {"choice": "not-shared", "reason": "Ask Mohammed Khan about it"}, "what may identify a person"),
        ("reasons", {"choice": "law-requires", "text": "Mohammed Khan said so"}, "what may identify a person"),
        ("reasons", {"choice": "law-requires", "text": "w" * 2001}, "at most 2,000 characters"),
        ("reasons", {"choice": ["law-requires", "not-recorded"]}, "You cannot do both"),
        ("review-date", {"day": "soon"}, record_words.BAD_DATE),
        ("review-date", {"day": "2027-02-01", "choice": "not-recorded"}, "You cannot do both"),
    ],
)
def test_a_correction_that_is_wrong_is_said_at_its_field_and_keeps_what_was_typed(
    kept: Kept, staff_of: MakeStaff, field: str, given: dict[str, str], says: str
) -> None:
    reference = kept.record()
    status, page = _corrected(kept.browser_of("Ash", staff_of), reference, field, **given)
    assert (status, says in page) == (422, True)
    for problem in re.findall(r'class="to-field" href="#([^"]+)"', page):
        assert f'id="{problem}"' in page
    assert all(str(given[name]) in page for name in ("reason", "text") if name in given)
    assert len(kept.log.show(reference).entries) == 1


def test_the_same_form_twice_is_written_once(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record()
    staff = kept.browser_of("Ash", staff_of)
    request = "0" * 31 + "1"
    fields = {"field": "decision", "choice": "not-shared", "reason": WHY, "request": request}
    staff.get(f"/records/{reference}/correct?field=decision")
    assert [staff.post(f"/records/{reference}/correct", fields).status_code for _ in range(2)] == [303, 303]
    assert len(kept.log.show(reference).entries) == 2


def test_a_manager_of_the_team_corrects_and_all_others_are_turned_away(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record()
    joined(kept.accounts, "Yew", Role.PRACTITIONER, Role.AUDITOR)  # reads all, and corrects only what is their own
    for name in ("Cedar", "Elm", "Oak", "Yew"):
        staff = kept.browser_of(name, staff_of)
        assert staff.get(f"/records/{reference}/correct").status_code == 403, name
        assert kinds(kept.accounts)[0] is EventKind.DENIED
        assert staff.post(f"/records/{reference}/correct", {"field": "decision"}).status_code == 403
        assert f"{reference}/correct" not in staff.get(f"/records/{reference}").text
    assert len(kept.log.show(reference).entries) == 1
    assert _corrected(kept.browser_of("Birch", staff_of), reference, "decision", choice="not-shared")[0] == 303


def test_what_was_approved_waits_again_and_the_form_says_so(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record(waits=True)
    kept.log.approve(reference, kept.people["Birch"], kept.now)
    staff = kept.browser_of("Ash", staff_of)
    assert record_words.CORRECT_WAITS in staff.get(f"/records/{reference}/correct?field=decision").text
    assert _corrected(staff, reference, "decision", choice="not-shared")[0] == 303
    assert kept.log.show(reference).status is RecordStatus.WAITING_FOR_APPROVAL


def test_who_took_a_record_over_corrects_it_without_asking_and_the_form_says_so(
    kept: Kept, staff_of: MakeStaff
) -> None:
    reference = kept.record(waits=True)
    kept.log.take_over(reference, kept.people["Birch"], "Ash is away", kept.now)
    for name, waits in (("Birch", False), ("Ash", True)):
        form = kept.browser_of(name, staff_of).get(f"/records/{reference}/correct?field=decision").text
        assert (record_words.CORRECT_WAITS in form) is waits


@pytest.mark.parametrize("field", ["when-decided", "nonsense", ""])
def test_what_nobody_may_correct_leads_to_the_list(kept: Kept, staff_of: MakeStaff, field: str) -> None:
    reference = kept.record()
    staff = kept.browser_of("Ash", staff_of)
    assert record_words.CORRECT_WHICH in staff.get(f"/records/{reference}/correct?field={field}").text
    assert record_words.CORRECT_WHICH in staff.post(f"/records/{reference}/correct", {"field": field}).text
    assert "field=when-decided" not in staff.get(f"/records/{reference}/correct").text
    assert len(kept.log.show(reference).entries) == 1


def test_every_field_has_a_form(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record()
    staff = kept.browser_of("Ash", staff_of)
    listed = re.findall(r"correct\?field=([a-z-]+)", staff.get(f"/records/{reference}/correct").text)
    assert len(listed) >= 20
    for field in listed:
        page = staff.get(f"/records/{reference}/correct?field={field}")
        assert page.status_code == 200 and record_words.CORRECT_BUTTON in page.text, field
        ids = re.findall(r' id="([^"]+)"', page.text)
        assert len(ids) == len(set(ids)), field


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("approve", "note"), ("return", "return-reason"), ("take-over", "take-over-reason"),
        ("review", "review-note"), ("identity", "reason"),
    ],
)  # fmt: skip
def test_words_that_the_log_would_not_take_are_said_at_their_field(
    kept: Kept, staff_of: MakeStaff, path: str, field: str
) -> None:
    reference = kept.record(waits=True)
    staff = kept.browser_of("Birch", staff_of)
    page = "/identity" if path == "identity" else ""
    assert f'id="{field}" name="{field}" rows="4" maxlength="500"' in staff.get(f"/records/{reference}{page}").text
    response = staff.post(f"/records/{reference}/{path}", {field: "w" * 501})
    assert response.status_code == 422
    assert f'href="#{field}"' in response.text and "at most 500 characters" in response.text
    assert "w" * 501 in response.text
    assert len(kept.log.show(reference).entries) == 1


def test_an_erased_record_is_not_corrected(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record(age=TEN_YEARS)
    kept.log.agree_to_erase(reference, kept.people["Birch"], "Nobody needs it", kept.now)
    kept.log.erase_record(reference, kept.people["Oak"], kept.now)
    staff = kept.browser_of("Ash", staff_of)
    assert f"{reference}/correct" not in staff.get(f"/records/{reference}").text
    page = staff.get(f"/records/{reference}/correct")
    assert page.status_code == 409 and "was erased" in page.text


def test_the_forms_are_accessible_on_a_phone(kept: Kept, clock: Clock, browser: Browser) -> None:
    reference = kept.record()
    kept.log.correct(reference, {"decision": FieldValue(("not-shared",))}, WHY, kept.people["Ash"], kept.now)
    form = f"/records/{reference}/correct"
    fields = ("decision", "reasons", "review-date")
    paths = (f"/records/{reference}", form, *(f"{form}?field={name}" for name in fields))
    accessible(kept, clock, browser, 360, "Ash", paths)
