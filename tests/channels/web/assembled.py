"""The assistant made of its real parts, for the browser tests: without Rasa, so that free text is searched."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.channels.web.chat import Conversation
from tests.channels.web.support import Conversed
from tests.support.assistants import made

_OUTCOME = ("press Should I share this?", "press Someone may be harmed")
_PREVIEW = (*_OUTCOME, "press Record this decision", "press Go to the preview")


@contextmanager
def _started() -> Iterator[Conversation]:
    with tempfile.TemporaryDirectory(prefix="sharewell-web-") as home, made(Path(home)) as bench:
        yield bench.assistant


REAL = Conversed(
    _started,
    {
        "answer": ("can I share if the person refuses", "press Someone says no, or takes consent back"),
        "question": ("press Should I share this?",),
        "outcome": _OUTCOME,
        "preview": _PREVIEW,
        "private": (*_PREVIEW, "press Confirm and record", "press Add identifying details"),
        "letter": (
            "press See all checks", "press Open the menu", "press Draft a letter or form", "press Consent record",
        ),
        "urgent": ("he is hitting her with a knife right now",),
    },
)
"""What leads to each kind of reply in the real knowledge."""
