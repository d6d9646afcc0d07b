"""Triggers as the detector needs them, and where the messages for measuring are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MESSAGES = ROOT / "tests" / "evaluation" / "urgent.yml"


@dataclass(frozen=True)
class CuesFile:
    emergency: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    all: tuple[tuple[str, ...], ...] = ()
    topics: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class TriggerFile:
    id: str
    urgency: str
    cues: CuesFile
    examples: tuple[str, ...] = ()


def trigger(id_: str, urgency: str = "now", **cues: Any) -> TriggerFile:
    return TriggerFile(id_, urgency, CuesFile(**cues))
