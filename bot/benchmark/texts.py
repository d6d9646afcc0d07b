"""The messages of the benchmark, taken from the example questions."""

from __future__ import annotations

import random
from collections.abc import Sequence

from bot.benchmark.report import BenchmarkError
from bot.knowledge import Knowledge
from bot.privacy import Gate
from bot.urgent import Detector

_SEED = 20261120


def questions(knowledge: Knowledge, gate: Gate, detector: Detector) -> list[str]:
    """Example questions of all topics in a fixed mixed order: those that neither raise an alarm nor are masked.

    Examples of checks are left out: they would change what the messages after them mean. Raises BenchmarkError when
    nothing is left.
    """
    examples = [example for topic in knowledge.topics.values() for example in topic.examples]
    found = [text for text in examples if not gate.scan(text) and detector.detect(text) is None]
    if not found:
        raise BenchmarkError("No example question can be used for measuring.", "Run `sharewell knowledge check`.")
    random.Random(_SEED).shuffle(found)
    return found


def urgent_text(knowledge: Knowledge, detector: Detector) -> str:
    """An example that raises the alarm. Raises BenchmarkError when none does."""
    for trigger in knowledge.triggers.values():
        for example in trigger.examples:
            if detector.detect(example) is not None:
                return example
    raise BenchmarkError("No urgent example raises the alarm.", "Run `sharewell evaluate urgent`.")


def cycled(texts: Sequence[str], first: int, count: int) -> list[str]:
    """`count` of `texts` from the place `first` on, beginning again at the end."""
    return [texts[(first + place) % len(texts)] for place in range(count)]
