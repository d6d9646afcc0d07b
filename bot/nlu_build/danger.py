"""The training data of the danger classifier: vectors of the triggers' examples and of calm messages."""

from __future__ import annotations

import json
from collections.abc import Iterator

from bot.nlu_build.examples import Examples
from bot.urgent import CueReader, evidence
from bot.urgent.classifier import TRIGGER_SIZE
from bot.urgent.features import SIZE, features

CALM = ""
_JUDGED = 1.0
_QUESTION_WEIGHT = 0.3
_REPLY_WEIGHT = 0.05
"""How much a message counts that nobody judged, beside 1 for one that was."""


def danger_lines(knowledge: Examples) -> Iterator[str]:
    """One JSON line a message, after a first line with the sizes.

    The examples of topics are questions, and teach as calm, and so do the answers of checks. Both weigh little, the
    answers least: there are many, and some tell of harm without a cue. The examples of checks are left out: many tell
    of harm themselves ("worried about a child in my class"). The threshold is set by the messages that were judged
    one by one: the calm ones and the triggers' examples. Raises CueError for a cue that cannot be
    used.
    """
    reader = CueReader(knowledge.triggers)
    yield json.dumps({"size": SIZE, "trigger_size": TRIGGER_SIZE})
    for trigger in knowledge.triggers.values():
        for example in trigger.examples:
            yield _line(reader, trigger.id, example)
    for message in knowledge.calm:
        yield _line(reader, CALM, message)
    for reply in knowledge.replies:
        # An answer that tells of harm ("he would go for her") is none to learn calm from.
        if not reader.read(reply).hits:
            yield _line(reader, CALM, reply, _REPLY_WEIGHT)
    for topic in knowledge.topics.values():
        for example in topic.examples:
            yield _line(reader, CALM, example, _QUESTION_WEIGHT)


def _line(reader: CueReader, label: str, text: str, weight: float = _JUDGED) -> str:
    numbers = [[number, round(value, 5)] for number, value in sorted(features(text).items())]
    found = evidence(reader.read(text))
    line = {"label": label, "judged": weight == _JUDGED, "weight": weight, "evidence": found, "features": numbers}
    return json.dumps(line, separators=(",", ":"))
