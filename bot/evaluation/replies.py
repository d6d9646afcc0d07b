"""How well answers typed within a check are understood: right, asked back, or taken for another answer.

Each is typed into the real conversation, at the question where the set has it, and judged by where the check stands
after it.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.checks import Answer, Asking, Position, Reached, answer_with, offered, walk
from bot.conversation import words
from bot.conversation.buttons import place_code
from bot.conversation.messages import Message, Reply
from bot.evaluation.overlap import Trained
from bot.evaluation.sets import EvaluationError, ReplySet, TypedReply
from bot.evaluation.understanding import Confusion, percent, share
from bot.knowledge import Check

ASK_BACK = "ask-back"
_STOPPED = "stop"
_WHY = "why"
_BACK = "back"
_URGENT = "urgent"


class Conversing(Protocol):
    """What is needed of an assistant (bot.conversation.assistant.Assistant is one)."""

    async def turn(self, message: Message) -> Reply: ...

    async def forget(self, chat: str) -> None: ...


@dataclass(frozen=True)
class ReplyReport:
    """Counts. `wrong` replies were taken for another answer, which is worse than being asked back.

    `besides` are those of the replies asked back that were answered as a question first. `urgent` replies met the
    urgent words, and the question was asked again below them. `urgent_taken` met them as well, and the answer was taken
    below: they count as right or wrong besides.
    """

    replies: int
    right: int
    asked_back: int
    besides: int
    urgent: int
    urgent_taken: int
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
            "answered_besides": share(self.besides, self.replies),
            "wrong": share(self.wrong, self.replies),
            "urgent_asked_again": share(self.urgent, self.replies),
            "urgent_taken": share(self.urgent_taken, self.replies),
            "left_out_as_trained": self.known,
            "confusions": [
                {"kind": item.kind, "expected": item.expected, "got": item.got, "text": item.text}
                for item in self.confusions
            ],
        }  # fmt: skip

    def summary(self) -> str:
        lines = [
            f"Replies within a check ({self.replies})",
            f"  right or asked back {percent(self.right + self.asked_back, self.replies)}  (aim: 95 %)",
            f"  right               {percent(self.right, self.replies)}",
            f"  asked back          {percent(self.asked_back, self.replies)}",
            f"  taken for another   {percent(self.wrong, self.replies)}",
            f"  urgent words first, question asked again below {percent(self.urgent, self.replies)}",
            f"  urgent words first, answer taken below         {percent(self.urgent_taken, self.replies)}"
            "  (counted above)",
        ]
        if self.known:
            lines.append(f"Left out: {self.known} sentences that are training examples or next to being one.")
        return "\n".join(lines)


async def measure(
    held_out: ReplySet, trained: Trained, checks: Mapping[str, Check], assistant: Conversing
) -> ReplyReport:
    """Measures on the replies that are no training examples. Raises EvaluationError for a place that is not there."""
    items = [item for item in held_out.replies if item.text not in trained]
    counts = {"right": 0, "asked back": 0, "besides": 0, _URGENT: 0}
    urgent_taken = 0
    confusions: list[Confusion] = []
    for item in items:
        verdict, got, raised = await _judged(item, checks, assistant)
        urgent_taken += raised and verdict != _URGENT
        if verdict in counts:
            counts[verdict] += 1
        if verdict != "right":
            where = f"{item.check}/{item.question}: {item.text}"
            confusions.append(Confusion(verdict, item.value, got, where, 0.0))
    return ReplyReport(
        replies=len(items), right=counts["right"], asked_back=counts["asked back"] + counts["besides"],
        besides=counts["besides"], urgent=counts[_URGENT], urgent_taken=urgent_taken,
        known=len(held_out.replies) - len(items), confusions=tuple(confusions),
    )  # fmt: skip


async def _judged(item: TypedReply, checks: Mapping[str, Check], assistant: Conversing) -> tuple[str, str, bool]:
    """The verdict on one reply, where the check stood after it, and whether the urgent words were raised."""
    way = way_to(checks, item.check, item.question)
    here = f"{item.check}/{item.question}"
    chat = secrets.token_hex(16)
    await assistant.turn(Message(chat, button=f"check:{item.check}"))
    for answer in way:
        await assistant.turn(Message(chat, button=f"answer:{place_code(answer.place)}:{answer.option}"))
    reply = await assistant.turn(Message(chat, text=item.text))
    raised = reply.kind == _URGENT
    if raised:  # what was made of the answer stands below the urgent words
        reply = await assistant.turn(Message(chat, button="show"))
    await assistant.forget(chat)
    got = _stands_at(reply, here)
    if raised and got == here:
        return _URGENT, got, raised
    right = {_after(checks, item.check, way, value) for value in (item.value, *item.also)}
    return _verdict(got, right, here), got, raised


def _verdict(got: str, right: set[str], here: str) -> str:
    if got in right:
        return "right"
    if got in (ASK_BACK, _WHY):
        return "asked back"
    return "besides" if got == here else "reply"


def way_to(checks: Mapping[str, Check], check_id: str, question_id: str) -> tuple[Answer, ...]:
    """The shortest way to a question of a check, within it. Raises EvaluationError where there is none."""
    waiting: deque[tuple[Answer, ...]] = deque([()] if check_id in checks else ())
    seen: set[str] = set()
    while waiting:
        answers = waiting.popleft()
        place = walk(checks, check_id, answers)
        if not isinstance(place, Asking) or place.check.id != check_id or place.question.id in seen:
            continue
        if place.question.id == question_id:
            return answers
        seen.add(place.question.id)
        waiting.extend((*answers, answer_with(place, option)) for option in offered(place))
    raise EvaluationError(f"There is no question {check_id}/{question_id}.", "Mend its place in the evaluation set.")


def _stands_at(reply: Reply, here: str) -> str:
    """What the reply made of it: a place, stop, why, or that it was asked back."""
    if reply.kind == "ended":
        return _STOPPED
    if reply.kind not in ("question", "outcome"):
        return ASK_BACK if reply.kind in ("unknown", "check", "error") else here
    if reply.id != here:
        return reply.id
    if any(part.text == words.ASK_BACK for part in reply.parts):
        return ASK_BACK
    return _WHY if any(part.title == "Why this is asked" for part in reply.parts) else here


def _after(checks: Mapping[str, Check], check_id: str, way: tuple[Answer, ...], value: str) -> str:
    """Where the check stands once `value` was understood. Raises EvaluationError for a value that is no option."""
    if value in (ASK_BACK, _STOPPED, _WHY):
        return value
    if value == _BACK:
        return _place(walk(checks, check_id, way[:-1]))
    place = walk(checks, check_id, way)
    if value not in offered(place):
        raise EvaluationError(f"'{value}' is no answer of {_place(place)}.", "Mend it in the evaluation set.")
    return _place(walk(checks, check_id, (*way, answer_with(place, value))))


def _place(position: Position) -> str:
    inner = position.outcome.id if isinstance(position, Reached) else position.question.id
    return f"{position.check.id}/{inner}"
