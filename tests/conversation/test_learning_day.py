"""The first day: ten minutes that end with having asked, walked a check, and seen what the log would keep."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.conversation import learning_words as words
from tests.support.assistants import Bench, made, value_of
from tests.support.lessons import RIGHT, knowledge_with_lessons


def _run(tmp_path: Path, talk: Callable[[Bench], Awaitable[None]]) -> None:
    with made(tmp_path, known=knowledge_with_lessons) as bench:
        asyncio.run(talk(bench))  # type: ignore[arg-type]
        assert [entry.kind.value for entry in bench.log.entries()] == ["genesis"]


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
        assert words.DAY_DONE_PARTLY in done.text
        assert (await bench.press("back")).id == "first-day:keeps"
        assert (await bench.press("back")).id == "first-day:walk"
        assert value_of(await bench.press("show"), "Walk the practice case")

    _run(tmp_path, talk)
