"""The arithmetic of `sharewell evaluate two-at-once`, on replies that are given."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.conversation import words
from bot.conversation.messages import Message, Reply
from bot.conversation.turn import notice
from bot.evaluation import twos
from bot.evaluation.overlap import Trained
from bot.evaluation.sets import EvaluationError, TwoSet, read_two_at_once
from bot.evaluation.twos import Covered, TwoReport

UNITS = {"a", "b", "c"}
BOTH = (notice(words.TWO_ASKED),)


class Replying:
    """Replies to each text as it was told to."""

    def __init__(self, replies: dict[str, Reply]) -> None:
        self._replies = replies
        self.chats: set[str] = set()
        self.forgotten: set[str] = set()

    async def turn(self, message: Message) -> Reply:
        self.chats.add(message.chat)
        assert message.text is not None
        return self._replies[message.text]

    async def forget(self, chat: str) -> None:
        self.forgotten.add(chat)


def measured(assistant: Replying, *texts: str, trained: tuple[str, ...] = ()) -> TwoReport:
    held_out = TwoSet.model_validate({"messages": [{"text": text, "units": ["a", "b"]} for text in texts]})
    known = Trained((text, "unit") for text in trained)
    return asyncio.run(twos.measure(held_out, UNITS, known, assistant))


@pytest.mark.parametrize(
    ("reply", "covered"),
    [
        (Reply(BOTH, "topic", "a", alternatives=("a", "b")), Covered.BOTH),
        (Reply(BOTH, "topic", "b", alternatives=("b", "a")), Covered.BOTH),
        (Reply((notice(words.TWO_CHECKS),), "check", "a", alternatives=("a", "b")), Covered.BOTH),
        (Reply(BOTH, "topic", "a", alternatives=("a", "c")), Covered.ONE),
        (Reply((), "topic", "b", alternatives=("a", "b")), Covered.ONE),
        (Reply((), "question", "a/first"), Covered.ONE),
        (Reply((), "topic", "c", alternatives=("a", "b")), Covered.NONE),
        (Reply((), "unknown", "", alternatives=("c", "b", "a")), Covered.OFFERED),
        (Reply((), "unknown", "", alternatives=("c", "b")), Covered.NONE),
        (Reply(BOTH, "urgent", "fire", alternatives=("a", "b")), Covered.URGENT),
    ],
)
def test_how_much_of_what_was_asked_is_covered(reply: Reply, covered: Covered) -> None:
    report = measured(Replying({"one and two": reply}), "one and two")
    assert dict(report.covered) == {covered: 1}
    assert bool(report.confusions) is (covered is not Covered.BOTH)


def test_shares_are_of_what_was_measured_and_each_message_is_a_chat_of_its_own() -> None:
    right = Reply(BOTH, "topic", "a", alternatives=("a", "b"))
    assistant = Replying({"red and blue": right, "old and new": Reply((), "unknown", "")})
    report = measured(assistant, "red and blue", "old and new", "known words", trained=("known words",))
    data = report.as_json()
    assert (data["messages"], data["both"], data["none"], data["left_out_as_trained"]) == (2, 0.5, 0.5, 1)
    assert "answered both" in report.summary()
    assert len(assistant.chats) == 2
    assert assistant.forgotten == assistant.chats


def test_a_unit_that_is_not_there_is_named() -> None:
    held_out = TwoSet.model_validate({"messages": [{"text": "x", "units": ["a", "nowhere"]}]})
    with pytest.raises(EvaluationError, match="nowhere"):
        asyncio.run(twos.measure(held_out, UNITS, Trained([]), Replying({})))


@pytest.mark.parametrize("content", ["messages: [{text: x, units: [a]}]", "messages: [{text: x}]", "- a"])
def test_a_set_of_another_form_is_refused_by_name(tmp_path: Path, content: str) -> None:
    path = tmp_path / "twos.yml"
    path.write_text(content)
    with pytest.raises(EvaluationError, match=r"twos\.yml"):
        read_two_at_once(path)
