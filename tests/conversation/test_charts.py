"""The flowchart in the chat: drawn from the check, with the way that was walked, in words as well."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

from bot.checks import Answer, Place, draw
from bot.conversation import charts, words
from tests.support.assistants import Bench, knowledge, made

TITLES = {check.id: check.title for check in knowledge().checks.values()}


def test_in_words_it_says_all_that_the_check_holds() -> None:
    for check in knowledge().checks.values():
        shown = charts.flowchart(knowledge(), check.id)
        assert shown.svg == draw(check, TITLES)
        assert {step.asks for step in shown.steps} == {question.asks for question in check.questions}
        assert [step.number for step in shown.steps] == [*range(1, len(check.questions) + 1)]
        for step in shown.steps:
            question = check.question(step.question)
            assert question is not None
            assert [choice.label for choice in step.choices] == [option.text for option in question.options]
            for choice, option in zip(step.choices, question.options, strict=True):
                kind, _, name = option.leads.rpartition(":")
                assert choice.check == (name if kind == "check" else None)
                outcome = check.outcome(name) if kind == "outcome" else None
                assert outcome is None or outcome.title in choice.leads


def test_the_way_walked_is_said_and_drawn(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        asked = await bench.press("check:share-decision")
        asked = await bench.choose(asked, "Yes")
        reply = await bench.choose(asked, "See the flowchart")
        assert reply.picture is not None and reply.picture.check == "share-decision"
        assert "You came this way: 1." in reply.picture.alternative
        assert f"{words.CHART_SAID} Yes." in reply.parts[0].text and words.CHART_HERE in reply.parts[0].text
        assert reply.picture.svg == draw(
            knowledge().checks["share-decision"], TITLES, [Answer(Place("share-decision", "purpose"), "yes")]
        )
        assert reply.parts[-1] == asked.parts[-1]
        assert reply.buttons[: len(asked.buttons)] == asked.buttons
        assert json.loads(json.dumps(reply.as_json()))["picture"]["svg"] == reply.picture.svg

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_at_an_outcome_the_flowchart_shows_how_it_was_reached(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        outcome = await bench.choose(await bench.press("check:share-decision"), "Someone may be harmed")
        assert outcome.kind == "outcome"
        reply = await bench.choose(outcome, "See the flowchart")
        assert reply.picture is not None and "At 1 you feared harm" in reply.picture.alternative
        assert "You said: Someone may be harmed." in reply.text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_way_through_several_checks_has_the_chart_of_each(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        assert await bench.assistant.flowcharts(bench.chat) == ()
        await bench.choose(await bench.press("check:share-decision"), "Not sure")
        shown = await bench.assistant.flowcharts(bench.chat)
        assert [chart.check for chart in shown] == ["share-decision", "legitimate-purpose"]
        assert shown[0].steps[0].said == ("Not sure",)
        assert await bench.assistant.flowcharts("somebody else") == ()
        await bench.press("stop")
        assert await bench.assistant.flowcharts(bench.chat) == ()

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_without_a_check_there_is_nothing_to_show(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        reply = await bench.press("flowchart")
        assert reply.picture is None and words.NO_CHART in reply.text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))
