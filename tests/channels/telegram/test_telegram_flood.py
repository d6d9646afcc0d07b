"""One chat that sends more than can be answered: others are answered at once, and nothing of it is silently lost."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette

from bot.channels.telegram import Pace, words
from bot.channels.telegram.journal import Journal
from bot.channels.telegram.lanes import MOST_WAITING
from tests.channels.telegram.conftest import Starting
from tests.support.telegram.driver import Running
from tests.support.telegram.running import Emulator, User, served

MANY = 150
NAMED = "spoke to Kayleigh Ashgrove on 07700 900461"
DANGER = "he has just stabbed her and she is bleeding"
PUBLIC = "https://bot.example.org"


@pytest.fixture(params=["polling", "webhook"])
def running(
    request: pytest.FixtureRequest, emulator: Emulator, start: Starting, loop: asyncio.AbstractEventLoop
) -> Iterator[Running]:
    """The channel, seven messages a second in a chat, as a whole flood would take minutes otherwise."""
    pace = Pace(25.0, 0.15)
    if request.param == "polling":
        yield start(pace=pace)
        return
    running = start(pace=pace, webhook_url=PUBLIC)
    with served(Starlette(routes=list(running.channel.routes)), loop) as address:
        emulator.do(lambda: emulator.world.hosts.update({PUBLIC: address}))
        emulator.wait(lambda: bool(emulator.world.webhook), "the webhook")
        yield running


def test_a_flood_of_one_chat_holds_up_nobody_else(emulator: Emulator, running: Running) -> None:
    flooding, other = emulator.user(5_000), emulator.user(5_001)
    emulator.do(lambda: [flooding.person.forward(NAMED) for _ in range(MANY)])
    began = time.monotonic()
    other.begin(lambda: other.person.say("/help"))
    emulator.wait(lambda: bool(other.person.all()), "the answer")
    assert time.monotonic() - began < 4.0, "`sharewell bench telegram flood` says the time on a quiet machine"
    assert "What I can do" in other.all()[-1].text
    emulator.wait(lambda: not flooding.person.own(), "each message of the flood is deleted")
    assert time.monotonic() - began < 8.0
    called = [name for name, _ in emulator.do(lambda: list(emulator.world.calls))]
    assert called.count("deletemessage") + called.count("deletemessages") < MANY, "they are deleted together"
    _until_told(emulator, flooding)
    told = [shown.text for shown in flooding.all()]
    assert len(told) <= MOST_WAITING + 2 and words.PUT_BY in told[-1] and words.PUT_BY_DELETED in told[-1]
    assert all(NAMED not in text and "Kayleigh" not in text for text in told)
    assert "Which area" in flooding.say("/area").text, "the chat is answered as before"


@pytest.mark.parametrize("danger", [DANGER, "/help boyf hits her"])
def test_danger_in_a_flood_comes_before_the_rest_of_it(danger: str, emulator: Emulator, start: Starting) -> None:
    start(pace=Pace(25.0, 0.08))
    user = emulator.user()
    said = [NAMED] * (2 * MOST_WAITING) + [danger] * 3 + [NAMED] * 5
    emulator.do(lambda: [user.person.forward(text) for text in said])
    _until_told(emulator, user)
    texts = [shown.text for shown in user.all()]
    urgent = [number for number, text in enumerate(texts) if text.startswith("ACT NOW")]
    assert len(urgent) == 1 and urgent[0] <= 2, "the words for one danger come once, and early"


def test_a_burst_of_a_few_messages_is_answered_one_by_one(emulator: Emulator, user: User) -> None:
    sent = [user.begin(partial(user.person.say, "/area")) for _ in range(MOST_WAITING)]
    for update in sent:
        user.until_done(update)
    assert sum("Which area" in shown.text for shown in user.all()) == MOST_WAITING
    assert not any(words.PUT_BY in shown.text for shown in user.all())


@pytest.mark.parametrize("text", [DANGER, f"/help {DANGER}"])
def test_what_was_put_by_before_a_kill_is_told_after_it(
    emulator: Emulator, start: Starting, tmp_path: Path, text: str
) -> None:
    user = emulator.user()
    update = user.begin(lambda: user.person.say(text))
    journal = Journal(tmp_path / "telegram.db", time.time)
    journal.put_by(update)
    journal.close()
    start()
    screen = user.until_done(update)
    assert screen.text.startswith("ACT NOW") and words.PUT_BY in screen.text


def test_danger_that_was_put_by_before_a_kill_is_told_though_a_newer_one_tells_of_none(
    emulator: Emulator, start: Starting, tmp_path: Path
) -> None:
    user = emulator.user()
    emulator.do(lambda: emulator.world.faults.add("delay", "sendMessage", seconds=0.5))
    updates = [user.begin(partial(user.person.say, text)) for text in ("/area", DANGER, "what is consent")]
    journal = Journal(tmp_path / "telegram.db", time.time)
    for update in updates[1:]:
        journal.put_by(update)
    journal.close()
    start()
    user.until_done(updates[-1])
    assert user.all()[1].text.startswith("ACT NOW") and words.PUT_BY in user.all()[1].text


def test_where_the_messages_of_a_flood_cannot_be_deleted_the_user_is_told_to(emulator: Emulator, user: User) -> None:
    emulator.do(lambda: setattr(emulator.world, "undeletable", True))
    emulator.do(lambda: [user.person.forward(NAMED) for _ in range(3 * MOST_WAITING)])
    _until_told(emulator, user)
    assert words.PUT_BY_NOT_DELETED in user.all()[-1].text and words.PUT_BY_DELETED not in user.all()[-1].text


def test_a_message_with_details_is_deleted_while_an_earlier_one_waits_for_its_answer(
    emulator: Emulator, user: User
) -> None:
    emulator.do(lambda: emulator.world.faults.add("delay", "sendMessage", seconds=1.5))
    slow = user.begin(lambda: user.person.say("/area"))
    emulator.wait(lambda: not emulator.world.faults.waiting, "the delay")
    sent = [user.begin(lambda: user.person.say(NAMED)), user.begin(lambda: user.person.send("photo"))]
    emulator.wait(lambda: user.person.own() == ["/area"], "the deletion")
    assert user.all() == [], "it did not wait for the answer before it"
    for update in (slow, *sent):
        user.until_done(update)
    texts = [shown.text for shown in user.all()]
    assert len(texts) == 3, "each is answered, in the order of the conversation"
    for text, seen in zip(texts, ("Which area", words.DELETED, words.REFUSED_TITLE), strict=True):
        assert seen in text


def test_one_message_that_cannot_be_deleted_does_not_keep_the_others_of_a_burst(
    emulator: Emulator, user: User
) -> None:
    kinds = ("photo", "photo", "dice", "photo", "photo")
    sent = emulator.do(lambda: [user.person.send(kind) for kind in kinds])
    for update in sent:
        user.until_done(update)
    assert len(user.own()) == 1 and emulator.do(lambda: len(user.person.chat.gone)) == 4
    left = words.REFUSED_NOT_DELETED.format(what="dice")
    assert [left in shown.text for shown in user.all()] == [kind == "dice" for kind in kinds]


def test_a_group_that_floods_is_left(emulator: Emulator, user: User) -> None:
    member = emulator.user(77)
    emulator.do(lambda: member.person.invite(-100_700))
    sent = emulator.do(lambda: [member.person.say("/help") for _ in range(40)])
    for update in sent:
        member.until_done(update)
    assert emulator.do(lambda: member.person.chat.left) and len(member.all()) <= 2


def test_long_messages_of_one_chat_do_not_hold_up_another(emulator: Emulator, user: User) -> None:
    long = " ".join([NAMED] * 80)[:4_000]
    emulator.do(lambda: [user.person.forward(long) for _ in range(12)])
    other = emulator.user(5_000)
    other.begin(lambda: other.person.say("/help"))
    emulator.wait(lambda: bool(other.person.all()), "the answer")
    assert user.own(), "it did not wait until all of them were read"
    emulator.wait(lambda: not user.person.own(), "each is deleted")


def _until_told(emulator: Emulator, user: User) -> None:
    emulator.wait(lambda: any(words.PUT_BY in shown.text for shown in user.person.all()), "the note of the flood")
