"""A typed text that answers what is open by itself: an option by its name, a date, a plain yes. Rasa is not asked."""

from __future__ import annotations

from bot.checks import Asking
from bot.conversation import advising_choices, checking, directives, learning, recording, replying, words
from bot.conversation.caution import asks_of_harm, speaks_of_harm
from bot.conversation.messages import Reply
from bot.conversation.nlu_client import ANSWER_FROM, Understood
from bot.conversation.stances import written_out
from bot.conversation.turn import Turn, before, notice
from bot.knowledge import fold
from bot.urgent import Detected

_STANDARD_OPTIONS = frozenset({"yes", "no", "not-sure"})

_NOT_HEARD = frozenset({"reply", "unsure"})
"""What Rasa decides where it hears a yes or a no, or nothing that it knows: the words themselves tell more."""

_ASKING = frozenset({"answer", "start_check", "elsewhere", "letter", "letters"})
_ASKED_FROM = 0.5
"""Rasa's confidence from which words that are somewhat like an option are a question on a topic. Of 264 answers that
were right, seven reached it."""

_HEARD_CLEARLY = 0.6
"""The same where they are much like an option, and for commands."""

_BENEATH_FROM = 0.25
"""Margin from which an answer is taken below urgent words. Most of what is typed there is a report, not an answer."""


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
    place = _waiting(turn)
    if named is not None or place is None:
        return named
    read = replying.meant(text, place.question, turn.answers)
    if read.option is not None:
        return checking.give(turn, place, read.option)
    if read.sure is not None:
        return _taken(turn, place, read.sure)
    return None if read.alike is not None or not read.doubtful else directives.ask_back(checking.show(turn))


def alike(turn: Turn, text: str, understood: Understood | None) -> Reply | None:
    """The reply where `text` is like one option of the question that waits, and Rasa heard nothing else in it.

    `understood` is None where Rasa cannot be asked.
    """
    place = _waiting(turn)
    if place is None:
        return None
    read = replying.meant(text, place.question, turn.answers)
    if read.alike is None or _heard_otherwise(read, understood):
        return None
    if understood is not None and _hears_another(understood, place, read.alike.option):
        return directives.ask_back(checking.show(turn))
    return _taken(turn, place, read.alike.option)


def beneath(turn: Turn, text: str) -> Reply | None:
    """The reply below urgent words where `text` plainly answers what is open as well; None where it does not.

    Where harm is asked for or spoken of, only the most urgent answer is: any other would deny the words of danger.
    """
    named = named_option(turn, text)
    place = _waiting(turn)
    if named is not None or place is None:
        return named
    if turn.answers is None:
        return None
    read = replying.meant(text, place.question, turn.answers)
    likely = read.alike is not None and not read.steering and read.alike.margin >= _BENEATH_FROM
    option = read.option or (read.alike.option if read.alike is not None and likely else None)
    if option is None:
        return None
    if asks_of_harm(place.question) or speaks_of_harm(written_out(text)):
        if option not in turn.answers.most_urgent(place.question):
            return None
    return checking.give(turn, place, option) if read.option else _taken(turn, place, option)


def is_plain_answer(turn: Turn, text: str, detected: Detected) -> bool:
    """Whether `text` answers the question that waits, and reports nothing besides.

    The label of an option is as good as its button. Other words count as an answer only where no danger word stands
    in them at all, only the sound of a report, and where they are certain to be one of the options.
    """
    place = _waiting(turn)
    if place is None:
        return False
    if fold(text) in {fold(option.text) for option in place.question.options}:
        return True
    if detected.outright:
        return False
    read = replying.meant(text, place.question, turn.answers)
    return read.sure is not None and read.sure not in _STANDARD_OPTIONS


def _waiting(turn: Turn) -> Asking | None:
    """The question of a check that waits for an answer; None where something else is open."""
    place = checking.position(turn)
    return place if directives.context(turn) == "check" and isinstance(place, Asking) else None


def _heard_otherwise(read: replying.Meant, understood: Understood | None) -> bool:
    """Whether a command, or a question on a topic, is more likely than the option that the words are like."""
    if understood is None:
        return read.steering
    if understood.do in _NOT_HEARD or read.alike is None:
        return False
    heard = understood.ranking[0].confidence if understood.ranking else 0.0
    if read.alike.margin >= replying.SURE_FROM:
        return heard >= _HEARD_CLEARLY
    return heard >= (_ASKED_FROM if understood.do in _ASKING else ANSWER_FROM)


def _hears_another(understood: Understood, place: Asking, option: str) -> bool:
    """Whether Rasa heard a yes, a no or a not sure that is another option of the question than `option`."""
    value = str(understood.directive.get("value", ""))
    return understood.do == "reply" and value != option and place.question.option(value) is not None


def _taken(turn: Turn, place: Asking, option: str) -> Reply:
    """The answer that the words were like, and a line that says which: a misreading is seen at once."""
    taken = place.question.option(option)
    reply = checking.give(turn, place, option)
    return reply if taken is None else before(reply, [notice(words.TAKEN_AS.format(label=taken.text))])
