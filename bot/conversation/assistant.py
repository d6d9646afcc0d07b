"""A turn from Message to Reply: lock, session, a typed text or a button, then the session is kept."""

from __future__ import annotations

import asyncio
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from bot.consultations import Advice
from bot.conversation import (
    advising,
    answering,
    buttons,
    charts,
    danger,
    directives,
    learning_record,
    lettering,
    presses,
    words,
)
from bot.conversation.advising_codes import masked_with
from bot.conversation.bundle import Bundle
from bot.conversation.charts import Flowchart
from bot.conversation.failing import failed, problem
from bot.conversation.free_text import LONGEST_MESSAGE, FreeText
from bot.conversation.identity_page import IdentityPage
from bot.conversation.messages import File, Message, Part, Reply
from bot.conversation.nlu_client import Understanding
from bot.conversation.session import Session
from bot.conversation.store import Sessions, Stored, StoreError
from bot.conversation.trackers import Trackers
from bot.conversation.turn import Turn, Volatile, before, notice
from bot.decision_log import DecisionLog
from bot.knowledge import Index, Knowledge
from bot.privacy import Gate, Masked
from bot.tallies import Found, Tallies
from bot.training import Training
from bot.urgent import Detector

__all__ = ["LONGEST_MESSAGE", "Assistant", "Bundle", "Parts"]

_STANDS_UNSAVED = frozenset({"topic", "urgent", "smalltalk", "unknown", "advice", "recorded", "letter"})
"""Kinds of reply that are true although the session could not be saved; a step of a check is not."""

_FOUND = {
    "topic": Found.ANSWER, "check": Found.ANSWER, "letter": Found.ANSWER, "urgent": Found.ANSWER,
    "unknown": Found.NOTHING,
}  # fmt: skip
"""What a question has found, by the kind of the reply. Steps of a check are not counted: most are replies to it."""


@dataclass(frozen=True)
class Parts:
    """What an assistant is made of. `clock` gives the present time, with its zone."""

    knowledge: Knowledge
    index: Index
    gate: Gate
    detector: Detector
    store: Sessions
    log: DecisionLog
    understanding: Understanding
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    untrained: frozenset[str] = frozenset()
    tallies: Tallies | None = None
    advice: Advice | None = None
    training: Training | None = None


@dataclass(frozen=True)
class _Current:
    """What turns begin with now: swapped as one, so that a turn sees one version of the knowledge only."""

    parts: Parts
    free_text: FreeText


class Assistant:
    """Answers messages. One turn of a chat runs at a time; different chats run side by side."""

    def __init__(self, parts: Parts) -> None:
        self._trackers = Trackers(parts.understanding)
        self._parts = parts
        self._current = self._reading(parts)
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()
        self._volatile: dict[str, Volatile] = {}
        self._identity_page: IdentityPage | None = None

    def offer_identity_page(self, page: IdentityPage) -> None:
        """From now on a record is followed by the offer of a link to `page`."""
        self._identity_page = page

    @property
    def advice(self) -> Advice | None:
        """Where advice is asked for; None where it cannot be."""
        return self._parts.advice

    @property
    def training(self) -> Training | None:
        """Where progress of the training is kept; None where it is not."""
        return self._parts.training

    @property
    def bundle(self) -> Bundle:
        """What is known now, all of one version. A page that takes it once never mixes two."""
        parts = self._current.parts
        return Bundle(parts.knowledge, parts.index, parts.gate, parts.detector, parts.untrained)

    def renew(self, bundle: Bundle) -> None:
        """Takes other knowledge as a whole. A turn that has begun ends on what it began with."""
        parts = replace(
            self._parts, knowledge=bundle.knowledge, index=bundle.index, gate=bundle.gate, detector=bundle.detector,
            untrained=bundle.untrained, log=self._parts.log.with_fields(bundle.knowledge.fields),
        )  # fmt: skip
        self._current = self._reading(parts)

    async def turn(self, message: Message) -> Reply:
        """The reply to one message. Never raises for anything that a user can send."""
        async with self._lock(message.chat):
            if message.button == presses.FORGET:
                return await self._forget(message.chat)
            stored, unread = self._loaded(message.chat)
            current = self._current
            turn = self._begin(message.chat, stored, message.private_entry, current.parts, message.account)
            turn.may_record = message.may_record
            turn.source, turn.notices = message.source or message.chat, message.notices
            reply = _with_expiry(await self._answer(turn, message, current.free_text), turn, stored)
            self._tally(turn, message, reply)
            return self._kept(message.chat, turn, reply, unread)

    async def opening(self, chat: str, *, private_entry: bool = True) -> Reply:
        """What a chat shows before anything is sent: where it was, or the greeting with what is kept."""
        async with self._lock(chat):
            stored, unread = self._loaded(chat)
            turn = self._begin(chat, stored, private_entry, self._current.parts)
            if unread is not None:
                return before(answering.greeting(turn), [problem(unread)])
            open_now = directives.current(turn)
            if open_now is not None:
                return before(open_now, [notice(words.RESUMED)])
            return _with_expiry(answering.greeting(turn), turn, stored)

    async def flowcharts(self, chat: str) -> tuple[Flowchart, ...]:
        """The flowchart of each check that this chat is walking, its way highlighted; none where no check is open."""
        async with self._lock(chat):
            stored, _ = self._loaded(chat)
            return charts.walked(self._begin(chat, stored, True, self._current.parts))

    async def document(self, chat: str, letter_id: str, format_name: str) -> File:
        """The letter or form `letter_id` as docx or pdf, filled in with what this chat knows now. It is kept nowhere.

        Raises LetterError for an unknown letter or format and where the chat has ended, StoreError or LogError where
        what is known cannot be read; each says in words what to do.
        """
        async with self._lock(chat):
            stored, unread = self._loaded(chat)
            if unread is not None:
                raise unread
            if stored.session is None:
                raise lettering.gone()
            turn = self._begin(chat, stored, True, self._current.parts)
            if letter_id == learning_record.CERTIFICATE:
                return await asyncio.to_thread(learning_record.certificate, turn)
            return await asyncio.to_thread(lettering.file_of, turn, letter_id, format_name)

    def masked(self, chat: str, text: str) -> Masked:
        """`text` as the gate masks it in this chat, for a channel that must take back what holds details."""
        gate, held = self._current.parts.gate, self._volatile.get(chat)  # any thread may ask: it works on a copy
        return masked_with(gate, text[:LONGEST_MESSAGE], frozenset(held.allowed) if held is not None else ())

    def is_open(self, chat: str) -> bool:
        """Whether a conversation of this chat is kept. One that was idle too long counts until it is wiped."""
        try:
            return self._parts.store.holds(chat)
        except StoreError:
            return False

    @property
    def today(self) -> date:
        """The day on which this assistant answers."""
        return self._parts.clock().date()

    async def forget(self, chat: str) -> None:
        """Ends a chat and wipes all that is held of it."""
        async with self._lock(chat):
            await self._forget(chat)

    async def sweep(self) -> None:
        """Wipes what was idle too long; to be called now and then. A store that fails is left to the next turn."""
        now = self._now()
        idle = self._parts.store.idle_seconds
        for chat in [name for name, held in self._volatile.items() if now - held.touched > idle]:
            del self._volatile[chat]
        with suppress(StoreError):
            for sender in self._parts.store.sweep(now):
                self._trackers.forget(sender)

    async def _answer(self, turn: Turn, message: Message, free_text: FreeText) -> Reply:
        if message.text is not None:
            return await free_text.reply(turn, message.text)
        if message.button == presses.NOT_A_NAME:
            return await free_text.not_a_name(turn)
        earlier = turn.session.as_text()
        turn.session.suggested = []
        turn.volatile.masked = None
        try:
            return await presses.pressed(turn, message.button or "")
        except Exception as fault:
            return failed(turn, earlier, fault)

    def _loaded(self, chat: str) -> tuple[Stored, StoreError | None]:
        """What is stored of a chat. What else is held of one that was idle too long is wiped with it."""
        try:
            stored = self._parts.store.load(chat, self._now())
        except StoreError as error:
            return Stored(None), error
        if stored.expired:
            self._volatile.pop(chat, None)
            if stored.sender:
                self._trackers.forget(stored.sender)
        return stored, None

    def _reading(self, parts: Parts) -> _Current:
        return _Current(parts, FreeText(parts.gate, parts.detector, self._trackers))

    def _begin(self, chat: str, stored: Stored, private_entry: bool, parts: Parts, account: str = "") -> Turn:
        turn = Turn(
            session=stored.session or Session(),
            volatile=self._held(chat),
            knowledge=parts.knowledge,
            index=parts.index,
            log=parts.log,
            now=parts.clock(),
            private_entry=private_entry,
            account=account,
            idle_minutes=max(1, round(parts.store.idle_seconds / 60)),
            untrained=parts.untrained,
            training=parts.training,
            identity_page=self._identity_page,
            advice=parts.advice,
        )
        turn.meet_guidance()
        return turn

    def _kept(self, chat: str, turn: Turn, reply: Reply, unread: StoreError | None) -> Reply:
        """Saves the session. Where that fails, an answer still stands, but a step does not."""
        try:
            if unread is not None:
                raise unread
            self._parts.store.save(chat, turn.session, self._now())
        except StoreError as error:
            if reply.kind in _STANDS_UNSAVED:
                return replace(reply, parts=(*reply.parts, problem(error)))
            return Reply((problem(error),), "error", buttons=(buttons.MENU,))
        return reply

    async def _forget(self, chat: str) -> Reply:
        advising.leave(self._volatile.pop(chat, None), self._parts.advice)
        try:
            stored = self._parts.store.load(chat, self._now())
            self._parts.store.wipe(chat)
        except StoreError as error:
            return Reply((problem(error),), "error", buttons=(buttons.FORGET,))
        if stored.sender:
            self._trackers.forget(stored.sender)
        return Reply((Part(words.ENDED, "plain", words.ENDED_TITLE),), "ended", "forgotten", (buttons.MENU,))

    def _tally(self, turn: Turn, message: Message, reply: Reply) -> None:
        """Counts what a typed question found. An answer to a question of ours is none."""
        if self._parts.tallies is None or message.text is None or reply.kind not in _FOUND:
            return
        found = Found.SUGGESTIONS if reply.kind == "unknown" and reply.alternatives else _FOUND[reply.kind]
        self._parts.tallies.count(found, turn.now.astimezone(UTC).date())

    def _held(self, chat: str) -> Volatile:
        now = self._now()
        held = self._volatile.get(chat)
        if held is None or now - held.touched > self._parts.store.idle_seconds:
            held = self._volatile[chat] = Volatile()
        held.touched = now
        return held

    def _lock(self, chat: str) -> asyncio.Lock:
        lock = self._locks.get(chat)
        if lock is None:
            lock = self._locks[chat] = asyncio.Lock()
        return lock

    def _now(self) -> float:
        return self._parts.clock().timestamp()


def _with_expiry(reply: Reply, turn: Turn, stored: Stored) -> Reply:
    if not stored.expired:
        return reply
    return danger.told_after(reply, notice(words.EXPIRED.format(minutes=turn.idle_minutes)))
