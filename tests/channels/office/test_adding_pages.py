"""The identity page behind its one-time link: adds to one record, once, and shows nothing that is kept."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser

from bot.accounts import IDENTITY_MINUTES, Accounts, EventKind
from bot.channels.office import record_pages
from bot.channels.office.adding_pages import OPENED_RATE, AddingLinks
from bot.decision_log import IdentityState
from tests.channels.office.kept import Kept, kept_office
from tests.channels.office.support import Staff, application, running
from tests.channels.web.test_web_browser import violations
from tests.support.people import Clock, kinds

DETAILS = {"case-reference": "FS/2041", "whose-information": "Thaddeus Quillfeather", "who-decided": ""}
REFUSED = "This link does not work"


@pytest.fixture
def kept(accounts: Accounts, clock: Clock, tmp_path: Path) -> Iterator[Kept]:
    with kept_office(accounts, clock, tmp_path) as found:
        yield found


class Phone(Staff):
    """A browser in which nobody is signed in."""


@pytest.fixture
def phones(kept: Kept, clock: Clock) -> Iterator[list[Phone]]:
    app = application(kept.accounts, clock, record_pages(kept.shelf, lambda given: {f"chat of {given}"}))
    with asyncio.Runner() as runner:
        yield [Phone(app, runner, f"192.0.2.{number}") for number in (7, 8)]


def _link(kept: Kept, reference: str, holder: str = "") -> str:
    path = AddingLinks(lambda: kept.accounts.identity_links).path(reference, holder)
    return path.removeprefix("/office")


def _identity(kept: Kept, reference: str) -> IdentityState:
    return kept.log.show(reference).identity


def _opened(phone: Phone, link: str) -> httpx.Response:
    response = phone.send(link, link)
    assert (response.status_code, response.headers["location"]) == (303, "/office/identity")
    return phone.get("/identity")


def test_details_are_shown_before_they_are_kept_and_confirmed_apart(kept: Kept, phones: list[Phone]) -> None:
    reference, phone = kept.record(), phones[0]
    assert reference in _opened(phone, _link(kept, reference)).text
    shown = phone.post("/identity", {**DETAILS, "step": "check"})
    assert "Nothing of this has been kept yet" in shown.text and "Thaddeus Quillfeather" in shown.text
    assert "Who decided" not in shown.text
    assert _identity(kept, reference) is IdentityState.NONE
    changed = phone.post("/identity", {**DETAILS, "step": "change"})
    assert 'value="Thaddeus Quillfeather"' in changed.text and _identity(kept, reference) is IdentityState.NONE
    done = phone.post("/identity", {**DETAILS, "step": "keep"})
    assert "The details are kept" in done.text and "Quillfeather" not in done.text
    details = kept.log.read_identity(reference, kept.people["Birch"], "A review.", kept.now)
    assert details == {"case-reference": "FS/2041", "whose-information": "Thaddeus Quillfeather"}


def test_a_form_of_another_record_keeps_nothing_in_this_one(kept: Kept, phones: list[Phone]) -> None:
    first, second, phone = kept.record(), kept.record(), phones[0]
    assert f'name="reference" value="{first}"' in _opened(phone, _link(kept, first)).text
    preview = phone.post("/identity", {**DETAILS, "reference": first, "step": "check"})
    assert preview.text.count(f'name="reference" value="{first}"') == 3
    _opened(phone, _link(kept, second))
    for step in ("keep", "none", "check"):
        sent = phone.post("/identity", {**DETAILS, "reference": first, "step": step})
        assert "for another record" in sent.text and second in sent.text and "Quillfeather" not in sent.text
    assert _identity(kept, second) is IdentityState.NONE
    assert "The details are kept" in phone.post("/identity", {**DETAILS, "reference": second, "step": "keep"}).text


def test_a_preview_of_the_link_does_not_use_it_up_and_shows_nothing(kept: Kept, phones: list[Phone]) -> None:
    reference = kept.record()
    link = _link(kept, reference)
    for _ in range(3):
        previewed = phones[1].get(link)
        assert previewed.status_code == 200 and reference not in previewed.text
    assert _opened(phones[0], link).status_code == 200


def test_a_link_that_was_used_opens_nothing_for_anybody_else(kept: Kept, phones: list[Phone]) -> None:
    reference = kept.record()
    link = _link(kept, reference)
    _opened(phones[0], link)
    for phone in phones:
        for response in (phone.get(link), phone.send("/sign-in", link)):
            assert response.status_code == 404 and REFUSED in response.text and reference not in response.text
    assert phones[1].get("/identity").status_code == 404
    assert phones[1].send("/sign-in", "/identity", {**DETAILS, "step": "keep"}).status_code == 404
    assert _identity(kept, reference) is IdentityState.NONE
    assert phones[0].get("/identity").status_code == 200
    assert kinds(kept.accounts)[0] is EventKind.IDENTITY_LINK_REFUSED


def test_link_and_form_expire(kept: Kept, phones: list[Phone], clock: Clock) -> None:
    reference = kept.record()
    late = _link(kept, reference)
    clock.now += IDENTITY_MINUTES * 60
    assert phones[0].get(late).status_code == 404
    _opened(phones[0], _link(kept, reference))
    clock.now += IDENTITY_MINUTES * 60
    response = phones[0].post("/identity", {**DETAILS, "step": "keep"})
    assert response.status_code == 404 and REFUSED in response.text
    assert _identity(kept, reference) is IdentityState.NONE


def test_a_guessed_link_is_refused_and_guessing_is_slowed_down(kept: Kept, phones: list[Phone]) -> None:
    link = _link(kept, kept.record())
    for _ in range(OPENED_RATE):
        assert phones[0].get(f"/identity/{'a' * 43}").status_code == 404
    slowed = phones[0].get(link)
    assert slowed.status_code == 429 and "Wait" in slowed.text
    assert phones[1].get(link).status_code == 200, "an address slowed another down"


def test_nothing_is_kept_where_somebody_says_so(kept: Kept, phones: list[Phone]) -> None:
    reference, phone = kept.record(), phones[0]
    _opened(phone, _link(kept, reference))
    assert "Nothing that you typed was kept" in phone.post("/identity", {"step": "none"}).text
    again = phone.post("/identity", {**DETAILS, "step": "keep"})
    assert "Nothing that you typed was kept" in again.text
    assert _identity(kept, reference) is IdentityState.NONE


def test_the_same_confirmation_sent_twice_keeps_once_and_says_the_same(kept: Kept, phones: list[Phone]) -> None:
    reference, phone = kept.record(), phones[0]
    _opened(phone, _link(kept, reference))
    said = [phone.post("/identity", {**DETAILS, "step": "keep"}).text for _ in range(2)]
    assert all("The details are kept" in text for text in said)
    assert len([event for event in kept.log.show(reference).events if event.kind.value == "identity"]) == 1


def test_what_is_kept_already_is_neither_shown_nor_added_to(kept: Kept, phones: list[Phone]) -> None:
    reference = kept.record()
    _opened(phones[0], _link(kept, reference))
    phones[0].post("/identity", {**DETAILS, "step": "keep"})
    opened = _opened(phones[1], _link(kept, reference))
    assert "holds identifying details already" in opened.text and "Quillfeather" not in opened.text
    changed = phones[1].post("/identity", {"case-reference": "other", "step": "keep"})
    assert "holds identifying details already" in changed.text


@pytest.mark.parametrize(
    ("typed", "said"), [({}, "Type at least one detail"), ({"case-reference": "x" * 301}, "300 characters")]
)
def test_what_cannot_be_kept_is_said_at_its_field(
    kept: Kept, phones: list[Phone], typed: dict[str, str], said: str
) -> None:
    reference, phone = kept.record(), phones[0]
    _opened(phone, _link(kept, reference))
    for step in ("check", "keep"):
        response = phone.post("/identity", {**typed, "step": step})
        assert response.status_code == 422 and said in response.text
    assert _identity(kept, reference) is IdentityState.NONE


def test_a_forged_form_adds_nothing(kept: Kept, phones: list[Phone]) -> None:
    reference, phone = kept.record(), phones[0]
    _opened(phone, _link(kept, reference))
    phone.csrf = "forged"
    assert phone.post("/identity", {**DETAILS, "step": "keep"}).status_code == 403
    assert _identity(kept, reference) is IdentityState.NONE


def test_a_form_adds_to_its_own_record_only(kept: Kept, phones: list[Phone]) -> None:
    mine, other = kept.record(), kept.record()
    _opened(phones[0], _link(kept, mine))
    phones[0].post("/identity", {**DETAILS, "step": "keep", "reference": other})
    assert (_identity(kept, mine), _identity(kept, other)) == (IdentityState.NONE, IdentityState.NONE)
    phones[0].post("/identity", {**DETAILS, "step": "keep", "reference": mine})
    assert (_identity(kept, mine), _identity(kept, other)) == (IdentityState.HELD, IdentityState.NONE)


def test_a_link_with_a_holder_needs_what_proves_it(kept: Kept, phones: list[Phone]) -> None:
    link = _link(kept, kept.record(), "chat of Ash")
    assert "from the button in your own chat" in phones[0].get(link).text
    for given in ("", "Birch"):
        assert phones[0].send(link, link, {"telegram": given}).status_code == 404
    assert phones[0].send(link, link, {"telegram": "Ash"}).status_code == 303


def test_what_was_typed_is_in_no_file_before_it_is_confirmed(
    kept: Kept, phones: list[Phone], tmp_path: Path
) -> None:
    reference, phone = kept.record(), phones[0]
    link = _link(kept, reference)
    _opened(phone, link)
    for step in ("check", "change", "keep"):
        phone.post("/identity", {**DETAILS, "step": step})
        held = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert b"Quillfeather" not in held and link.rpartition("/")[2].encode() not in held


def test_the_pages_work_by_keyboard_size_and_screen_reader(
    kept: Kept, clock: Clock, browser: Browser
) -> None:
    reference = kept.record()
    bound = _link(kept, kept.record(), "chat of Ash")
    with running(kept.accounts, clock, record_pages(kept.shelf, lambda given: {f"chat of {given}"})) as site:
        page = browser.new_context(viewport={"width": 320, "height": 640}).new_page()
        page.goto(f"{site}/office{_link(kept, reference)}")
        assert violations(page) == []
        page.get_by_role("button", name="Open the form").click()
        assert violations(page) == []
        page.get_by_label("Case reference").fill("FS/2041")
        page.get_by_role("button", name="See what would be kept").click()
        assert violations(page) == []
        page.get_by_role("button", name="Keep these details").click()
        page.get_by_text("The details are kept").wait_for()
        page.goto(f"{site}/office{bound}#tgWebAppData=Ash&tgWebAppVersion=9.1")
        assert re.search(r"/identity/[^#]+$", page.url), "what Telegram hands over stays in the address"
        page.get_by_role("button", name="Open the form").click()
        page.get_by_label("Who decided").wait_for()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.context.close()
    assert _identity(kept, reference) is IdentityState.HELD
