"""Other knowledge taken between two turns: a turn sees one version only, and a check goes on where nothing changed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import words
from bot.conversation.assistant import Bundle
from bot.conversation.nlu_client import Ranked, Understanding, Understood
from bot.knowledge import Index, Knowledge
from bot.knowledge.model import Check, Topic
from tests.support.assistants import Bench, detector, gate, knowledge, made

TOPIC = "refusal-of-consent"
CHECK = "share-decision"


def bundle(known: Knowledge, untrained: frozenset[str] = frozenset()) -> Bundle:
    return Bundle(known, Index(known), gate(), detector(), untrained)


def other_version(**changes: Any) -> Knowledge:
    return replace(knowledge(), version="f" * 64, **changes)


def with_topic(topic: Topic) -> Knowledge:
    return other_version(topics={**knowledge().topics, topic.id: topic})


def with_check(check: Check) -> Knowledge:
    return other_version(checks={**knowledge().checks, check.id: check})


def answer_saying(text: str) -> Knowledge:
    return with_topic(knowledge().topics[TOPIC].model_copy(update={"short": text}))


def talk(home: Path, test: Callable[[Bench], Awaitable[None]], understanding: Understanding | None = None) -> None:
    async def run() -> None:
        with made(home, understanding) as bench:
            await test(bench)

    asyncio.run(run())


def test_the_next_turn_answers_from_the_new_knowledge(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        before = await bench.press(f"topic:{TOPIC}")
        bench.assistant.renew(bundle(answer_saying("It is another answer now.")))
        assert "It is another answer now." not in before.text
        assert "It is another answer now." in (await bench.press(f"topic:{TOPIC}")).text
        assert bench.assistant.bundle.knowledge.version == "f" * 64

    talk(tmp_path, test)


class Slow:
    """An understanding that answers when it is let."""

    starting = False

    def __init__(self) -> None:
        self.asked = asyncio.Event()
        self.let = asyncio.Event()

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        self.asked.set()
        await self.let.wait()
        return Understood("answer", {"do": "answer", "topic": TOPIC}, (Ranked(f"topic_{TOPIC}", 0.9),))

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        return [(Ranked(f"topic_{TOPIC}", 0.9),) for _ in texts]

    async def forget(self, sender: str) -> None:
        return None


def test_a_turn_that_has_begun_ends_on_what_it_began_with(tmp_path: Path) -> None:
    async def run() -> None:
        slow = Slow()
        with made(tmp_path, slow) as bench:
            turn = asyncio.create_task(bench.say("what if they refuse"))
            await slow.asked.wait()
            bench.assistant.renew(bundle(answer_saying("It is another answer now.")))
            slow.let.set()
            assert "It is another answer now." not in (await turn).text
            assert "It is another answer now." in (await bench.say("what if they refuse")).text

    asyncio.run(run())


def test_a_check_goes_on_where_only_something_else_changed(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        asked = await bench.choose(await bench.press(f"check:{CHECK}"), "Yes")
        bench.assistant.renew(bundle(answer_saying("It is another answer now.")))
        shown = await bench.press("show")
        assert (shown.id, shown.text) == (asked.id, asked.text)
        assert (await bench.choose(shown, "No")).id != asked.id

    talk(tmp_path, test)


def test_a_record_in_the_making_goes_on_and_pins_the_version_seen(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        await bench.choose(await bench.press(f"check:{CHECK}"), "No")
        await bench.press("record")
        bench.assistant.renew(bundle(answer_saying("It is another answer now.")))
        preview = await bench.press("preview")
        assert preview.kind == "preview"
        recorded = await bench.choose(preview, "Confirm and record")
        assert bench.log.show(recorded.id).content_version == "f" * 64

    talk(tmp_path, test)


def test_a_record_in_the_making_is_dropped_where_its_fields_changed(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        reached = await bench.choose(await bench.press(f"check:{CHECK}"), "No")
        await bench.press("record")
        fields = dict(knowledge().fields)
        fields["reasons"] = fields["reasons"].model_copy(update={"label": "Other reasons"})
        bench.assistant.renew(bundle(other_version(fields=fields)))
        shown = await bench.press("show")
        assert shown.kind == "question"
        assert words.CHECK_OLD_VERSION in shown.text
        assert shown.id != reached.id

    talk(tmp_path, test)


def first_question_asks(text: str) -> Check:
    check = knowledge().checks[CHECK]
    first = check.questions[0].model_copy(update={"asks": text})
    return check.model_copy(update={"questions": (first, *check.questions[1:])})


def without_option(option: str) -> Check:
    check = knowledge().checks[CHECK]
    first = check.questions[0]
    kept = tuple(each for each in first.options if each.id != option)
    return check.model_copy(update={"questions": (first.model_copy(update={"options": kept}), *check.questions[1:])})


@pytest.mark.parametrize("changed", [first_question_asks("Is it another question?"), without_option("yes")])
def test_a_check_that_changed_is_told_and_begins_again(tmp_path: Path, changed: Check) -> None:
    async def test(bench: Bench) -> None:
        asked = await bench.choose(await bench.press(f"check:{CHECK}"), "Yes")
        old = asked.buttons[0].value
        bench.assistant.renew(bundle(with_check(changed)))
        for value in (old, "show"):
            shown = await bench.press(value)
            assert shown.id == f"{CHECK}/{changed.questions[0].id}"
            assert changed.questions[0].asks in shown.text
            if value == old:
                assert words.CHECK_OLD_VERSION in shown.text

    talk(tmp_path, test)


def test_a_check_that_is_gone_is_told(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        asked = await bench.press("check:repeat-request")
        checks = {name: check for name, check in knowledge().checks.items() if name != "repeat-request"}
        bench.assistant.renew(bundle(other_version(checks=checks)))
        reply = await bench.press(asked.buttons[0].value)
        assert words.CHECK_OLD_VERSION in reply.text
        assert (await bench.press("show")).kind == "smalltalk", "nothing is open any more"

    talk(tmp_path, test)


def test_a_check_that_was_jumped_to_counts_too(tmp_path: Path) -> None:
    async def test(bench: Bench) -> None:
        jumped = await bench.choose(await bench.press(f"check:{CHECK}"), "Not sure")
        assert jumped.id.startswith("legitimate-purpose/")
        changed = knowledge().checks["legitimate-purpose"].model_copy(update={"note": "It says something else."})
        bench.assistant.renew(bundle(with_check(changed)))
        reply = await bench.press(jumped.buttons[0].value)
        assert words.CHECK_OLD_VERSION in reply.text
        assert reply.id.startswith(f"{CHECK}/")

    talk(tmp_path, test)


class Unsure:
    """An understanding that knows nothing."""

    starting = False

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        return Understood("unsure", {"do": "unsure"}, (Ranked("topic_seven-golden-rules", 0.1),))

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        return [() for _ in texts]

    async def forget(self, sender: str) -> None:
        return None


def test_a_topic_that_is_newer_than_the_model_is_found_by_its_words(tmp_path: Path) -> None:
    new = knowledge().topics[TOPIC].model_copy(
        update={"id": "giraffes", "title": "Giraffes", "examples": ("are giraffes tall",)}
    )

    async def test(bench: Bench) -> None:
        bench.assistant.renew(bundle(with_topic(new), frozenset({"giraffes"})))
        found = await bench.say("tell me of giraffes")
        assert found.buttons[0].value == "topic:giraffes"
        bench.assistant.renew(bundle(with_topic(new)))
        assert "topic:giraffes" not in [button.value for button in (await bench.say("tell me of giraffes")).buttons]

    talk(tmp_path, test, Unsure())
