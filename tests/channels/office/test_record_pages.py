"""Records in the office: who sees which, the timeline, the screens of a walk, approvals, and identifying details."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.accounts import Accounts, EventKind, Place, Role
from bot.channels.office import Shelf, record_pages, record_words, waiting_for
from bot.decision_log import NOT_RECORDED, DecisionLog, Draft, FieldValue, PathStep, RecordStatus, new_request_id
from bot.knowledge import keep
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import Staff, running
from tests.channels.web.test_web_browser import violations
from tests.support.assistants import gate, knowledge
from tests.support.people import PASSWORD, Clock, joined, kinds

WALK = (PathStep("share-decision", "purpose", "no"),)


@dataclass
class Office:
    """A log and the people of two teams, with a browser for each."""

    log: DecisionLog
    accounts: Accounts
    shelf: Shelf
    people: dict[str, str]
    staff_of: MakeStaff | None = None

    def record(self, by: str, urgency: str = "routine", **fields: FieldValue) -> str:
        draft = Draft(
            new_request_id(), "share-decision", "do-not-share", WALK,
            {"decision": FieldValue(("not-shared",)), **fields}, "national", knowledge().version, True, urgency,
            by=self.people.get(by, ""),
        )  # fmt: skip
        return self.log.confirm(draft, self.shelf.clock()).reference

    def browser_of(self, name: str) -> Staff:
        assert self.staff_of is not None
        staff = self.staff_of(more=record_pages(self.shelf))
        assert staff.sign_in(name).status_code == 303
        return staff

    def status(self, reference: str) -> RecordStatus:
        return self.log.show(reference).status


@pytest.fixture
def office(recorded: Office, staff_of: MakeStaff) -> Office:
    return replace(recorded, staff_of=staff_of)


@pytest.fixture
def recorded(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Office]:
    """The same without browsers of ours: beside Chromium, their event loop could not be closed."""
    log = DecisionLog.open(f"sqlite:///{tmp_path / 'log.db'}", tmp_path / "log.key", knowledge().fields)
    people = {
        "Ash": joined(accounts, "Ash", Role.PRACTITIONER), "Birch": joined(accounts, "Birch", Role.MANAGER),
        "Cedar": joined(accounts, "Cedar", Role.MANAGER), "Elm": joined(accounts, "Elm", Role.AUDITOR),
        "Fir": joined(accounts, "Fir", Role.PRACTITIONER),
    }  # fmt: skip
    for name, team in (("Ash", "North"), ("Birch", "North"), ("Cedar", "South"), ("Fir", "South")):
        accounts.people.set_place(people[name], Place(team, "national", ()))
    keep(knowledge(), tmp_path / "content")
    shelf = Shelf(
        log, accounts, knowledge, gate(), tmp_path / "content", lambda: datetime.fromtimestamp(clock(), UTC)
    )
    yield Office(log, accounts, shelf, people)
    log.close()


@pytest.mark.parametrize(
    ("name", "sees"), [("Ash", True), ("Birch", True), ("Cedar", False), ("Elm", True), ("Fir", False)]
)
def test_a_record_is_seen_by_its_author_the_team_manager_and_the_auditor(office: Office, name: str, sees: bool) -> None:
    reference = office.record("Ash")
    staff = office.browser_of(name)
    assert (reference in staff.get("/records").text) is sees
    page = staff.get(f"/records/{reference}")
    assert (page.status_code == 200) is sees
    assert ("Do not share" in page.text) is sees
    assert not sees or "18 November 2026, 11:06" in page.text.split("When it was decided")[1][:100]
    assert sees or kinds(office.accounts)[0] is EventKind.DENIED
    assert staff.get(f"/records/{reference}/screens").status_code == (200 if sees else 403)


def test_whoever_may_export_is_led_there_from_the_record(office: Office) -> None:
    reference = office.record("Ash")
    link = f"/office/export?reference={reference}"
    for name, led in (("Ash", False), ("Birch", True), ("Elm", True)):
        staff = office.browser_of(name)
        assert (link in staff.get(f"/records/{reference}").text) is led
    assert reference in staff.get(link.removeprefix("/office")).text


def test_records_of_nobody_are_for_managers(office: Office) -> None:
    reference = office.record("nobody")
    assert office.browser_of("Birch").get(f"/records/{reference}").status_code == 200
    assert office.browser_of("Ash").get(f"/records/{reference}").status_code == 403


def test_records_are_found_by_reference_date_status_check_and_decision(office: Office) -> None:
    reference = office.record("Ash")
    staff = office.browser_of("Ash")
    typed = staff.get(f"/records?reference={reference.lower().replace('-', ' ')}")
    assert (typed.status_code, typed.headers["location"]) == (303, f"/office/records/{reference}")
    day = office.shelf.clock().date().isoformat()
    for query, found in [
        (f"since={day}&until={day}", True), ("until=2020-01-01", False), ("status=waiting-for-approval", True),
        ("status=approved", False), ("check=share-decision", True), ("check=gillick-competence", False),
        ("decision=not-shared", True), ("decision=shared", False), ("before=1", False),
        ("outcome=do-not-share&area=national", True), ("outcome=act-now", False), ("area=rochdale", False),
    ]:  # fmt: skip
        assert (reference in staff.get(f"/records?{query}").text) is found, query


def test_records_are_found_by_every_field_that_has_options(office: Office) -> None:
    shared = {"shared-with": FieldValue(("police", "hospital"))}
    first = office.record("Ash", "routine", **shared, **{"how-shared": FieldValue(("secure-email",))})
    second = office.record("Ash", "routine", **shared)
    third = office.record("Ash", "routine", **{"shared-with": FieldValue((NOT_RECORDED,))})
    staff = office.browser_of("Birch")
    form = staff.get("/records").text
    offered = {field.id for field in knowledge().fields.values() if field.options}
    named = set(re.findall(r'<select id="field-([a-z-]+)"', form)) | {"decision"}
    assert named == offered and len(offered) > 50
    assert "<details>" in form
    for query, found in [
        ("field-shared-with=police", {first, second}), ("field-shared-with=not-recorded", {third}),
        ("field-shared-with=hospital&field-how-shared=secure-email", {first}),
        ("field-how-shared=secure-email&status=approved", set()),
        ("field-shared-with=police&decision=not-shared&area=national&check=share-decision", {first, second}),
        ("field-shared-with=housing", set()), ("field-shared-with=nonsense", {first, second, third}),
        ("field-nonsense=police", {first, second, third}),
    ]:  # fmt: skip
        page = staff.get(f"/records?{query}").text
        assert set(re.findall(r"records/(SW-[0-9A-Z-]{9})", page)) == found, query
    sent = staff.get("/records?reference=&status=&field-shared-with=police&field-purpose=&since=")
    assert (sent.status_code, sent.headers["location"]) == (303, "/office/records?field-shared-with=police")
    assert staff.get("/records?reference=&area=").headers["location"] == "/office/records"
    kept = staff.get("/records?field-shared-with=police").text
    assert "<details open>" in kept and '<option value="police" selected>' in kept
    for _ in range(30):
        office.record("Ash", "routine", **shared)
    assert "field-shared-with=police&amp;before=" in staff.get("/records?field-shared-with=police").text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("reference=SW-0000-0001", "mistake in it"), ("reference=hello", "not a reference number"),
        ("since=yesterday", "Give the date"), ("since=2026-11-20&until=2026-11-19", "after the last"),
        ("since=%00", "What was"), ("status=%3Cscript%3E", "Find records"), ("before=x" + "9" * 40, "Find records"),
        ("since=0001-01-01&until=9999-12-31", "Give the date"),
    ],
)  # fmt: skip
def test_what_cannot_be_looked_for_is_said(office: Office, query: str, says: str) -> None:
    page = office.browser_of("Ash").get(f"/records?{query}")
    assert says in page.text or (says == "What was" and page.status_code == 200)
    assert "<script>" not in page.text.replace('<script src="', "")


def test_more_records_than_a_page_holds_are_paged_and_none_is_lost(office: Office) -> None:
    references = {office.record("Ash") for _ in range(30)}
    for _ in range(5):
        office.record("Fir")
    staff = office.browser_of("Ash")
    seen, address = set(), "/records"
    for _ in range(3):
        page = staff.get(address).text
        seen |= {reference for reference in references if reference in page}
        if "before=" not in page:
            break
        address = "/records?before=" + page.split("before=")[1].split('"')[0]
    assert seen == references


def test_the_screens_are_those_of_the_day_although_the_guidance_has_changed(office: Office, tmp_path: Path) -> None:
    reference = office.record("Ash")
    check = knowledge().checks["share-decision"]
    question = check.questions[0].model_copy(update={"asks": "Is this another question now?"})
    later = check.model_copy(update={"questions": (question, *check.questions[1:])})
    now = replace(knowledge(), checks={**knowledge().checks, check.id: later}, version="f" * 64)
    shelf = replace(office.shelf, knowledge=lambda: now)
    replay = shelf.replay(office.log.show(reference))
    assert (replay.as_then, replay.screens[0].asks, replay.screens[0].answer) == (True, check.questions[0].asks, "No")
    assert replay.outcome is not None and replay.outcome.title == "Do not share this now"
    (next((tmp_path / "content").iterdir())).write_bytes(b"damaged")
    lost = shelf.replay(office.log.show(reference))
    assert (lost.as_then, lost.screens[0].asks) == (False, "Is this another question now?")


def test_a_manager_approves_returns_and_takes_over(office: Office) -> None:
    staff = office.browser_of("Birch")
    ways = [
        ("approve", {"note": "Agreed at the meeting"}, RecordStatus.APPROVED),
        ("return", {"return-reason": "Say which ground was relied on"}, RecordStatus.RETURNED),
        ("take-over", {"take-over-reason": "The author is away"}, RecordStatus.TAKEN_OVER),
    ]
    for path, fields, status in ways:
        reference = office.record("Ash")
        assert reference in staff.get("/approvals").text
        response = staff.send(f"/records/{reference}", f"/records/{reference}/{path}", fields)
        assert (response.status_code, office.status(reference)) == (303, status)
        shown = staff.get(f"/records/{reference}").text
        assert next(iter(fields.values())) in shown and "Birch" in shown
        assert reference not in staff.get("/approvals").text


def test_a_returned_record_is_handed_in_again_by_its_author(office: Office) -> None:
    reference = office.record("Ash")
    manager, author = office.browser_of("Birch"), office.browser_of("Ash")
    manager.send(f"/records/{reference}", f"/records/{reference}/return", {"return-reason": "Say why"})
    assert "Hand in the record" in author.get(f"/records/{reference}").text
    author.post(f"/records/{reference}/submit")
    assert office.status(reference) is RecordStatus.WAITING_FOR_APPROVAL


def test_nobody_approves_their_own(office: Office) -> None:
    reference = office.record("Birch")
    staff = office.browser_of("Birch")
    assert "You cannot approve what you recorded yourself" in staff.get(f"/records/{reference}").text
    response = staff.post(f"/records/{reference}/approve", {"note": ""})
    assert (response.status_code, office.status(reference)) == (409, RecordStatus.WAITING_FOR_APPROVAL)


def test_a_manager_of_another_team_cannot_decide(office: Office) -> None:
    reference = office.record("Ash")
    staff = office.browser_of("Cedar")
    staff.get("/approvals")
    assert staff.post(f"/records/{reference}/approve").status_code == 403
    assert reference not in staff.get("/approvals").text
    assert office.status(reference) is RecordStatus.WAITING_FOR_APPROVAL


def test_what_waits_in_another_team_hides_nothing(office: Office, clock: Clock) -> None:
    ours = {office.record("Fir", urgency="same-day"), office.record("nobody")}
    taken = office.record("Ash")
    for _ in range(55):
        office.record("Ash", urgency="same-day")
    office.log.take_over(taken, office.people["Cedar"], "Ash is away", office.shelf.clock())
    clock.now += 2 * 24 * 3600  # more of the other team are overdue than a list holds
    staff = office.browser_of("Cedar")
    page = staff.get("/approvals").text
    assert set(re.findall(r"records/(SW-[0-9A-Z-]{9})", page)) == ours
    assert "Overdue since" in page and record_words.INBOX_MORE not in page
    found = set(re.findall(r"records/(SW-[0-9A-Z-]{9})", staff.get("/records").text))
    assert found == ours | {taken}
    cedar = office.accounts.people.find(office.people["Cedar"])
    assert set(waiting_for(office.shelf, cedar)) == {office.log.show(one).entries[0].sequence for one in ours}
    assert record_words.INBOX_MORE in office.browser_of("Birch").get("/approvals").text


def test_acting_now_never_waits(office: Office) -> None:
    assert office.status(office.record("Ash", urgency="now")) is RecordStatus.RECORDED


def test_what_is_overdue_is_shown_as_such(office: Office, clock: Clock) -> None:
    reference = office.record("Ash", urgency="same-day")
    clock.now += 5 * 3600
    page = office.browser_of("Birch").get("/approvals").text
    assert page.index("Overdue") < page.index(reference)
    assert "Overdue since" in page


@pytest.mark.parametrize(
    ("path", "fields", "says"),
    [
        ("return", {"return-reason": ""}, "Write a sentence"),
        ("return", {"return-reason": "Ask Mohammed Khan about it"}, "what may identify a person"),
        ("review", {"review-note": "Still right", "next": "soon"}, "Give the date"),
    ],
)
def test_a_form_that_is_wrong_keeps_what_was_typed(
    office: Office, path: str, fields: dict[str, str], says: str
) -> None:
    reference = office.record("Ash")
    response = office.browser_of("Birch").send(f"/records/{reference}", f"/records/{reference}/{path}", fields)
    assert response.status_code == 422
    assert says in response.text
    assert all(text in response.text for text in fields.values())
    assert len(office.log.show(reference).entries) == 1


def test_identifying_details_are_read_on_record_and_once(office: Office) -> None:
    reference = office.record("Ash")
    office.log.add_identity(reference, new_request_id(), {"whose-information": "Quentin Mallory"}, office.shelf.clock())
    staff = office.browser_of("Birch")
    assert "Quentin" not in staff.get(f"/records/{reference}").text
    response = staff.send(
        f"/records/{reference}/identity", f"/records/{reference}/identity", {"reason": "A review is due"}
    )
    assert "Quentin Mallory" in response.text
    assert response.headers["cache-control"] == "no-store"
    after = staff.get(f"/records/{reference}").text
    assert "Identifying details read" in after and "A review is due" in after and "Quentin" not in after
    assert office.browser_of("Ash").get(f"/records/{reference}/identity").status_code == 403


@pytest.mark.parametrize("width", [360, 1280])
def test_the_pages_of_records_are_accessible(
    recorded: Office, clock: Clock, browser: Browser, width: int
) -> None:
    reference = recorded.record("Ash")
    details = {"whose-information": "Quentin Mallory"}
    recorded.log.add_identity(reference, new_request_id(), details, recorded.shelf.clock())
    with running(recorded.accounts, clock, record_pages(recorded.shelf)) as url:
        page = browser.new_page(viewport={"width": width, "height": 740})
        page.goto(f"{url}/office/sign-in")
        page.fill("#name", "Birch")
        page.fill("#password", PASSWORD)
        page.get_by_role("button", name="Sign in with the password").click()
        one = f"/records/{reference}"
        for path in ("/approvals", "/records?field-shared-with=police", one, f"{one}/screens", f"{one}/identity"):
            page.goto(f"{url}/office{path}")
            assert violations(page) == [], path
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        page.get_by_label(record_words.READ_REASON_LABEL).fill("A review is due")
        page.get_by_role("button", name=record_words.READ_BUTTON).click()
        page.get_by_text("Quentin Mallory").wait_for()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()
