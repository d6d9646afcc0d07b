"""What stands after a command: the name of a unit or an invitation is read for nothing else, and words always are."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.channels.telegram import words
from bot.channels.telegram.commands import LONGEST_PAYLOAD, command_in
from bot.channels.telegram.enrolling import INVITED
from bot.channels.telegram.journal import Journal
from bot.conversation.browsing import entry
from tests.channels.telegram.conftest import Starting
from tests.support.assistants import knowledge
from tests.support.telegram.running import Emulator, User

DANGER = "boyf hits her"
"""Danger by itself, and not with some commands before it."""

NAMED = "spoke to Kayleigh Ashgrove on 07700 900461"


def _units() -> list[tuple[str, str]]:
    known = knowledge()
    kinds = (("topic", known.topics), ("check", known.checks), ("urgent", known.triggers))
    return [(kind, name) for kind, names in kinds for name in names]


def _said_first(kind: str, name: str) -> str:
    """What stands at the beginning of a unit, and tells it from the others of its kind."""
    if kind == "urgent":
        return knowledge().triggers[name].first[0]
    unit = entry(knowledge(), kind, name)
    assert unit is not None
    return unit.title


@pytest.mark.parametrize("kind", ["topic", "check", "urgent"])
def test_every_link_opens_its_unit_and_stays(kind: str, user: User) -> None:
    for name in [name for each, name in _units() if each == kind]:
        payload = f"{kind}_{name}"
        assert len(payload) <= LONGEST_PAYLOAD
        text = user.say(f"/start {payload}").text
        assert " ".join(_said_first(kind, name).split()) in text, payload
        assert kind == "urgent" or not text.startswith("ACT NOW"), payload
        assert words.NOT_DELETED not in text and words.DELETED not in text, payload
        assert user.own()[-1] == f"/start {payload}"


def test_a_check_that_is_named_after_its_command_is_no_danger(user: User) -> None:
    assert knowledge().checks["repeat-request"].title in user.say("/check repeat-request").text
    assert not user.all()[-1].text.startswith("ACT NOW")


def test_a_link_that_comes_late_is_no_message_with_details(emulator: Emulator, start: Starting) -> None:
    user = emulator.user()
    inbox = start().channel._inbox
    user.open()
    inbox._newest = {name: (number + 9, at) for name, (number, at) in inbox._newest.items()}
    screen = user.say("/start check_repeat-request")
    assert words.LATE in screen.text and words.FOUND not in screen.text and len(user.own()) == 2


@pytest.mark.parametrize("before", [f"{INVITED}x", f"{INVITED}{'a' * 43}", "check_share-decision"])
def test_words_after_a_link_are_read_for_details_and_danger(before: str, user: User) -> None:
    user.say(f"/start {before} {NAMED}")
    assert user.own() == []
    assert user.say(f"/start {before} he has just stabbed her").text.startswith("ACT NOW")


def test_an_invitation_alone_is_left_where_it_is(user: User) -> None:
    sent = f"/start {INVITED}{'Ab3-_' * 8}"
    user.say(sent)
    assert user.own() == [sent]


@pytest.mark.parametrize("typed", ["/help\nboyf hits her", "/help@sharewell_bot\tboyf hits her", "/help boyf hits her"])
def test_a_command_ends_where_its_line_does(typed: str) -> None:
    command = command_in(typed)
    assert command is not None and (command.name, command.rest) == ("help", DANGER)


@pytest.mark.parametrize("how", ["say", "forward", "edit"])
def test_danger_behind_a_command_is_found_however_it_comes(how: str, user: User) -> None:
    user.say("/area")
    screen = getattr(user, how)(f"/help {DANGER}")
    assert screen.text.startswith("ACT NOW")


def test_danger_behind_a_command_is_found_after_a_kill(emulator: Emulator, start: Starting, tmp_path: Path) -> None:
    user = emulator.user()
    running = start()
    user.say("/check share-decision")
    running.stop()
    update = user.begin(lambda: user.person.say(f"/help {DANGER}"))
    journal = Journal(tmp_path / "telegram.db", time.time)
    journal.begin(update)
    journal.close()
    start()
    screen = user.until_done(update)
    assert screen.text.startswith("ACT NOW") and words.INTERRUPTED in screen.text
