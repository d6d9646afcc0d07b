"""After a practice case: where it should lead, what was good and what was not, where the walk departed, and why."""

from __future__ import annotations

from bot.conversation import learning_steps
from bot.conversation import learning_words as words
from bot.conversation.learning_steps import now, opens, reply, state
from bot.conversation.messages import Part, Reply
from bot.conversation.turn import Turn
from bot.training import ChoiceTold, Debrief, ScenarioWalk, debrief

_CHOICES = {
    "yes": words.DEBRIEF_CHOICE_GOOD, "partly": words.DEBRIEF_CHOICE_PARTLY, "no": words.DEBRIEF_CHOICE_NOT,
}  # fmt: skip


def told(turn: Turn, walk: ScenarioWalk) -> Reply:
    """Where a walk that came to its end departed from good practice, and why. Raises TrainingError before its end."""
    found = debrief(turn.knowledge, walk)
    where = state(turn)
    choices = learning_steps.bullets([_choice_told(each) for each in found.choices])
    departed = learning_steps.bullets([
        words.DEBRIEF_DEPARTED.format(asks=each.asks, given=each.given, fits=each.fits, because=each.because)
        for each in found.departures
    ])  # fmt: skip
    offer = [now(turn, "Go on with the first day", "next")] if where.day is not None else []
    offer.append(now(turn, "Walk this case again", "again"))
    if where.day is None:
        offer.append(opens("Back to the module", "module", where.module))
    return reply(
        f"practice:{walk.key}/debrief", learning_steps.practice(),
        Part(_arrived(found), "outcome", words.DEBRIEF_TITLE.format(title=found.scenario.title)),
        Part(choices, "plain", words.DEBRIEF_CHOICES_TITLE) if choices else None,
        Part(departed, "plain", words.DEBRIEF_DEPARTED_TITLE) if departed else None,
        Part(learning_steps.flowed(found.text), "plain", words.DEBRIEF_WHY_TITLE),
        offer=(*offer, learning_steps.HOME, learning_steps.LEAVE),
    )  # fmt: skip


def _arrived(told: Debrief) -> str:
    expected = told.expected.title
    if told.reached is None:
        return words.DEBRIEF_NO_CHECK.format(expected=expected)
    if not told.as_expected and told.feared_harm:
        return words.DEBRIEF_HARM.format(expected=expected)
    if not told.as_expected:
        return words.DEBRIEF_OTHER.format(outcome=told.reached.title, expected=expected)
    arrived = words.DEBRIEF_AS_EXPECTED.format(outcome=expected)
    return f"{arrived}\n\n{words.DEBRIEF_WELL}" if told.went_well else arrived


def _choice_told(told: ChoiceTold) -> str:
    line = _CHOICES[told.good].format(chosen=_ended(told.chosen), because=told.because)
    return line if told.better is None else f"{line} {words.DEBRIEF_BETTER.format(better=_ended(told.better))}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "?", "!", '"')) else f"{text}."
