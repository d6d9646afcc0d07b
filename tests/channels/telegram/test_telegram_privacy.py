"""What stays in a chat by Telegram, and what does not: driven as a user would."""

from __future__ import annotations

import time
from typing import Any

import pytest

from bot.channels.telegram import words
from tests.channels.telegram.conftest import Starting
from tests.support.assistants import Bench
from tests.support.telegram.person import MEDIA
from tests.support.telegram.running import Emulator, User

NAMED = "spoke to Kayleigh Ashgrove on 07700 900461, do i need consent"


def test_start_says_in_three_lines_what_is_kept(user: User) -> None:
    user.open()
    text = "\n".join(shown.text for shown in user.new())
    lines = text.split(words.START_TITLE)[1].strip().splitlines()[:3]
    assert all(line.startswith("- ") for line in lines)
    assert "Telegram sees" in lines[0]
    assert "30 minutes" in lines[1] and "/stop" in lines[1]
    assert "confirmed" in lines[2]
    assert "In immediate danger, call 999." in text


def test_a_message_with_details_is_deleted_and_gone_on_with_masked(user: User) -> None:
    user.open()
    screen = user.say(NAMED)
    assert NAMED not in user.own()
    assert words.DELETED in screen.text
    assert "Name of a person" in screen.text
    assert "spoke to [name] on [phone number], do i need consent" in screen.text
    assert "Kayleigh" not in str(user.all()) and "900461" not in str(user.all())
    assert "That is not identifying" in screen.buttons


def test_a_message_without_details_stays(user: User) -> None:
    user.say("do i always need consent")
    assert user.own() == ["do i always need consent"]


def test_what_was_said_to_be_no_name_is_not_deleted(user: User) -> None:
    user.say("can i tell the school about Rose")
    user.press("That is not identifying")
    user.say("is Rose right about consent")
    assert user.own() == ["is Rose right about consent"]


def test_where_deletion_fails_the_user_is_told_to_delete(emulator: Emulator, user: User) -> None:
    user.open()
    emulator.do(lambda: setattr(emulator.world, "undeletable", True))
    screen = user.say(NAMED)
    assert words.NOT_DELETED_TITLE in screen.text and words.DELETED not in screen.text
    assert NAMED in user.own()


def test_a_message_that_comes_after_two_days_cannot_be_deleted(emulator: Emulator, start: Starting) -> None:
    user = emulator.user()
    sent = user.begin(lambda: user.person.say(NAMED))
    emulator.do(lambda: setattr(emulator.world, "ahead", 49 * 3600.0))
    start()
    assert words.NOT_DELETED_TITLE in user.until_done(sent).text


def test_danger_comes_before_the_note_of_a_deletion(user: User) -> None:
    screen = user.say("Kayleigh Ashgrove has just been stabbed by her dad, what do i do")
    assert screen.text.startswith("ACT NOW") and "999" in screen.text
    assert screen.text.index("999") < screen.text.index(words.DELETED_TITLE)
    assert user.own() == []


def test_an_edited_message_passes_the_gate(user: User) -> None:
    user.say("do i need consent")
    screen = user.edit(NAMED)
    assert user.own() == []
    assert words.DELETED in screen.text and "spoke to [name] on [phone number]" in screen.text
    assert "Kayleigh" not in str(user.all())


def test_an_edited_message_is_no_second_answer(user: User) -> None:
    user.say("/check share-decision")
    first = user.say("yes")
    assert "Could somebody work out who this is about?" in first.text
    screen = user.edit("no")
    assert screen.text == f"{words.EDITED_TITLE} {words.EDITED}"
    assert "Could somebody work out" in user.say("/check share-decision").text


def test_an_edited_message_of_danger_is_answered(user: User) -> None:
    user.say("do i need consent")
    assert "999" in user.edit("he has just stabbed her and she is bleeding").text


@pytest.mark.parametrize("kind", sorted(MEDIA))
def test_what_is_no_text_is_refused_deleted_and_not_downloaded(kind: str, emulator: Emulator, user: User) -> None:
    user.open()
    before = len(user.own())
    screen = user.send(kind)
    assert words.KINDS[kind] in screen.text and "did not open it" in screen.text
    assert len(user.own()) == before
    assert "getfile" not in [method for method, _ in emulator.do(lambda: list(emulator.world.calls))]


def test_a_caption_is_read_for_danger_only(user: User) -> None:
    assert "999" in user.send("photo", "he has just stabbed her and she is bleeding").text
    calm = user.send("photo", "do i always need consent")
    assert words.REFUSED_TITLE in calm.text and "consent is needed" not in calm.text


def test_an_album_is_refused_once(emulator: Emulator, user: User) -> None:
    user.open()
    first = user.begin(lambda: user.person.send("photo", media_group_id="a1"))
    second = user.begin(lambda: user.person.send("photo", media_group_id="a1"))
    user.until_done(first)
    user.until_done(second)
    assert sum(words.REFUSED_TITLE in shown.text for shown in user.all()) == 1
    assert emulator.do(lambda: len(user.person.chat.gone)) == 2


def test_a_forwarded_message_is_nobodys_answer(user: User) -> None:
    user.say("/check share-decision")
    screen = user.forward("yes")
    assert words.FORWARDED_TITLE in screen.text
    assert "Do you have a clear and proper purpose" in user.say("/check share-decision").text


def test_a_forwarded_message_with_details_is_deleted(user: User) -> None:
    screen = user.forward(NAMED)
    assert user.own() == []
    assert "spoke to [name]" in screen.text


_ELSEWHERE = {"origin": {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1_700_000_000}}


@pytest.mark.parametrize(
    "more",
    [
        {"external_reply": _ELSEWHERE, "quote": {"text": NAMED, "position": 0}},
        {"external_reply": {**_ELSEWHERE, "contact": {"phone_number": "07700 900123", "first_name": "Kayleigh"}}},
        {"entities": [{"type": "text_link", "offset": 0, "length": 2, "url": "https://example.org/kayleigh.ashgrove"}]},
    ],
    ids=["quote", "contact", "link"],
)
def test_what_comes_with_a_text_passes_the_gate_too(more: dict[str, Any], user: User) -> None:
    user.until_done(user.begin(lambda: user.person.say("is that all right to send", **more)))
    assert user.own() == []
    assert "ashgrove" not in user.new()[-1].text.casefold() and "07700" not in user.new()[-1].text


def test_a_checklist_is_refused_and_deleted(user: User) -> None:
    listed = {"title": "calls", "tasks": [{"id": 1, "text": NAMED}]}
    user.until_done(user.begin(lambda: user.person.send("photo", photo=None, checklist=listed)))
    assert user.own() == []


@pytest.mark.parametrize("command", ["/help", "/record", "/check", "/stop", "/start", "/train"])
def test_danger_after_a_command_comes_first(command: str, user: User) -> None:
    assert "999" in user.say(f"{command} he has just stabbed her").text.splitlines()[0]


def test_a_record_is_protected_and_nothing_else_is(user: User) -> None:
    user.say("/check share-decision")
    assert not user.new()[-1].protected
    user.press("No")
    assert not user.new()[-1].protected
    user.press("Record this decision")
    assert all(shown.protected for shown in user.new())
    user.press("Go to the preview")
    preview = user.new()
    assert "Nothing has been written yet" in preview[-1].text and all(shown.protected for shown in preview)
    user.press("Confirm and record")
    assert all(shown.protected for shown in user.new())


def test_identifying_details_are_never_asked_for_here(user: User) -> None:
    user.say("/check share-decision")
    user.press("No")
    user.press("Record this decision")
    user.press("Go to the preview")
    screen = user.press("Confirm and record")
    assert "Your reference is SW-" in screen.text
    assert "Identifying details are not typed into this chat." in screen.text
    assert "https://advice.example.org/office" in screen.text
    assert not any("identifying details" in label for label in screen.buttons)


def test_a_group_is_refused_and_left(emulator: Emulator, user: User) -> None:
    member = emulator.user(77)
    joined = member.begin(lambda: member.person.invite(-100_500))
    member.until_done(joined)
    assert emulator.do(lambda: member.person.chat.left)
    assert words.GROUP in str(member.all())


@pytest.mark.parametrize("kind", ["supergroup", "group", "channel"])
def test_a_group_in_which_the_bot_may_not_write_is_left_all_the_same(
    kind: str, emulator: Emulator, user: User
) -> None:
    member = emulator.user(77)
    emulator.do(lambda: setattr(emulator.world.chat(-100_501), "muted", True))
    member.until_done(member.begin(lambda: member.person.invite(-100_501, kind)))
    assert emulator.do(lambda: member.person.chat.left) and member.all() == []
    assert "Which area" in user.say("/area").text


def test_a_dice_that_telegram_does_not_let_us_delete_is_told(user: User) -> None:
    screen = user.send("dice")
    assert words.REFUSED_NOT_DELETED.format(what="dice") in screen.text


def test_an_edited_caption_is_read_for_danger(user: User) -> None:
    user.emulator.do(lambda: setattr(user.emulator.world, "undeletable", True))
    user.send("photo", "do i need consent")
    edited = user.begin(lambda: user.person.edit_caption("he has just stabbed her and she is bleeding"))
    assert user.until_done(edited).text.startswith("ACT NOW")


@pytest.mark.parametrize(
    "kind", ["channel_post", "edited_channel_post", "inline_query", "chosen_inline_result", "poll", "poll_answer",
             "message_reaction", "business_message", "chat_member", "chat_join_request"],
)  # fmt: skip
def test_what_is_no_private_message_is_not_even_asked_for(kind: str, emulator: Emulator, user: User) -> None:
    user.open()
    emulator.do(lambda: emulator.world.queue({kind: {"id": "x", "text": NAMED}}))
    assert emulator.do(lambda: list(emulator.world.unwanted)) == [kind]
    assert "Which area" in user.say("/area").text


def test_no_number_of_a_user_is_in_any_file(user: User, bench: Bench, tmp_path: object) -> None:
    from pathlib import Path

    user.say("/check share-decision")
    user.press("Yes")
    user.say(NAMED)
    forms = [b"4100200300", (4_100_200_300).to_bytes(8, "big"), (4_100_200_300).to_bytes(5, "big"),
             (4_100_200_300).to_bytes(8, "little"), b"Invented", b"Kayleigh"]  # fmt: skip
    assert isinstance(tmp_path, Path)
    found = [
        f"{path.name}: {form!r}"
        for path in tmp_path.rglob("*") if path.is_file()
        for form in forms if form in path.read_bytes()
    ]  # fmt: skip
    assert found == []
    assert (tmp_path / "telegram.db").is_file() and (tmp_path / "sessions.db").is_file()


def test_a_user_who_blocks_the_bot_is_forgotten(user: User, bench: Bench) -> None:
    user.say("/check share-decision")
    user.press("Yes")
    user.block()
    user.emulator.do(user.person.unblock)
    assert words.START_TITLE in user.open().text
    assert "You can go on where you were" not in str(user.new())


DANGER = "Kayleigh Ashgrove has just been stabbed and she is bleeding"


@pytest.mark.parametrize("how", ["say", "forward"])
def test_words_for_danger_do_not_wait_until_the_message_is_deleted(how: str, emulator: Emulator, user: User) -> None:
    emulator.do(lambda: emulator.world.faults.add("delay", "deleteMessage", seconds=3.0))
    began = time.monotonic()
    update = user.begin(lambda: int(getattr(user.person, how)(DANGER)))
    emulator.wait(lambda: bool(user.person.all()), "the words for danger")
    assert time.monotonic() - began < 2.0 and user.all()[0].text.startswith("ACT NOW")
    user.until_done(update)
    told = user.all()[1:]
    assert len(told) == 1 and words.DELETED in told[0].text and user.own() == []


def test_where_telegram_asks_to_wait_deletions_are_not_asked_for_one_by_one(emulator: Emulator, user: User) -> None:
    emulator.do(lambda: emulator.world.faults.add("429", "deleteMessages", seconds=60))
    emulator.do(lambda: emulator.world.faults.add("429", "deleteMessage", times=5, seconds=60))
    sent = emulator.do(lambda: [user.person.forward(NAMED) for _ in range(6)])
    for update in sent:
        user.until_done(update)
    called = [name for name, _ in emulator.do(lambda: list(emulator.world.calls))]
    assert called.count("deletemessage") + called.count("deletemessages") == 2
    assert len(user.own()) == 6 and all(words.NOT_DELETED in shown.text for shown in user.all())


def test_a_second_tap_does_not_delay_the_deletion_of_what_comes_after_it(emulator: Emulator, user: User) -> None:
    user.say("/check share-decision")
    emulator.do(lambda: emulator.world.faults.add("delay", "editMessageText", seconds=2.0))
    emulator.do(lambda: emulator.world.faults.add("delay", "answerCallbackQuery", times=2, seconds=3.0))
    value = user.all()[-1].buttons["Yes"]
    kept = emulator.do(lambda: user.person.chat.messages[user.person.all()[-1].number])
    taps = [user.begin(lambda: user.person.press_value(value, kept)) for _ in range(2)]
    named = user.begin(lambda: user.person.say(NAMED))
    began = time.monotonic()
    emulator.wait(lambda: NAMED not in user.person.own(), "the deletion")
    assert time.monotonic() - began < 1.5
    for update in (*taps, named):
        user.until_done(update)
