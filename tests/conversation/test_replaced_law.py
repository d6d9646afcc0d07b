"""Every answer that names law which no longer stands says what took its place."""

from __future__ import annotations

from datetime import date

import pytest

from bot.conversation import rendering
from bot.knowledge.currency import GONE
from tests.support.assistants import knowledge

RESTING = [
    (topic.id, name)
    for topic in knowledge().topics.values()
    for name in topic.law
    if knowledge().law[name].status in GONE
]


def words_for(name: str) -> tuple[str, ...]:
    """A law's whole name, and the abbreviation that stands in brackets behind it."""
    known = knowledge().law
    whole, _, short = (known[name].name if name in known else name).removesuffix(")").partition(" (")
    return tuple(filter(None, (whole, short)))


def test_there_are_such_answers() -> None:
    assert len(RESTING) > 40


@pytest.mark.parametrize(("topic_id", "law_id"), RESTING)
def test_both_answers_say_what_took_its_place(topic_id: str, law_id: str) -> None:
    known = knowledge()
    topic, law = known.topics[topic_id], known.law[law_id]
    for area in known.areas.values():
        for parts in (rendering.answer_parts, rendering.more_parts):
            said = [part.text for part in parts(topic, area, known, date(2026, 11, 20)) if part.kind == "currency"]
            assert len(said) == 1
            for replacement in (law.replaced_by or "").split(","):
                if replacement.strip():
                    ways = words_for(replacement.strip())
                    assert any(way.casefold() in said[0].casefold() for way in ways), f"{replacement} is not named"
            assert law.says in said[0], "what became of it is not told"
