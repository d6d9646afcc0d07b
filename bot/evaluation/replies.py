"""How well answers typed within a check are understood: right, asked back, or taken for another answer."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Protocol

from bot.conversation.nlu_client import Understood
from bot.evaluation.overlap import Trained
from bot.evaluation.reading import Readers, has_words, masked_and_trigger
from bot.evaluation.sets import ReplySet
from bot.evaluation.understanding import Confusion, percent, share

CONTEXT = "check"
_ASKED_BACK = "unsure"
_AS_GOOD_AS = {("back", "change_answer")}
"""A reply's value and another directive that does what was meant."""


class Conversing(Protocol):
    """What is needed of a Rasa: a turn in a context, and forgetting a sender."""

    async def understand(self, sender: str, text: str, context: str) -> Understood: ...

    async def forget(self, sender: str) -> None: ...


@dataclass(frozen=True)
class ReplyReport:
    """Counts. `wrong` replies were taken for another answer, which is worse than being asked back."""

    replies: int
    right: int
    asked_back: int
    urgent: int
    known: int
    confusions: tuple[Confusion, ...]

    @property
    def wrong(self) -> int:
        return self.replies - self.right - self.asked_back - self.urgent

    def as_json(self) -> dict[str, Any]:
        return {
            "replies": self.replies,
            "right": share(self.right, self.replies),
            "asked_back": share(self.asked_back, self.replies),
            "wrong": share(self.wrong, self.replies),
            "urgent": share(self.urgent, self.replies),
            "left_out_as_trained": self.known,
            "confusions": [
                {"kind": item.kind, "expected": item.expected, "got": item.got, "text": item.text}
                for item in self.confusions
            ],
        }  # fmt: skip

    def summary(self) -> str:
        lines = [
            f"Replies within a check ({self.replies})",
            f"  right               {percent(self.right, self.replies)}",
            f"  asked back          {percent(self.asked_back, self.replies)}",
            f"  taken for another   {percent(self.wrong, self.replies)}",
            f"  raised as urgent    {percent(self.urgent, self.replies)}",
        ]
        if self.known:
            lines.append(f"Left out: {self.known} sentences that are training examples or next to being one.")
        return "\n".join(lines)


async def measure(held_out: ReplySet, trained: Trained, readers: Readers, rasa: Conversing) -> ReplyReport:
    """Measures on the replies that are no training examples. Raises NluDown when Rasa fails."""
    items = [item for item in held_out.replies if item.text not in trained]
    right = asked_back = urgent = 0
    confusions: list[Confusion] = []
    for item in items:
        masked, trigger = masked_and_trigger(readers, item.text)
        got = trigger or await _understood_as(rasa, masked)
        if trigger is not None:
            urgent += 1
        elif got == _ASKED_BACK:
            asked_back += 1
        elif got == item.value or (item.value, got) in _AS_GOOD_AS:
            right += 1
            continue
        confusions.append(Confusion("asked back" if got == _ASKED_BACK else "reply", item.value, got, item.text, 0.0))
    return ReplyReport(len(items), right, asked_back, urgent, len(held_out.replies) - len(items), tuple(confusions))


async def _understood_as(rasa: Conversing, masked: str) -> str:
    """The value of a reply, or the name of another directive. A text without words is asked back without Rasa."""
    if not has_words(masked):
        return _ASKED_BACK
    sender = secrets.token_hex(16)
    understood = await rasa.understand(sender, masked, CONTEXT)
    await rasa.forget(sender)
    return str(understood.directive.get("value", "")) if understood.do == "reply" else understood.do
