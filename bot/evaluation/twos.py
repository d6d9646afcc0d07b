"""How often a message that asks two things at once is answered on both. Each is typed into the real conversation."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.conversation import words
from bot.conversation.messages import Message, Reply
from bot.evaluation.overlap import Trained
from bot.evaluation.replies import Conversing
from bot.evaluation.sets import EvaluationError, TwoAtOnce, TwoSet
from bot.evaluation.understanding import Confusion, percent, share


class Covered(StrEnum):
    """How much of what was asked the reply covers."""

    BOTH = "answered both"
    ONE = "answered one"
    OFFERED = "offered both"
    NONE = "missed"
    URGENT = "raised as urgent"


@dataclass(frozen=True)
class TwoReport:
    """Counts of `messages`. `known` were left out, because they are training examples."""

    messages: int
    covered: Counter[Covered]
    known: int
    confusions: tuple[Confusion, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "messages": self.messages,
            **{kind.name.lower(): share(self.covered[kind], self.messages) for kind in Covered},
            "left_out_as_trained": self.known,
            "confusions": [
                {"kind": item.kind, "expected": item.expected, "got": item.got, "text": item.text}
                for item in self.confusions
            ],
        }  # fmt: skip

    def summary(self) -> str:
        counts = (f"  {kind.value:<20}{percent(self.covered[kind], self.messages)}" for kind in Covered)
        return "\n".join([f"Two questions at once ({self.messages})", *counts])


async def measure(held_out: TwoSet, units: Container[str], trained: Trained, assistant: Conversing) -> TwoReport:
    """Measures on the messages that are no training examples. Raises EvaluationError for a unit that is not there."""
    items = [item for item in held_out.messages if item.text not in trained]
    covered: Counter[Covered] = Counter()
    confusions: list[Confusion] = []
    for item in items:
        if missing := [name for name in item.units if name not in units]:
            raise EvaluationError(f"There is no topic or check {missing[0]}.", "Mend it in the evaluation set.")
        chat = secrets.token_hex(16)
        reply = await assistant.turn(Message(chat, text=item.text))
        await assistant.forget(chat)
        kind = _covered(item, reply)
        covered[kind] += 1
        if kind is not Covered.BOTH:
            got = " and ".join(dict.fromkeys(filter(None, (reply.id, *reply.alternatives))))
            confusions.append(Confusion(kind.value, " and ".join(item.units), got, item.text, 0.0))
    return TwoReport(len(items), covered, len(held_out.messages) - len(items), tuple(confusions))


def _covered(item: TwoAtOnce, reply: Reply) -> Covered:
    wanted, named = {*item.units}, {*reply.alternatives}
    if reply.kind == "urgent":
        return Covered.URGENT
    if any(part.text in (words.TWO_ASKED, words.TWO_CHECKS) for part in reply.parts):
        return Covered.BOTH if named == wanted else Covered.ONE if named & wanted else Covered.NONE
    if reply.kind in ("topic", "check", "question"):
        return Covered.ONE if reply.id.partition("/")[0] in wanted else Covered.NONE
    return Covered.OFFERED if wanted <= named else Covered.NONE
