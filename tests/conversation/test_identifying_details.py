"""The second step after a record: nothing typed in it is lost unsaid, and nothing else is taken for a detail."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.conversation import words
from bot.conversation.messages import Reply
from tests.support.assistants import Bench, made, value_of

SECRET = "Marigold Ashgrove-Penn"


async def _recorded(bench: Bench) -> Reply:
    await bench.press("restart:share-decision")
    await bench.choose(await bench.press("show"), "No")
    await bench.press("record")
    return await bench.choose(await bench.press("preview"), "Confirm and record")


async def _asked(bench: Bench) -> Reply:
    return await bench.choose(await _recorded(bench), "Add identifying details")


def test_a_check_is_not_started_over_the_details_without_asking(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _asked(bench)
        await bench.say("case 7")
        asked = await bench.press("check:gillick-competence")
        assert words.START_WIPES_DETAILS in asked.text
        assert (await bench.press("show")).kind == "identity"
        started = await bench.choose(asked, "Start: ")
        assert started.id.startswith("gillick-competence/")
        told = await bench.say(f"spoke to {SECRET}")
        assert SECRET not in told.text
        assert "[name]" in told.echo, "a detail was taken for an answer to the check"
        assert (await bench.press("show")).id == started.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_danger_told_in_a_detail_does_not_lose_the_details(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _asked(bench)
        urgent = await bench.say("he has a knife and is threatening her")
        assert urgent.parts[0].kind == "urgent"
        assert urgent.entry == "private"
        walk = urgent.buttons[0].value
        assert words.START_WIPES_DETAILS in (await bench.press(walk)).text
        assert (await bench.press("show")).kind == "identity"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_pressing_add_twice_keeps_what_was_typed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        add = value_of(await _recorded(bench), "Add identifying details")
        await bench.press(add)
        await bench.say("case 7")
        again = await bench.press(add)
        assert again.id == "whose-information"
        await bench.say(SECRET)
        shown = await bench.press("blank:who-decided")
        assert "case 7" in shown.text and SECRET in shown.text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_back_asks_for_the_earlier_detail_again_and_why_explains(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await _asked(bench)
        assert words.AT_FIRST_DETAIL in (await bench.press("back")).text
        await bench.say("case 7")
        why = await bench.say("why")
        assert words.IDENTITY_WHY in why.text
        assert why.entry == "private"
        assert (await bench.say("back")).id == first.id
        await bench.say("case 8")
        await bench.press("blank:whose-information")
        shown = await bench.press("blank:who-decided")
        assert "case 8" in shown.text and "case 7" not in shown.text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_buttons_of_the_check_and_the_record_change_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        asked = await _asked(bench)
        for value in ("answer:abcdef:yes", "goto:0:abcdef", "field:decision:shared", "revise", "revise:decision",
                      "preview", "confirm:" + "0" * 32, "change", "record"):  # fmt: skip
            reply = await bench.press(value)
            assert reply.kind == "identity" and reply.id == asked.id, value

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_details_lost_with_the_process_are_asked_for_again(tmp_path: Path) -> None:
    async def type_two(bench: Bench) -> None:
        await _asked(bench)
        await bench.say("case 7")
        await bench.say(SECRET)

    async def go_on(bench: Bench) -> None:
        reply = await bench.assistant.opening(bench.chat)
        assert words.IDENTITY_LOST in reply.text
        reply = await bench.say("the manager")  # for a field whose neighbours are gone
        reply = await bench.press("show")
        assert "the manager" not in reply.text or reply.kind == "identity"

    with made(tmp_path) as bench:
        asyncio.run(type_two(bench))
    with made(tmp_path) as bench:
        asyncio.run(go_on(bench))


def test_a_preview_lost_with_the_process_is_not_called_blank(tmp_path: Path) -> None:
    async def type_all(bench: Bench) -> Reply:
        await _asked(bench)
        await bench.say("case 7")
        await bench.say(SECRET)
        return await bench.say("the manager")

    async def keep(bench: Bench, value: str) -> None:
        reply = await bench.press(value)
        assert words.IDENTITY_LOST in reply.text
        assert words.IDENTITY_EMPTY not in reply.text
        assert reply.id == "case-reference"

    with made(tmp_path) as bench:
        value = value_of(asyncio.run(type_all(bench)), "Keep these details")
    with made(tmp_path) as bench:
        asyncio.run(keep(bench, value))


def test_details_that_are_kept_are_not_asked_for_twice(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        recorded = await _recorded(bench)
        add = value_of(recorded, "Add identifying details")
        await bench.press(add)
        for _ in range(3):
            shown = await bench.say("case 7")
        await bench.choose(shown, "Keep these details")
        again = await bench.press(add)
        assert words.IDENTITY_KEPT.format(reference=recorded.id) in again.text
        assert again.entry == "text"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_the_shown_details_stay_private_below_a_search(tmp_path: Path) -> None:
    """A channel keeps no reply whose entry is private: one that shows details must be marked so."""

    async def talk(bench: Bench) -> None:
        await _asked(bench)
        for _ in range(3):
            await bench.say(SECRET)
        found = await bench.say("what if the person refuses consent")
        assert SECRET in found.text
        assert found.entry == "private"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_advice_waits_until_the_details_are_confirmed_or_left(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await _asked(bench)
        await bench.say("case 7")
        for asked in (await bench.say("/advice"), await bench.press("advice")):
            assert asked.kind == "identity" and words.ADVICE_AFTER_DETAILS in asked.text
            assert "advice:subject:children" not in [button.value for button in asked.buttons]
        left = await bench.press("back")
        assert left.id == "case-reference", "the step did not go on where it was"
        await bench.press("discard")
        subject = await bench.say("/advice")
        urgency = await bench.press("advice:subject:children")
        assert urgency.id != subject.id and words.OLD_BUTTON not in urgency.text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))
