"""Advice for tests: a database of its own, codes that are checked quickly, and advisers."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from bot.consultations import EVERY_AREA, Advice, Adviser, Request, Subject

MASTER_KEY = bytes(range(32))
AREA = "national"
ADVISER = Adviser("adviser-1", (EVERY_AREA,), tuple(Subject))
OTHER_ADVISER = Adviser("adviser-2", (EVERY_AREA,), tuple(Subject))


def quick_hasher() -> PasswordHasher:
    """The real hasher at its lowest cost."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def make_advice(folder: Path, clock: Callable[[], float] = time.time, **options: Any) -> Advice:
    """Advice in the file advice.db of `folder`. Close it with `close_database`."""
    return advice_at(f"sqlite:///{folder / 'advice.db'}", clock, **options)


def advice_at(url: str, clock: Callable[[], float] = time.time, **options: Any) -> Advice:
    given: dict[str, Any] = {"hasher": quick_hasher(), **options}
    return Advice(url, given.pop("keys", lambda: [MASTER_KEY]), clock=clock, **given)


def request(
    situation: str = "A child has told me something.", urgency: str = "routine", area: str = AREA,
    subject: Subject = Subject.CHILDREN, **more: Any,
) -> Request:  # fmt: skip
    return Request(situation, area, subject, urgency, **more)


def reply(advice: Advice, reference: str, text: str, adviser: Adviser = ADVISER) -> None:
    """What an adviser does who opens a thread and answers."""
    advice.desk.reply(adviser, reference, text, version=advice.desk.thread(adviser, reference).version)
