"""The one place that says which assistant the web chat is tested with, and the browser it is tested in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from starlette.applications import Starlette

from bot.channels.web import WebSettings, create_app
from tests.channels.web.assembled import REAL
from tests.channels.web.scripted import Scripted
from tests.channels.web.support import ARGUMENTS, CHROMIUM, Client, Clock, MakeClient, Site, Visit, running

# The one place to swap: SCRIPTED (tests.channels.web.scripted) runs the browser tests with the stand-in.
CONVERSED = REAL


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def assistant() -> Scripted:
    return Scripted()


@pytest.fixture
def client_of(assistant: Scripted, clock: Clock) -> Iterator[MakeClient]:
    """Makes an application with the settings given, and a client of it; `of` makes another client of that one."""
    with asyncio.Runner() as runner:

        def make(of: Starlette | None = None, address: str = "192.0.2.7", **settings: Any) -> Client:
            return Client(of or create_app(assistant, WebSettings(**settings), clock=clock), runner, address)

        yield make


@pytest.fixture
def client(client_of: MakeClient) -> Client:
    return client_of()


@pytest.fixture(scope="session")
def exit_site() -> Iterator[str]:
    """A page on another origin of this machine, to which the quick exit leads in tests."""
    with running(CONVERSED, WebSettings()) as site:
        yield site.url + "/healthz"


@pytest.fixture
def site(exit_site: str) -> Iterator[Site]:
    with running(CONVERSED, WebSettings(exit_url=exit_site, chat_rate=600, address_rate=6000)) as site:
        yield site


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with a profile of its own, which Playwright makes afresh and removes.

    Playwright keeps an event loop in this thread while it is open: no test of another module may run meanwhile.
    """
    if not CHROMIUM.exists():
        pytest.fail("Chromium is not installed. Install it: apt-get install chromium (as root).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visit]]:
    """Opens a window; keyword arguments are those of Playwright's new_context."""
    contexts: list[BrowserContext] = []

    def open_window(**options: Any) -> Visit:
        context = browser.new_context(**{"viewport": {"width": 360, "height": 740}, **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        requests: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Visit(page, site, requests, complaints)

    yield open_window
    for context in contexts:
        context.close()
