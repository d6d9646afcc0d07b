"""A chat by Telegram as a user sees it: buttons, changes in place, pictures, documents, commands, links."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.channels.telegram import words
from bot.channels.telegram.commands import linked
from tests.channels.telegram.conftest import Starting
from tests.support.assistants import Bench, knowledge, made
from tests.support.bad_rasa import bad_rasa
from tests.support.documents import text_of
from tests.support.telegram.driver import SITE, Running
from tests.support.telegram.running import Emulator, User

NAMES = ["start", "ask", "check", "record", "advice", "train", "area", "privacy", "help", "stop"]


def test_a_check_takes_one_message(user: User) -> None:
    user.say("/check share-decision")
    first = user.all()
    for label in ("Yes", "Why this is asked", "Back one step", "Yes", "No"):
        user.press(label)
    assert len(user.all()) == len(first)
    assert user.new()[-1].number == first[-1].number
    assert "You chose: No" in user.new()[-1].text


def test_only_the_newest_message_has_buttons(user: User) -> None:
    user.open()
    user.say("/check share-decision")
    user.say("/area")
    user.say("/help")
    assert [bool(shown.buttons) for shown in user.all()][:-1] == [False] * (len(user.all()) - 1)
    assert user.all()[-1].buttons


def test_an_outcome_stays_to_be_read_again(user: User) -> None:
    user.say("/check share-decision")
    user.press("No")
    user.press("Record this decision")
    assert any("Do not share this now" in shown.text for shown in user.all())


def test_stop_ends_the_check(user: User) -> None:
    user.say("/check share-decision")
    assert "nothing was recorded" in user.press("Stop this check").text


def test_a_press_of_an_old_message_changes_nothing(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    old = user.new()[-1]
    value = old.buttons["Yes"]
    user.press("Yes")
    user.press("Yes")
    kept = emulator.do(lambda: user.person.chat.messages[old.number])
    again = user.until_done(user.begin(lambda: user.person.press_value(value, kept)))
    assert "That button belongs to an earlier step" in again.text


def test_the_toast_tells_a_screen_reader_of_a_change_in_place(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    user.press("Yes")
    queries = emulator.do(lambda: list(emulator.world.queries.values()))
    assert [query.toast for query in queries] == [words.NEXT_STEP]
    assert all(query.answered for query in queries)


def test_a_press_that_telegram_forgot_is_answered_all_the_same(emulator: Emulator, start: Starting) -> None:
    running = start()
    user = emulator.user()
    user.say("/check share-decision")
    running.stop()
    pressed = user.begin(lambda: user.person.press("Yes"))
    emulator.do(lambda: setattr(emulator.world, "ahead", 60.0))
    start()
    assert "Could somebody work out who this is about?" in user.until_done(pressed).text


def test_values_of_buttons_are_stable_and_short(user: User) -> None:
    user.say("/check")
    buttons = user.new()[-1].buttons
    assert buttons["Open the menu"] == "menu"
    assert len(buttons) == len(knowledge().checks) + 1
    assert all(1 <= len(value.encode()) <= 64 for value in buttons.values())


def test_a_long_name_of_a_button_stands_in_full_in_the_message(user: User) -> None:
    user.say("/check")
    shown = user.new()[-1]
    long = [label for label in shown.buttons if len(label) > 28]
    assert long and all(f"- {label}" in shown.text for label in long)


def test_an_answer_has_its_sources_as_links_to_its_page(user: User) -> None:
    user.say("/start topic_refusal-of-consent")
    links = {text: url for shown in user.new() for text, url in shown.links.items()}
    sources = [text for text in links if text.startswith("- B&NES 2018")]
    assert sources and all(links[text] == f"{SITE}/topic/refusal-of-consent" for text in sources)
    assert "past its review date" in sources[0]


def test_without_a_site_there_are_no_links(emulator: Emulator, start: Starting) -> None:
    start(site_url="")
    user = emulator.user()
    assert "B&NES 2018" in user.say("/start topic_refusal-of-consent").text
    assert [shown.links for shown in user.new() if shown.links] == []


@pytest.mark.parametrize("name", sorted(knowledge().topics)[::8])
def test_a_long_answer_fits_and_is_whole(name: str, user: User, emulator: Emulator) -> None:
    screen = user.say(f"/start topic_{name}")
    screen = user.press("More about this")
    longest = " ".join(knowledge().topics[name].long.split())
    assert " ".join(longest.split()[:8]) in screen.text and " ".join(longest.split()[-8:]) in screen.text
    assert emulator.do(lambda: list(emulator.world.refusals)) == []


def test_a_flowchart_is_a_photo_with_its_words(user: User) -> None:
    user.say("/check dbs-referral")
    user.press("See the flowchart")
    photo, steps = user.new()[0], user.new()[-1]
    assert photo.photo and photo.text.startswith("Flowchart: ")
    assert photo.file[:8] == b"\x89PNG\r\n\x1a\n"
    assert "1. " in steps.text and "Why this is asked" in steps.buttons


def test_a_long_flowchart_comes_as_a_file_too(user: User) -> None:
    user.say("/check gillick-competence")
    user.press("See the flowchart")
    shown = user.new()
    assert [each.photo for each in shown] == [True, False, False]
    assert shown[1].file_name == "flowchart-gillick-competence.png"


def test_a_letter_is_a_document_and_a_record_of_it_is_protected(user: User) -> None:
    user.say("/check share-decision")
    user.press("No")
    user.press("Draft a letter or form")
    user.press("Record of an information sharing decision")
    name, data = user.take("Take it as PDF")
    assert name.startswith("record-of-decision-") and "Not shared" in text_of(name, data)
    assert user.new()[-1].protected
    user.press("See all letters and forms")
    user.press("Escalation letter, first template")
    name, data = user.take("Take it as Word (DOCX)")
    assert "To whom it may concern" in text_of(name, data)
    assert not user.new()[-1].protected


def test_the_chat_shows_typing_while_rasa_thinks(
    emulator: Emulator, tmp_path: Path, loop: asyncio.AbstractEventLoop
) -> None:
    slow = bad_rasa("silence", seconds=1.0)
    client = asyncio.run_coroutine_threadsafe(slow.__aenter__(), loop).result(10)
    try:
        with made(tmp_path, client) as bench:
            running = Running(emulator, bench.assistant, tmp_path, loop)
            user = emulator.user()
            assert "I cannot understand free text at the moment" in user.say("do i always need consent").text
            assert emulator.do(lambda: set(user.person.chat.actions)) == {"typing"}
            running.stop()
    finally:
        asyncio.run_coroutine_threadsafe(slow.__aexit__(None, None, None), loop).result(10)


def test_the_commands_are_set_with_descriptions(emulator: Emulator, user: User) -> None:
    user.open()
    commands = emulator.do(lambda: dict(emulator.world.commands))
    (scope, listed), = commands.items()
    assert "all_private_chats" in scope
    assert [command["command"] for command in listed] == NAMES
    assert all(command["description"] for command in listed)
    assert "999" in emulator.do(lambda: emulator.world.about["description"])


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("/start", words.START_TITLE), ("/START", words.START_TITLE), ("/help@sharewell_bot", "What I can do"),
        ("/ask", words.ASK), ("/check", "Which check?"), ("/record", "There is no outcome to record yet"),
        ("/advice", "Ask an adviser without names"), ("/train", "Choose what you have time for"),
        ("/area", "Which area do you work in?"), ("/privacy", "Telegram sees"), ("/stop", "Ended and wiped"),
        ("/check share-decision", "Do you have a clear and proper purpose"), ("/check nothing", "Which check?"),
        ("/launch", "Messages that begin with / are not understood here."),
    ],
)  # fmt: skip
def test_each_command_opens_what_it_says(typed: str, seen: str, user: User) -> None:
    assert seen in user.say(typed).text


def test_a_question_may_follow_the_command(user: User) -> None:
    assert "consent" in user.say("/ask do i always need consent").text
    assert words.ASK_TITLE not in str(user.new())


def test_stop_forgets_the_conversation(user: User) -> None:
    user.say("/check share-decision")
    user.press("Yes")
    user.say("/stop")
    assert "You can go on where you were" not in user.open().text
    assert not any(shown.buttons for shown in user.all()[:-1])


@pytest.mark.parametrize(
    ("payload", "seen"),
    [
        ("topic_refusal-of-consent", "Usually you follow their wish"),
        ("check_share-decision", "Do you have a clear and proper purpose"),
        ("urgent_child-discloses", "999"),
        ("topic_nothing", words.UNKNOWN_LINK), ("rubbish", words.UNKNOWN_LINK), ("check_", words.UNKNOWN_LINK),
    ],
)  # fmt: skip
def test_a_deep_link_opens_a_topic_a_check_or_says_that_it_cannot(payload: str, seen: str, user: User) -> None:
    known = sorted(knowledge().triggers)
    used = payload.replace("child-discloses", known[0])
    screen = user.say(f"/start {used}")
    assert seen in screen.text and words.START_TITLE in screen.text


def test_every_unit_has_a_deep_link_that_telegram_takes() -> None:
    for kind, names in (("topic", knowledge().topics), ("check", knowledge().checks), ("urgent", knowledge().triggers)):
        for name in names:
            assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", f"{kind}_{name}")
            assert linked(f"{kind}_{name}", knowledge()) == f"{kind}:{name}"


def test_a_link_into_a_check_asks_before_it_ends_another(user: User) -> None:
    user.say("/check share-decision")
    user.press("Yes")
    screen = user.say("/start check_gillick-competence")
    assert "those answers are wiped" in screen.text
    assert "Could somebody work out who this is about?" in user.press("Go on with").text


def test_start_goes_on_where_the_chat_was(user: User, bench: Bench) -> None:
    user.say("/check share-decision")
    user.press("Yes")
    screen = user.open()
    assert words.START_TITLE in screen.text
    assert "You can go on where you were" in screen.text and "Could somebody work out" in screen.text
