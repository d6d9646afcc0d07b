"""The training in conversation: lessons, questions, how sure, asides, danger, and a real check in between."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.conversation import learning_words as words
from bot.conversation import words as said
from bot.conversation.session import Session, session_from
from bot.knowledge import Knowledge
from tests.support.assistants import Bench, knowledge, made, value_of
from tests.support.lessons import ALARMING, MODULE, RIGHT, WRONG, knowledge_with_lessons

Talk = Callable[[Bench], Awaitable[None]]
DANGER = "her dad has just hit her with a belt and he is coming back"


def _run(tmp_path: Path, *talks: Talk, known: Callable[[], Knowledge] = knowledge_with_lessons) -> None:
    with made(tmp_path, known=known) as bench:
        for number, talk in enumerate(talks):
            bench.chat = f"chat {number}"
            asyncio.run(talk(bench))  # type: ignore[arg-type]


def test_a_lesson_shows_the_topics_own_words_page_by_page_and_ends_in_its_questions(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        topic = await bench.press("topic:myth-consent-always-needed")
        menu = await bench.say("/train")
        assert menu.kind == "training"
        module = await bench.choose(await bench.choose(menu, "The modules"), "Consent, refusal")
        assert "Say when to ask" in module.text and "0 of 4 questions right" in module.text
        page = await bench.choose(module, "Lesson 1")
        assert [part for part in topic.parts if part not in page.parts] == []
        assert page.sources == topic.sources and "Look for the word reason." in page.text
        longer = await bench.choose(page, "More about this")
        assert knowledge().topics["myth-consent-always-needed"].long in longer.text
        check = await bench.say("next")
        assert knowledge().checks["share-decision"].purpose in check.text
        assert value_of(check, "Practise it: ") == f"learn:case:{MODULE}:1"
        assert (await bench.say("back")).id == page.id
        question = await bench.say("next")
        question = await bench.choose(question, "Go to the questions")
        assert question.parts[0].kind == "question" and "Question 1 of 2" in question.text

    _run(tmp_path, talk)


def test_a_quiz_asks_how_sure_before_it_tells_and_ends_with_calibration(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(f"learn:lesson:{MODULE}:1")
        await bench.say("next")
        question = await bench.say("next")
        assert "A reason is what it asks for" not in question.text
        sure = await bench.say(f"{RIGHT} (first)")
        assert words.CERTAINTY_TITLE in sure.text and "A reason is what it asks for" not in sure.text
        assert (await bench.say("back")).id == question.id
        await bench.say(f"{WRONG} (first)")
        told = await bench.choose(await bench.press("show"), "Sure")
        assert words.WRONG_TITLE in told.text and "It forbids less than people think." in told.text
        assert "A reason is what it asks for." in told.text and words.REMARK_OVER_SURE in told.text
        assert told.sources and all(line.date for line in told.sources)
        second = await bench.choose(told, "Next question")
        assert "Question 2 of 2" in second.text
        assert words.PICK_UNSURE in (await bench.say("not sure")).text
        lucky = await bench.say(f"{RIGHT} (second)")
        assert words.RIGHT_TITLE in lucky.text and words.REMARK_LUCKY in lucky.text
        result = await bench.choose(lucky, "See my result")
        assert words.SCORE.format(right=1, total=2) in result.text
        assert words.BAND_SURE.format(right=0, total=1) in result.text
        assert words.BAND_GUESSING.format(right=1, total=1) in result.text
        again = await bench.choose(result, "Repeat what I missed")
        assert "Question 1 of 2" in again.text

    _run(tmp_path, talk)


def test_a_letter_is_the_option_shown_under_it_and_two_are_none(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        question = await bench.press(f"learn:quiz:{MODULE}")
        assert words.PICK_UNCLEAR in (await bench.say("a or b")).text
        lines = [line for line in question.text.splitlines() if line[1:3] == ". "]
        told = await bench.say("its b, fairly sure")
        assert lines[1] in told.text and told.id.startswith("feedback:")

    _run(tmp_path, talk)


def test_three_questions_begin_with_what_was_missed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        question = await bench.press(f"learn:quiz:{MODULE}")
        name = question.id.split("/")[-1]
        await bench.say(f"{WRONG} ({name})")
        await bench.say("sure")
        three = await bench.say("/quiz")
        assert three.id == f"question:{MODULE}/{name}"
        assert "Question 1 of 3" in three.text

    _run(tmp_path, talk)


def _places(bench: Bench) -> list[Callable[[], Awaitable[object]]]:
    return [
        lambda: bench.press("learn:home"), lambda: bench.press(f"learn:lesson:{MODULE}:1"),
        lambda: bench.press(f"learn:quiz:{MODULE}"), lambda: bench.say("the first one"), lambda: bench.say("sure"),
        lambda: bench.press(f"learn:case:{MODULE}:1"), lambda: bench.say("ask why she wants it"),
        lambda: bench.say("walk the check"), lambda: bench.say("no"), lambda: bench.say("next"),
        lambda: bench.say("next"), lambda: bench.press("learn:day"), lambda: bench.press("learn:progress"),
        lambda: bench.press("learn:decide:pseudonym"), lambda: bench.press("learn:decide:code"),
    ]  # fmt: skip


def test_danger_comes_first_in_every_place_and_the_place_is_kept(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        for go in _places(bench):
            here = await go()
            before = bench.store.load(bench.chat, bench.clock().timestamp()).session
            reply = await bench.say(DANGER)
            assert reply.parts[0].kind == "urgent" and "999" in reply.parts[0].text, here
            after = bench.store.load(bench.chat, bench.clock().timestamp()).session
            assert before is not None and after is not None
            assert after.learning == before.learning

    _run(tmp_path, talk)


def test_the_words_of_an_answer_are_no_report_of_danger(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(f"learn:case:{MODULE}:1")
        assert (await bench.say(ALARMING)).kind == "urgent"
        await bench.press(f"learn:case:{MODULE}:2")
        assert (await bench.say(ALARMING.upper())).id == f"practice:{MODULE}/gossip/debrief"
        assert (await bench.say(ALARMING)).kind == "urgent"  # it stands on the screen no more

    _run(tmp_path, talk)


def test_a_real_question_is_answered_and_the_same_place_comes_back(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        question = await bench.press(f"learn:quiz:{MODULE}")
        aside = await bench.press("topic:refusal-of-consent")
        assert aside.kind == "topic" and aside.text.endswith(question.text)
        assert aside.buttons[: len(question.buttons)] == question.buttons
        searched = await bench.say("who can tell a housing officer about a marac")
        assert searched.text.endswith(question.text)
        menu = await bench.press("menu")
        assert menu.text.endswith(question.text)

    _run(tmp_path, talk)


def test_a_real_check_goes_first_and_the_training_waits(tmp_path: Path) -> None:
    async def real_check_in_training(bench: Bench) -> None:
        question = await bench.press(f"learn:quiz:{MODULE}")
        real = await bench.press("check:gillick-competence")
        assert words.ASIDE in real.text and real.kind == "question"
        assert (await bench.press("show")).kind == "question"
        stopped = await bench.press("stop")
        assert (await bench.choose(stopped, "Go on with the training")).id == question.id

    async def training_in_real_check(bench: Bench) -> None:
        real = await bench.press("check:gillick-competence")
        asked = await bench.say("/train")
        assert words.REAL_WORK_FIRST in asked.text
        assert (await bench.choose(asked, "Go on with: ")).id == real.id
        begun = await bench.choose(await bench.press(f"learn:quiz:{MODULE}"), "Stop it and train")
        assert begun.id.startswith("question:")
        assert (await bench.press("why")).id == begun.id

    _run(tmp_path, real_check_in_training, training_in_real_check)


def test_an_old_button_that_stops_real_work_does_not_wipe_what_was_opened_since(tmp_path: Path) -> None:
    async def another_check(bench: Bench) -> None:
        await bench.press("check:gillick-competence")
        old = value_of(await bench.say("/train"), "Stop it and train")
        await bench.press("stop")
        open_now = await bench.press("check:share-decision")
        asked = await bench.press(old)
        assert words.REAL_WORK_FIRST in asked.text
        assert (await bench.choose(asked, "Go on with: ")).id == open_now.id
        assert (await bench.choose(asked, "Stop it and train")).kind == "training"
        assert (await bench.press(old)).id == "home"  # nothing is open now that could be lost

    async def a_record(bench: Bench) -> None:
        await bench.press("check:share-decision")
        await bench.say("no")
        old = value_of(await bench.say("/train"), "Stop it and train")
        field = await bench.press("record")
        assert words.REAL_WORK_FIRST in (await bench.press(old)).text
        assert (await bench.press("show")).id == field.id

    async def unsent_words(bench: Bench) -> None:
        subject = await bench.say("/advice")
        old = value_of(await bench.say("/train"), "Stop it and train")
        await bench.choose(await bench.choose(subject, "A child"), "Today")
        session = bench.store.load(bench.chat, bench.clock().timestamp()).session
        assert session is not None and session.advising is not None and session.advising.step == "text"
        typed = await bench.say("the school asked for a copy of the family plan and i am not sure")
        asked = await bench.press(old)
        assert words.REAL_WORK_FIRST in asked.text
        assert "family plan" in typed.text and (await bench.press("show")).text == typed.text

    _run(tmp_path, another_check, a_record, unsent_words)


def test_buttons_of_earlier_steps_and_unknown_ones_change_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        question = await bench.press(f"learn:quiz:{MODULE}")
        picked = value_of(question, "Answer A")
        sure = await bench.press(picked)
        assert words.OLD_STEP in (await bench.press(picked)).text
        assert (await bench.press("show")).id == sure.id
        for value in ("learn:next", "learn:pick:abcdef", "learn:module:nowhere", "learn:", "learn:show:x",
                      "learn:case:x:9", "learn:lesson:consent:99", "learn:sure:000000:certain",
                      "learn:anyway", "learn:anyway:home"):  # fmt: skip
            reply = await bench.press(value)
            assert reply.text, value
        forged = value_of(await bench.press(f"learn:quiz:{MODULE}"), "Answer A").rsplit(":", 1)[0] + ":deadbeef"
        assert words.CHANGED in (await bench.press(forged)).text

    _run(tmp_path, talk)


def test_leaving_and_coming_back(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        question = await bench.press(f"learn:quiz:{MODULE}")
        left = await bench.say("stop")
        assert words.LEFT in left.text and "learn:show" in {button.value for button in left.buttons}
        assert not (await bench.press("menu")).text.endswith(question.text)
        assert (await bench.say("training")).id == question.id
        await bench.press("forget")
        assert (await bench.press("learn:show")).id == "home"

    _run(tmp_path, talk)


def test_without_modules_the_training_says_so_and_the_menu_does_not_offer_it(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        assert words.NO_MODULES in (await bench.say("/train")).text
        for value in ("learn:three", "learn:day", "learn:modules", "learn:progress"):
            assert (await bench.press(value)).kind == "training"
        assert "learn:home" not in {button.value for button in (await bench.press("menu")).buttons if button.label ==
                                    "Training and practice"}  # fmt: skip

    _run(tmp_path, talk, known=lambda: replace(knowledge(), modules={}, first_day=None))


def test_content_that_changed_leads_back_to_the_menu(tmp_path: Path) -> None:
    async def opened(bench: Bench) -> None:
        for value in (f"learn:quiz:{MODULE}", f"learn:case:{MODULE}:1", f"learn:lesson:{MODULE}:2", "learn:day"):
            bench.chat = value
            await bench.press(value)

    async def gone(bench: Bench) -> None:
        for value in (f"learn:quiz:{MODULE}", f"learn:case:{MODULE}:1", f"learn:lesson:{MODULE}:2", "learn:day"):
            bench.chat = value
            reply = await bench.press("show")
            assert words.CHANGED in reply.text or words.SCORE_NONE in reply.text, value
            assert (await bench.say("hello")).text

    _run(tmp_path, opened)
    _run(tmp_path, gone, known=lambda: replace(knowledge(), modules={}, first_day=None))


def test_a_session_with_learning_is_read_as_it_was_written(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(f"learn:case:{MODULE}:1")
        await bench.say("ask why she wants it")
        stored = bench.store.load(bench.chat, bench.clock().timestamp()).session
        assert stored is not None and stored.learning is not None
        assert session_from(stored.as_text()).learning == stored.learning

    _run(tmp_path, talk)
    with pytest.raises(Exception, match="cannot be read"):
        session_from(Session().as_text().replace('"learning":null', '"learning":{"x":1}'))


def test_a_message_without_words_leaves_the_page_open(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        page = await bench.press(f"learn:lesson:{MODULE}:1")
        assert said.EMPTY in (await bench.say("...")).text
        assert (await bench.press("show")).text == page.text

    _run(tmp_path, talk)
