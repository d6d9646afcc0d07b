"""Browsing in the chat: pages of at most eight, every unit in reach, and the way back to what was open."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation import browsing, words
from bot.conversation.messages import MAX_BUTTON_BYTES, Reply
from tests.support.assistants import Bench, knowledge, made

UNITS = ("topic", "check", "urgent")


def _units(reply: Reply) -> list[str]:
    return [button.value for button in reply.buttons if button.value.split(":")[0] in UNITS]


async def _pages(bench: Bench, first: str) -> list[Reply]:
    """The page that the button `first` opens, and all that follow it."""
    pages = [await bench.press(first)]
    while more := [button.value for button in pages[-1].buttons if button.label == "More of these"]:
        pages.append(await bench.press(more[0]))
    return pages


def _within_limits(reply: Reply) -> None:
    shown = [button for button in reply.buttons if button.weight == "answer"]
    assert 1 <= len(shown) <= browsing.PER_PAGE
    assert all(len(button.value.encode()) <= MAX_BUTTON_BYTES for button in reply.buttons)


def test_the_menu_leads_to_both_ways_of_browsing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        menu = await bench.press("menu")
        assert words.SITUATIONS_TITLE in (await bench.choose(menu, "Browse by situation")).text
        assert words.KINDS_TITLE in (await bench.choose(menu, "Browse by kind")).text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


@pytest.mark.parametrize("name", sorted(knowledge().situations))
def test_a_situation_shows_all_that_it_lists_in_its_order(name: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> list[str]:
        pages = await _pages(bench, f"situation:{name}:1")
        for page in pages:
            _within_limits(page)
        return [value for page in pages for value in _units(page)]

    with made(tmp_path) as bench:
        shown = asyncio.run(talk(bench))
    listed = knowledge().situations[name]
    assert shown == [
        *(f"urgent:{each}" for each in listed.urgent), *(f"check:{each}" for each in listed.checks),
        *(f"topic:{each}" for each in listed.topics),
    ]  # fmt: skip


def test_by_kind_every_unit_is_shown_once(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> list[str]:
        shown: list[str] = []
        for page in await _pages(bench, "kinds"):
            _within_limits(page)
            for value in [button.value for button in page.buttons if button.value.startswith("kind:")]:
                shown += [unit for each in await _pages(bench, value) for unit in _units(each)]
        return shown

    with made(tmp_path) as bench:
        shown = asyncio.run(talk(bench))
    known = knowledge()
    assert sorted(shown) == sorted(
        [*(f"topic:{each}" for each in known.topics), *(f"check:{each}" for each in known.checks),
         *(f"urgent:{each}" for each in known.triggers)]
    )  # fmt: skip


def test_every_kind_of_topic_has_a_name() -> None:
    assert {topic.kind for topic in knowledge().topics.values()} <= set(browsing.KINDS)


def test_what_is_browsed_in_a_check_stands_beside_its_question(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        asked = await bench.press("check:gillick-competence")
        for value in ("situations", "kinds", "situation:child:2", "kind:myth:1", "urgent:coercion"):
            reply = await bench.press(value)
            assert reply.buttons[: len(asked.buttons)] == asked.buttons, value
            assert reply.parts[-1].text == asked.parts[-1].text, value
        assert (await bench.press("show")).id == asked.id

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


@pytest.mark.parametrize(
    "value",
    ["situation:nowhere:1", "situation:child:0", "situation:child:99", "situation:child:x", "situation:child",
     "situation:child:\N{SUPERSCRIPT TWO}", "kind:zebra:1", "kind:faq:-1", "kinds:9", "situations:0", "urgent:zebra"],
)  # fmt: skip
def test_a_page_that_is_not_there_changes_nothing(value: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        assert words.UNKNOWN_BUTTON in (await bench.press(value)).text

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_an_urgent_trigger_is_told_as_if_it_had_been_noticed(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        chosen = await bench.press("urgent:threat-to-staff")
        assert chosen.kind == "urgent" and chosen.parts[0].kind == "urgent"
        assert words.URGENT_NOT_CHECKED in chosen.text
        assert chosen.links[0].path == "/urgent/threat-to-staff"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_links_lead_to_the_page_of_the_same_area(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        national = await bench.press("topic:form-of-consent")
        assert [link.path for link in national.links] == ["/topic/form-of-consent"]
        await bench.press("area:rochdale")
        for value in ("topic:form-of-consent", "more:form-of-consent"):
            assert (await bench.press(value)).links[0].path == "/topic/form-of-consent?area=rochdale"
        assert (await bench.press("check:dbs-referral")).links[0].path == "/check/dbs-referral?area=rochdale"
        assert (await bench.press("situation:child:1")).links[0].path == "/browse/situation/child?area=rochdale"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))
