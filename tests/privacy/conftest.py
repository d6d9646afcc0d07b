"""The gate that all of these tests share: building it once keeps them fast."""

from __future__ import annotations

import pytest

from bot.privacy import Gate


@pytest.fixture(scope="session")
def gate() -> Gate:
    return Gate(["Durham County Council", "Think Family", "Hope Street Protocol"])
