"""What is asked in the middle of something: it can be done there, and what was open goes on."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation import words
from tests.support.assistants import Bench, made


def test_the_area_can_be_changed_in_the_middle_of_a_check(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("check:share-decision")
        asked = await bench.choose(await bench.press("show"), "Yes")
        chosen = await bench.choose(await bench.press("areas"), "Rochdale")
        assert words.AREA_CHOSEN.format(area="Rochdale") in chosen.text
        assert asked.buttons[0] in chosen.buttons
        assert (await bench.press("show")).id == asked.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


@pytest.mark.parametrize(("pressed", "offered"), [
    ("menu", "See all checks"), ("checks", "Decide whether"), ("help", "See all checks"),
    ("privacy", "Stop and forget"),
])  # fmt: skip
def test_what_is_asked_for_is_offered_beside_the_question(pressed: str, offered: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        asked = await bench.press("check:gillick-competence")
        reply = await bench.press(pressed)
        labels = [button.label for button in reply.buttons]
        assert any(label.startswith(offered) for label in labels), labels
        assert reply.buttons[: len(asked.buttons)] == asked.buttons
        values = [button.value for button in reply.buttons]
        assert len(values) == len(set(values))

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_check_that_ended_can_be_started_again(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("check:share-decision")
        await bench.choose(first, "No")
        asked = await bench.press("check:share-decision")
        again = await bench.choose(asked, "Start: ")
        assert again.id == first.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_recording_too_early_keeps_the_question_in_sight(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        asked = await bench.press("check:share-decision")
        reply = await bench.press("record")
        assert words.NOTHING_TO_RECORD in reply.text
        assert reply.id == asked.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_not_a_name_takes_back_no_answer_given_since(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("check:share-decision")
        await bench.say("its about Mohammed Khan")
        second = await bench.choose(await bench.press("show"), "Yes")
        reply = await bench.press("not-a-name")
        assert words.NOT_A_NAME_NOTHING in reply.text
        assert reply.id == second.id, "an answer was lost"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_not_a_name_reads_the_message_again(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        assert "[name]" in (await bench.say("can i tell the school about Mohammed Khan")).echo
        assert (await bench.press("not-a-name")).echo == "can i tell the school about Mohammed Khan"
        assert "[name]" not in (await bench.say("and Mohammed Khan is there")).echo

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))
