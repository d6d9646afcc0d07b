"""Administrators invite people to act from Telegram by a link that works once, see who does, and end it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Window

from bot.accounts import Accounts, EventKind, Role
from bot.channels.office import telegram_pages, telegram_words
from bot.channels.office.declaring import Page
from bot.errors import SettingsError
from bot.knowledge import reading
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import Staff, running
from tests.channels.web.test_web_browser import overflow, small_targets, violations
from tests.support.people import PASSWORD, Clock, joined

BEFORE = "https://t.me/sharewell_bot?start=join_"
PERSON = "a" * 64


def declared() -> tuple[Page, ...]:
    return telegram_pages(lambda: BEFORE)


@pytest.fixture
def one(accounts: Accounts) -> str:
    joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    return joined(accounts, "Ash Grove", Role.PRACTITIONER)


@pytest.fixture
def administrator(one: str, staff_of: MakeStaff) -> Staff:
    staff = staff_of(more=declared())
    staff.sign_in("Rowan Field")
    return staff


def _link(page: str) -> str:
    found = re.search(re.escape(BEFORE) + r"([\w-]{43})", page)
    assert found is not None, page
    return found[1]


def test_a_link_is_shown_once_and_works_once(accounts: Accounts, administrator: Staff, one: str) -> None:
    response = administrator.send(f"/telegram/{one}", f"/telegram/{one}")
    assert response.status_code == 200 and response.headers["cache-control"] == "no-store"
    token = _link(response.text)
    for path in ("/telegram", f"/telegram/{one}"):
        assert token not in administrator.get(path).text
    assert accounts.enrolments.enrol(token, PERSON).id == one
    again = _link(administrator.send(f"/telegram/{one}", f"/telegram/{one}").text)
    assert again != token
    offered = accounts.events.newest(10, kind=EventKind.ENROLMENT_OFFERED)
    assert len(offered) == 2 and {event.about_id for event in offered} == {one}


def test_who_acts_from_telegram_is_shown_and_can_be_ended(accounts: Accounts, administrator: Staff, one: str) -> None:
    assert telegram_words.NOT_ENROLLED in administrator.get(f"/telegram/{one}").text
    accounts.enrolments.enrol(accounts.enrolments.invite(one).token, PERSON)
    assert telegram_words.INVITE_AGAIN in administrator.get(f"/telegram/{one}").text
    listed = administrator.get("/telegram").text
    assert listed.count(telegram_words.ENROLLED) == 1 and listed.count(telegram_words.NOT_ENROLLED) == 1
    assert PERSON not in listed
    assert administrator.send(f"/telegram/{one}", f"/telegram/{one}/end").status_code == 303
    assert accounts.enrolments.account_of(PERSON) is None and accounts.enrolments.enrolled() == frozenset()


def test_who_does_not_look_after_accounts_sees_nothing_of_it(accounts: Accounts, one: str, staff_of: MakeStaff) -> None:
    staff = staff_of(more=declared())
    staff.sign_in("Ash Grove")
    for path in ("/telegram", f"/telegram/{one}"):
        assert staff.get(path).status_code == 403
    assert "/office/telegram" not in staff.get("/").text
    assert staff.post(f"/telegram/{one}").status_code == 403


def test_nobody_is_invited_who_is_unknown_or_suspended(accounts: Accounts, administrator: Staff, one: str) -> None:
    administrator.get(f"/telegram/{one}")
    for path in ("/telegram/nobody", "/telegram/nobody/end"):
        assert administrator.post(path).status_code == 404
    assert administrator.get("/telegram/nobody").status_code == 404
    accounts.people.suspend(one)
    assert administrator.post(f"/telegram/{one}").status_code == 409
    assert "Ash Grove" not in administrator.get("/telegram").text


def test_where_telegram_cannot_be_asked_an_earlier_link_goes_on_working(
    accounts: Accounts, one: str, staff_of: MakeStaff
) -> None:
    def lost() -> str:
        raise SettingsError("Telegram does not say the name of the bot.", "Check the token.")

    token = accounts.enrolments.invite(one).token
    staff = staff_of(more=telegram_pages(lost))
    staff.sign_in("Rowan Field")
    response = staff.send(f"/telegram/{one}", f"/telegram/{one}")
    assert response.status_code == 503 and "Telegram does not say the name of the bot" in response.text
    assert accounts.enrolments.look(token).id == one


def test_the_words_keep_to_the_reading_limits() -> None:
    for name, text in vars(telegram_words).items():
        if name.isupper():
            assert reading.problems(text.format(name="Ash", hours=72, until="1 May 2026, 12:00")) == [], name


@pytest.fixture
def site(accounts: Accounts, one: str) -> Iterator[str]:
    with running(accounts, Clock(), declared()) as url:
        yield url + "/office"


def test_the_pages_are_accessible_on_a_phone_and_a_desktop(browser: Browser, site: str, one: str) -> None:
    for width, scheme in ((320, "light"), (1280, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(site + "/sign-in")
        page.get_by_label("Your name here").fill("Rowan Field")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in with the password").click()
        page.goto(site + "/telegram")
        _sound(page)
        page.get_by_role("link", name="Ash Grove").click()
        _sound(page)
        page.get_by_role("button", name=telegram_words.INVITE_BUTTON).click()
        assert page.get_by_label(telegram_words.LINK_LABEL).input_value().startswith(BEFORE)
        _sound(page)
        context.close()


def _sound(page: Window) -> None:
    assert violations(page) == []
    assert overflow(page) == []
    assert small_targets(page) == []
