"""Tells those who asked for it that an approval waits, or that an adviser replied: no word of what it is about."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

from telegram.error import BadRequest, Forbidden

from bot.accounts import Action, Listener, may
from bot.channels.telegram import words
from bot.channels.telegram.api import Api
from bot.channels.telegram.calls import GivenUpError, told
from bot.channels.telegram.organisation import Organisation
from bot.channels.telegram.people import REPLIES, People
from bot.channels.telegram.styled import Block, Line, messages
from bot.consultations import Advice, Notice
from bot.conversation import advising_words

EVERY_SECONDS = 60.0
_TELLING_SECONDS = 10.0
"""How long a chat is tried that does not take its notice. The next look tries it again."""

_AT_ONCE = 8
_INBOX = "/office/approvals"


class Notices:
    """The notices of one bot. `name_of` gives the name under which messages to a chat are paced."""

    def __init__(
        self, people: People, api: Api, name_of: Callable[[int], str], site_url: str,
        organisation: Organisation | None, advice: Callable[[], Advice | None],
    ) -> None:  # fmt: skip
        self._people = people
        self._api = api
        self._name_of = name_of
        self._site_url = site_url
        self._organisation = organisation
        self._advice = advice

    async def run(self) -> None:
        """Looks every minute until it is cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            await self.look()

    async def look(self) -> None:
        """Tells everybody once of what is new since they were told last. Nothing is raised."""
        for doing, telling in (("approvals", self._approvals), ("replies", self._replies)):
            try:
                await telling()
            except Exception as fault:  # the next look may be better
                told(f"telling of {doing}", fault)

    async def _approvals(self) -> None:
        if self._organisation is None:
            return
        organisation = self._organisation
        listeners = await asyncio.to_thread(organisation.accounts.enrolments.listeners)
        await _side_by_side([partial(self._approval, organisation, listener) for listener in listeners])

    async def _approval(self, organisation: Organisation, listener: Listener) -> None:
        if not may(listener.account, Action.APPROVAL_DECIDE):
            return
        enrolments, person = organisation.accounts.enrolments, listener.person
        newest = max(await asyncio.to_thread(organisation.waiting, listener.account), default=0)
        chat = self._people.opened(listener.address, person)
        if newest <= listener.told or chat is None:
            return
        where = [(Line(words.WAITING_LINK, url=f"{self._site_url}{_INBOX}"),)] if self._site_url else []
        # Claimed before it is sent: of several programs on one database, one tells.
        claiming = asyncio.get_running_loop().run_in_executor(None, enrolments.claim, person, listener.told, newest)
        try:
            if not await asyncio.shield(claiming):
                return
            await self._sent(chat, [(Line(words.WAITING_TITLE, bold=True), Line(words.WAITING)), *where])
        except (Forbidden, BadRequest):  # the user blocked the bot
            await asyncio.to_thread(enrolments.deafen, person)
        except (Exception, asyncio.CancelledError) as error:  # not told: the next look, or the next process, tells
            await asyncio.wait([claiming])  # a stop does not end the thread, which may claim after it
            if claiming.exception() is None and claiming.result():
                enrolments.claim(person, newest, listener.told)
            if isinstance(error, asyncio.CancelledError):
                raise
            told("telling of an approval", error)

    async def _replies(self) -> None:
        advice = self._advice()
        if advice is None:
            return
        pending = await asyncio.to_thread(advice.pending_notices)
        await _side_by_side([partial(self._reply, advice, each) for each in pending])

    async def _reply(self, advice: Advice, pending: Notice) -> None:
        chat = self._people.opened(pending.address, REPLIES)
        if chat is not None:
            try:
                with suppress(Forbidden, BadRequest):  # the user blocked the bot: there is nobody to tell
                    await self._sent(chat, [(Line(advising_words.NOTICE_TEXT),)])
            except GivenUpError as error:  # the next look tries again
                told("telling of a reply", error)
                return
        await asyncio.to_thread(advice.notice_told, pending)

    async def _sent(self, chat: int, blocks: list[Block]) -> None:
        await self._api.tell(self._name_of(chat), chat, messages(blocks)[0], _TELLING_SECONDS)


async def _side_by_side(work: list[Callable[[], Awaitable[None]]]) -> None:
    """Does all of it, some at a time: a chat that does not answer keeps no other waiting."""
    room = asyncio.Semaphore(_AT_ONCE)

    async def one(doing: Callable[[], Awaitable[None]]) -> None:
        async with room:
            try:
                await doing()
            except Exception as fault:  # the next look may be better
                told("telling of what is new", fault)

    await asyncio.gather(*(one(doing) for doing in work))
