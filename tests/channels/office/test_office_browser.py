"""The office in a real Chromium: accessibility, phone and desktop, keyboard, no JavaScript, passkeys, idle note."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bot.accounts import Accounts, EventKind, Role
from tests.channels.office.support import running
from tests.channels.web.test_web_browser import overflow, small_targets, violations
from tests.support.people import PASSWORD, Clock, joined, kinds

PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])

LOOKS = pytest.mark.parametrize(
    ("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone-light", "desktop-dark"]
)
"""Each size and each scheme once: the layout does not depend on the colours."""

Window = Callable[..., Page]


@pytest.fixture
def clock() -> Clock:
    return Clock(time.time())


@pytest.fixture
def site(accounts: Accounts, clock: Clock) -> Iterator[str]:
    with running(accounts, clock) as url:
        yield url + "/office"


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """Opens a window; whatever the browser complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_window(**options: Any) -> Page:
        context = browser.new_context(**{"viewport": PHONE, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if "Content Security" in said.text else None)
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert complaints == []


def _sign_in(page: Page, site: str, name: str, path: str = "/sign-in") -> None:
    page.goto(site + path)
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in with the password").click()
    expect(page.get_by_role("button", name="Sign out", exact=True)).to_be_visible()


def _sound(page: Page) -> None:
    assert violations(page) == []
    assert overflow(page) == []
    assert small_targets(page) == []


def _with_passkeys(page: Page) -> Any:
    """Gives the browser a device that keeps passkeys and knows its owner."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
                     "isUserVerified": True, "automaticPresenceSimulation": True}},
    )  # fmt: skip
    return session, made["authenticatorId"]


@LOOKS
def test_every_page_before_signing_in_is_accessible(
    accounts: Accounts, site: str, window: Window, size: dict[str, int], scheme: str
) -> None:
    page = window(viewport=size, color_scheme=scheme)
    page.goto(site + "/sign-in")
    _sound(page)
    made = accounts.invitations.invite([role.value for role in Role], "Robin Marsh")
    for path in ("/sign-in?then=/office/account", f"/invitation/{made.token}", "/invitation/x", "/help", "/nowhere"):
        page.goto(site + path)
        _sound(page)


@LOOKS
def test_every_page_of_staff_is_accessible(
    accounts: Accounts, site: str, window: Window, size: dict[str, int], scheme: str
) -> None:
    own = joined(accounts, "Rowan Field", *Role)
    other = joined(accounts, "Ash Grove")
    accounts.people.suspend(joined(accounts, "Linden Park"))
    page = window(viewport=size, color_scheme=scheme)
    _sign_in(page, site, "Rowan Field")
    for path in ("/", "/account", "/account/password", "/account/passkey", "/people", "/people/invite",
                 f"/people/{other}", f"/people/{own}", "/events", "/confirm", "/help"):  # fmt: skip
        page.goto(site + path)
        _sound(page)


def test_help_is_at_the_same_place_on_each_page(accounts: Accounts, site: str, window: Window) -> None:
    joined(accounts, "Rowan Field", *Role)
    page = window()
    _sign_in(page, site, "Rowan Field")
    places = set()
    for path in ("/", "/account", "/people", "/events", "/confirm"):
        page.goto(site + path)
        box = page.get_by_role("link", name="Help", exact=True).bounding_box()
        places.add(tuple(sorted((box or {}).items())))
    assert len(places) == 1


@pytest.mark.parametrize("path", ["/sign-in", "/account", "/people/invite", "/events"])
def test_a_narrow_screen_never_scrolls_sideways(accounts: Accounts, site: str, window: Window, path: str) -> None:
    joined(accounts, "Maximiliana-Bartholomew Featherstonehaugh"[:40], *Role)
    page = window(viewport=NARROW)
    if path != "/sign-in":
        _sign_in(page, site, "Maximiliana-Bartholomew Featherstonehaugh"[:40])
    page.goto(site + path)
    assert overflow(page) == []
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert overflow(page) == []


@SIZES
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_an_error_takes_the_focus_and_leads_to_the_field(
    accounts: Accounts, site: str, window: Window, script: bool, size: dict[str, int]
) -> None:
    joined(accounts, "Ash Grove")
    page = window(viewport=size, java_script_enabled=script)
    page.goto(site + "/sign-in")
    page.get_by_label("Your name here").fill("Ash Grove")
    page.get_by_role("button", name="Sign in with the password").click()
    summary = page.locator("#summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title(re.compile("^Problem: "))
    if script:
        _sound(page)
    summary.get_by_role("link", name="Type the password.").click()
    expect(page.get_by_label("Password", exact=True)).to_be_focused()
    expect(page.get_by_label("Your name here")).to_have_value("Ash Grove")


def test_an_error_with_boxes_leads_to_the_first(accounts: Accounts, site: str, window: Window) -> None:
    joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    page = window()
    _sign_in(page, site, "Rowan Field")
    page.goto(site + "/people/invite")
    page.get_by_role("button", name="Make the link").click()
    _sound(page)
    page.locator("#summary").get_by_role("link").click()
    expect(page.get_by_label("Practitioner")).to_be_focused()


def test_everything_but_passkeys_works_without_javascript(accounts: Accounts, site: str, window: Window) -> None:
    made = accounts.invitations.invite(["administrator", "auditor"])
    page = window(java_script_enabled=False)
    page.goto(f"{site}/invitation/{made.token}")
    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    assert page.get_by_role("button", name="Make a passkey and join").count() == 0
    page.get_by_label("Your name here").fill("Rowan Field")
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("New password").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.get_by_role("navigation", name="Office").get_by_role("link", name="People").click()
    page.get_by_role("link", name="Invite somebody").click()
    page.get_by_label("Manager").check()
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_label("Link")).to_have_value(re.compile(re.escape(site) + r"/invitation/[\w-]{43}$"))
    page.get_by_role("navigation", name="Office").get_by_role("link", name="Events").click()
    page.get_by_label("Kind of event").select_option("Invited")
    page.get_by_role("button", name="Show these").click()
    expect(page.get_by_role("row")).to_have_count(3)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


@SIZES
def test_joining_and_signing_in_with_a_passkey(
    accounts: Accounts, site: str, window: Window, size: dict[str, int]
) -> None:
    joined(accounts, "Ash Grove")
    made = accounts.invitations.invite(["manager"])
    page = window(viewport=size)
    _with_passkeys(page)
    page.goto(f"{site}/invitation/{made.token}")
    join = page.get_by_role("button", name="Make a passkey and join")
    page.get_by_label("Your name here").fill("ash grove")
    join.click()
    expect(page.locator("[data-passkey-said]")).to_contain_text("Somebody else here has this name")
    page.get_by_label("Your name here").fill("Robin Marsh")
    join.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    assert kinds(accounts)[0] is EventKind.SIGNED_IN_PASSKEY
    assert not accounts.people.find(made.account_id).has_password


def test_adding_using_and_removing_passkeys(accounts: Accounts, site: str, window: Window, clock: Clock) -> None:
    joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    page = window()
    session, device = _with_passkeys(page)
    _sign_in(page, site, "Rowan Field")
    page.goto(site + "/account/passkey")
    page.get_by_label("What to call it").fill("work phone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("work phone", exact=True)).to_be_visible()
    _sound(page)
    clock.now += 600
    page.goto(site + "/people/invite")
    expect(page.get_by_role("heading", level=1)).to_have_text("Show that it is you")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Invite somebody")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": device, "isUserVerified": False})
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.locator("[data-passkey-said]")).to_contain_text("did not work, or was cancelled")
    _sign_in(page, site, "Rowan Field")
    page.goto(site + "/account")
    page.get_by_role("button", name="Remove work phone").click()
    expect(page.get_by_text("You have no passkey.")).to_be_visible()


def test_a_passkey_works_while_the_password_has_to_wait(accounts: Accounts, site: str, window: Window) -> None:
    joined(accounts, "Ash Grove")
    page = window()
    _with_passkeys(page)
    _sign_in(page, site, "Ash Grove")
    page.goto(site + "/account/passkey")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.get_by_text("Passkey 1", exact=True)).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    for _ in range(6):
        page.get_by_label("Your name here").fill("Ash Grove")
        page.get_by_label("Password", exact=True).fill("not the password")
        page.get_by_role("button", name="Sign in with the password").click()
        expect(page.locator("#summary")).to_be_focused()
    expect(page.locator("#summary")).to_contain_text("Wait")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")


def test_a_password_can_be_shown_and_is_sent_hidden(accounts: Accounts, site: str, window: Window) -> None:
    page = window()
    page.goto(site + "/sign-in")
    field = page.get_by_label("Password", exact=True)
    field.fill("violet kettle")
    page.get_by_role("button", name="Show the password").click()
    expect(field).to_have_attribute("type", "text")
    _sound(page)
    page.get_by_role("button", name="Hide the password").click()
    expect(field).to_have_attribute("type", "password")


def test_the_keyboard_alone_is_enough(accounts: Accounts, site: str, window: Window) -> None:
    joined(accounts, "Ash Grove")
    page = window(viewport=DESKTOP)
    page.goto(site + "/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "name":
            break
    page.keyboard.type("Ash Grove")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_a_note_comes_before_the_session_ends_and_staying_is_one_press(
    accounts: Accounts, site: str, window: Window, clock: Clock
) -> None:
    joined(accounts, "Ash Grove")
    page = window()
    page.clock.install()
    _sign_in(page, site, "Ash Grove")
    page.clock.run_for(12 * 60 * 1000)
    expect(page.get_by_text("You will soon be signed out")).to_have_count(0)
    page.clock.run_for(70 * 1000)
    clock.now += 790
    note = page.get_by_role("alert").filter(has_text="You will soon be signed out")
    expect(note).to_be_visible()
    _sound(page)
    page.get_by_role("button", name="Stay signed in").click()
    expect(note).to_have_count(0)
    clock.now += 790
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your work")
    page.clock.run_for(16 * 60 * 1000)
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()


def test_back_after_signing_out_shows_nothing(accounts: Accounts, site: str, window: Window) -> None:
    joined(accounts, "Rowan Field", Role.ADMINISTRATOR)
    page = window()
    _sign_in(page, site, "Rowan Field")
    page.goto(site + "/people")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert "Rowan" not in page.content()


def test_nothing_is_loaded_from_elsewhere(accounts: Accounts, site: str, window: Window) -> None:
    joined(accounts, "Rowan Field", *Role)
    page = window()
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    _sign_in(page, site, "Rowan Field")
    page.goto(site + "/people")
    origin = site.removesuffix("/office") + "/"
    assert requests and all(url.startswith(origin) for url in requests)
