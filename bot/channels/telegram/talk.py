"""Answers what arrived in a chat, one after another: the gate first, then the conversation, then the screen."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from telegram.error import Forbidden, TelegramError

from bot.channels.telegram import commands, words
from bot.channels.telegram.api import Api
from bot.channels.telegram.arrived import Arrived
from bot.channels.telegram.calls import GivenUpError, told
from bot.channels.telegram.deletions import Seen, deletion_note, put_by_note, unowned_note
from bot.channels.telegram.enrolling import EVERYBODY, INVITED, VERBS, Members
from bot.channels.telegram.looking import Looking
from bot.channels.telegram.organisation import LinkMaker
from bot.channels.telegram.people import REPLIES, People
from bot.channels.telegram.screens import Screens
from bot.channels.telegram.showing import From, Place, Showing
from bot.channels.telegram.styled import Styled
from bot.consultations import Advice
from bot.conversation import buttons, danger
from bot.conversation import words as said
from bot.conversation.bundle import Bundle
from bot.conversation.messages import File, Message, Part, Reply, document_named
from bot.conversation.turn import before, notice
from bot.errors import SharewellError
from bot.knowledge import Knowledge
from bot.privacy import Masked

_GREETING = "greeting"
_GROUP_SECONDS = 5.0
_RECORD_FORMS = frozenset({"record-of-decision", "record-of-risk-not-shared", "consent-record"})
"""Documents that are records: they can be read here and neither passed on nor saved. A letter is there to be sent."""


class Conversation(Protocol):
    """What this channel needs of the assistant (bot.conversation.assistant.Assistant is one)."""

    async def turn(self, message: Message) -> Reply: ...

    async def opening(self, chat: str, *, private_entry: bool = True) -> Reply: ...

    async def forget(self, chat: str) -> None: ...

    async def document(self, chat: str, letter_id: str, format_name: str) -> File: ...

    def masked(self, chat: str, text: str) -> Masked: ...

    def is_open(self, chat: str) -> bool: ...

    @property
    def bundle(self) -> Bundle: ...

    @property
    def advice(self) -> Advice | None: ...


class Talk:
    """The chats of one bot."""

    def __init__(
        self, conversation: Conversation, api: Api, screens: Screens, *, site_url: str, idle_minutes: int,
        people: People, link: LinkMaker | None = None, members: Members = EVERYBODY,
    ) -> None:  # fmt: skip
        self._people = people
        self._members = members
        self._conversation = conversation
        self._api = api
        self._screens = screens
        self._showing = Showing(api, screens, site_url, link)
        self._idle_minutes = idle_minutes
        self._albums: set[str] = set()
        self._looking = Looking(conversation, api)

    async def look(self, name: str, arrived: Arrived) -> Seen:
        """What stands out in a message, as soon as it comes: what holds details is being deleted from then on."""
        return await self._looking.look(name, arrived)

    async def danger(self, seen: Seen) -> str:
        """The trigger that a message raises; empty where it tells of no danger."""
        return await self._looking.danger(seen)

    async def answer(self, name: str, arrived: Arrived, seen: Seen, *, interrupted: bool) -> None:
        """Answers one update. `interrupted`: an earlier process began it, and whether it ended is not known.

        Nothing is raised: what fails is logged by its kind, and the user is told where that can be.
        """
        place = Place(name, arrived.chat)
        doing = self._where_it_was if interrupted else self._answered
        await self._without_fault(place, doing(place, arrived, seen))

    async def tell_put_by(self, name: str, chat: int, trigger: str, deletions: Iterable[asyncio.Task[bool]]) -> None:
        """Says that messages were too many at once. Words for the danger `trigger` come before, unless it is empty."""
        place = Place(name, chat)
        await self._without_fault(place, self._put_by(place, trigger, deletions))

    async def passed_over(self, arrived: Arrived) -> None:
        """Ends the waiting sign of a button that was pressed twice."""
        if arrived.pressed is not None:
            await self._api.acknowledge(arrived.pressed.query)

    async def _without_fault(self, place: Place, answering: Awaitable[None]) -> None:
        try:
            await answering
        except Forbidden:
            await self._ended(place)
        except GivenUpError as error:
            told("sending an answer", error)
        except Exception as fault:
            told("answering", fault)
            await self._sorry(place)

    async def _answered(self, place: Place, arrived: Arrived, seen: Seen) -> None:
        if arrived.kind == "group":
            await self._refuse_group(place)
        elif arrived.kind == "blocked":
            await self._ended(place)
        elif arrived.kind == "pressed":
            await self._press(place, arrived)
        elif arrived.kind == "typed":
            await self._text(place, arrived, seen)
        else:
            await self._unowned(place, arrived, seen)

    async def _put_by(self, place: Place, trigger: str, deletions: Iterable[asyncio.Task[bool]]) -> None:
        known = list(deletions)
        if not trigger:
            part = await put_by_note(known)
            await self._showing.say(place, part.text, title=part.title)
            return
        urgent = await self._turn(place, button=f"urgent:{trigger}")
        await self._showing.show_noted(place, urgent, known, lambda: put_by_note(known))

    async def _text(self, place: Place, arrived: Arrived, seen: Seen) -> None:
        command = commands.command_in(arrived.text)
        reply = await self._api.while_busy(place.chat, self._reply(place, arrived.text, command))
        await self._shown_of(place, reply, seen, reply.echo)

    async def _reply(self, place: Place, text: str, command: commands.Command | None) -> Reply:
        if command is None:
            return await self._turn(place, text=text)
        named = commands.is_link(command, self._known)
        if not named and self._looking.danger_in(place.name, command.rest) is not None:  # whatever the command is
            return await self._turn(place, text=command.rest)
        if command.name == "start":
            return await self._started(place, command.rest)
        if command.name == "ask" and not command.rest:
            return Reply((Part(words.ASK, "plain", words.ASK_TITLE),), "smalltalk", buttons=(buttons.MENU,))
        if command.name == "ask" or (command.name == "advice" and command.rest):  # /advice and a receipt code
            return await self._turn(place, text=command.rest)
        value = commands.press_of(command)
        if command.name == "check" and named:
            value = f"check:{command.rest}"
        reply = await self._turn(place, button=value)
        if command.name == "privacy":
            return await self._with_enrolment(place, before(reply, [self._what_is_kept()]))
        return reply

    async def _with_enrolment(self, place: Place, reply: Reply) -> Reply:
        enrolling = self._members.enrolling
        state = None if enrolling is None else await enrolling.state(place.chat)
        if state is None:
            return reply
        return replace(before(reply, [state[0]]), buttons=(*state[1], *reply.buttons))

    async def _started(self, place: Place, payload: str) -> Reply:
        """The three lines, and then what was linked to, or what the chat was in the middle of, or the greeting."""
        if commands.is_invitation(payload) and self._members.enrolling is not None:
            return before(await self._members.enrolling.invited(payload.removeprefix(INVITED)), [self._what_is_kept()])
        value = commands.linked(payload, self._known) if payload else None
        if value is not None:
            opened = await self._turn(place, button=value)
            return danger.told_after(opened, self._what_is_kept())
        opened = await self._conversation.opening(place.name, private_entry=False)
        lost = [notice(words.UNKNOWN_LINK)] if payload else []
        if opened.id == _GREETING:  # the greeting tells what is kept in words that hold for every channel
            parts = tuple(part for part in opened.parts if part.title != said.PRIVACY_TITLE)
            opened = Reply(parts, opened.kind, opened.id, opened.buttons)
        return before(opened, [self._what_is_kept(), *lost])

    async def _press(self, place: Place, arrived: Arrived) -> None:
        assert arrived.pressed is not None  # a press always has it
        pressed = arrived.pressed
        at = From(arrived.message, pressed)
        if await self._showing.is_answered(place, at):
            return
        wanted = document_named(pressed.value)
        if wanted is not None:
            await self._api.acknowledge(pressed.query)
            await self._hand_over(place, *wanted)
            return
        enrolling = self._members.enrolling
        if enrolling is not None and pressed.value.partition(":")[0] in VERBS:
            await self._shown(place, await enrolling.pressed(place.chat, pressed.value), at)
            return
        reply = await self._turn(place, button=pressed.value)
        await self._shown(place, reply, at)

    async def _hand_over(self, place: Place, letter_id: str, format_name: str) -> None:
        try:
            file = await self._conversation.document(place.name, letter_id, format_name)
        except SharewellError as error:
            await self._showing.say(place, f"{error.message} {error.remedy}")
            return
        protected = letter_id in _RECORD_FORMS
        await self._api.document(place.name, place.chat, file.data, file.name, protected=protected)

    async def _unowned(self, place: Place, arrived: Arrived, seen: Seen) -> None:
        """What answers nothing: attached, changed, forwarded, or late. It is read for danger and details only."""
        album = f"{place.name}/{arrived.album}" if arrived.album else ""
        repeated = album in self._albums
        if album:
            self._albums.add(album)
        masked = seen.masked or self._conversation.masked(place.name, arrived.text)
        detected = await self._looking.danger(replace(seen, masked=masked))
        if detected:
            urgent = await self._turn(place, button=f"urgent:{detected}")
            await self._showing.show_noted(place, urgent, seen.deletions, lambda: unowned_note(arrived, masked, seen))
            return
        note = await unowned_note(arrived, masked, seen)
        if not repeated:
            await self._showing.say(place, note.text, title=note.title)

    async def _shown(self, place: Place, reply: Reply, pressed: From | None = None) -> None:
        await self._showing.show(place, reply, pressed)

    async def _shown_of(self, place: Place, reply: Reply, seen: Seen, echo: str) -> None:
        if seen.deleting is None:
            await self._shown(place, reply)
        else:
            await self._showing.show_noted(place, reply, seen.deletions, lambda: deletion_note(seen, echo))

    async def _where_it_was(self, place: Place, arrived: Arrived, seen: Seen) -> None:
        """An earlier process read this and did not say that it was answered: the words are not read a second time."""
        if arrived.kind not in ("typed", "pressed"):
            await self._answered(place, arrived, seen)
            return
        opened = await self._conversation.opening(place.name, private_entry=False)
        if opened.id == _GREETING and arrived.kind == "typed":  # nothing is open that it could answer twice
            await self._text(place, arrived, seen)
            return
        trigger = await self._looking.danger(seen)
        if not trigger:
            reply = before(opened, [notice(words.INTERRUPTED)])
        else:
            urgent = await self._turn(place, button=f"urgent:{trigger}")
            reply = danger.told_after(urgent, notice(words.INTERRUPTED))
        await self._shown_of(place, reply, seen, "")

    async def _refuse_group(self, place: Place) -> None:
        with suppress(TelegramError, GivenUpError):  # the bot may not write there, or is out already
            await self._api.tell(place.name, place.chat, Styled(words.GROUP), _GROUP_SECONDS)
        await self._api.leave(place.chat)

    async def _ended(self, place: Place) -> None:
        """The user blocked the bot: nothing can be said any more, so nothing is kept."""
        self._screens.forget(place.name)
        await self._conversation.forget(place.name)

    async def _sorry(self, place: Place) -> None:
        try:
            await self._showing.say(place, said.FAULT)
        except Exception as fault:
            told("saying that it failed", fault)

    async def _turn(self, place: Place, *, text: str | None = None, button: str | None = None) -> Reply:
        account, may_record = await self._who(place)
        return await self._conversation.turn(Message(
            place.name, text=text, button=button, private_entry=False, account=account, may_record=may_record,
            notices=self._people.sealed(place.chat, REPLIES),
        ))  # fmt: skip

    async def _who(self, place: Place) -> tuple[str, bool]:
        """The account under which this chat acts, empty where it has none, and whether it may make records."""
        if not self._members.enrolment:
            return "", True
        enrolling = self._members.enrolling
        account = None if enrolling is None else await enrolling.account_of(place.chat)
        return ("", False) if account is None else (account.id, True)

    @property
    def _known(self) -> Knowledge:
        return self._conversation.bundle.knowledge

    def _what_is_kept(self) -> Part:
        account = words.START_ENROLMENT if self._members.enrolment else words.START_NOBODY
        text = words.START.format(minutes=self._idle_minutes, account=account)
        return Part(text, "plain", words.START_TITLE)

    def sweep(self) -> None:
        self._albums.clear()

    async def close(self) -> None:
        """Ends the deletions that are under way."""
        await self._looking.close()
