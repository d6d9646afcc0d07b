"""Training that is asked for in words: what a script is told, and what the conversation opens."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from bot.conversation import learning_words as words
from bot.conversation.interpret import Interpreted, Interpreter
from bot.conversation.nlu_client import Ranked, Understood
from tests.support.assistants import Bench, detector, gate, made
from tests.support.lessons import MODULE, knowledge_with_lessons


class Means:
    """An understanding that is sure of one intent, whose directive has its name: Rasa's rules are tested with Rasa."""

    starting = False

    def __init__(self, intent: str) -> None:
        self._intent = intent
        self.contexts: list[str] = []

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        self.contexts.append(context)
        return Understood(self._intent, {"do": self._intent, "value": "yes"})

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        return [(Ranked(self._intent, 0.9),) for _ in texts]

    async def forget(self, sender: str) -> None:
        return None


def _interpreted(intent: str, text: str) -> Interpreted:
    known = knowledge_with_lessons()
    today, national = date(2026, 11, 20), known.areas["national"]
    interpreter = Interpreter(known, gate(), detector(), national, today, Means(intent))
    return asyncio.run(interpreter.interpret([text]))[0]


@pytest.mark.parametrize(("intent", "text", "name"), [
    ("training", "training", "training"), ("first_day", "i am new here", "first_day"), ("quiz", "quiz me", "quiz"),
    ("training", "teach me about consent", MODULE), ("learning_progress", "my certificate", "learning_progress"),
])  # fmt: skip
def test_scripts_are_told_of_training(intent: str, text: str, name: str) -> None:
    found = _interpreted(intent, text)
    assert (found.kind, found.id) == ("training", name)
    assert found.text == (knowledge_with_lessons().modules[MODULE].summary if name == MODULE else words.HOME)


@pytest.mark.parametrize(("intent", "text", "opened"), [
    ("training", "show me the lessons", "home"), ("training", "teach me about consent", f"module:{MODULE}"),
    ("first_day", "it is my first day", "first-day:read"), ("learning_progress", "how am i doing", "progress"),
    ("quiz", "test me on refusals", f"question:{MODULE}/"), ("quiz", "ask me something", f"question:{MODULE}/"),
])  # fmt: skip
def test_words_open_what_they_ask_for(intent: str, text: str, opened: str, tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        reply = await bench.say(text)
        assert reply.kind == "training" and reply.id.startswith(opened)

    with made(tmp_path, Means(intent), known=knowledge_with_lessons) as bench:
        asyncio.run(talk(bench))


def test_rasa_is_told_what_the_conversation_is_in_the_middle_of(tmp_path: Path) -> None:
    means = Means("thanks")

    async def talk(bench: Bench) -> None:
        await bench.say("cheers for that")
        await bench.press(f"learn:quiz:{MODULE}")
        question = await bench.press("show")
        assert (await bench.say("cheers for that")).text.endswith(question.text)
        await bench.press(f"learn:case:{MODULE}:1")
        await bench.say("ask why she wants it")
        await bench.say("walk the check")
        await bench.say("cheers for that")
        await bench.press("learn:leave")
        await bench.say("cheers for that")

    with made(tmp_path, means, known=knowledge_with_lessons) as bench:
        asyncio.run(talk(bench))
    assert means.contexts == ["none", "training", "check", "none"]


def test_a_practice_check_takes_the_yes_that_rasa_understood(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(f"learn:case:{MODULE}:1")
        await bench.say("ask why she wants it")
        asked = await bench.say("walk the check")
        went_on = await bench.say("that would be the situation with the neighbour over there yes")
        assert went_on.id == "practice:share-decision/identifiable" != asked.id
        page = await bench.press(f"learn:lesson:{MODULE}:1")
        assert (await bench.say("alright then, show me what follows")).id == page.id
        assert "Page 2 of 2" in (await bench.press("show")).text

    with made(tmp_path, Means("reply"), known=knowledge_with_lessons) as bench:
        asyncio.run(talk(bench))
