"""A button that is pressed twice, or after the screen has gone on, as it happens on a slow line."""

from __future__ import annotations

import copy

from bot.channels.telegram import words
from bot.conversation import words as said
from tests.support.telegram.running import Emulator, User

SECOND_QUESTION = "Could somebody work out who this is about?"


def test_a_double_tap_is_one_press(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    taps = emulator.do(lambda: [user.person.press("Yes") for _ in range(2)])
    for update in taps:
        user.until_done(update)
    text = user.all()[-1].text
    assert text.count("You chose: Yes") == 1 and SECOND_QUESTION in text and said.OLD_BUTTON not in text
    assert len(user.all()) == 1
    queries = emulator.do(lambda: list(emulator.world.queries.values()))
    assert len(queries) == 2 and all(query.answered for query in queries), "a waiting sign stays"


def test_a_second_tap_that_comes_after_the_change_changes_nothing(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    before = emulator.do(lambda: copy.deepcopy(user.person.chat.messages[user.person.all()[-1].number]))
    value = user.all()[-1].buttons["Yes"]
    user.press("Yes")
    shown = user.all()
    user.until_done(user.begin(lambda: user.person.press_value(value, before)))
    assert user.all() == shown
    queries = emulator.do(lambda: list(emulator.world.queries.values()))
    assert [query.toast for query in queries] == [words.NEXT_STEP] * 2


def test_a_second_tap_of_back_that_was_made_before_the_change_goes_back_once(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    user.press("Yes")
    user.press("No")
    before = emulator.do(lambda: copy.deepcopy(user.person.chat.messages[user.person.all()[-1].number]))
    value = user.all()[-1].buttons["Back one step"]
    user.press("Back one step")
    user.until_done(user.begin(lambda: user.person.press_value(value, before)))
    assert SECOND_QUESTION in user.all()[-1].text


def test_back_may_be_pressed_again_after_the_change(user: User) -> None:
    user.say("/check share-decision")
    user.press("Yes")
    user.press("No")
    user.press("Back one step")
    assert "Do you have a clear and proper purpose" in user.press("Back one step").text


def test_back_may_be_pressed_again_while_the_first_press_is_still_being_confirmed(
    emulator: Emulator, user: User
) -> None:
    user.say("/check share-decision")
    user.press("Yes")
    user.press("No")
    last = user.all()[-1].text
    emulator.do(lambda: emulator.world.faults.add("delay", "answerCallbackQuery", seconds=1.5))
    first = user.begin(lambda: user.person.press("Back one step"))
    emulator.wait(lambda: user.person.all()[-1].text != last, "the step before")
    second = user.begin(lambda: user.person.press("Back one step"))
    for update in (first, second):
        user.until_done(update)
    assert "Do you have a clear and proper purpose" in user.all()[-1].text


def test_another_button_of_the_step_before_is_not_said_to_be_chosen(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    before = emulator.do(lambda: copy.deepcopy(user.person.chat.messages[user.person.all()[-1].number]))
    value = user.all()[-1].buttons["No"]
    user.press("Yes")
    user.until_done(user.begin(lambda: user.person.press_value(value, before)))
    text = user.all()[-1].text
    assert said.OLD_BUTTON in text and SECOND_QUESTION in text and "You chose: No" not in text


def test_a_double_tap_that_is_answered_below_is_answered_once(emulator: Emulator, user: User) -> None:
    user.say("/start topic_refusal-of-consent")
    before = emulator.do(lambda: copy.deepcopy(user.person.chat.messages[user.person.all()[-1].number]))
    value = user.all()[-1].buttons["More about this"]
    user.press("More about this")
    count = len(user.all())
    user.until_done(user.begin(lambda: user.person.press_value(value, before)))
    assert len(user.all()) == count
    assert emulator.do(lambda: [query.toast for query in emulator.world.queries.values()])[-1] == words.ANSWERED_BELOW


def test_a_document_that_is_tapped_twice_comes_once(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    user.press("No")
    user.press("Draft a letter or form")
    user.press("Record of an information sharing decision")
    taps = emulator.do(lambda: [user.person.press("Take it as PDF") for _ in range(2)])
    for update in taps:
        user.until_done(update)
    assert sum(bool(shown.file_name) for shown in user.all()) == 1


def test_a_step_that_is_shown_already_stays_as_it_is(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    kept = emulator.do(lambda: user.person.chat.messages[user.person.all()[-1].number])
    user.until_done(user.begin(lambda: user.person.press_value("answer:nonsense", kept)))
    shown = user.all()
    assert len(shown) == 1 and "Do you have a clear and proper purpose" in shown[0].text
    user.until_done(user.begin(lambda: user.person.press_value("answer:rubbish", kept)))
    assert user.all() == shown
    refused = emulator.do(lambda: list(emulator.world.refusals))
    assert len(refused) == 1 and "message is not modified" in refused[0]
