"""The training data of the danger classifier: vectors of the triggers' examples and of calm messages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.nlu_build.examples import Examples
from bot.urgent.classifier import TRIGGER_SIZE
from bot.urgent.features import SIZE, features

CALM = ""


def danger_lines(knowledge: Examples) -> Iterator[str]:
    """One JSON line a message, after a first line with the sizes.

    Examples of topics and checks are left out where they tell of harm themselves ("worried about a child in my
    class"): only messages that were judged calm one by one teach what calm is.
    """
    yield json.dumps({"size": SIZE, "trigger_size": TRIGGER_SIZE})
    for trigger in knowledge.triggers.values():
        for example in trigger.examples:
            yield _line(trigger.id, example)
    for message in knowledge.calm:
        yield _line(CALM, message)
    for topic in knowledge.topics.values():
        for example in topic.examples:
            yield _line(CALM, example)


def _line(label: str, text: str) -> str:
    numbers = [[number, round(weight, 6)] for number, weight in sorted(features(text).items())]
    return json.dumps({"label": label, "features": numbers}, separators=(",", ":"))
