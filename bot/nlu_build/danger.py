"""The training data of the danger classifier: vectors of the triggers' examples and of calm messages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.nlu_build.examples import Examples
from bot.urgent import CueReader, evidence
from bot.urgent.classifier import TRIGGER_SIZE
from bot.urgent.features import SIZE, features

CALM = ""


def danger_lines(knowledge: Examples) -> Iterator[str]:
    """One JSON line a message, after a first line with the sizes.

    The examples of topics are questions, and teach as calm. So do the answers of checks: short, and told in passing.
    The examples of checks are left out: many tell of harm themselves ("worried about a child in my class"). The
    threshold is set by the messages that were judged one by one: the calm ones and the triggers' examples. Raises
    CueError for a cue that cannot be used.
    """
    reader = CueReader(knowledge.triggers)
    yield json.dumps({"size": SIZE, "trigger_size": TRIGGER_SIZE})
    for trigger in knowledge.triggers.values():
        for example in trigger.examples:
            yield _line(reader, trigger.id, example, judged=True)
    for message in knowledge.calm:
        yield _line(reader, CALM, message, judged=True)
    for reply in knowledge.replies:
        yield _line(reader, CALM, reply, judged=False)
    for topic in knowledge.topics.values():
        for example in topic.examples:
            yield _line(reader, CALM, example, judged=False)


def _line(reader: CueReader, label: str, text: str, *, judged: bool) -> str:
    numbers = [[number, round(weight, 5)] for number, weight in sorted(features(text).items())]
    found = evidence(reader.read(text))
    line = {"label": label, "judged": judged, "evidence": found, "features": numbers}
    return json.dumps(line, separators=(",", ":"))
