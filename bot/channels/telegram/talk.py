"""Answers what arrived in a chat, one after another: the gate first, then the conversation, then the screen."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from telegram.error import BadRequest, Forbidden

from bot.channels.telegram import commands, words
from bot.channels.telegram.api import Api
from bot.channels.telegram.arrived import Arrived
from bot.channels.telegram.calls import GivenUpError, told
from bot.channels.telegram.deletions import Deleting, deletion_note, unowned_note
from bot.channels.telegram.enrolling import EVERYBODY, INVITED, VERBS, Members
from bot.channels.telegram.organisation import LinkMaker
from bot.channels.telegram.people import REPLIES, People
from bot.channels.telegram.screens import Screens
from bot.channels.telegram.showing import From, Place, Showing
from bot.consultations import Advice
from bot.conversation import buttons, danger
from bot.conversation import words as said
from bot.conversation.advising_codes import code_in, nearly_a_code
from bot.conversation.bundle import Bundle
from bot.conversation.messages import File, Message, Part, Reply, document_named
from bot.conversation.turn import before, notice
from bot.errors import SharewellError
from bot.knowledge import Knowledge
from bot.privacy import Masked

_GREETING = "greeting"
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

    async def answer(self, name: str, arrived: Arrived, *, interrupted: bool) -> None:
        """Answers one update. `interrupted`: an earlier process began it, and whether it ended is not known.

        Nothing is raised: what fails is logged by its kind, and the user is told where that can be.
        """
        place = Place(name, arrived.chat)
        try:
            await (self._where_it_was(place, arrived) if interrupted else self._answered(place, arrived))
        except Forbidden:
            await self._ended(place)
        except GivenUpError as error:
            told("sending an answer", error)
        except Exception as fault:
            told("answering", fault)
            await self._sorry(place)

    async def _answered(self, place: Place, arrived: Arrived) -> None:
        if arrived.kind == "group":
            await self._refuse_group(place)
        elif arrived.kind == "blocked":
            await self._ended(place)
        elif arrived.kind == "pressed":
            await self._press(place, arrived)
        elif arrived.kind == "typed":
            await self._text(place, arrived)
        else:
            await self._unowned(place, arrived)

    async def _text(self, place: Place, arrived: Arrived) -> None:
        command = commands.command_in(arrived.text)
        deleting = None if _is_invitation(command) else self._screened(place, arrived)
        reply = await self._api.while_busy(place.chat, self._reply(place, arrived.text, command))
        if deleting is not None:
            reply = danger.told_after(reply, await deletion_note(deleting, reply.echo))
        await self._shown(place, reply)

    async def _reply(self, place: Place, text: str, command: commands.Command | None) -> Reply:
        if command is None:
            return await self._turn(place, text=text)
        if self._danger_in(place, command.rest) is not None:  # whatever command stands before it
            return await self._turn(place, text=command.rest)
        if command.name == "start":
            return await self._started(place, command.rest)
        if command.name == "ask" and not command.rest:
            return Reply((Part(words.ASK, "plain", words.ASK_TITLE),), "smalltalk", buttons=(buttons.MENU,))
        if command.name == "ask" or (command.name == "advice" and command.rest):  # /advice and a receipt code
            return await self._turn(place, text=command.rest)
        value = commands.press_of(command)
        if command.name == "check" and f"check:{command.rest}" == commands.linked(f"check_{command.rest}", self._known):
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
        if payload.startswith(INVITED) and self._members.enrolling is not None:
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
        at = From(arrived.message, pressed.label, pressed.query, pressed.protected)
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

    async def _unowned(self, place: Place, arrived: Arrived) -> None:
        """What answers nothing: attached, changed, forwarded, or late. It is read for danger and details only."""
        album = f"{place.name}/{arrived.album}" if arrived.album else ""
        repeated = album in self._albums
        if album:
            self._albums.add(album)
        masked = self._conversation.masked(place.name, arrived.text)
        detected = self._danger_in(place, arrived.text)
        deleted = False
        if arrived.kind == "attached" or masked.spans:
            deleted = await self._api.delete(place.chat, arrived.message)
        if repeated and detected is None:
            return
        told_parts = unowned_note(arrived, masked, deleted=deleted)
        if detected is None:
            await self._showing.say(place, told_parts.text, title=told_parts.title)
            return
        urgent = await self._turn(place, button=f"urgent:{detected}")
        await self._shown(place, danger.told_after(urgent, told_parts))

    def _danger_in(self, place: Place, text: str) -> str | None:
        """The trigger that words raise which are no message of their own; None where they tell of no danger."""
        detected = self._conversation.bundle.detector.detect(self._conversation.masked(place.name, text).text)
        return None if detected is None else detected.trigger_id

    def _screened(self, place: Place, arrived: Arrived) -> Deleting | None:
        """Has a message that holds details deleted at once, beside the turn; None where the gate finds nothing."""
        masked = self._conversation.masked(place.name, arrived.text)
        if not masked.spans:
            return None
        holds_code = code_in(arrived.text) is not None or nearly_a_code(arrived.text)
        return Deleting(masked, asyncio.create_task(self._api.delete(place.chat, arrived.message)), holds_code)

    async def _shown(self, place: Place, reply: Reply, pressed: From | None = None) -> None:
        await self._showing.show(place, reply, pressed)

    async def _where_it_was(self, place: Place, arrived: Arrived) -> None:
        """An earlier process read this and did not say that it was answered: the words are not read a second time."""
        if arrived.kind not in ("typed", "pressed"):
            await self._answered(place, arrived)
            return
        deleting = self._screened(place, arrived) if arrived.kind == "typed" else None
        opened = await self._conversation.opening(place.name, private_entry=False)
        if opened.id == _GREETING and arrived.kind == "typed":  # nothing is open that it could answer twice
            if deleting is not None:
                await deleting.task
            await self._text(place, arrived)
            return
        trigger = self._danger_in(place, arrived.text) if arrived.kind == "typed" else None
        if trigger is None:
            reply = before(opened, [notice(words.INTERRUPTED)])
        else:
            urgent = await self._turn(place, button=f"urgent:{trigger}")
            reply = danger.told_after(urgent, notice(words.INTERRUPTED))
        if deleting is not None:
            reply = danger.told_after(reply, await deletion_note(deleting, ""))
        await self._shown(place, reply)

    async def _refuse_group(self, place: Place) -> None:
        with suppress(BadRequest, Forbidden):  # the bot may not write there, or is out already
            await self._showing.say(place, words.GROUP)
        with suppress(BadRequest, Forbidden):
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


def _is_invitation(command: commands.Command | None) -> bool:
    """Whether this opens an invitation, whose random letters the gate might take for something else."""
    return command is not None and command.name == "start" and command.rest.startswith(INVITED)
