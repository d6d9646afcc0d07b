"""Advice that was given in a thread, as a field of a decision record: its reference and outcome, no more."""

from __future__ import annotations

from bot.checks import Reached
from bot.conversation import checking
from bot.conversation.record_preview import ADVICE_FIELD, wanted
from bot.conversation.session import Drafting
from bot.conversation.turn import Turn

_ADVISER = "anonymous-adviser"
_NONE = "no-advice"


def take(turn: Turn, told: str) -> None:
    """Keeps `told` for the record in the making, and for the next one where there is none."""
    turn.session.advice_taken = told
    if turn.session.drafting is not None:
        fill(turn, turn.session.drafting)
        turn.session.drafting.preview = False  # an earlier preview does not show it: it cannot be confirmed unseen


def fill(turn: Turn, drafting: Drafting) -> None:
    """Sets the field in `drafting`, beside what the user has chosen in it."""
    told = turn.session.advice_taken
    if not told or ADVICE_FIELD not in turn.knowledge.fields:
        return
    given = drafting.values.get(ADVICE_FIELD, {"choices": [], "text": ""})
    options = {option.id for option in turn.knowledge.fields[ADVICE_FIELD].options} - {_NONE, _ADVISER}
    text = given["text"] if told in given["text"] else ". ".join(filter(None, (given["text"], told)))
    drafting.values[ADVICE_FIELD] = {"choices": [*(each for each in given["choices"] if each in options), _ADVISER],
                                     "text": text}  # fmt: skip
    if drafting.asking == ADVICE_FIELD:
        _ask_the_next(turn, drafting)


def _ask_the_next(turn: Turn, drafting: Drafting) -> None:
    place = checking.position(turn)
    names = wanted(turn, place.outcome) if isinstance(place, Reached) else []
    drafting.choosing = []
    drafting.asking = next((name for name in names if name not in drafting.values), None)
