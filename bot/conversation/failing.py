"""What a user sees when a turn could not be carried out: what happened, what to do, and what was open before."""

from __future__ import annotations

import logging
import traceback
from dataclasses import replace

from bot.conversation import buttons, directives, words
from bot.conversation.messages import Part, Reply
from bot.conversation.session import session_from
from bot.conversation.turn import Turn, before, notice
from bot.errors import SharewellError

_LOG = logging.getLogger(__name__)


def failed(turn: Turn, earlier: str, fault: Exception) -> Reply:
    """Puts the session back to `earlier` (Session.as_text) and says what went wrong.

    A fault of our own making is logged by its kind and its place in the code: its words could hold what was typed.
    """
    turn.session = session_from(earlier)
    if isinstance(fault, SharewellError):
        return on_top(turn, problem(fault))
    _LOG.error("A turn failed: %s at %s", type(fault).__name__, _place(fault))
    try:
        return on_top(turn, notice(words.FAULT, words.ERROR_TITLE))
    except Exception:
        return Reply((notice(words.FAULT, words.ERROR_TITLE),), "error", buttons=(buttons.MENU, buttons.FORGET))


def problem(error: SharewellError) -> Part:
    return notice(f"{error.message}\n\n{error.remedy}", words.ERROR_TITLE)


def on_top(turn: Turn, told: Part) -> Reply:
    """What was open, shown again below `told`."""
    open_now = directives.current(turn) or Reply((), "error", buttons=(buttons.MENU,))
    return replace(before(open_now, [told]), kind="error")


def _place(fault: Exception) -> str:
    frames = traceback.extract_tb(fault.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"
