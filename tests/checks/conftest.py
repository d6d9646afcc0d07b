"""The knowledge of the assistant, read once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import Knowledge, load


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load(Path(__file__).parents[2] / "knowledge")
