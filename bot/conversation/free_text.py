"""A typed text: masked, read for danger, then taken as a field's content, a command, or a question for Rasa."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.conversation import (
    advising,
    answered,
    answering,
    buttons,
    danger,
    directives,
    identifying,
    learning,
    recording,
    words,
)
from bot.conversation import advising_thread as threads
from bot.conversation.advising_codes import Typed, code_in, masked_with, nearly_a_code
from bot.conversation.advising_words import CODE_NEARLY
from bot.conversation.answer_reader import AnswerReader
from bot.conversation.cleaning import cleaned
from bot.conversation.failing import failed, on_top
from bot.conversation.lexicon import command_in_field, directive_for, slash_command
from bot.conversation.messages import Reply
from bot.conversation.nlu_client import NluDown, Ranked, Understood
from bot.conversation.session import session_from
from bot.conversation.splitting import splits, two_units
from bot.conversation.stances import may_answer
from bot.conversation.trackers import Trackers
from bot.conversation.turn import MaskedMessage, Turn, before, notice
from bot.privacy import TYPES, Gate, Masked
from bot.urgent import Detected, Detector

LONGEST_MESSAGE = 10_000
"""Characters that are read at all, and then only for danger where there are more."""

LONGEST_QUESTION = 1_000
"""Characters that Rasa is asked about; a longer text is read for danger and for private details only."""

URGENT_PATIENCE = 0.8
"""Seconds that an urgent reply waits for Rasa to add the rest: what to do now never waits for it."""

_WORD = re.compile(r"[^\W_]|[\N{THUMBS UP SIGN}\N{THUMBS DOWN SIGN}]", re.UNICODE)


@dataclass(frozen=True)
class _Typed:
    """A text as it was typed, which stays in memory, and `clean`: masked and without invisible signs."""

    text: str
    masked: Masked
    clean: str
    detected: Detected | None


class FreeText:
    """Reads what users type. Nothing but the gate and a private field sees a text before it is masked."""

    def __init__(self, gate: Gate, detector: Detector, trackers: Trackers) -> None:
        self._gate = gate
        self._detector = detector
        self._trackers = trackers
        self._answers: AnswerReader | None = None

    async def reply(self, turn: Turn, text: str) -> Reply:
        """The reply to `text`. Whatever fails, the urgent words are said and what was open stays open."""
        earlier = turn.session.as_text()
        detected: Detected | None = None
        try:
            if turn.session.start is not None or learning.is_open(turn):
                turn.answers = await self._reader(turn)
            # Before anything else: a receipt code is not masked and told back, it is used and forgotten.
            code = None if identifying.takes_text(turn) else code_in(text)
            if code is not None:
                detected = self._detector.detect(self._gate.mask(code.rest, turn.volatile.allowed).text)
                opened = await _opened(turn, code)
                return opened if detected is None else danger.first(turn, detected, opened)
            masked = masked_with(self._gate, text[:LONGEST_MESSAGE], turn.volatile.allowed)
            detected = self._danger_in(turn, masked.text)
            if len(text) > LONGEST_MESSAGE:
                refused = on_top(turn, notice(words.FAR_TOO_LONG))
                return refused if detected is None else danger.first(turn, detected, refused)
            return await self._read(turn, _Typed(text, masked, cleaned(masked.text), detected), earlier)
        except Exception as fault:
            reply = failed(turn, earlier, fault)
            return reply if detected is None else danger.first(turn, detected, reply)

    def _danger_in(self, turn: Turn, masked: str) -> Detected | None:
        if learning.are_own_words(turn, masked):
            return None
        if directives.context(turn) == "check" and may_answer(masked):
            detected = self._detector.detect_in_answer(masked)
            return detected if detected is None or not answered.is_plain_answer(turn, masked, detected) else None
        return self._detector.detect(masked)

    async def _reader(self, turn: Turn) -> AnswerReader:
        """What compares answers with options: made once, and off the loop, because it takes half a second."""
        if self._answers is None:
            reader = AnswerReader(turn.knowledge.checks)
            await asyncio.to_thread(reader.prepare)
            self._answers = self._answers or reader
        return self._answers

    async def not_a_name(self, turn: Turn) -> Reply:
        """Reads the message just masked again, with its details let through, from where the chat stood before it."""
        held, turn.volatile.masked = turn.volatile.masked, None
        if held is None:
            return on_top(turn, notice(words.NOT_A_NAME_NOTHING))
        turn.session = session_from(held.before)
        turn.meet_guidance()
        turn.volatile.allowed |= held.details()
        return await self.reply(turn, held.text)

    async def _read(self, turn: Turn, typed: _Typed, earlier: str) -> Reply:
        held, turn.volatile.masked = turn.volatile.masked, None
        if (dated := recording.type_date(turn, typed.text)) is not None:
            return replace(dated, echo=typed.text.strip())
        if learning.takes_private(turn, typed.text):
            return await _private_to_the_training(turn, typed)
        private = identifying.takes_text(turn)
        if typed.masked.spans and not private:
            turn.volatile.masked = MaskedMessage(typed.text, typed.masked.spans, earlier)
        if typed.detected is None:
            reply = await self._calm_reply(turn, typed, held)
        else:
            reply = await self._urgent_reply(turn, typed, typed.detected)
        if private or reply.echo:  # an earlier message that was read again has its own echo
            return reply
        return replace(_with_masking(reply, typed.masked), echo=typed.clean)

    async def _urgent_reply(self, turn: Turn, typed: _Typed, detected: Detected) -> Reply:
        """What to do now, first. Then what was open, with the answer given, or else what the message asked besides."""
        if turn.session.advising is not None:
            advising.meet_danger(turn, detected)
        taken = await _taken(turn, typed) or await _off_loop(turn, answered.beneath, typed.clean)
        rest = taken or directives.current(turn) or await self._asked_besides(turn, typed.clean)
        return danger.alone(turn, detected) if rest is None else danger.first(turn, detected, rest)

    async def _asked_besides(self, turn: Turn, clean: str) -> Reply | None:
        try:
            async with asyncio.timeout(URGENT_PATIENCE):
                understood = await self._trackers.understand(turn, clean[:LONGEST_QUESTION])
        except (NluDown, TimeoutError):
            return None
        topic = str(understood.directive.get("topic", ""))
        return answering.answer(turn, topic) if understood.do == "answer" and topic in turn.knowledge.topics else None

    async def _calm_reply(self, turn: Turn, typed: _Typed, held: MaskedMessage | None) -> Reply:
        clean = typed.clean
        if (content := await _taken(turn, typed)) is not None:
            return content
        if not _WORD.search(clean):
            return on_top(turn, notice(words.EMPTY))
        if nearly_a_code(typed.text):
            turn.volatile.masked = None  # whatever it is, it is not read again
            return replace(on_top(turn, notice(CODE_NEARLY)), echo=clean)
        if clean.startswith("/"):
            return await _carried_out(turn, slash_command(clean), clean) or on_top(turn, notice(words.COMMAND))
        if len(clean) > LONGEST_QUESTION:
            return _searched(turn, clean[:LONGEST_QUESTION], words.TOO_LONG)
        return await _off_loop(turn, answered.answered, clean) or await self._understood(turn, typed, held)

    async def _two(self, turn: Turn, clean: str, whole: tuple[Ranked, ...]) -> tuple[Ranked, ...]:
        """The two units that a message with two questions asks for; none where it asks for one."""
        session, pairs = turn.session, splits(clean)
        if not pairs or session.drafting or session.identifying or session.advising:
            return ()
        return two_units(whole, await self._trackers.parse([part for pair in pairs for part in pair]), turn.knowledge)

    async def _understood(self, turn: Turn, typed: _Typed, held: MaskedMessage | None) -> Reply:
        try:
            understood = await self._trackers.understand(turn, typed.clean)
            two = await self._two(turn, typed.clean, understood.ranking)
            if two:
                return directives.digress(turn, answering.both(turn, two))
        except NluDown:
            reason = words.NLU_WARMING if self._trackers.starting else words.NLU_DOWN
            reply = await _carried_out(turn, directive_for(typed.clean), typed.clean)
            reply = reply or answered.alike(turn, typed.clean, None)
            return reply or _searched(turn, typed.clean, reason)
        if understood.do == "not_a_name" and held is not None:
            if turn.volatile.masked is not None:  # "Rose is no name": said with the name itself
                turn.volatile.allowed |= turn.volatile.masked.details()
            turn.volatile.masked = held
            return await self.not_a_name(turn)
        taken = answered.alike(turn, typed.clean, understood)
        return taken or await directives.carried_out(turn, understood, typed.clean)


async def _opened(turn: Turn, code: Typed) -> Reply:
    """The thread of a receipt code, or the learning record where its code is asked for.

    What the last message held is forgotten, as with every message.
    """
    turn.volatile.masked = None
    if learning.takes_code(turn):
        return await asyncio.to_thread(learning.open_with, turn, code.code)
    return await asyncio.to_thread(threads.open_with, turn, code.code)


async def _private_to_the_training(turn: Turn, typed: _Typed) -> Reply:
    """The reply to a name for managers, or to a mistyped code. It has no echo: nothing else may see the text."""
    if typed.detected is not None:
        rest = directives.current(turn)
        return danger.alone(turn, typed.detected) if rest is None else danger.first(turn, typed.detected, rest)
    return learning.typed_private(turn, cleaned(typed.text))


async def _off_loop(turn: Turn, flow: Callable[[Turn, str], Reply | None], text: str) -> Reply | None:
    """`flow`, in a worker thread while an adviser is asked and in the training: it may wait for the database."""
    if turn.session.advising is None and not learning.is_open(turn):
        return flow(turn, text)
    return await asyncio.to_thread(flow, turn, text)


async def _taken(turn: Turn, typed: _Typed) -> Reply | None:
    if turn.session.advising is None:
        return _content(turn, typed)
    return await asyncio.to_thread(_content, turn, typed)


def _content(turn: Turn, typed: _Typed) -> Reply | None:
    """The reply where what was typed is the content of a field, not a question; None elsewhere."""
    private = identifying.takes_text(turn)
    if not private and turn.session.advising is not None:
        return _for_adviser(turn, typed)
    if not private and not (recording.takes_text(turn) and _WORD.search(typed.clean)):
        return None
    content = cleaned(typed.text) if private else typed.clean
    command = command_in_field(content)
    if command is not None:
        return directives.carry_out(turn, Understood(command["do"], command), typed.clean)
    if not private:
        return recording.type_text(turn, content)
    if not _WORD.search(content):
        return before(identifying.show(turn), [notice(words.EMPTY)])
    return identifying.type_detail(turn, content)


def _for_adviser(turn: Turn, typed: _Typed) -> Reply | None:
    """The reply where what was typed goes to an adviser: it is content, and Rasa never sees it."""
    if not advising.takes_text(turn) or not _WORD.search(typed.clean) or nearly_a_code(typed.text):
        return None
    command = command_in_field(typed.clean)
    if command is not None:
        return directives.carry_out(turn, Understood(command["do"], command), typed.clean)
    return advising.type_text(turn, typed.clean)


async def _carried_out(turn: Turn, directive: dict[str, str] | None, clean: str) -> Reply | None:
    if directive is None:
        return None
    return await directives.carried_out(turn, Understood(directive["do"], dict(directive)), clean)


def _searched(turn: Turn, clean: str, reason: str) -> Reply:
    found = answering.found(turn, turn.index.search(clean), reason)
    open_now = directives.current(turn)
    if open_now is None:
        return found
    near = tuple(button for button in found.buttons if button.value.split(":")[0] in ("topic", "check"))
    return directives.with_open(found, open_now, (*near, *open_now.buttons))


def _with_masking(reply: Reply, masked: Masked) -> Reply:
    """Tells the user what was masked and why; after the urgent words where there are any."""
    if not masked.spans:
        return reply
    count = len(masked.spans)
    head = words.MASKED_ONE if count == 1 else words.MASKED_MANY.format(count=count)
    lines = dict.fromkeys(f"- {TYPES[span.type].label}: {span.why}" for span in masked.spans)
    told = danger.told_after(reply, notice(f"{head} {words.MASKED_ADVICE}\n\n" + "\n".join(lines)))
    return replace(told, buttons=(*told.buttons, buttons.NOT_A_NAME))
