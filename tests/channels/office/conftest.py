"""Accounts, clients and a browser for the tests of the office."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from bot.accounts import Accounts
from tests.channels.office.support import Staff, application
from tests.channels.web.support import ARGUMENTS, CHROMIUM
from tests.support.people import Clock, Counting, opened

MakeStaff = Callable[..., Staff]


@pytest.fixture(scope="session")
def office_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("office") / "accounts.db"
    Accounts(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts_url(office_file: Path, tmp_path: Path) -> str:
    shutil.copy(office_file, tmp_path / "accounts.db")
    return f"sqlite:///{tmp_path / 'accounts.db'}"


@pytest.fixture
def accounts(accounts_url: str, clock: Clock) -> Iterator[Accounts]:
    found = opened(accounts_url, clock, Counting())
    yield found
    found.close()


@pytest.fixture
def staff_of(accounts: Accounts, clock: Clock) -> Iterator[MakeStaff]:
    """Makes a browser of the office; `of` makes another browser of an application that is there already."""
    with asyncio.Runner() as runner:

        def make(of: Any = None, address: str = "192.0.2.7", more: Any = (), **settings: Any) -> Staff:
            app = of if of is not None else application(accounts, clock, more, **settings)
            site = "https://localhost:8000" if settings.get("secure") else "http://localhost:8000"
            return Staff(app, runner, address, site)

        yield make


@pytest.fixture
def staff(staff_of: MakeStaff) -> Staff:
    return staff_of()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with a profile of its own, which Playwright makes afresh and removes."""
    if not CHROMIUM.exists():
        pytest.fail("Chromium is not installed. Install it: apt-get install chromium (as root).")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()
