"""Answers what arrived in a chat, one after another: the gate first, then the conversation, then the screen."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Protocol

from telegram.error import BadRequest, Forbidden

from bot.channels.telegram import commands, words
from bot.channels.telegram.api import Api
from bot.channels.telegram.arrived import Arrived
from bot.channels.telegram.calls import GivenUpError, told
from bot.channels.telegram.screens import Screens
from bot.channels.telegram.showing import From, Place, Showing
from bot.conversation import buttons, danger
from bot.conversation import words as said
from bot.conversation.bundle import Bundle
from bot.conversation.messages import File, Message, Part, Reply, document_named
from bot.conversation.turn import before, notice
from bot.errors import SharewellError
from bot.knowledge import Knowledge
from bot.privacy import TYPES, Masked

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


@dataclass(frozen=True)
class _Deleting:
    """The deletion of a message, under way, and what the gate found in it."""

    masked: Masked
    task: asyncio.Task[bool]


class Talk:
    """The chats of one bot."""

    def __init__(
        self, conversation: Conversation, api: Api, screens: Screens, *, site_url: str, idle_minutes: int
    ) -> None:
        self._conversation = conversation
        self._api = api
        self._screens = screens
        self._showing = Showing(api, screens, site_url)
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
        deleting = self._screened(place, arrived)
        command = commands.command_in(arrived.text)
        reply = await self._api.while_busy(place.chat, self._reply(place, arrived.text, command))
        if deleting is not None:
            reply = danger.told_after(reply, await _deletion_note(deleting, reply.echo))
        await self._shown(place, reply)

    async def _reply(self, place: Place, text: str, command: commands.Command | None) -> Reply:
        if command is None:
            return await self._turn(Message(place.name, text=text, private_entry=False))
        if command.name == "start":
            return await self._started(place, command.rest)
        if command.name == "ask" and not command.rest:
            return Reply((Part(words.ASK, "plain", words.ASK_TITLE),), "smalltalk", buttons=(buttons.MENU,))
        if command.name == "ask":
            return await self._turn(Message(place.name, text=command.rest, private_entry=False))
        value = commands.press_of(command)
        if command.name == "check" and f"check:{command.rest}" == commands.linked(f"check_{command.rest}", self._known):
            value = f"check:{command.rest}"
        reply = await self._turn(Message(place.name, button=value, private_entry=False))
        if command.name == "privacy":
            return before(reply, [self._what_is_kept()])
        return before(reply, [notice(words.TRAIN, words.TRAIN_TITLE)]) if command.name == "train" else reply

    async def _started(self, place: Place, payload: str) -> Reply:
        """The three lines, and then what was linked to, or what the chat was in the middle of, or the greeting."""
        value = commands.linked(payload, self._known) if payload else None
        if value is not None:
            opened = await self._turn(Message(place.name, button=value, private_entry=False))
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
        reply = await self._turn(Message(place.name, button=pressed.value, private_entry=False))
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
        """What is not taken as the user's own words: attached, changed, or forwarded. It is read for danger only."""
        album = f"{place.name}/{arrived.album}" if arrived.album else ""
        repeated = album in self._albums
        if album:
            self._albums.add(album)
        masked = self._conversation.masked(place.name, arrived.text)
        detected = self._conversation.bundle.detector.detect(masked.text)
        deleted = False
        if arrived.kind == "attached" or masked.spans:
            deleted = await self._api.delete(place.chat, arrived.message)
        if repeated and detected is None:
            return
        told_parts = _unowned_note(arrived, masked, deleted=deleted)
        if detected is None:
            await self._showing.say(place, told_parts.text, title=told_parts.title)
            return
        urgent = await self._turn(Message(place.name, button=f"urgent:{detected.trigger_id}", private_entry=False))
        await self._shown(place, danger.told_after(urgent, told_parts))

    def _screened(self, place: Place, arrived: Arrived) -> _Deleting | None:
        """Has a message that holds details deleted at once, beside the turn; None where the gate finds nothing."""
        masked = self._conversation.masked(place.name, arrived.text)
        if not masked.spans:
            return None
        return _Deleting(masked, asyncio.create_task(self._api.delete(place.chat, arrived.message)))

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
        reply = before(opened, [notice(words.INTERRUPTED)])
        if deleting is not None:
            reply = danger.told_after(reply, await _deletion_note(deleting, ""))
        await self._shown(place, reply)

    async def _refuse_group(self, place: Place) -> None:
        try:
            await self._showing.say(place, words.GROUP)
        except (BadRequest, Forbidden):
            return  # the bot may not write there, or is out already
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

    async def _turn(self, message: Message) -> Reply:
        return await self._conversation.turn(message)

    @property
    def _known(self) -> Knowledge:
        return self._conversation.bundle.knowledge

    def _what_is_kept(self) -> Part:
        return Part(words.START.format(minutes=self._idle_minutes), "plain", words.START_TITLE)

    def sweep(self) -> None:
        self._albums.clear()


async def _deletion_note(deleting: _Deleting, echo: str) -> Part:
    """What became of a message with details, and the words that were gone on with."""
    deleted = await deleting.task
    title, text = _deletion(deleted=deleted)
    return notice(f"{text}\n\n{words.GOING_ON.format(masked=echo)}" if echo else text, title)


def _deletion(*, deleted: bool) -> tuple[str, str]:
    if deleted:
        return words.DELETED_TITLE, words.DELETED
    return words.NOT_DELETED_TITLE, words.NOT_DELETED


def _unowned_note(arrived: Arrived, masked: Masked, *, deleted: bool) -> Part:
    if arrived.kind == "attached":
        text = words.REFUSED if deleted else words.REFUSED_NOT_DELETED
        return notice(text.format(what=arrived.what), words.REFUSED_TITLE)
    own = words.EDITED if arrived.kind == "edited" else words.FORWARDED
    if not masked.spans:
        return notice(own, words.EDITED_TITLE if arrived.kind == "edited" else words.FORWARDED_TITLE)
    title, text = _deletion(deleted=deleted)
    found = "\n".join(dict.fromkeys(f"- {TYPES[span.type].label}: {span.why}" for span in masked.spans))
    offered = words.OFFERED.format(masked=masked.text)
    return notice(f"{text}\n\n{words.FOUND}\n{found}\n\n{offered}\n\n{own}", title)
