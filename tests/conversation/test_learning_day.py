"""The first day: ten minutes that end with having asked, walked a check, and seen what the log would keep."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.conversation import learning_words as words
from tests.support.assistants import Bench, made, value_of
from tests.support.lessons import RIGHT, knowledge_with_lessons


def _run(tmp_path: Path, talk: Callable[[Bench], Awaitable[None]]) -> None:
    with made(tmp_path, known=knowledge_with_lessons) as bench:
        asyncio.run(talk(bench))  # type: ignore[arg-type]
        assert [entry.kind.value for entry in bench.log.entries()] == ["genesis"]


def _is_noted(folder: Path) -> bool:
    """Whether the only learning record says that the first day was done."""
    with closing(sqlite3.connect(folder / "training.db")) as database:
        ((day,),) = database.execute("SELECT first_day FROM learner").fetchall()
    return day is not None


def test_the_whole_path(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        read = await bench.say("i am new here")
        assert "Step 1 of 5, about 2 minutes." in read.text and read.sources
        ask = await bench.choose(read, "Next step")
        assert "Next step" not in {button.label for button in ask.buttons}
        answered = await bench.choose(ask, "what if mum says no")
        assert "refusal-of-consent" in str(knowledge_with_lessons().topics) and words.DAY_ASKED in answered.text
        assert "Usually you follow their wish" in answered.text
        question = await bench.choose(await bench.choose(answered, "Next step"), "Answer the question")
        assert question.id.startswith("question:")
        await bench.say(f"{RIGHT} (first)")
        told = await bench.say("sure")
        walk = await bench.choose(told, "Go on with the first day")
        await bench.choose(walk, "Walk the practice case")
        await bench.say("ask why she wants it")
        await bench.say("walk the check")
        outcome = await bench.say("no")
        debrief = await bench.choose(outcome, "Look back at the case")
        keeps = await bench.choose(debrief, "Go on with the first day")
        assert dict(keeps.parts[-3].rows or keeps.parts[2].rows)["Decision"] == "Not shared"
        assert words.PRACTICE_TITLE in keeps.text
        done = await bench.choose(keeps, "Next step")
        assert words.DAY_DONE in done.text

    _run(tmp_path, talk)


def test_a_question_of_ones_own_counts_as_asked(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("learn:day")
        await bench.say("next")
        assert (await bench.say("next")).text.count(words.DAY_ASK) == 1  # it is there for asking
        answered = await bench.press("topic:refusal-of-consent")
        assert words.DAY_ASKED in answered.text
        assert (await bench.say("next")).id == "first-day:answer"

    _run(tmp_path, talk)


def test_what_is_left_out_is_said_at_the_end(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        step = await bench.press("learn:day")
        step = await bench.choose(step, "Next step")
        for _ in range(3):
            step = await bench.choose(step, "Leave this step out")
        assert words.DAY_NO_WALK in step.text
        done = await bench.choose(step, "Next step")
        assert words.DAY_DONE_PARTLY in done.text and words.DAY_NOT_ASKED in done.text
        assert words.DAY_NOT_WALKED in done.text and words.DAY_DONE_TITLE not in done.text
        assert (await bench.press("back")).id == "first-day:keeps"
        assert (await bench.press("back")).id == "first-day:walk"
        assert value_of(await bench.press("show"), "Walk the practice case")

    _run(tmp_path, talk)


@pytest.mark.parametrize("on", ["keeps", "done"])
def test_a_case_that_ended_without_its_check_is_not_a_walked_check(on: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        step = await bench.choose(await bench.press("learn:day"), "Next step")
        step = await bench.choose(await bench.choose(step, "what if mum says no"), "Next step")
        step = await bench.choose(step, "Leave this step out")
        await bench.choose(step, "Walk the practice case")
        ended = await bench.say("tell her the address")
        step = await bench.choose(ended, "Go on with the first day")
        assert step.id == "first-day:keeps" and words.DAY_NO_CHECK in step.text
        if on == "done":
            step = await bench.choose(step, "Next step")
            assert words.DAY_NOT_WALKED in step.text and words.DAY_NOT_ASKED not in step.text
            assert words.DAY_DONE not in step.text
        again = await bench.choose(step, "Walk the practice case again")
        assert again.id.startswith("practice:")
        await bench.say("ask why she wants it")
        await bench.say("walk the check")
        debrief = await bench.choose(await bench.say("no"), "Look back at the case")
        keeps = await bench.choose(debrief, "Go on with the first day")
        assert keeps.id == "first-day:keeps" and words.PRACTICE_TITLE in keeps.text
        done = await bench.choose(keeps, "Next step")
        assert words.DAY_DONE in done.text
        assert not [button for button in done.buttons if button.label.startswith("Walk the practice case")]

    _run(tmp_path, talk)


def test_only_a_walked_check_makes_the_first_day_count(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("learn:decide:pseudonym")
        await bench.choose(await bench.say("Blue Otter"), "Keep my progress")
        step = await bench.choose(await bench.press("learn:day"), "Next step")
        step = await bench.choose(await bench.choose(step, "what if mum says no"), "Next step")
        await bench.choose(await bench.choose(step, "Leave this step out"), "Walk the practice case")
        step = await bench.choose(await bench.say("tell her the address"), "Go on with the first day")
        partly = await bench.choose(step, "Next step")
        assert words.DAY_DONE_PARTLY in partly.text and not _is_noted(tmp_path)
        await bench.choose(partly, "Walk the practice case again")
        await bench.say("ask why she wants it")
        await bench.say("walk the check")
        debrief = await bench.choose(await bench.say("no"), "Look back at the case")
        await bench.choose(await bench.choose(debrief, "Go on with the first day"), "Next step")
        assert _is_noted(tmp_path)

    _run(tmp_path, talk)
