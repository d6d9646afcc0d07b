"""Keeping progress: a made-up name, a code shown once, what a manager sees, wiping it, and the certificate."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.conversation import learning_words as words
from bot.conversation import words as said
from bot.conversation.messages import Message, Reply
from bot.errors import SharewellError
from tests.support.assistants import Bench, made
from tests.support.documents import text_of
from tests.support.lessons import ALARMING, MODULE, RIGHT, WRONG, knowledge_with_lessons

ASK_NAME = "learn:decide:pseudonym"
ASK_CODE = "learn:decide:code"


def _run(tmp_path: Path, talk: Callable[[Bench], Awaitable[None]]) -> None:
    with made(tmp_path, known=knowledge_with_lessons) as bench:
        asyncio.run(talk(bench))  # type: ignore[arg-type]
        assert [entry.kind.value for entry in bench.log.entries()] == ["genesis"]


async def _kept(bench: Bench, name: str = "Blue Otter") -> str:
    """Begins a learning record, and gives its code."""
    await bench.press(ASK_NAME)
    reply = await bench.choose(await bench.say(name), "Keep my progress")
    part = next(part for part in reply.parts if part.kind == "once")
    return dict(part.rows)["Code"]


async def _answer(bench: Bench, how: str) -> Reply:
    """Answers every question of the module."""
    reply = await bench.press(f"learn:quiz:{MODULE}")
    while reply.id.startswith("question:"):
        name = reply.id.split("/")[-1]
        await bench.say(f"{how} ({name})")
        reply = await bench.say("sure")
        last, reply = reply, await bench.say("next")
    return last


async def _walk(bench: Bench, number: int) -> Reply:
    await bench.press(f"learn:case:{MODULE}:{number}")
    return await bench.say("tell her the address" if number == 1 else ALARMING)


def test_nothing_is_kept_before_it_is_chosen_and_confirmed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _answer(bench, WRONG)
        progress = await bench.press("learn:progress")
        assert words.PROGRESS_CONVERSATION in progress.text and "0 of 4 questions right" in progress.text
        asked = await bench.choose(progress, "Keep my progress")
        assert words.PRIVACY.format(months=24) in asked.text
        sure = await bench.say("Blue Otter")
        assert "Keep progress as Blue Otter?" in sure.text
        assert not (tmp_path / "training.db").exists()
        await bench.choose(sure, "Back to my progress")
        assert not (tmp_path / "training.db").exists()

    _run(tmp_path, talk)


def test_the_code_is_shown_once_and_stands_nowhere(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _answer(bench, WRONG)
        code = await _kept(bench)
        assert re.fullmatch(r"\d{4} \d{4} \d{4} \d{4}", code)
        digits = code.replace(" ", "")
        for value in ("show", "learn:progress", "menu", "learn:home"):
            reply = await bench.press(value)
            assert code not in reply.text and digits not in str(reply.as_json())
        assert "Kept as Blue Otter." in (await bench.press("learn:progress")).text
        for path in tmp_path.iterdir():
            content = path.read_bytes()
            assert code.encode() not in content and digits.encode() not in content, path.name

    _run(tmp_path, talk)


def test_the_code_opens_the_record_in_another_chat_and_is_not_told_back(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _answer(bench, RIGHT)
        code = await _kept(bench)
        bench.chat = "another device"
        await bench.say("/train")
        await bench.press(ASK_CODE)
        short = await bench.say(code[:-1])
        assert words.CODE_SHORT in short.text and short.echo == ""
        wrong = await bench.say("0000 0000 0000 0000")
        assert wrong.kind == "error" and wrong.echo == "" and "opens no progress" in wrong.text
        opened = await bench.say(f"my code is {code}")
        assert words.CODE_OPENED.format(pseudonym="Blue Otter") in opened.text and opened.echo == ""
        assert "4 of 4 questions right" in opened.text
        session = bench.store.load(bench.chat, bench.clock().timestamp()).session
        assert session is not None and code.replace(" ", "") not in session.as_text().replace(" ", "")

    _run(tmp_path, talk)


def test_a_real_name_is_pointed_out_and_taken_only_as_no_name(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(ASK_NAME)
        real = await bench.say("Sarah Jones")
        assert words.PSEUDONYM_REAL in real.text and "Sarah" not in real.text
        taken = await bench.choose(real, "That is not identifying")
        assert "Keep progress as Sarah Jones?" in taken.text

    _run(tmp_path, talk)


def test_a_name_that_cannot_be_kept_is_refused_in_words(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(ASK_NAME)
        reply = await bench.say("Blue 100% +")
        assert reply.kind == "error" and "cannot be kept" in reply.text and words.PSEUDONYM_TITLE in reply.text
        suggested = await bench.press(ASK_NAME)
        name = suggested.buttons[0].label
        assert f"Keep progress as {name}?" in (await bench.choose(suggested, name)).text

    _run(tmp_path, talk)


def test_a_command_typed_in_the_place_of_a_made_up_name_is_no_name(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(ASK_NAME)
        for typed in ("no", "yes", "No thanks", "not sure", "confirm", "ok", "Yes."):
            again = await bench.say(typed)
            assert words.NEXT_UNCLEAR in again.text and words.PSEUDONYM in again.text, typed
        menu = await bench.say("menu")
        assert menu.text == (await bench.press("menu")).text and words.PSEUDONYM in menu.text
        assert "Keep progress as" not in (await bench.say("exit")).text
        assert words.PROGRESS_TITLE in (await bench.say("back")).text
        await bench.press(ASK_NAME)
        assert words.LEFT in (await bench.say("stop")).text
        await bench.press(ASK_NAME)
        assert "Keep progress as True Otter?" in (await bench.say("True Otter")).text

    _run(tmp_path, talk)


@pytest.mark.parametrize("name", ["Dr. Marian Fletcher", "M" * 41, "Marian Fletcher, ward 4", "M" * 101])
def test_a_name_for_managers_that_cannot_be_kept_is_refused_when_it_is_typed(name: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _kept(bench)
        await bench.press("learn:decide:share")
        refused = await bench.say(name)
        assert "cannot be kept" in refused.text and "at most 40 letters" in refused.text
        assert words.SHARE in refused.text and name not in refused.text
        assert refused.echo == "" and refused.entry == "private"
        taken = await bench.say("Dr Marian " + "F" * 30)
        assert words.SHARED in (await bench.choose(taken, "Show this to managers")).text

    _run(tmp_path, talk)


def test_sharing_needs_ones_own_name_twice_and_ends_at_any_time(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _kept(bench)
        await bench.press("learn:decide:share")
        typed = await bench.say("Marian Fletcher ward 4")
        assert typed.echo == "" and typed.entry == "private" and "Marian Fletcher ward 4" in typed.text
        session = bench.store.load(bench.chat, bench.clock().timestamp()).session
        assert session is not None and "Marian" not in session.as_text()
        await bench.choose(typed, "Type another name")
        shared = await bench.choose(await bench.say("Marian Fletcher"), "Show this to managers")
        training = bench.assistant.training
        assert training is not None and words.SHARED in shared.text and "Marian" not in shared.text
        assert [each.name for each in training.shared()] == ["Marian Fletcher"]
        stopped = await bench.choose(shared, "Stop sharing with managers")
        assert words.UNSHARED in stopped.text and training.shared() == ()

    _run(tmp_path, talk)


def test_a_name_is_not_typed_on_a_channel_of_a_third_party(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _kept(bench)
        asked = await bench.assistant.turn(Message(bench.chat, button="learn:decide:share", private_entry=False))
        assert words.SHARE_ELSEWHERE in asked.text
        reply = await bench.assistant.turn(Message(bench.chat, text="Marian Fletcher", private_entry=False))
        assert "Marian" not in reply.text and said.MASKED_ONE in reply.text

    _run(tmp_path, talk)


def test_wiping_closing_and_a_new_code(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        code = await _kept(bench)
        renewed = await bench.choose(await bench.press("learn:decide:new-code"), "Make a new code")
        fresh = dict(next(part for part in renewed.parts if part.kind == "once").rows)["Code"]
        assert words.CLOSED_RECORD in (await bench.press("learn:close")).text
        await bench.press(ASK_CODE)
        assert (await bench.say(code)).kind == "error"
        assert words.CODE_OPENED.format(pseudonym="Blue Otter") in (await bench.say(fresh)).text
        await bench.press("learn:decide:wipe")
        assert words.PROGRESS_TITLE in (await bench.say("no")).text
        await bench.press("learn:decide:wipe")
        assert words.WIPED in (await bench.say("yes")).text
        await bench.press(ASK_CODE)
        assert (await bench.say(fresh)).kind == "error"

    _run(tmp_path, talk)


def test_after_wiping_nothing_of_the_answers_is_shown_or_kept_again(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _kept(bench)
        await _answer(bench, RIGHT)
        await _walk(bench, 1)
        await bench.press("learn:decide:wipe")
        wiped = await bench.say("yes")
        assert words.WIPED in wiped.text and words.PROGRESS_NOTHING in wiped.text
        await _kept(bench, "Green Heron")
        assert words.PROGRESS_NONE_BEGUN in (await bench.press("learn:progress")).text

    _run(tmp_path, talk)


def test_a_record_wiped_elsewhere_is_said_to_be_gone(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _kept(bench)
        await bench.press(f"learn:quiz:{MODULE}")
        session = bench.store.load(bench.chat, bench.clock().timestamp()).session
        assert session is not None and session.learning is not None and bench.assistant.training is not None
        bench.assistant.training.wipe(session.learning.learner)
        assert "0 of 4 questions right" in (await bench.press("learn:modules")).text
        await bench.press(f"learn:quiz:{MODULE}")
        await bench.say("the first one")
        told = await bench.say("sure")
        assert words.LEARNER_GONE in told.text and told.id.startswith("feedback:")
        assert words.PROGRESS_CONVERSATION in (await bench.press("learn:progress")).text

    _run(tmp_path, talk)


def test_learning_goes_on_where_the_database_does_not(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _kept(bench)
        assert bench.assistant.training is not None
        bench.assistant.training.close()
        for path in tmp_path.glob("training.db*"):
            path.write_bytes(b"no database " * 1000)
        await bench.press(f"learn:quiz:{MODULE}")
        await bench.say("the first one")
        told = await bench.say("sure")
        assert words.NOT_KEPT_NOW in told.text and told.id.startswith("feedback:")
        assert "of 4 questions right" in (await bench.press("learn:modules")).text
        assert words.PROGRESS_CONVERSATION in (await bench.press("learn:progress")).text

    _run(tmp_path, talk)


def test_a_completed_module_gives_a_certificate_as_a_document(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _answer(bench, RIGHT)
        await _walk(bench, 1)
        with pytest.raises(SharewellError, match="needs a learning record"):
            await bench.assistant.document(bench.chat, "training-certificate", "pdf")
        await _kept(bench)
        assert (await bench.press("learn:progress")).documents == ()
        with pytest.raises(SharewellError, match="No module is complete"):
            await bench.assistant.document(bench.chat, "training-certificate", "pdf")
        assert words.MODULE_DONE.format(title="Consent, refusal and trust") in (await _walk(bench, 2)).text
        progress = await bench.press("learn:progress")
        assert [document.id for document in progress.documents] == ["training-certificate"]
        value = progress.documents[0].offer()[0].value
        assert (await bench.press(value)).documents == progress.documents  # where a channel sends it back as a turn
        file = await bench.assistant.document(bench.chat, "training-certificate", "pdf")
        text = text_of(file.name, file.data)
        assert file.name == "training-certificate-2026-11-20.pdf" and file.media_type == "application/pdf"
        assert "Blue Otter" in text and "Consent, refusal and trust" in text

    _run(tmp_path, talk)


def test_what_was_missed_comes_again_on_a_later_day(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        code = await _kept(bench)
        await _answer(bench, WRONG)
        bench.clock.forward(3 * 24 * 60 * 60)
        assert said.EXPIRED.format(minutes=30) in (await bench.press(ASK_CODE)).text
        assert "Questions to repeat today: 4." in (await bench.say(code)).text
        three = await bench.say("/quiz")
        assert "Question 1 of 3" in three.text
        for _ in range(3):
            name = (await bench.press("show")).id.split("/")[-1]
            await bench.say(f"{RIGHT} ({name})")
            await bench.say("sure")
            await bench.say("next")
        assert words.THREE_DONE in (await bench.press("learn:three")).text
        progress = await bench.press("learn:progress")
        assert "Still to repeat: 1. They come from tomorrow, 24 November 2026." in progress.text
        assert "Questions to repeat today" not in progress.text
        assert "learn:three" not in [button.value for button in progress.buttons], "it leads to nothing today"

    _run(tmp_path, talk)
