"""Finds the evaluation sentences that are training examples, or next to being one: such a sentence measures memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import yaml

from bot.evaluation.sets import EvaluationError
from bot.knowledge import Knowledge, fold

_STOP_WORDS = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for", "from",
    "had", "has", "have", "he", "her", "him", "his", "i", "if", "im", "in", "is", "it", "its", "ive", "me", "my", "of",
    "on", "or", "our", "pls", "she", "should", "so", "that", "the", "their", "them", "there", "they", "this", "to",
    "u", "ur", "was", "we", "were", "will", "with", "would", "you", "your",
})  # fmt: skip


def bare_words(text: str) -> str:
    """`text` reduced to what near-duplicates share: no stop words, no apostrophes, tokens in alphabetical order.

    A text of nothing but stop words keeps them.
    """
    words = fold(text).replace("'", "").split()
    content = [word for word in words if word not in _STOP_WORDS]
    return " ".join(sorted(content or words))


class Trained:
    """The training examples, each with the unit or intent that it belongs to."""

    def __init__(self, examples: Iterable[tuple[str, str]]) -> None:
        self._owners: dict[str, str] = {}
        for text, owner in examples:
            if words := bare_words(text):
                self._owners.setdefault(words, f"{owner}: {text}")

    def match(self, text: str) -> str | None:
        """`owner: example` where `text` is that example or a near-duplicate of it; else None."""
        return self._owners.get(bare_words(text))

    def __contains__(self, text: str) -> bool:
        return self.match(text) is not None

    def __len__(self) -> int:
        return len(self._owners)


def training_examples(knowledge: Knowledge, nlu_data: Path) -> Iterator[tuple[str, str]]:
    """Every example of topics, checks and urgent triggers, the calm messages, and `nlu_data`/*.yml, as (text, owner).

    Raises EvaluationError when a file of `nlu_data` cannot be read.
    """
    kinds: tuple[Mapping[str, object], ...] = (knowledge.topics, knowledge.checks, knowledge.triggers)
    for units in kinds:
        for name, unit in units.items():
            for example in getattr(unit, "examples", ()):
                yield example, name
    for example in knowledge.calm:
        yield example, "calm"
    for path in sorted(nlu_data.glob("*.yml")):
        yield from _conversational(path)


def _conversational(path: Path) -> Iterator[tuple[str, str]]:
    try:
        entries = yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]
        pairs = [(entry["examples"], entry["intent"]) for entry in entries]
    except (OSError, yaml.YAMLError, KeyError, TypeError):
        raise EvaluationError(f"The training examples {path} cannot be read.", "Restore the file.") from None
    for examples, intent in pairs:
        for line in examples.splitlines():
            yield line.removeprefix("- ").strip(), intent
