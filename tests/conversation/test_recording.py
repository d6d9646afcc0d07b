"""A record in the making: only what was seen is written, and what was chosen is not lost on the way."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.conversation import words
from bot.conversation.messages import Message, Reply
from bot.knowledge import Knowledge
from tests.support.assistants import Bench, knowledge, made, value_of


async def _drafting(bench: Bench) -> Reply:
    await bench.press("restart:share-decision")
    await bench.choose(await bench.press("show"), "No")
    return await bench.press("record")


def _row(reply: Reply, label: str) -> str:
    return next((value for part in reply.parts for shown, value in part.rows if shown == label), "")


def test_a_preview_that_is_no_longer_shown_cannot_be_confirmed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        confirm = value_of(await bench.press("preview"), "Confirm and record")
        await bench.press("revise:reasons")
        reply = await bench.press(confirm)
        assert words.OLD_BUTTON in reply.text
        assert reply.kind == "draft"
        await bench.say("they asked out of curiosity")
        assert (await bench.press(confirm)).kind == "recorded"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_record_is_made_under_the_account_that_is_signed_in(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        confirm = value_of(await bench.press("preview"), "Confirm and record")
        reply = await bench.assistant.turn(Message(bench.chat, button=confirm, account="k7m2q9d4s8w1x5zb"))
        assert bench.log.show(reply.id).author == "k7m2q9d4s8w1x5zb"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_confirming_twice_still_offers_the_details(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        confirm = value_of(await bench.press("preview"), "Confirm and record")
        first, second = await asyncio.gather(bench.press(confirm), bench.press(confirm))
        assert first.id == second.id
        assert words.RECORDED_ALREADY.format(reference=first.id) in second.text
        value_of(second, "Add identifying details")
        assert len([entry for entry in bench.log.entries() if entry.kind.value == "decision"]) == 1

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_back_from_a_field_opened_for_change_leaves_the_record_as_it_was(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        await bench.say("they asked out of curiosity")
        before = await bench.press("preview")
        await bench.press("revise:reasons")
        assert (await bench.press("back")).parts == before.parts

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_what_was_chosen_is_kept_when_the_preview_is_opened(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        await bench.press("field:reasons:no-purpose")
        assert "There is no clear purpose" in _row(await bench.press("preview"), "Reasons for the decision")

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_done_may_be_typed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        await bench.press("field:reasons:no-purpose")
        await bench.say("done")
        row = _row(await bench.press("preview"), "Reasons for the decision")
        assert row == "There is no clear purpose"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_not_sure_leaves_a_field_of_choices_blank(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        await bench.press("preview")
        await bench.press("revise:decision")
        reply = await bench.say("not sure")
        assert reply.kind == "preview"
        assert _row(reply, "Decision") == "Left blank for now"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_command_is_not_taken_for_the_content_of_a_field(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        drafting = await _drafting(bench)
        reply = await bench.say("/help")
        assert words.HELP_TITLE in reply.text
        assert (await bench.press("show")).id == drafting.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_review_date_is_taken_and_not_called_masked(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        await bench.press("preview")
        await bench.press("revise:review-date")
        reply = await bench.say("01/12/2026")
        assert "masked" not in reply.parts[0].text
        assert "2026-12-01" in reply.text
        assert words.NOT_A_NAME_NOTHING in (await bench.press("not-a-name")).text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_half_a_character_in_a_field_can_be_recorded(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _drafting(bench)
        await bench.say("they asked \ud800 out of curiosity")
        reply = await bench.choose(await bench.press("preview"), "Confirm and record")
        assert reply.kind == "recorded"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_an_earlier_answer_is_not_changed_from_under_a_record(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("restart:share-decision")
        await bench.choose(await bench.press("show"), "No")
        changes = await bench.press("change")
        earlier = value_of(changes, "1. ")
        drafting = await bench.press("record")
        reply = await bench.press(earlier)
        assert words.OLD_BUTTON in reply.text
        assert reply.id == drafting.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


@cache
def _newer() -> Knowledge:
    """The knowledge of tomorrow: a field that a record in the making asks for is gone."""
    fields = {name: field for name, field in knowledge().fields.items() if name != "reasons"}
    return replace(knowledge(), fields=fields, version="f" * 64)


def test_a_record_of_older_guidance_ends_with_its_check(tmp_path: Path) -> None:
    with made(tmp_path) as bench:
        drafting = asyncio.run(_drafting(bench))
        assert drafting.id == "reasons"

    async def go_on(bench: Bench) -> None:
        reply = await bench.press("field:reasons:no-purpose")
        assert words.CHECK_OLD_VERSION in reply.text
        assert reply.id.endswith("share-decision/purpose")

    with made(tmp_path, known=_newer) as bench:
        asyncio.run(go_on(bench))
