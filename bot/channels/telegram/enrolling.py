"""Enrolment: from which account a chat acts, how it begins and ends, and who is told of waiting approvals."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.accounts import Account, AccountError, Action, InvitationRefused, may
from bot.channels.telegram import words
from bot.channels.telegram.organisation import Organisation
from bot.channels.telegram.people import People
from bot.conversation import buttons
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import notice
from bot.errors import SharewellError

INVITED = "join_"
"""The payload of a deep link with an invitation: join_TOKEN."""

_ENROL, _LEAVE, _LISTEN, _DEAFEN = "enrol", "unenrol", "listen", "deafen"
VERBS = frozenset({_ENROL, _LEAVE, _LISTEN, _DEAFEN})
"""Verbs of buttons that this channel answers itself."""

_T = TypeVar("_T")


class Enrolling:
    """The enrolments of `organisation`, for people who are known by the names that `people` gives."""

    def __init__(self, organisation: Organisation, people: People) -> None:
        self._organisation = organisation
        self._enrolments = organisation.accounts.enrolments
        self._people = people

    async def account_of(self, chat: int) -> Account | None:
        """The account of who writes in `chat`; None for everybody else, and while the accounts cannot be reached."""
        try:
            return await self._asked(lambda: self._enrolments.account_of(self._people.name(chat)))
        except AccountError:
            return None

    async def invited(self, token: str) -> Reply:
        """What an invitation is for, before anything is kept."""
        try:
            account = await self._asked(lambda: self._enrolments.look(token))
        except SharewellError as error:
            return _failed(error)
        text = words.ENROL.format(name=account.shown_as)
        agree = buttons.tied(words.ENROL_BUTTON, _ENROL, token)
        return Reply((notice(text, words.ENROL_TITLE),), "smalltalk", buttons=(agree, buttons.MENU))

    async def pressed(self, chat: int, value: str) -> Reply:
        """Carries out a button whose verb is one of VERBS."""
        verb, _, rest = value.partition(":")
        try:
            if verb == _ENROL:
                return await self._enrolled(chat, rest)
            if verb in (_LEAVE, _DEAFEN):
                return await self._ended(chat, verb)
            account = await self._asked(lambda: self._enrolments.account_of(self._people.name(chat)))
            if account is None:
                return _said(words.NOT_ENROLLED)
            return await self._listening(chat, account)
        except SharewellError as error:
            return _failed(error)

    async def state(self, chat: int) -> tuple[Part, tuple[Button, ...]] | None:
        """What is kept of who writes in `chat`, and the buttons that change it; None where nobody is enrolled."""
        name = self._people.name(chat)
        account = await self.account_of(chat)
        if account is None:
            return None
        hears = await self._asked(lambda: self._enrolments.hears(name))
        text = words.ENROLLED.format(name=account.shown_as)
        if hears:
            text = f"{text}\n\n{words.HEARS}"
        return notice(text, words.ENROLLED_TITLE), _choices(account, hears=hears)

    async def _enrolled(self, chat: int, token: str) -> Reply:
        try:
            account = await self._asked(lambda: self._enrolments.enrol(token, self._people.name(chat)))
        except InvitationRefused as refused:
            known = await self.account_of(chat)
            if known is None:
                return _failed(refused)
            account = known  # the same button was pressed twice
        part = notice(words.ENROLLED.format(name=account.shown_as), words.ENROLLED_TITLE)
        return Reply((part,), "smalltalk", buttons=(*_choices(account, hears=False), buttons.MENU))

    async def _ended(self, chat: int, verb: str) -> Reply:
        """Ends the enrolment or the notices, also where the account is not in use: the address goes all the same."""
        name = self._people.name(chat)
        if verb == _LEAVE:
            await self._asked(lambda: self._enrolments.leave(name))
            return _said(words.LEFT)
        await self._asked(lambda: self._enrolments.deafen(name))
        account = await self.account_of(chat)
        return _said(words.DEAF, *(() if account is None else _choices(account, hears=False)))

    async def _listening(self, chat: int, account: Account) -> Reply:
        name = self._people.name(chat)
        if not may(account, Action.APPROVAL_DECIDE):
            return _said(words.DECIDES_NOTHING)
        waiting = await self._asked(lambda: self._organisation.waiting(account))
        address = self._people.sealed(chat, name)
        await self._asked(lambda: self._enrolments.listen(name, address, max(waiting, default=0)))
        return _said(words.LISTENING, *_choices(account, hears=True))

    async def _asked(self, question: Callable[[], _T]) -> _T:
        return await asyncio.to_thread(question)


@dataclass(frozen=True)
class Members:
    """Who may make records here: everybody, or who is enrolled. Nobody is, where the accounts cannot be reached."""

    enrolment: bool
    enrolling: Enrolling | None = None


EVERYBODY = Members(enrolment=False)


def _choices(account: Account, *, hears: bool) -> tuple[Button, ...]:
    leave = Button(words.LEAVE_BUTTON, _LEAVE, "step")
    if hears:
        return Button(words.DEAFEN_BUTTON, _DEAFEN, "step"), leave
    tell = (Button(words.LISTEN_BUTTON, _LISTEN),) if may(account, Action.APPROVAL_DECIDE) else ()
    return (*tell, leave)


def _said(text: str, *offered: Button) -> Reply:
    return Reply((notice(text),), "smalltalk", buttons=(*offered, buttons.MENU))


def _failed(error: SharewellError) -> Reply:
    return Reply((notice(f"{error.message} {error.remedy}"),), "error", buttons=(buttons.MENU,))
