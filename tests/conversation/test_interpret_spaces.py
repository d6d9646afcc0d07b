"""What `sharewell ask` passes on to be understood: white space counts once, and no more than is understood is read."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date

from bot.conversation.interpret import Interpreter
from bot.conversation.nlu_client import MAX_TEXT, Ranked
from bot.urgent import Detector
from tests.support.assistants import gate, knowledge


class _Listening:
    def __init__(self) -> None:
        self.heard: list[str] = []

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        self.heard += texts
        return [(Ranked("topic_refusal-of-consent", 0.9),) for _ in texts]


def _heard(text: str) -> list[str]:
    known, parser = knowledge(), _Listening()
    interpreter = Interpreter(known, gate(), Detector({}), known.areas["national"], date(2026, 11, 20), parser)
    asyncio.run(interpreter.interpret([text]))
    return parser.heard


def test_ten_thousand_spaces_are_heard_as_one() -> None:
    asked = "who do i tell{0}and{0}how fast is fast"
    assert _heard(asked.format(" " * 10_000)) == _heard(asked.format(" "))
    assert _heard(asked.format(" ")) == ["who do i tell and how fast is fast", "who do i tell", "how fast is fast"]


def test_no_more_is_read_than_is_understood() -> None:
    heard = _heard("who do i tell " + "again and " * MAX_TEXT + " how fast")
    assert heard
    assert max(map(len, heard)) <= MAX_TEXT
