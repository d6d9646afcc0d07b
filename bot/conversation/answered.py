"""A typed text that answers what is open by itself: an option by its name, a date, a plain yes. Rasa is not asked."""

from __future__ import annotations

from bot.checks import Asking
from bot.conversation import advising_choices, checking, directives, learning, recording, replying
from bot.conversation.messages import Reply
from bot.conversation.turn import Turn

_STANDARD_OPTIONS = frozenset({"yes", "no", "not-sure"})


def named_option(turn: Turn, text: str) -> Reply | None:
    """The reply where the whole of `text` is an option of what is open: Rasa does not know the options of a check.

    Yes, no and not sure are left to Rasa, whose rules tell what they mean in each context.
    """
    session = turn.session
    if session.identifying is not None:
        return None
    if session.advising is not None:
        return advising_choices.named(turn, text)
    if session.drafting is not None:
        if session.drafting.asking is None:
            return None
        option = recording.option_named(turn.knowledge.fields[session.drafting.asking], text)
        return recording.choose(turn, session.drafting.asking, option) if option else None
    place = checking.position(turn)
    if not isinstance(place, Asking):
        return None
    option = replying.exact(text, place.question)
    return checking.give(turn, place, option) if option and option not in _STANDARD_OPTIONS else None


def answered(turn: Turn, text: str) -> Reply | None:
    """The reply where `text` answers what is open, or is too doubtful to; None where Rasa must say what it means."""
    learnt = learning.typed(turn, text)
    if learnt is not None:
        return learnt
    named = named_option(turn, text)
    place = checking.position(turn)
    if named is not None or directives.context(turn) != "check" or not isinstance(place, Asking):
        return named
    read = replying.meant(text, place.question)
    if read.doubtful:
        return directives.ask_back(checking.show(turn))
    return checking.give(turn, place, read.option) if read.option else None
