"""What an area withholds because of its age, in the whole of a conversation; danger is never withheld."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache, wraps
from pathlib import Path

import pytest

from bot.conversation import rendering
from bot.conversation.interpret import Interpreter
from bot.conversation.nlu_client import Ranked
from bot.knowledge import Area, Contact, Knowledge, is_withheld
from tests.support.assistants import Bench, detector, gate, knowledge, made

TODAY = date(2026, 11, 20)
AREA = "rochdale"
LEAD = Contact(
    role="safeguarding-lead", label="The lead", number="01234 567890", checked=date(2026, 11, 1), find="Ask around."
)
OLD_CHECK, FRESH_CHECK = "share-decision", "adult-capacity"
NUMBER = "01234 567890"


def talked(test: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """Runs a test that talks."""

    @wraps(test)
    def run(**fixtures: object) -> None:
        async def talk() -> None:
            await test(**fixtures)

        asyncio.run(talk())

    return run


def strict(area: Area) -> Area:
    """The area with a limit of a day, and with a lead whose number is known."""
    others = tuple(contact for contact in area.contacts if contact.role != LEAD.role)
    settings = area.settings.model_copy(update={"withhold_after_review_days": 1})
    return area.model_copy(update={"settings": settings, "contacts": (LEAD, *others)})


@cache
def strict_knowledge() -> Knowledge:
    known = knowledge()
    return replace(known, areas={**known.areas, AREA: strict(known.areas[AREA])})


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with made(tmp_path, known=strict_knowledge) as bench:
        yield bench


def old_topic() -> str:
    known, area = strict_knowledge(), strict_knowledge().areas[AREA]
    return next(topic.id for topic in known.topics.values() if is_withheld(topic.sources, area, known, TODAY))


async def in_area(bench: Bench) -> None:
    await bench.press(f"area:{AREA}")


@talked
async def test_a_topic_and_its_more_are_withheld_with_a_person_to_ask(bench: Bench) -> None:
    topic = strict_knowledge().topics[old_topic()]
    await in_area(bench)
    for button in (f"topic:{topic.id}", f"more:{topic.id}"):
        reply = await bench.press(button)
        assert "I do not show it" in reply.text
        assert NUMBER in reply.text
        assert topic.short.splitlines()[0] not in reply.text
        assert {line.status for line in reply.sources} == {"withheld"}


@talked
async def test_another_area_still_shows_it(bench: Bench) -> None:
    topic = strict_knowledge().topics[old_topic()]
    assert topic.short.splitlines()[0] in (await bench.press(f"topic:{topic.id}")).text


@talked
async def test_a_check_is_not_walked_and_its_way_to_act_now_stays_open(bench: Bench) -> None:
    await in_area(bench)
    shown = await bench.press(f"check:{OLD_CHECK}")
    check = strict_knowledge().checks[OLD_CHECK]
    assert NUMBER in shown.text
    assert check.questions[0].asks not in shown.text
    assert check.harm.when in shown.text
    assert shown.buttons[0].weight == "alarm"
    acted = await bench.press(shown.buttons[0].value)
    assert acted.kind == "outcome"
    assert acted.details["urgency"] == "now"


@talked
async def test_no_other_answer_is_taken(bench: Bench) -> None:
    await in_area(bench)
    shown = await bench.press(f"check:{OLD_CHECK}")
    code = shown.buttons[0].value.split(":")[1]
    for answer in (await bench.press(f"answer:{code}:yes"), await bench.say("Yes"), await bench.press("why")):
        assert answer.id == shown.id
        assert NUMBER in answer.text
        assert strict_knowledge().checks[OLD_CHECK].questions[0].why not in answer.text


@talked
async def test_an_outcome_that_was_reached_before_is_withheld_and_cannot_be_recorded(bench: Bench) -> None:
    reached = await bench.choose(await bench.press(f"check:{OLD_CHECK}"), "No")
    assert reached.kind == "outcome"
    await in_area(bench)
    for shown in (await bench.press("show"), await bench.press("record")):
        assert NUMBER in shown.text
        assert shown.kind == "question"
    await bench.press("area:national")
    assert (await bench.press("show")).text == reached.text


@talked
async def test_a_check_with_one_fresh_source_is_walked(bench: Bench) -> None:
    await in_area(bench)
    shown = await bench.press(f"check:{FRESH_CHECK}")
    assert strict_knowledge().checks[FRESH_CHECK].questions[0].asks in shown.text


@talked
async def test_danger_is_never_withheld(bench: Bench) -> None:
    await in_area(bench)
    reply = await bench.say("her dad has just hit her and he is still in the house")
    assert reply.kind == "urgent"
    assert "999" in reply.text
    known = strict_knowledge()
    for trigger in known.triggers.values():
        parts = rendering.urgent_parts(trigger, known.areas[AREA], known, TODAY)
        assert parts[0].text.startswith(trigger.first[0])


class Sure:
    """Ranks one intent only."""

    def __init__(self, intent: str) -> None:
        self.intent = intent

    async def parse(self, texts: object) -> list[tuple[Ranked, ...]]:
        return [(Ranked(self.intent, 0.9),)]


@pytest.mark.parametrize("kind", ["topic", "check"])
@talked
async def test_a_script_sees_it_in_the_status_of_the_sources(kind: str) -> None:
    known = strict_knowledge()
    unit = old_topic() if kind == "topic" else OLD_CHECK
    interpreter = Interpreter(known, gate(), detector(), known.areas[AREA], TODAY, Sure(f"{kind}_{unit}"))
    (found,) = await interpreter.interpret(["anything at all"])
    data = found.as_json()
    assert (data["kind"], data["id"]) == (kind, unit)
    assert {line["status"] for line in data["sources"]} == {"withheld"}
    assert NUMBER in data["text"]


def test_whom_to_ask_says_how_to_find_them_where_no_number_is_known() -> None:
    known = knowledge()
    area = known.areas[AREA].model_copy(
        update={"settings": known.areas[AREA].settings.model_copy(update={"withhold_after_review_days": 1})}
    )
    part = rendering.check_withheld(known.checks[OLD_CHECK], area, known, TODAY)
    lead = area.contact("safeguarding-lead")
    assert part is not None and lead is not None
    assert lead.find in part.text


def test_an_old_number_is_shown_with_a_warning() -> None:
    area = strict_knowledge().areas[AREA]
    assert "may have changed" not in rendering.contact_line(LEAD, area, date(2027, 11, 1))
    assert "It may have changed since: Ask around." in rendering.contact_line(LEAD, area, date(2027, 11, 2))
