"""An office with people in it and a log that tests of exports, retention and the audit report fill."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser

from bot.accounts import Accounts, Place, Role
from bot.channels.office import Shelf, record_pages
from bot.decision_log import DecisionLog, Draft, FieldValue, PathStep, new_request_id
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import Staff, running
from tests.channels.web.test_web_browser import violations
from tests.support.assistants import gate, knowledge
from tests.support.people import PASSWORD, Clock, joined

WORDS = "She said that she is afraid at home."
TEN_YEARS = timedelta(days=3653)


@dataclass
class Kept:
    """Ash, a practitioner, and Birch, the manager of the team; Cedar manages another; Elm audits, Oak administers."""

    log: DecisionLog
    accounts: Accounts
    shelf: Shelf
    people: dict[str, str]

    @property
    def now(self) -> datetime:
        return self.shelf.clock()

    def record(
        self, by: str = "Ash", *, age: timedelta = timedelta(0), decision: str = "shared", consent: str = "",
        waits: bool = False,
    ) -> str:  # fmt: skip
        fields = {
            "decision": FieldValue((decision,)), "reasons": FieldValue(("protect-child",), WORDS),
            **({"consent-answer": FieldValue((consent,))} if consent else {}),
        }  # fmt: skip
        draft = Draft(
            new_request_id(), "share-decision", "do-not-share", (PathStep("share-decision", "purpose", "no"),), fields,
            "national", knowledge().version, waits, "routine" if waits else "now", by=self.people.get(by, ""),
        )  # fmt: skip
        return self.log.confirm(draft, self.now - age).reference

    def browser_of(self, name: str, staff_of: MakeStaff) -> Staff:
        staff = staff_of(more=record_pages(self.shelf))
        assert staff.sign_in(name).status_code == 303
        return staff


@contextmanager
def kept_office(accounts: Accounts, clock: Clock, folder: Path) -> Iterator[Kept]:
    log = DecisionLog.open(f"sqlite:///{folder / 'log.db'}", folder / "log.key", knowledge().fields)
    roles = {
        "Ash": Role.PRACTITIONER, "Birch": Role.MANAGER, "Cedar": Role.MANAGER, "Elm": Role.AUDITOR,
        "Oak": Role.ADMINISTRATOR,
    }  # fmt: skip
    people = {name: joined(accounts, name, role) for name, role in roles.items()}
    for name, team in (("Ash", "North"), ("Birch", "North"), ("Cedar", "South")):
        accounts.people.set_place(people[name], Place(team, "national", ()))
    shelf = Shelf(log, accounts, knowledge, gate(), folder / "content", lambda: datetime.fromtimestamp(clock(), UTC))
    try:
        yield Kept(log, accounts, shelf, people)
    finally:
        log.close()


def accessible(kept: Kept, clock: Clock, browser: Browser, width: int, name: str, paths: tuple[str, ...]) -> None:
    """Opens each page in Chromium as somebody, and asserts that nothing is against WCAG 2.2 AA or scrolls sideways."""
    with running(kept.accounts, clock, record_pages(kept.shelf)) as url:
        page = browser.new_page(viewport={"width": width, "height": 740})
        try:
            page.goto(f"{url}/office/sign-in")
            page.fill("#name", name)
            page.fill("#password", PASSWORD)
            page.get_by_role("button", name="Sign in with the password").click()
            for path in paths:
                page.goto(f"{url}/office{path}")
                assert violations(page) == [], path
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        finally:
            page.close()
