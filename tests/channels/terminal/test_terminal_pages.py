"""Links and flowcharts in the terminal: where the pages are, and a picture where the user wants one."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.terminal.render import choices, rendered
from bot.conversation.messages import Link, Part, Reply, SourceLine
from tests.support.assistants import made
from tests.support.loops import loop_in_a_thread
from tests.support.terminal import TerminalDriver

SITE = "https://advice.example.org"
SOURCE = SourceLine("durham-2016", "Durham 2016", "page 9", "2016-06", "current")


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[TerminalDriver]:
    with loop_in_a_thread() as loop, made(tmp_path) as bench:
        driver = TerminalDriver(bench.assistant, tmp_path, loop)
        yield driver
        driver.close()


def test_links_are_shown_where_the_address_of_the_site_is_known() -> None:
    reply = Reply((Part("Yes."),), "topic", links=(Link("Read or print this", "/topic/form-of-consent?area=rochdale"),))
    assert f"Read or print this:\n  {SITE}/topic/form-of-consent?area=rochdale" in rendered(reply, 40, SITE)
    assert "Read or print this" not in rendered(reply, 40)


def test_a_date_reads_as_people_write_it_and_stays_as_it_is_for_scripts() -> None:
    reply = Reply((Part("Yes.", "answer", "Title", (SOURCE,)),), "topic")
    assert "Durham 2016 (June 2016): page 9" in rendered(reply, 80)
    assert SOURCE.text() == "Durham 2016, June 2016, page 9"
    assert reply.as_json()["sources"][0]["date"] == "2016-06"


def test_a_picture_is_offered_only_beside_a_flowchart(driver: TerminalDriver) -> None:
    driver.open()
    asked = driver.press("Should I share this?")
    assert not any("as a picture" in label for label in asked.buttons)
    drawn = driver.press("See the flowchart")
    assert "Questions: 17." in drawn.text and "You are here." in drawn.text
    assert list(drawn.buttons)[-1] == "Save the flowchart as a picture (PNG)"
    assert not any("as a picture" in label for label in driver.press("Yes").buttons)
    assert choices(Reply((), "smalltalk")) == ()


def test_a_flowchart_is_saved_where_its_user_says(driver: TerminalDriver, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    driver.open()
    driver.press("See all checks")
    driver.press("Must we refer a worker to the barring service?")
    driver.press("See the flowchart")
    shown = driver._screen
    for name in ("flowchart-dbs-referral.png", "flowchart-dbs-referral-2.png"):
        driver._screen = shown
        assert "folder to save it in" in driver.press("Save the flowchart as a picture").text
        assert "Saved as" in driver.say(str(folder)).text
        saved = folder / name
        assert saved.read_bytes().startswith(b"\x89PNG")
        assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    driver._screen = shown
    driver.press("Save the flowchart as a picture")
    assert "There is no such folder" in driver.say(str(tmp_path / "nowhere")).text
