"""Faults on demand: what becomes of a request that the emulator was told to fail."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

FaultKind = Literal["drop", "delay", "400", "401", "429", "500", "disconnect", "garbage"]
KINDS: tuple[FaultKind, ...] = ("drop", "delay", "429", "500", "disconnect")
"""drop: never carried out and never answered. disconnect: carried out, and the answer is cut off."""

QUIET = frozenset({"setmycommands", "setmydescription", "setmyshortdescription", "getme"})


@dataclass(frozen=True)
class Fault:
    """One fault: of a `method` in lower case, or of any where it is empty, and of a `chat`, or of any where it is 0.

    `seconds` is how long a delay takes, and how long a 429 asks to wait.
    """

    kind: FaultKind
    method: str = ""
    seconds: float = 0.3
    chat: int = 0


@dataclass
class Faults:
    """Faults that wait for their request, and faults at random until `left` have been had."""

    waiting: list[Fault] = field(default_factory=list)
    left: int = 0
    had: Counter[str] = field(default_factory=Counter)
    one_in: int = 4
    _random: random.Random = field(default_factory=lambda: random.Random(0))

    def add(
        self, kind: FaultKind, method: str = "", *, times: int = 1, seconds: float = 0.3, chat: int = 0
    ) -> None:
        self.waiting += [Fault(kind, method.lower(), seconds, chat)] * times

    def at_random(self, count: int, seed: int) -> None:
        self.left, self._random = count, random.Random(seed)

    def next(self, method: str, chat: int) -> Fault | None:
        """The fault of this request about `chat`, or None."""
        for fault in self.waiting:
            if fault.method in ("", method) and fault.chat in (0, chat):
                self.waiting.remove(fault)
                return self._counted(fault)
        if self.left and method not in QUIET and self._random.randrange(self.one_in) == 0:
            self.left -= 1
            return self._counted(Fault(self._random.choice(KINDS), seconds=self._random.uniform(0.05, 0.4)))
        return None

    def _counted(self, fault: Fault) -> Fault:
        self.had[fault.kind] += 1
        return fault
