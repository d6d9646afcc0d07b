"""Starting a check. In the middle of something else the user is asked first: what was typed would be lost."""

from __future__ import annotations

from bot.checks import Asking
from bot.conversation import advising, buttons, checking, learning, words
from bot.conversation.messages import Part, Reply
from bot.conversation.turn import Turn, before


def start_or_ask(turn: Turn, check_id: str) -> Reply:
    """Starts a check; in the middle of something else, asks first, because what was answered would be lost."""
    session = turn.session
    if session.identifying is not None:
        return _ask_before(turn, check_id, words.START_WIPES_DETAILS, "Go on with the details")
    title = turn.knowledge.checks[check_id].title
    unsent = advising.ask_before(turn, buttons.tied(f"Start: {title}", "restart", check_id))
    if unsent is not None:
        return unsent
    if session.start is None or not session.answers:
        aside = learning.aside(turn)
        return before(checking.start(turn, check_id), aside)
    open_check, place = turn.knowledge.checks.get(session.start), checking.position(turn)
    if open_check is None or place is None:
        return checking.start(turn, check_id)
    if session.start == check_id and isinstance(place, Asking):
        return checking.show(turn)
    wipes = words.ANOTHER_CHECK.format(check=open_check.title)
    return _ask_before(turn, check_id, wipes, f"Go on with: {open_check.title}")


def _ask_before(turn: Turn, check_id: str, wipes: str, go_on: str) -> Reply:
    wanted = turn.knowledge.checks[check_id]
    return Reply(
        (Part(wipes, "plain", f"Start: {wanted.title}"),), "check", check_id,
        (buttons.tied(f"Start: {wanted.title}", "restart", check_id), buttons.step(go_on, "show")),
    )  # fmt: skip
