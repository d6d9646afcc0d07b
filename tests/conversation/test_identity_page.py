"""After a record the organisation's own page is offered for details, by a link that is made when it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.terminal.render import rendered
from bot.conversation import words
from bot.conversation.checking import HARM_LABEL
from bot.conversation.messages import Message, Reply
from bot.decision_log import new_request_id
from bot.errors import SharewellError
from tests.support.assistants import Bench, made, value_of


@dataclass
class Page:
    """The organisation's page, as far as the conversation knows it: it counts what it is asked."""

    minutes: int = 15
    hand_in_hours: int = 72
    asked: list[str] = field(default_factory=list)

    def path(self, reference: str) -> str:
        self.asked.append(reference)
        return f"/office/identity/{len(self.asked)}"

    def hand_in_path(self, reference: str) -> str:
        self.asked.append(reference)
        return f"/office/hand-in/{len(self.asked)}"


class Closed(Page):
    def path(self, reference: str) -> str:
        raise SharewellError("The page is closed.", "Try again tomorrow.")


async def _recorded(bench: Bench) -> Reply:
    await bench.press("restart:share-decision")
    await bench.choose(await bench.press("show"), "No")
    await bench.press("record")
    return await bench.choose(await bench.press("preview"), "Confirm and record")


def _talk(home: Path, page: Page | None, talk: Callable[[Bench], Awaitable[None]]) -> None:
    with made(home) as bench:
        if page is not None:
            bench.assistant.offer_identity_page(page)
        asyncio.run(talk(bench))  # type: ignore[arg-type]


def test_a_link_is_made_when_it_is_asked_for_and_belongs_to_the_record(tmp_path: Path) -> None:
    page = Page()

    async def talk(bench: Bench) -> None:
        recorded = await _recorded(bench)
        assert page.asked == []
        for number in (1, 2):
            offered = await bench.choose(recorded, words.IDENTITY_PAGE_BUTTON)
            assert [link.path for link in offered.links] == [f"/office/identity/{number}"]
            assert "15 minutes" in offered.text and offered.id == recorded.id
            assert page.asked[-1] == recorded.id
            in_terminal = rendered(offered, 80, "https://advice.example.org")
            assert f"https://advice.example.org/office/identity/{number}" in in_terminal

    _talk(tmp_path, page, talk)


def test_without_the_page_nothing_is_offered_and_its_button_does_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        recorded = await _recorded(bench)
        assert words.IDENTITY_PAGE_BUTTON not in [button.label for button in recorded.buttons]
        assert words.OLD_BUTTON in (await bench.press(f"identity-page:{recorded.id}")).text

    _talk(tmp_path, None, talk)


def test_a_channel_that_takes_no_details_offers_the_page_alone(tmp_path: Path) -> None:
    page = Page()

    async def talk(bench: Bench) -> None:
        recorded = await _recorded(bench)
        typed = Message(bench.chat, button=f"identify:{recorded.id}", private_entry=False)
        assert words.OLD_BUTTON in (await bench.assistant.turn(typed)).text
        value = value_of(recorded, words.IDENTITY_PAGE_BUTTON)
        offered = await bench.assistant.turn(Message(bench.chat, button=value, private_entry=False))
        assert offered.links and page.asked == [recorded.id]

    _talk(tmp_path, page, talk)


def test_another_record_gets_no_link_by_its_reference(tmp_path: Path) -> None:
    page = Page()

    async def talk(bench: Bench) -> None:
        first = await _recorded(bench)
        await _recorded(bench)
        for value in (f"identity-page:{first.id}", "identity-page:SW-0000-0000", "identity-page"):
            assert not (await bench.press(value)).links
        stranger = await bench.press(f"identity-page:{first.id}", chat="another chat")
        assert not stranger.links and page.asked == []

    _talk(tmp_path, page, talk)


def test_details_that_are_kept_already_need_no_link(tmp_path: Path) -> None:
    page = Page()

    async def talk(bench: Bench) -> None:
        recorded = await _recorded(bench)
        bench.log.add_identity(recorded.id, new_request_id(), {"case-reference": "7"}, datetime.now(UTC))
        offered = await bench.choose(recorded, words.IDENTITY_PAGE_BUTTON)
        assert words.IDENTITY_KEPT.format(reference=recorded.id) in offered.text and page.asked == []

    _talk(tmp_path, page, talk)


def test_a_page_that_cannot_make_a_link_is_said_so(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        recorded = await _recorded(bench)
        offered = await bench.choose(recorded, words.IDENTITY_PAGE_BUTTON)
        assert "The page is closed." in offered.text and offered.kind == "error"

    _talk(tmp_path, Closed(), talk)


@pytest.mark.parametrize("value", ["record", "confirm"])
def test_who_may_not_record_is_told_how_to_and_loses_nothing(tmp_path: Path, value: str) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("restart:share-decision")
        outcome = await bench.choose(await bench.press("show"), "No")
        button = "record"
        if value == "confirm":
            await bench.press("record")
            button = value_of(await bench.press("preview"), "Confirm and record")
        refused = await bench.assistant.turn(Message(bench.chat, button=button, may_record=False))
        assert words.NOT_ENROLLED in refused.text
        assert bench.log.inbox(datetime.now(UTC)).waiting == () and "SW-" not in refused.text
        again = await bench.press(button)
        assert ("Your reference is" in again.text) == (value == "confirm")
        assert outcome.kind == "outcome"

    _talk(tmp_path, None, talk)


# ---- handing a record in


async def _waiting(bench: Bench, account: str = "") -> Reply:
    """A record that waits for an approval, made by `account` or by somebody who did not sign in."""

    async def press(value: str) -> Reply:
        return await bench.assistant.turn(Message(bench.chat, button=value, account=account))

    await press("restart:onward-disclosure-check")
    await press(value_of(await press("show"), "No, it does not cover this use"))
    await press("record")
    return await press(value_of(await press("preview"), "Confirm and record"))


def test_who_did_not_sign_in_is_offered_a_link_to_hand_the_record_in(tmp_path: Path) -> None:
    page = Page()

    async def talk(bench: Bench) -> None:
        recorded = await _waiting(bench)
        assert words.HAND_IN_OFFER in recorded.text and page.asked == []
        offered = await bench.choose(recorded, words.HAND_IN_BUTTON)
        assert [link.path for link in offered.links] == ["/office/hand-in/1"] and page.asked == [recorded.id]
        assert "72 hours" in offered.text
        again = await bench.choose(offered, words.HAND_IN_BUTTON)
        assert [link.path for link in again.links] == ["/office/hand-in/2"]
        stranger = await bench.press(f"hand-in:{recorded.id}", chat="another chat")
        assert not stranger.links and len(page.asked) == 2
        bench.log.submit(recorded.id, "account-1", bench.clock())
        late = await bench.press(f"hand-in:{recorded.id}")
        assert not late.links and words.HAND_IN_DONE.format(reference=recorded.id) in late.text

    _talk(tmp_path, page, talk)


@pytest.mark.parametrize(("account", "page"), [("account-1", Page()), ("", None)])
def test_nothing_is_to_be_handed_in_where_somebody_signed_in_or_no_page_is(
    tmp_path: Path, account: str, page: Page | None
) -> None:
    async def talk(bench: Bench) -> None:
        recorded = await _waiting(bench, account)
        assert words.HAND_IN_BUTTON not in [button.label for button in recorded.buttons]
        assert words.HAND_IN_OFFER not in recorded.text
        assert not (await bench.press(f"hand-in:{recorded.id}")).links

    _talk(tmp_path, page, talk)


def test_a_record_that_waits_for_nobody_is_not_to_be_handed_in(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("restart:share-decision")
        await bench.choose(await bench.press("show"), HARM_LABEL)  # what is urgent waits for nobody
        await bench.press("record")
        recorded = await bench.choose(await bench.press("preview"), "Confirm and record")
        assert words.HAND_IN_BUTTON not in [button.label for button in recorded.buttons]
        assert not (await bench.press(f"hand-in:{recorded.id}")).links

    _talk(tmp_path, Page(), talk)
