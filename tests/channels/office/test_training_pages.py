"""What managers see of training: those who chose it, and nothing of anybody else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from bot.accounts import Accounts, Role
from bot.channels.office import training_pages, training_words
from bot.channels.office.declaring import Page
from bot.channels.office.training_pages import LISTED
from bot.knowledge import reading
from bot.training import Certainty, Mark, Training
from tests.channels.office.conftest import MakeStaff
from tests.channels.office.support import running
from tests.channels.web.test_web_browser import overflow, violations
from tests.support.assistants import Clock as DayClock
from tests.support.people import PASSWORD, Clock, joined
from tests.support.training import MODULE, opened, small_knowledge
from tests.training.test_learners import complete


@pytest.fixture
def training(tmp_path: Path) -> Iterator[Training]:
    found = opened(f"sqlite:///{tmp_path / 'training.db'}", DayClock())
    yield found
    found.close()


def declared(training: Training) -> tuple[Page, ...]:
    return training_pages(training, small_knowledge)


def learnt(training: Training) -> None:
    """One who completed a module and shows it, one who began and shows it, one who shows nothing."""
    known = small_knowledge()
    for pseudonym, shown in (("Quiet Heron", "Ana from outreach"), ("Bright Wren", "Bilal"), ("Calm Otter", "")):
        learner = training.begin(pseudonym).learner
        if shown:
            training.share(learner.id, shown)
        training.record(learner.id, Mark(f"{MODULE}/worry", False, Certainty.SURE), known)
        if pseudonym != "Bright Wren":
            complete(training, learner.id, known)


def test_a_manager_sees_names_modules_and_days_of_those_who_chose_it(
    accounts: Accounts, staff_of: MakeStaff, training: Training
) -> None:
    learnt(training)
    joined(accounts, "Cedar", Role.MANAGER)
    staff = staff_of(more=declared(training))
    staff.sign_in("Cedar")
    page = staff.get("/training")
    assert page.status_code == 200 and page.headers["cache-control"] == "no-store"
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page.text)
    assert cells == [
        "Ana from outreach", "1 of 1", "A small module: 20 November 2026", "Bilal", "0 of 1", training_words.NONE_YET,
    ]  # fmt: skip
    for hidden in ("Quiet Heron", "Bright Wren", "Calm Otter"):
        assert hidden not in page.text


def test_nobody_is_shown_before_somebody_chose_it(accounts: Accounts, staff_of: MakeStaff, training: Training) -> None:
    joined(accounts, "Cedar", Role.MANAGER)
    staff = staff_of(more=declared(training))
    staff.sign_in("Cedar")
    assert training_words.NOBODY in staff.get("/training").text


def test_a_long_list_is_parted(accounts: Accounts, staff_of: MakeStaff, training: Training) -> None:
    names = [f"Learner {number:03d}" for number in range(LISTED + 1)]
    for name in names:
        training.share(training.begin("Quiet Heron").learner.id, name)
    joined(accounts, "Cedar", Role.MANAGER)
    staff = staff_of(more=declared(training))
    staff.sign_in("Cedar")
    first, second, beyond = (staff.get(f"/training?from={start}").text for start in ("x", LISTED, 99_999_999))
    shown = [re.findall(r'<td data-label="Name">(.*?)</td>', page) for page in (first, second, beyond)]
    assert shown == [names[:LISTED], names[LISTED:], []]
    assert f'href="/office/training?from={LISTED}"' in first and training_words.FIRST in second


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MANAGER])
def test_others_may_not_open_it(accounts: Accounts, staff_of: MakeStaff, training: Training, role: Role) -> None:
    joined(accounts, "Cedar", role)
    staff = staff_of(more=declared(training))
    staff.sign_in("Cedar")
    assert staff.get("/training").status_code == 403
    assert 'href="/office/training"' not in staff.get("/").text


def test_it_says_what_to_do_when_the_training_cannot_be_read(
    accounts: Accounts, staff_of: MakeStaff, tmp_path: Path
) -> None:
    joined(accounts, "Cedar", Role.MANAGER)
    staff = staff_of(more=declared(Training(f"sqlite:///{tmp_path / 'missing' / 'training.db'}")))
    staff.sign_in("Cedar")
    page = staff.get("/training")
    assert page.status_code == 409 and "SHAREWELL_TRAINING_URL" in page.text


def test_the_page_is_accessible_on_a_phone(
    accounts: Accounts, clock: Clock, browser: Browser, training: Training
) -> None:
    learnt(training)
    joined(accounts, "Cedar", Role.MANAGER)
    with running(accounts, clock, declared(training)) as url:
        page = browser.new_page(viewport={"width": 320, "height": 640})
        try:
            page.goto(f"{url}/office/sign-in?then=/office/training")
            page.fill("#name", "Cedar")
            page.fill("#password", PASSWORD)
            page.get_by_role("button", name="Sign in with the password").click()
            page.goto(f"{url}/office/training")
            assert page.get_by_role("heading", level=1).inner_text() == training_words.TITLE
            assert violations(page) == []
            assert overflow(page) == []
        finally:
            page.close()


@pytest.mark.parametrize("name", sorted(name for name in vars(training_words) if name.isupper()))
def test_words_keep_to_the_reading_limits(name: str) -> None:
    filled = vars(training_words)[name].format(title="something", day="1 May 2026", done=1, of=9)
    assert reading.problems(filled) == []
