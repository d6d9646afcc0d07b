"""Training for tests: a small module on small knowledge, and progress whose codes are hashed quickly."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher

from bot.codes import CodeHasher
from bot.knowledge import Knowledge, load
from bot.training import Training
from tests.knowledge.folders import MINIMAL
from tests.support.assistants import Clock

FILES = Path(__file__).parents[1] / "knowledge" / "fixtures" / "training"
MODULE = "small-module"
PLACE = "a chat"


def with_training(folder: Path) -> None:
    """Put the small module and the first day into the knowledge folder."""
    (folder / "modules").mkdir()
    shutil.copy(FILES / f"{MODULE}.yml", folder / "modules")
    shutil.copy(FILES / "first-day.yml", folder)


@cache
def small_knowledge() -> Knowledge:
    """The minimal knowledge with the small module and the first day."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "knowledge"
        shutil.copytree(MINIMAL, folder)
        with_training(folder)
        return load(folder)


def quick_hasher() -> CodeHasher:
    """The real hasher at its lowest cost."""
    return CodeHasher(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


def opened(url: str, clock: Clock, **options: int) -> Training:
    """Progress at `url`, on a clock that a test puts forward."""
    return Training(url, clock=clock, seconds=lambda: clock.now.timestamp(), hasher=quick_hasher(), **options)


def made(url: str) -> None:
    """Make the tables at `url`."""
    training = Training(url)
    training.open()
    training.close()
