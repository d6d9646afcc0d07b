"""A turn from Message to Reply: lock, gate, danger first, then a button or Rasa, then the session is kept."""

from __future__ import annotations

import asyncio
import re
import unicodedata
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bot.conversation import answering, buttons, directives, identifying, presses, recording, rendering, words
from bot.conversation.lexicon import command_in_field, directive_for, slash_command
from bot.conversation.messages import Message, Part, Reply
from bot.conversation.nlu_client import NluDown, Understanding, Understood
from bot.conversation.session import Session, new_id, session_from
from bot.conversation.store import SessionStore, Stored, StoreError
from bot.conversation.turn import Turn, Volatile, before, notice
from bot.decision_log import DecisionLog
from bot.errors import SharewellError
from bot.knowledge import Index, Knowledge
from bot.privacy import TYPES, Gate, Masked
from bot.urgent import Detected, Detector

LONGEST_MESSAGE = 10_000
"""Characters that are read at all; what is longer is refused before anything looks at it."""

LONGEST_QUESTION = 1_000
"""Characters that Rasa is asked about; a longer text is read for danger and for private details only."""

SENDER_TURNS = 20
"""Turns after which Rasa gets a new sender id: it replays its whole history, so a long one makes it slow."""

URGENT_PATIENCE = 0.8
"""Seconds that an urgent reply waits for Rasa to add the rest: what to do now never waits for it."""

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad]")
_WORD = re.compile(r"[^\W_]", re.UNICODE)
_UNSAVED_IS_FINE = frozenset({"topic", "urgent", "smalltalk", "unknown", "advice"})


@dataclass(frozen=True)
class Parts:
    """What an assistant is made of. `clock` gives the present time, with its zone."""

    knowledge: Knowledge
    index: Index
    gate: Gate
    detector: Detector
    store: SessionStore
    log: DecisionLog
    understanding: Understanding
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


class Assistant:
    """Answers messages. One turn of a chat runs at a time; different chats run side by side."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._locks: weakref.WeakValueDictionary[str, asyncio.Lock] = weakref.WeakValueDictionary()
        self._volatile: dict[str, Volatile] = {}
        self._forgetting: set[asyncio.Task[None]] = set()

    async def turn(self, message: Message) -> Reply:
        """The reply to one message. Never raises for anything that a user can send."""
        async with self._lock(message.chat):
            if message.button == presses.FORGET:
                return await self._forget(message.chat)
            return await self._turn(message)

    async def opening(self, chat: str, *, private_entry: bool = True) -> Reply:
        """What a chat shows before anything is sent: where it was, or the greeting with what is kept."""
        async with self._lock(chat):
            try:
                stored = self._parts.store.load(chat, self._now())
            except StoreError as error:
                stored = Stored(None)
                return before(answering.greeting(self._begin(chat, stored, private_entry)), [_problem(error)])
            turn = self._begin(chat, stored, private_entry)
            open_now = directives.current(turn)
            if open_now is not None:
                return before(open_now, [notice(words.RESUMED)])
            return self._with_expiry(answering.greeting(turn), stored)

    async def forget(self, chat: str) -> None:
        """Ends a chat and wipes all that is held of it."""
        async with self._lock(chat):
            await self._forget(chat)

    async def sweep(self) -> None:
        """Wipes what was idle too long; to be called now and then."""
        now = self._now()
        for chat in [name for name, held in self._volatile.items() if now - held.touched > self._idle_seconds]:
            del self._volatile[chat]
        self._parts.store.sweep(now)

    async def _turn(self, message: Message) -> Reply:
        text = message.text
        masked = None
        detected = None
        volatile = self._held(message.chat)
        if text is not None:
            if len(text) > LONGEST_MESSAGE:
                return Reply((notice(words.TOO_LONG),), "error", buttons=(buttons.MENU,))
            masked = self._parts.gate.mask(text, volatile.allowed)
            detected = self._parts.detector.detect(masked.text)
        failed: StoreError | None = None
        try:
            stored = self._parts.store.load(message.chat, self._now())
        except StoreError as error:
            stored, failed = Stored(None), error
        turn = self._begin(message.chat, stored, message.private_entry)
        earlier = turn.session.as_text()
        reply = await self._answer(turn, message, masked, detected, earlier)
        reply = self._with_expiry(reply, stored)
        return self._kept(message.chat, turn, reply, failed)

    async def _answer(
        self, turn: Turn, message: Message, masked: Masked | None, detected: Detected | None, earlier: str
    ) -> Reply:
        try:
            if masked is not None and message.text is not None:
                return await self._text(turn, message.text, masked, detected, earlier)
            if message.button == presses.NOT_A_NAME:
                return await self._not_a_name(turn)
            return await self._press(turn, message.button or "")
        except SharewellError as error:
            turn.session = session_from(earlier)
            open_now = directives.current(turn) or Reply((), "error", buttons=(buttons.MENU,))
            reply = replace(before(open_now, [_problem(error)]), kind="error")
            return reply if detected is None else before(reply, self._urgent(turn, detected))

    async def _press(self, turn: Turn, value: str) -> Reply:
        turn.session.suggested = []
        if presses.verb_of(value) in presses.BLOCKING:
            return await asyncio.to_thread(presses.press, turn, value)
        return presses.press(turn, value)

    async def _text(self, turn: Turn, text: str, masked: Masked, detected: Detected | None, earlier: str) -> Reply:
        clean = _cleaned(masked.text)
        private = turn.session.identifying is not None and turn.session.identifying.asking is not None
        if masked.spans and not private:
            turn.volatile.original, turn.volatile.spans, turn.volatile.before = text, masked.spans, earlier
        if detected is not None:
            reply = await self._urgent_reply(turn, text, clean, detected)
        else:
            reply = await self._calm_reply(turn, text, clean)
        if private:
            return reply
        return replace(_with_masking(reply, masked), echo=clean)

    async def _calm_reply(self, turn: Turn, text: str, clean: str) -> Reply:
        if (content := self._content(turn, text, clean)) is not None:
            return content
        if not _WORD.search(clean):
            return self._on_top(turn, words.EMPTY)
        if clean.startswith("/"):
            directive = slash_command(clean)
            if directive is None:
                return self._on_top(turn, words.COMMAND)
            return directives.carry_out(turn, Understood(directive["do"], directive), clean)
        if len(clean) > LONGEST_QUESTION:
            return self._searched(turn, clean[:LONGEST_QUESTION], words.TOO_LONG)
        named = directives.named_option(turn, clean)
        if named is not None:
            return named
        try:
            understood = await self._understand(turn, clean)
        except NluDown:
            return self._without_rasa(turn, clean)
        if understood.do == "not_a_name" and turn.volatile.original:
            return await self._not_a_name(turn)
        if understood.do in directives.BLOCKING:
            return await asyncio.to_thread(directives.carry_out, turn, understood, clean)
        return directives.carry_out(turn, understood, clean)

    def _content(self, turn: Turn, text: str, clean: str) -> Reply | None:
        """The reply where what was typed is the content of a field, not a question; None elsewhere."""
        if turn.session.identifying is not None and turn.session.identifying.asking is not None:
            if (command := command_in_field(text)) is not None:
                return directives.carry_out(turn, Understood(command), clean)
            if _WORD.search(text):
                return identifying.type_detail(turn, _cleaned(text))
            return before(identifying.show(turn), [notice(words.EMPTY)])
        if (dated := recording.type_date(turn, text)) is not None:
            return dated
        if not recording.takes_text(turn) or not _WORD.search(clean):
            return None
        if (command := command_in_field(clean)) is not None:
            return directives.carry_out(turn, Understood(command), clean)
        return recording.type_text(turn, clean)

    async def _understand(self, turn: Turn, clean: str) -> Understood:
        session = turn.session
        if session.sender_turns >= SENDER_TURNS:
            self._forget_sender(session.sender)
            session.sender, session.sender_turns = new_id(), 0
        session.sender_turns += 1
        return await self._parts.understanding.understand(session.sender, clean, directives.context(turn))

    def _without_rasa(self, turn: Turn, clean: str) -> Reply:
        directive = directive_for(clean)
        if directive is not None:
            return directives.carry_out(turn, Understood(directive["do"], directive), clean)
        starting = self._parts.understanding.starting
        return self._searched(turn, clean, words.NLU_WARMING if starting else words.NLU_DOWN)

    def _searched(self, turn: Turn, clean: str, reason: str) -> Reply:
        found = answering.found(turn, self._parts.index.search(clean), reason)
        open_now = directives.current(turn)
        if open_now is None:
            return found
        near = tuple(button for button in found.buttons if button.value.split(":")[0] in ("topic", "check"))
        return replace(found, parts=(*found.parts, *open_now.parts), buttons=(*near, *open_now.buttons))

    async def _urgent_reply(self, turn: Turn, text: str, clean: str, detected: Detected) -> Reply:
        """What to do now, first. Then what the message asked besides, and what was open."""
        urgent = self._urgent(turn, detected)
        trigger = turn.knowledge.triggers[detected.trigger_id]
        walk = buttons.check(f"Check: {turn.knowledge.checks[trigger.check].title}", trigger.check)
        content = self._content(turn, text, clean)
        rest = content or directives.current(turn)
        if rest is None:
            rest = await self._asked_besides(turn, clean)
        if rest is None:
            return Reply(urgent, "urgent", trigger.id, (walk, buttons.ASK_ADVICE, buttons.MENU))
        go_on = () if turn.session.start is None else (notice(words.URGENT_GO_ON),)
        return replace(
            rest, parts=(*urgent, *go_on, *rest.parts), kind="urgent", id=trigger.id, buttons=(walk, *rest.buttons)
        )

    async def _asked_besides(self, turn: Turn, clean: str) -> Reply | None:
        try:
            async with asyncio.timeout(URGENT_PATIENCE):
                understood = await self._understand(turn, clean[:LONGEST_QUESTION])
        except (NluDown, TimeoutError):
            return None
        topic = str(understood.directive.get("topic", ""))
        return answering.answer(turn, topic) if understood.do == "answer" and topic in turn.knowledge.topics else None

    def _urgent(self, turn: Turn, detected: Detected) -> tuple[Part, ...]:
        trigger = turn.knowledge.triggers[detected.trigger_id]
        parts = rendering.urgent_parts(trigger, turn.area, turn.knowledge, turn.today)
        return (*parts, Part(words.URGENT_NOT_CHECKED, "urgent"))

    async def _not_a_name(self, turn: Turn) -> Reply:
        """Reads the last masked message again, with its details let through, from where the chat stood before it."""
        volatile = turn.volatile
        if not volatile.original:
            return self._on_top(turn, words.NOT_A_NAME_NOTHING)
        original, spans = volatile.original, volatile.spans
        turn.session = session_from(volatile.before)
        volatile.allowed |= {original[span.start : span.end].casefold() for span in spans}
        volatile.original, volatile.spans, volatile.before = "", (), ""
        masked = self._parts.gate.mask(original, volatile.allowed)
        return await self._text(
            turn, original, masked, self._parts.detector.detect(masked.text), turn.session.as_text()
        )

    def _on_top(self, turn: Turn, text: str) -> Reply:
        open_now = directives.current(turn) or Reply((), "error", buttons=(buttons.MENU,))
        return replace(before(open_now, [notice(text)]), kind="error")

    def _kept(self, chat: str, turn: Turn, reply: Reply, failed: StoreError | None) -> Reply:
        """Saves the session. Where that fails, an answer still stands, but a step does not."""
        turn.session.greeted = True
        try:
            if failed is not None:
                raise failed
            self._parts.store.save(chat, turn.session, self._now())
        except StoreError as error:
            if reply.kind in _UNSAVED_IS_FINE:
                return replace(reply, parts=(*reply.parts, _problem(error)))
            if reply.kind == "recorded":
                return replace(reply, parts=(*reply.parts, _problem(error)))
            return Reply((_problem(error),), "error", buttons=(buttons.MENU,))
        return reply

    def _begin(self, chat: str, stored: Stored, private_entry: bool) -> Turn:
        return Turn(
            session=stored.session or Session(),
            volatile=self._held(chat),
            knowledge=self._parts.knowledge,
            index=self._parts.index,
            log=self._parts.log,
            now=self._parts.clock(),
            private_entry=private_entry,
            idle_minutes=max(1, round(self._idle_seconds / 60)),
        )

    def _with_expiry(self, reply: Reply, stored: Stored) -> Reply:
        if not stored.expired:
            return reply
        minutes = max(1, round(self._idle_seconds / 60))
        told = notice(words.EXPIRED.format(minutes=minutes))
        urgent = sum(part.kind == "urgent" for part in reply.parts)
        return replace(reply, parts=(*reply.parts[:urgent], told, *reply.parts[urgent:]))

    async def _forget(self, chat: str) -> Reply:
        self._volatile.pop(chat, None)
        try:
            stored = self._parts.store.load(chat, self._now())
            self._parts.store.wipe(chat)
        except StoreError as error:
            return Reply((_problem(error),), "error", buttons=(buttons.FORGET,))
        if stored.session is not None and stored.session.sender_turns:
            self._forget_sender(stored.session.sender)
        return Reply((Part(words.ENDED, "plain", words.ENDED_TITLE),), "ended", "forgotten", (buttons.MENU,))

    def _forget_sender(self, sender: str) -> None:
        """Has Rasa wipe a sender, without making anybody wait for it."""
        task = asyncio.create_task(self._forget_quietly(sender))
        self._forgetting.add(task)
        task.add_done_callback(self._forgetting.discard)

    async def _forget_quietly(self, sender: str) -> None:
        with suppress(NluDown):  # a Rasa that is down holds its trackers in memory: they are gone with it
            await self._parts.understanding.forget(sender)

    def _held(self, chat: str) -> Volatile:
        now = self._now()
        held = self._volatile.get(chat)
        if held is None or now - held.touched > self._idle_seconds:
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

    @property
    def _idle_seconds(self) -> float:
        return self._parts.store.idle_seconds


def _cleaned(text: str) -> str:
    """`text` without control characters and invisible marks, with single spaces."""
    visible = _INVISIBLE.sub("", text)
    return " ".join("".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in visible).split())


def _problem(error: SharewellError) -> Part:
    return notice(f"{error.message}\n\n{error.remedy}", words.ERROR_TITLE)


def _with_masking(reply: Reply, masked: Masked) -> Reply:
    """Tells the user what was masked and why; after the urgent words where there are any."""
    if not masked.spans:
        return reply
    count = len(masked.spans)
    head = words.MASKED_ONE if count == 1 else words.MASKED_MANY.format(count=count)
    lines = dict.fromkeys(f"- {TYPES[span.type].label}: {span.why}" for span in masked.spans)
    told = notice(f"{head} {words.MASKED_ADVICE}\n\n" + "\n".join(lines))
    urgent = sum(part.kind == "urgent" for part in reply.parts)
    parts = (*reply.parts[:urgent], told, *reply.parts[urgent:])
    return replace(reply, parts=parts, buttons=(*reply.buttons, buttons.NOT_A_NAME))
