"""Records that nobody signed in for, and records that a manager corrected: who hands in, and who approves."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.accounts import HAND_IN_HOURS, Accounts, Action, EventKind, Place, Role
from bot.channels.office import record_words, waiting_for
from bot.channels.office.adding_pages import AddingLinks
from bot.decision_log import FieldValue, RecordStatus
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.kept import Kept, accessible, kept_office
from tests.support.people import Clock, joined, kinds

WAITING = RecordStatus.WAITING_FOR_APPROVAL


@pytest.fixture
def kept(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Kept]:
    with kept_office(accounts, clock, tmp_path) as found:
        yield found


def _link(kept: Kept, reference: str) -> str:
    return AddingLinks(lambda: kept.accounts.identity_links).hand_in_path(reference).removeprefix("/office")


def _denials(kept: Kept) -> list[tuple[str, str]]:
    """Who was denied what, the newest first."""
    found = kept.accounts.events.newest(50, kind=EventKind.DENIED)
    return [(event.account_id, event.action) for event in found]


def test_a_practitioner_hands_in_what_they_made_without_signing_in(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record("nobody", waits=True)
    link, ash = _link(kept, reference), kept.browser_of("Ash", staff_of)
    assert ash.get(f"/records/{reference}").status_code == 403
    assert reference in ash.get(link).text and kept.log.show(reference).author == "", "looking handed it in"
    done = ash.post(link)
    assert (done.status_code, done.headers["location"]) == (303, f"/office/records/{reference}")
    assert kept.log.show(reference).author == kept.people["Ash"]
    assert ash.get(f"/records/{reference}").status_code == 200
    birch = kept.browser_of("Birch", staff_of)
    birch.send(f"/records/{reference}", f"/records/{reference}/approve", {"note": ""})
    assert kept.log.show(reference).status is RecordStatus.APPROVED


def test_the_link_works_once_for_its_record_and_its_time(kept: Kept, staff_of: MakeStaff, clock: Clock) -> None:
    reference, other = kept.record("nobody", waits=True), kept.record("nobody", waits=True)
    earlier, link = _link(kept, reference), _link(kept, reference)
    ash = kept.browser_of("Ash", staff_of)
    ash.send(link, link)
    late = _link(kept, other)
    clock.now += 60
    guessed = f"/hand-in/{'a' * 43}"
    for refused in (earlier, link, guessed, f"/hand-in/{reference}"):
        for answer in (ash.get(refused), ash.post(refused)):
            assert answer.status_code == 404 and "This link does not work" in answer.text
    assert kinds(kept.accounts)[0] is EventKind.IDENTITY_LINK_REFUSED
    clock.now += HAND_IN_HOURS * 3600
    ash.sign_in("Ash")
    assert ash.get(late).status_code == 404
    assert kept.log.show(other).author == ""


def test_nobody_hands_in_by_the_reference_or_without_signing_in(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record("nobody", waits=True)
    link, ash = _link(kept, reference), kept.browser_of("Ash", staff_of)
    ash.get("/records")
    assert ash.post(f"/records/{reference}/submit").status_code == 403
    stranger = staff_of(of=ash._http._transport.app)  # type: ignore[attr-defined]
    asked = stranger.get(link)
    assert asked.status_code == 303 and asked.headers["location"].startswith("/office/sign-in?then=")
    assert stranger.send("/sign-in", link).status_code == 303
    assert kept.browser_of("Elm", staff_of).get(link).status_code == 403, "an auditor hands nothing in"
    birch = kept.browser_of("Birch", staff_of)
    assert record_words.SUBMIT_BUTTON not in birch.get(f"/records/{reference}").text
    refused = birch.post(f"/records/{reference}/submit")
    assert refused.status_code == 409 and record_words.NOT_HANDED_IN_HERE[1] in unescape(refused.text)
    assert _denials(kept)[0] == (kept.people["Birch"], Action.RECORD_CORRECT)
    ash.csrf = "forged"
    assert ash.post(link).status_code == 403
    assert kept.log.show(reference).author == ""


def test_a_link_is_of_no_use_once_another_has_handed_in(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record("nobody", waits=True)
    link, ash = _link(kept, reference), kept.browser_of("Ash", staff_of)
    kept.log.submit(reference, kept.people["Birch"], kept.now)
    assert ash.send(link, link).status_code == 409
    assert kept.log.show(reference).author == kept.people["Birch"]


def test_a_manager_approves_a_record_of_nobody_after_saying_that_it_is_not_theirs(
    kept: Kept, staff_of: MakeStaff
) -> None:
    reference = kept.record("nobody", waits=True)
    birch = kept.browser_of("Birch", staff_of)
    page, path = f"/records/{reference}", f"/records/{reference}/approve-unknown"
    assert record_words.NOT_MINE in birch.get(page).text
    undeclared = birch.post(path, {"note": "Looked at with the team"})
    assert undeclared.status_code == 422 and record_words.NEEDS_NOT_MINE in undeclared.text
    assert "Looked at with the team" in undeclared.text and kept.log.show(reference).status is WAITING
    named = birch.post(path, {"note": "Ask Mohammed Khan about it", "not-mine": "yes"})
    assert named.status_code == 422 and "what may identify a person" in named.text
    assert birch.post(path, {"note": "", "not-mine": "yes"}).status_code == 303
    assert kept.log.show(reference).status is RecordStatus.APPROVED
    assert record_words.DECLARED in birch.get(page).text


def test_who_handed_it_in_cannot_say_that_it_is_not_theirs(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record("nobody", waits=True)
    link, birch = _link(kept, reference), kept.browser_of("Birch", staff_of)
    assert birch.send(link, link).status_code == 303
    assert record_words.NOTHING_OWN in birch.get(f"/records/{reference}").text
    for path, fields in (("approve-unknown", {"not-mine": "yes"}), ("approve", {})):
        assert birch.post(f"/records/{reference}/{path}", fields).status_code == 409
        assert _denials(kept)[0] == (kept.people["Birch"], Action.APPROVAL_DECIDE)
    assert len(_denials(kept)) == 2 and kept.log.show(reference).status is WAITING


def test_a_manager_who_made_a_record_unnamed_does_not_approve_it_in_anothers_name(
    kept: Kept, staff_of: MakeStaff, accounts: Accounts
) -> None:
    reference, other = kept.record("nobody", waits=True), kept.record("nobody", waits=True)
    rowan = joined(accounts, "Rowan", Role.MANAGER)
    accounts.people.set_place(rowan, Place("North", "national", ()))
    maker, page = kept.browser_of("Rowan", staff_of), f"/records/{reference}"
    link = f"/identity/{accounts.identity_links.make(reference)}"
    assert maker.send(link, link).status_code == 303
    maker.get("/identity")
    assert maker.post("/identity", {"case-reference": "77", "step": "keep", "reference": reference}).status_code == 200
    shown = maker.get(page).text
    assert record_words.NOTHING_OWN in shown and record_words.APPROVE_BUTTON not in shown
    numbers = {each: kept.log.show(each).sequence for each in (reference, other)}
    for account, listed in ((rowan, {numbers[other]}), (kept.people["Birch"], set(numbers.values()))):
        assert set(waiting_for(kept.shelf, accounts.people.find(account))) == listed
    birch = kept.browser_of("Birch", staff_of)
    assert birch.send(page, f"{page}/submit").status_code == 409
    kept.log.submit(reference, kept.people["Ash"], kept.now)
    shown = maker.get(page).text
    assert record_words.NOTHING_OWN in shown and record_words.APPROVE_BUTTON not in shown
    for path in ("approve", "return", "take-over"):
        fields = dict.fromkeys(("note", "return-reason", "take-over-reason"), "it is agreed upon here")
        assert maker.post(f"{page}/{path}", fields).status_code == 409
        assert _denials(kept)[0] == (rowan, Action.APPROVAL_DECIDE)
    assert set(waiting_for(kept.shelf, accounts.people.find(rowan))) == {numbers[other]}
    assert kept.log.show(reference).status is WAITING
    assert birch.send(page, f"{page}/approve", {"note": ""}).status_code == 303


@pytest.mark.parametrize("name", ["Ash", "Elm", "Oak"])
def test_nothing_waits_for_who_does_not_decide(kept: Kept, accounts: Accounts, name: str) -> None:
    kept.record("Birch", waits=True)
    kept.record("nobody", waits=True)
    assert waiting_for(kept.shelf, accounts.people.find(kept.people[name])) == ()


def test_only_their_own_record_is_handed_in_again_on_its_page(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record("Ash", waits=True)
    kept.log.return_(reference, kept.people["Cedar"], "Say why", kept.now)
    page = f"/records/{reference}"
    ash, birch = kept.browser_of("Ash", staff_of), kept.browser_of("Birch", staff_of)
    assert record_words.SUBMIT_BUTTON not in birch.get(page).text
    assert birch.post(f"{page}/submit").status_code == 409
    assert kept.log.show(reference).status is RecordStatus.RETURNED
    assert _denials(kept) == [(kept.people["Birch"], Action.RECORD_CORRECT)]
    assert record_words.SUBMIT_BUTTON in ash.get(page).text
    for status in (303, 409):  # the second time is only too late
        assert ash.post(f"{page}/submit").status_code == status
    assert kept.log.show(reference).status is WAITING and len(_denials(kept)) == 1
    assert record_words.SUBMIT_BUTTON not in ash.get(page).text


def test_a_manager_who_corrected_a_waiting_record_leaves_the_approval_to_another(
    kept: Kept, staff_of: MakeStaff, accounts: Accounts
) -> None:
    reference = kept.record("Ash", waits=True)
    birch = kept.browser_of("Birch", staff_of)
    form = birch.get(f"/records/{reference}/correct?field=decision").text
    typed = {"field": "decision", "choice": "not-shared", "reason": "It says the opposite"}
    sent_once = {"request": form.split('name="request" value="')[1].split('"')[0]}
    assert birch.post(f"/records/{reference}/correct", {**typed, **sent_once}).status_code == 303
    assert kept.log.show(reference).fields["decision"] == FieldValue(("not-shared",))
    page = birch.get(f"/records/{reference}").text
    assert record_words.NOTHING_CORRECTED in page and record_words.APPROVE_BUTTON not in page
    assert record_words.TAKE_OVER_BUTTON in page
    assert birch.post(f"/records/{reference}/approve", {"note": ""}).status_code == 409
    assert _denials(kept) == [(kept.people["Birch"], Action.APPROVAL_DECIDE)]
    assert kept.log.show(reference).status is WAITING
    rowan = joined(accounts, "Rowan", Role.MANAGER)
    accounts.people.set_place(rowan, Place("North", "national", ()))
    other = kept.browser_of("Rowan", staff_of)
    assert other.send(f"/records/{reference}", f"/records/{reference}/approve", {"note": ""}).status_code == 303
    assert kept.log.show(reference).status is RecordStatus.APPROVED


@pytest.mark.parametrize(("maker", "path"), [("Ash", "approve"), ("nobody", "approve-unknown")])
def test_a_manager_approves_what_stood_on_the_page(kept: Kept, staff_of: MakeStaff, maker: str, path: str) -> None:
    reference = kept.record(maker, waits=True)
    birch, page = kept.browser_of("Birch", staff_of), f"/records/{reference}"

    def press() -> int:
        return birch.post(f"{page}/{path}", {"note": "", "not-mine": "yes", "corrections": read}).status_code

    read = birch.get(page).text.split('name="corrections" value="')[1].split('"')[0]
    changed = {"decision": FieldValue(("not-shared",))}
    kept.log.correct(reference, changed, "It says the opposite", kept.people["Ash"], kept.now)
    assert press() == 409 and kept.log.show(reference).status is WAITING
    assert _denials(kept) == [], "who was only too late was denied nothing"
    read = birch.get(page).text.split('name="corrections" value="')[1].split('"')[0]
    assert press() == 303 and kept.log.show(reference).status is RecordStatus.APPROVED


def test_every_denial_of_a_rule_is_written_down_without_content(kept: Kept, staff_of: MakeStaff) -> None:
    own, held = kept.record("Birch", waits=True), kept.record("Ash")
    birch, oak = kept.browser_of("Birch", staff_of), kept.browser_of("Oak", staff_of)
    kept.log.hold(held, kept.people["Birch"], "An inquiry asks", kept.now)
    birch.get(f"/records/{own}")
    for path in ("approve", "return", "take-over"):
        fields = dict.fromkeys(("note", "return-reason", "take-over-reason"), "it is agreed upon here")
        assert birch.post(f"/records/{own}/{path}", fields).status_code == 409
        assert _denials(kept)[0] == (kept.people["Birch"], Action.APPROVAL_DECIDE)
    assert birch.post(f"/retention/{held}/agree", {"agree-reason": "It is over"}).status_code == 409
    assert _denials(kept)[0] == (kept.people["Birch"], Action.IDENTITY_ERASE)
    oak.get("/people")
    assert oak.post(f"/people/{kept.people['Oak']}/suspend").status_code == 409
    assert _denials(kept)[0] == (kept.people["Oak"], Action.ACCOUNT_MANAGE)
    assert len(_denials(kept)) == 5
    said = "".join(str(event) for event in kept.accounts.events.newest(50))
    assert own not in said and held not in said and "agreed" not in said


def test_who_was_only_too_late_was_denied_nothing(kept: Kept, staff_of: MakeStaff) -> None:
    reference = kept.record("Ash", waits=True)
    birch = kept.browser_of("Birch", staff_of)
    birch.get(f"/records/{reference}")
    for status in (303, 409):
        assert birch.post(f"/records/{reference}/approve", {"note": ""}).status_code == status
    assert _denials(kept) == []


def test_the_maker_and_the_manager_who_come_just_after_the_other_were_denied_nothing(
    kept: Kept, staff_of: MakeStaff
) -> None:
    approved, handed_in = kept.record("nobody", waits=True), kept.record("nobody", waits=True)
    ash, birch = kept.browser_of("Ash", staff_of), kept.browser_of("Birch", staff_of)
    link = _link(kept, approved)
    ash.get(link)
    birch.send(f"/records/{approved}", f"/records/{approved}/approve-unknown", {"not-mine": "yes"})
    assert ash.post(link).status_code == 409
    birch.get(f"/records/{handed_in}")
    link = _link(kept, handed_in)
    assert ash.send(link, link).status_code == 303
    assert birch.post(f"/records/{handed_in}/approve-unknown", {"not-mine": "yes"}).status_code == 409
    assert kept.log.show(approved).author == "" and kept.log.show(handed_in).status is WAITING
    assert _denials(kept) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_for_records_of_nobody_are_accessible(
    kept: Kept, clock: Clock, browser: Browser, width: int
) -> None:
    reference = kept.record("nobody", waits=True)
    accessible(kept, clock, browser, width, "Birch", (_link(kept, reference), f"/records/{reference}"))
