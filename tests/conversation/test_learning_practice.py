"""Practice: the real check walked in a made-up case. Nothing of it can come near the decision log."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import bot.conversation
from bot.conversation import learning_words as words
from bot.conversation.messages import Reply
from bot.decision_log import NOT_KEPT
from tests.support.assistants import Bench, knowledge, made, value_of
from tests.support.lessons import MODULE, knowledge_with_lessons

CASE = f"learn:case:{MODULE}:1"
RECORDING = (
    "record", "confirm:0123456789", "field:decision:shared", "preview", "revise", "save-nothing", "identify:SW-1",
    "keep:0123456789", "answer:abcdef:yes", "goto:0:abcdef", "change", "discard", "letters",
)  # fmt: skip


def _run(tmp_path: Path, talk: Callable[[Bench], Awaitable[None]]) -> None:
    with made(tmp_path, known=knowledge_with_lessons) as bench:
        asyncio.run(talk(bench))  # type: ignore[arg-type]
        assert [entry.kind.value for entry in bench.log.entries()] == ["genesis"]
        assert bench.log.verify().ok


def _is_practice(reply: Reply) -> bool:
    return any(part.title == words.PRACTICE_TITLE for part in reply.parts)


def test_every_step_says_that_nothing_is_recorded_and_none_offers_to_record(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        steps = [await bench.press(CASE)]
        for text in ("ask why she wants it", "walk the check", "no", "next", "next"):
            steps.append(await bench.say(text))
        assert [step.kind for step in steps] == ["training"] * 6
        for step in steps:
            assert _is_practice(step), step.id
            for button in step.buttons:
                assert button.value.startswith(("learn:", "back", "why")), button
        question, outcome, kept, told = steps[2:]
        real = knowledge().checks["share-decision"]
        assert real.questions[0].asks in question.text
        assert words.NO_RECORD in outcome.text and outcome.sources
        rows = dict(kept.parts[1].rows)
        assert rows["Decision"] == "Not shared" and rows["Check"] == real.title
        assert all(line in kept.text for line in NOT_KEPT)
        assert words.DEBRIEF_WELL in told.text and "No purpose, no sharing." in told.text

    _run(tmp_path, talk)


def test_no_button_and_no_word_leads_from_practice_to_the_log(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(CASE)
        for text in (None, "ask why she wants it", "walk the check", "no", "next"):
            here = await bench.press(CASE) if text is None else await bench.say(text)
            for value in RECORDING:
                reply = await bench.press(value)
                assert reply.kind not in ("draft", "preview", "recorded", "identity"), (here.id, value)
            for typed in ("confirm", "record this decision", "/record", "yes please record it"):
                assert (await bench.say(typed)).kind not in ("draft", "preview", "recorded"), (here.id, typed)
                if (await bench.press("show")).id != here.id:
                    await bench.say("back")
            assert (await bench.press("show")).id == here.id
            session = bench.store.load(bench.chat, bench.clock().timestamp()).session
            assert session is not None
            assert (session.start, session.answers, session.drafting) == (None, [], None)

    _run(tmp_path, talk)


def test_the_modules_of_the_training_touch_nothing_of_the_log() -> None:
    """They may name what is not kept, and nothing else of bot.decision_log; none of them reads a turn's log."""
    folder = Path(bot.conversation.__file__).parent
    modules = sorted(folder.glob("learning*.py"))
    assert len(modules) >= 10
    for path in modules:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("bot.decision_log"):
                assert [name.name for name in node.names] == ["NOT_KEPT"], path.name
            assert not (isinstance(node, ast.Attribute) and node.attr == "log"), f"{path.name}:{node.lineno}"


def test_the_debrief_tells_what_was_better_and_never_that_harm_was_feared_for_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(CASE)
        await bench.say("ask why she wants it")
        await bench.say("b") if "B. Walk the check" in (await bench.press("show")).text else await bench.say("a")
        asked = await bench.press("show")
        harmed = await bench.choose(asked, "In this case, someone may be harmed")
        assert words.NO_RECORD in harmed.text and "999" in harmed.text
        kept = await bench.choose(harmed, "See what the log would keep")
        assert (await bench.say("back")).id == harmed.id
        await bench.say("next")
        told = await bench.choose(kept, "Look back at the case")
        assert words.DEBRIEF_HARM.split("{")[0] in told.text, "nobody is taught not to press it"
        assert words.DEBRIEF_DEPARTED_TITLE not in told.text and words.DEBRIEF_WELL not in told.text
        again = await bench.choose(told, "Walk this case again")
        ended = await bench.say("tell her the address")
        assert "You knew no purpose." in ended.text and "Better: Ask why she wants it." in ended.text
        assert value_of(again, "Answer A") != value_of(ended, "Walk this case again")

    _run(tmp_path, talk)


def test_a_walk_answers_why_and_goes_back(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press(CASE)
        second = await bench.say("ask why she wants it")
        asked = await bench.say("walk the check")
        assert knowledge().checks["share-decision"].questions[0].why in (await bench.say("why")).text
        further = await bench.choose(asked, "Yes")
        assert (await bench.say("back")).id == asked.id != further.id
        assert (await bench.press("back")).id == second.id
        assert (await bench.press("back")).id == first.id
        assert (await bench.press("back")).id == f"module:{MODULE}"

    _run(tmp_path, talk)


def test_a_jump_to_another_check_comes_back(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press(CASE)
        await bench.say("ask why she wants it")
        await bench.say("walk the check")
        reply = await bench.say("not sure")
        assert reply.id.startswith("practice:legitimate-purpose/")
        for _ in range(8):
            if any(button.label.startswith("Go on with: ") for button in reply.buttons):
                break
            reply = await bench.choose(reply, "Yes" if "Yes" in {each.label for each in reply.buttons} else "Not sure")
        back = await bench.choose(reply, "Go on with: ")
        assert back.id == "practice:share-decision/purpose" and _is_practice(back)

    _run(tmp_path, talk)
