"""A small knowledge folder of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.folders import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)
