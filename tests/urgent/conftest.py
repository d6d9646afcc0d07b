"""The triggers and messages of the repository itself: the detector is tested on what users get."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
import yaml

from bot.urgent import Detector
from tests.urgent.urgent_support import ROOT, CuesFile, TriggerFile


@pytest.fixture(scope="session")
def triggers() -> Mapping[str, TriggerFile]:
    found = {}
    for path in sorted((ROOT / "knowledge" / "urgent").glob("*.yml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[data["id"]] = TriggerFile(data["id"], data["urgency"], CuesFile(**data["cues"]), tuple(data["examples"]))
    return found


@pytest.fixture(scope="session")
def detector(triggers: Mapping[str, TriggerFile]) -> Detector:
    return Detector(triggers)
