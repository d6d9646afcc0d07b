"""What the newest message of each chat is, in memory: its place may be taken by the next step, or its buttons go."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from bot.channels.telegram.arrived import Pressed


@dataclass
class Newest:
    """The newest message with buttons: its number, and whether the next step may take its place.

    `says` is a hash of its text. `answers` is the press that it answers: the number of a message, and a button's value.
    """

    number: int
    passing: bool
    protected: bool
    says: int = 0
    answers: tuple[int, str] | None = None
    touched: float = 0.0

    def is_answer_to(self, number: int, pressed: Pressed) -> bool:
        """Whether a press of the message `number` is the one that this answers, made twice before it could be seen."""
        if self.answers != (number, pressed.value):
            return False
        return self.number != number or not pressed.label or hash(pressed.text) != self.says


class Screens:
    """The newest message of each open chat, by the name of the chat; forgotten after `idle_seconds`."""

    def __init__(self, idle_seconds: float, clock: Callable[[], float]) -> None:
        self._idle_seconds = idle_seconds
        self._clock = clock
        self._newest: OrderedDict[str, Newest] = OrderedDict()

    def of(self, chat: str) -> Newest | None:
        return self._newest.get(chat)

    def put(self, chat: str, newest: Newest) -> None:
        newest.touched = self._clock()
        self._newest[chat] = newest
        self._newest.move_to_end(chat)

    def forget(self, chat: str) -> None:
        self._newest.pop(chat, None)

    def sweep(self) -> None:
        past = self._clock() - self._idle_seconds
        while self._newest and next(iter(self._newest.values())).touched < past:
            self._newest.popitem(last=False)
