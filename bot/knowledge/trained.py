"""What the model was trained on, as the training wrote it beside the model, and which examples it found confusing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.errors import SharewellError
from bot.knowledge.model import Knowledge

_KINDS = ("topic", "check", "letter", "elsewhere")
"""What an intent that is made from the knowledge begins with, before the id of its unit."""


class TrainedError(SharewellError):
    """The file that the training wrote beside the model cannot be read."""


@dataclass(frozen=True)
class Confusion:
    """`count` examples of the intent `unit` are most like one of the intent `taken_for`; one of them as an instance."""

    unit: str
    taken_for: str
    count: int
    example: str
    like: str


@dataclass(frozen=True)
class Trained:
    """`digests` holds a digest of the examples of each intent that was trained."""

    digests: Mapping[str, str]
    examples: int
    wrong: int
    confusions: tuple[Confusion, ...]

    def changed(self, knowledge: Knowledge) -> tuple[str, ...]:
        """Intents of `knowledge` that are new or have other examples, and those of units that are gone."""
        return changed_intents(self.digests, example_digests(knowledge))

    def unknown(self, knowledge: Knowledge) -> frozenset[str]:
        """Ids of topics and checks that the model cannot name, because they are newer than it."""
        return unknown_units(self.digests, knowledge)


class _Unit(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def examples(self) -> tuple[str, ...]: ...


def read_trained(path: Path) -> Trained:
    """What `nlu/understanding/confusions.py` wrote. Raises TrainedError."""
    try:
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Trained(
            {str(name): str(digest) for name, digest in data["units"].items()}, int(data["examples"]),
            int(data["wrong"]), tuple(Confusion(**pair) for pair in data["pairs"]),
        )  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise TrainedError(f"The confusions {path} cannot be read.", "Run `./sharewell setup`.") from None


def example_digests(knowledge: Knowledge) -> dict[str, str]:
    """A digest of the examples of each intent that is made from the knowledge, as the training makes it."""
    kinds: tuple[Iterable[_Unit], ...] = (
        knowledge.topics.values(), knowledge.checks.values(), knowledge.letters.values(), knowledge.elsewhere.values(),
    )  # fmt: skip
    return {
        f"{kind}_{unit.id}": _digest(unit.examples)
        for kind, units in zip(_KINDS, kinds, strict=True) for unit in units
    }  # fmt: skip


def changed_intents(trained: Mapping[str, str], present: Mapping[str, str]) -> tuple[str, ...]:
    """The intents whose examples differ between the two, and those that only one of them has.

    Small talk is passed over, and so is a kind of unit of which nothing was trained.
    """
    kinds = {kind for kind in map(_kind, trained) if kind in _KINDS}
    ours = {name for name in {*trained, *present} if _kind(name) in kinds}
    return tuple(sorted(name for name in ours if trained.get(name) != present.get(name)))


def unknown_units(trained: Mapping[str, str], knowledge: Knowledge) -> frozenset[str]:
    """Ids of the topics and checks of `knowledge` that were not among the trained intents."""
    return frozenset(unit for unit in knowledge.topics if f"topic_{unit}" not in trained) | frozenset(
        unit for unit in knowledge.checks if f"check_{unit}" not in trained
    )


def _kind(intent: str) -> str:
    return intent.partition("_")[0]


def _digest(examples: Iterable[str]) -> str:
    spaced = (" ".join(example.split()) for example in examples)
    return hashlib.sha256("\n".join(sorted(spaced)).encode()).hexdigest()[:16]
