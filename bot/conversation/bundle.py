"""All that is made from one version of the knowledge. It is taken as a whole, so that no turn and no page mixes two."""

from __future__ import annotations

from dataclasses import dataclass

from bot.knowledge import Index, Knowledge
from bot.privacy import Gate
from bot.urgent import Detector


@dataclass(frozen=True)
class Bundle:
    """`untrained` holds the ids of topics and checks that the trained model does not know: they are found by search."""

    knowledge: Knowledge
    index: Index
    gate: Gate
    detector: Detector
    untrained: frozenset[str] = frozenset()
