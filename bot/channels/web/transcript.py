"""What earlier turns showed: in memory only, bounded, masked, and gone with the chat.

A reply that shows or asks for identifying details is never stored. Without JavaScript it must outlive one redirect:
it is held until it has been shown once.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.channels.web import words
from bot.conversation.messages import Button, Part, Reply

LONGEST_LINE = 1_000
"""Characters of a user's own line that are shown again."""

_SHOW_AGAIN = Button(words.SHOW_AGAIN, "show", "step")


@dataclass(frozen=True)
class Said:
    """The user's own line: typed (as the gate masked it), pressed (a button's label), or withheld (a fixed text)."""

    text: str
    kind: Literal["typed", "pressed", "withheld"]


@dataclass(frozen=True)
class Exchange:
    """One turn as it is shown. The opening of a chat has no line of the user's."""

    said: Said | None
    reply: Reply


@dataclass
class Transcript:
    """The turns of one chat: its opening, and the newest of the rest."""

    opening: Exchange
    later: deque[Exchange]
    labels: dict[str, str] = field(default_factory=dict)
    once: Reply | None = None
    touched: float = 0.0

    @property
    def newest(self) -> Reply:
        return self.later[-1].reply if self.later else self.opening.reply

    def said(self, text: str | None, value: str, reply: Reply) -> Said:
        """The line of a user who typed `text` or pressed the button `value`, and was answered by `reply`."""
        if text is None:
            return Said(self.labels.get(value, words.PRESSED_UNKNOWN), "pressed")
        if self.newest.entry == "private":
            return Said(words.TYPED_PRIVATE, "withheld")
        if not reply.echo:
            return Said(words.TYPED_UNSHOWN, "withheld")
        cut = reply.echo[:LONGEST_LINE]
        return Said(cut if cut == reply.echo else f"{cut} ...", "typed")

    def add(self, said: Said, reply: Reply) -> None:
        self.later.append(Exchange(said, stored(reply)))
        self.labels = labels_of(reply)
        self.once = reply if is_private(reply) or _shows_once(reply) else None

    def shown(self) -> Iterator[Exchange]:
        """Every exchange to show now. A private reply is let out the first time only."""
        *earlier, newest = self.opening, *self.later
        yield from earlier
        once, self.once = self.once, None
        yield newest if once is None else replace(newest, reply=once)


class Transcripts:
    """The transcripts of every open chat, forgotten after `idle_seconds`, the least recent first when too many."""

    def __init__(self, most_chats: int, most_turns: int, idle_seconds: float, clock: Callable[[], float]) -> None:
        self._most_chats = most_chats
        self._most_turns = most_turns
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._chats: OrderedDict[str, Transcript] = OrderedDict()

    def find(self, chat: str) -> Transcript | None:
        self.sweep()
        return self._chats.get(chat)

    def begin(self, chat: str, opening: Reply) -> Transcript:
        transcript = Transcript(Exchange(None, stored(opening)), deque(maxlen=self._most_turns), labels_of(opening))
        self._chats[chat] = transcript
        self.touch(chat)
        while len(self._chats) > self._most_chats:
            self._chats.popitem(last=False)
        return transcript

    def touch(self, chat: str) -> None:
        """Notes that a message came: the idle time begins again."""
        if (transcript := self._chats.get(chat)) is not None:
            transcript.touched = self._clock()
            self._chats.move_to_end(chat)

    def forget(self, chat: str) -> None:
        self._chats.pop(chat, None)

    def sweep(self) -> None:
        """Forgets every chat that was idle too long."""
        past = self._clock() - self._idle_seconds
        while self._chats and next(iter(self._chats.values())).touched < past:
            self._chats.popitem(last=False)


def is_private(reply: Reply) -> bool:
    """True for a reply that shows identifying details or asks for them."""
    return reply.entry == "private" or reply.kind == "identity"


def _shows_once(reply: Reply) -> bool:
    return any(part.kind == "once" for part in reply.parts)


def _without_once(part: Part) -> Part:
    return replace(part, text=words.ONCE_SHOWN, rows=()) if part.kind == "once" else part


def stored(reply: Reply) -> Reply:
    """What may be kept of `reply` until the chat ends. What is shown once is not."""
    reply = replace(reply, parts=tuple(map(_without_once, reply.parts)))
    if not is_private(reply):
        # The drawing is at its address whenever it is wanted: a transcript holds its words only.
        return replace(reply, echo="", picture=reply.picture and replace(reply.picture, svg=""))
    text = words.PRIVATE_SHOWN if any(part.rows for part in reply.parts) else words.PRIVATE_ASKED
    return Reply((Part(text, "notice"),), reply.kind, buttons=(_SHOW_AGAIN,), entry="private")


def labels_of(reply: Reply) -> dict[str, str]:
    return {button.value: button.label for button in (*reply.buttons, _SHOW_AGAIN)}
