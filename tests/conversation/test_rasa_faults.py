"""However Rasa fails, the user gets an answer, is told, and loses nothing."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation import words
from bot.conversation.nlu_client import NluDown
from tests.support.assistants import made
from tests.support.bad_rasa import FAULTS, bad_rasa, closing_rasa


@pytest.mark.parametrize("fault", FAULTS)
def test_free_text_is_searched_and_the_user_is_told(fault: str, tmp_path: Path) -> None:
    async def talk() -> None:
        async with bad_rasa(fault) as client:
            with made(tmp_path, client) as bench:
                reply = await bench.say("what if the person refuses consent")
                assert words.NLU_DOWN in reply.text
                assert reply.alternatives
                assert reply.kind == "unknown", "a match of words must never pass for an answer"

    asyncio.run(talk())


def test_half_a_character_reaches_rasa_as_text(tmp_path: Path) -> None:
    async def talk() -> None:
        async with bad_rasa("an empty list") as client:
            with made(tmp_path, client) as bench:
                assert words.NLU_DOWN in (await bench.say("can i \ud800 share")).text
            with pytest.raises(NluDown):
                await client.parse(["can i \ud800 share"])

    asyncio.run(talk())


def test_a_client_that_was_closed_in_mid_turn_is_like_any_other_failure(tmp_path: Path) -> None:
    async def talk() -> None:
        async with bad_rasa("silence") as client:
            await client.close()
            with made(tmp_path, client) as bench:
                assert words.NLU_DOWN in (await bench.say("what if the person refuses consent")).text

    asyncio.run(talk())


def test_a_connection_that_rasa_closes_as_it_is_used_again_is_no_failure() -> None:
    async def talk() -> None:
        async with closing_rasa() as (client, came):
            await client.parse(["first"])
            assert await client.parse(["second"]) == [()]
            assert (await client.understand("someone", "third", "idle")).do == "menu"
            paths = [path.rpartition("/")[2] for path in came]
            assert paths == ["parse", "parse", "parse", "turn", "turn"], "it never met a closed connection"

    asyncio.run(talk())


def test_what_rasa_may_have_carried_out_is_not_asked_twice() -> None:
    async def talk() -> None:
        async with closing_rasa(0.6) as (client, came):
            await client.parse(["first"])
            with pytest.raises(NluDown):
                await client.understand("someone", "second", "idle")
            assert len(came) == 2

    asyncio.run(talk())


@pytest.mark.parametrize("fault", ["silence", "an empty list", "a closed connection"])
def test_a_check_goes_on_by_buttons_and_by_plain_words(fault: str, tmp_path: Path) -> None:
    async def talk() -> None:
        async with bad_rasa(fault) as client:
            with made(tmp_path, client) as bench:
                first = await bench.press("check:share-decision")
                asked = await bench.say("because the school rang me about something odd")
                assert first.id in asked.text or first.parts[-1].text in asked.text
                second = await bench.say("yes")
                assert second.id == "share-decision/identifiable"
                assert (await bench.say("back")).id == "share-decision/purpose"
                assert "Why this is asked" in (await bench.say("why")).text

    asyncio.run(talk())


@pytest.mark.parametrize("fault", ["silence", "an error 500", "nothing"])
def test_danger_comes_first_and_does_not_wait(fault: str, tmp_path: Path) -> None:
    async def talk() -> None:
        async with bad_rasa(fault, seconds=5.0) as client:
            with made(tmp_path, client) as bench:
                began = asyncio.get_running_loop().time()
                reply = await bench.say("her dad has just hit her")
                assert reply.kind == "urgent"
                assert "999" in reply.parts[0].text
                assert asyncio.get_running_loop().time() - began < 2.5

    asyncio.run(talk())
