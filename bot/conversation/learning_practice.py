"""A scenario in conversation: the story, its choices, the real check walked in practice, and the debrief.

Every step says that nothing is recorded. The walk is a bot.training.ScenarioWalk: it is never in the place where the
check of a conversation stands, so no button and no word can lead from here to the decision log.
"""

from __future__ import annotations

from bot.checks import HARM_NOW, RETURN, Asking
from bot.conversation import learning_debrief, learning_keeping, learning_steps, rendering, replying
from bot.conversation import learning_words as words
from bot.conversation.learning_reading import answer_in
from bot.conversation.learning_steps import now, reply, state
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, before, notice
from bot.decision_log import NOT_KEPT
from bot.training import (
    AtCheck,
    AtEnd,
    AtOutcome,
    AtStep,
    ContentChanged,
    ScenarioPlace,
    ScenarioWalk,
    answer,
    back,
    begin,
    choose,
    place,
    practice_record,
    walk_from,
    would_keep,
)

_ALARM = "In this case, someone may be harmed"


def open_case(turn: Turn, key: str) -> None:
    """Opens the scenario MODULE/SCENARIO at its story. Raises ContentChanged where it is gone."""
    walk = begin(key)
    place(turn.knowledge, walk)
    where = state(turn)
    where.go("case")
    where.walk, where.module, where.lesson = walk.as_data(), key.split("/")[0], ""


def show(turn: Turn) -> Reply:
    """The step of the scenario where it stands. Raises TrainingError where it was changed."""
    walk = _walk(turn)
    here = place(turn.knowledge, walk)
    if state(turn).stage == "keeps":
        return keeps(turn, walk)
    if state(turn).stage == "debrief" or isinstance(here, AtEnd):
        return learning_debrief.told(turn, walk)
    if isinstance(here, AtStep):
        return _step(turn, here)
    return _question(turn, here) if isinstance(here, AtCheck) else _outcome(turn, here)


def in_check(turn: Turn) -> bool:
    """Whether a question of the check waits for an answer in practice."""
    return isinstance(_here(turn), AtCheck)


def in_story(turn: Turn) -> bool:
    """Whether a step of the story waits for a choice."""
    return isinstance(_here(turn), AtStep)


def has_next(turn: Turn) -> bool:
    """Whether there is something to go on to: an outcome has been reached, and its debrief has not been told."""
    where = state(turn)
    return where.at == "case" and (where.stage == "keeps" or isinstance(_here(turn), AtOutcome))


def is_over(turn: Turn) -> bool:
    """Whether the debrief is shown."""
    return state(turn).stage == "debrief" or isinstance(_here(turn), AtEnd)


def key(turn: Turn) -> str:
    """The scenario that is open, as MODULE/SCENARIO."""
    return _walk(turn).key


def pick(turn: Turn, choice_id: str) -> Reply:
    """Takes a choice of the story. Blocks on the disk where the case ends with it."""
    walk = choose(turn.knowledge, _walk(turn), choice_id).walk
    state(turn).walk = walk.as_data()
    told = _end(turn) if isinstance(place(turn.knowledge, walk), AtEnd) else []
    return before(show(turn), told)


def take(turn: Turn, option: str) -> Reply:
    """Takes an answer to the question of the check. Nothing is recorded, whatever it leads to."""
    state(turn).walk = answer(turn.knowledge, _walk(turn), option).as_data()
    return show(turn)


def go_on(turn: Turn) -> Reply:
    """From the outcome to what the log would keep, and from there to the debrief. Blocks on the disk."""
    where, here = state(turn), place(turn.knowledge, _walk(turn))
    if isinstance(here, AtOutcome) and not where.stage and where.day is None:
        where.stage = "keeps"
        return show(turn)
    if isinstance(here, AtOutcome) and where.stage != "debrief":
        where.stage = "debrief"
        return before(show(turn), _end(turn))
    return show(turn)


def step_back(turn: Turn) -> bool:
    """One step of the scenario back; False at its beginning."""
    where, walk = state(turn), _walk(turn)
    if where.stage:
        where.stage = "keeps" if where.stage == "debrief" and where.day is None else ""
        return True
    earlier = back(walk)
    where.walk = earlier.as_data()
    return earlier != walk


def shown(turn: Turn) -> tuple[str, ...]:
    """The words of the choices shown now; none where no step of a story is."""
    here = _here(turn)
    return tuple(choice.text for choice in here.choices) if isinstance(here, AtStep) else ()


def typed(turn: Turn, text: str) -> Reply | None:
    """The reply where `text` makes a choice of the story or answers the check's question; None for anything else."""
    here = _here(turn)
    if isinstance(here, AtStep):
        read = answer_in(text, [choice.text for choice in here.choices])
        if read.doubtful:
            return before(show(turn), [notice(words.PICK_UNCLEAR)])
        return None if read.option is None else pick(turn, here.choices[read.option].id)
    if not isinstance(here, AtCheck):
        return None
    meant = replying.meant(text, here.asking.question, turn.answers)
    if meant.doubtful and meant.sure is None:
        return before(show(turn), [notice(words.PICK_UNCLEAR)])
    return take(turn, meant.sure) if meant.sure else None


def say(turn: Turn, value: str, masked: str) -> Reply | None:
    """Takes yes, no or not-sure, as Rasa understood it, for the check's question; None where it does not fit."""
    here = _here(turn)
    if not isinstance(here, AtCheck) or here.asking.question.option(value) is None:
        return None
    return None if replying.contradicts(value, masked, here.asking.question) else take(turn, value)


def why(turn: Turn) -> Reply | None:
    """Why the check asks what it asks; None where no question of a check is open."""
    here = _here(turn)
    if not isinstance(here, AtCheck):
        return None
    question, check = here.asking.question, here.asking.check
    when = words.HARM_IN_STORY.format(when=f"{check.harm.when[:1].lower()}{check.harm.when[1:].rstrip('.')}.")
    return before(show(turn), [Part(f"{question.why}\n\n{when}", "plain", "Why this is asked")])


def keeps(turn: Turn, walk: ScenarioWalk) -> Reply:
    """What the decision log would keep of a walk, and what not. There is no button that records."""
    return reply(
        "practice:keeps", learning_steps.practice(), *keeps_parts(turn, walk),
        offer=(now(turn, "Look back at the case", "next"), learning_steps.BACK, learning_steps.LEAVE),
    )  # fmt: skip


def keeps_parts(turn: Turn, walk: ScenarioWalk) -> list[Part]:
    record = practice_record(turn.knowledge, walk, turn.session.area)
    kept = None if record is None else would_keep(turn.knowledge, record)
    if kept is None:
        return [notice(words.KEEPS_NONE, words.KEEPS_TITLE)]
    rows = tuple((line.label, line.value) for line in kept.lines)
    parts = [Part(words.KEEPS, "preview", words.KEEPS_TITLE, rows=rows)]
    if kept.asked:
        lines = learning_steps.bullets([f"{line.label}: {line.value}" for line in kept.asked])
        parts.append(Part(lines, "plain", words.KEEPS_ASKED_TITLE))
    if kept.identifying:
        parts.append(notice(words.KEEPS_IDENTIFYING.format(fields="; ".join(kept.identifying))))
    parts.append(notice(learning_steps.bullets(list(NOT_KEPT)), words.KEEPS_NOT_TITLE))
    return parts


def _step(turn: Turn, here: AtStep) -> Reply:
    lines = "\n".join(f"{choice.letter}. {choice.text}" for choice in here.choices)
    title = here.scenario.title
    story = Part(learning_steps.flowed(here.scenario.story), "plain", title) if here.first else None
    tells = f"{learning_steps.flowed(here.step.tells)}\n\n{words.STORY_CHOOSE}\n{lines}"
    told = Part(tells, "question", "" if here.first else title)
    offer = [now(turn, f"Answer {choice.letter}", "pick", choice.id) for choice in here.choices]
    return reply(
        f"practice:{_walk(turn).key}/{here.step.id}", learning_steps.practice(), story, told,
        offer=(*offer, learning_steps.BACK, learning_steps.LEAVE),
    )  # fmt: skip


def _question(turn: Turn, here: AtCheck) -> Reply:
    asking: Asking = here.asking
    begins = None if _walk(turn).answers else notice(words.WALK_BEGINS)
    withheld = rendering.check_withheld(asking.check, turn.area, turn.knowledge, turn.today)
    offer = [now(turn, option.text, "pick", option.id) for option in asking.question.options]
    alarm = now(turn, _ALARM, "pick", HARM_NOW)
    steps = (Button("Why this is asked", "why", "step"), learning_steps.BACK, learning_steps.LEAVE)
    return reply(
        f"practice:{asking.place}", learning_steps.practice(), begins, withheld,
        rendering.question_part(asking.question, asking.check.title), offer=(*offer, alarm, *steps),
    )  # fmt: skip


def _outcome(turn: Turn, here: AtOutcome) -> Reply:
    reached = here.reached
    told = rendering.outcome_part(reached.check, reached.outcome, turn.area, turn.knowledge, turn.today)
    day = state(turn).day is not None
    offer = [now(turn, "Look back at the case" if day else "See what the log would keep", "next")]
    if here.may_return:
        back_to = turn.knowledge.checks[reached.returns[-1].check]
        offer.insert(0, now(turn, f"Go on with: {back_to.title}", "pick", RETURN))
    return reply(
        f"practice:{reached.place}", learning_steps.practice(), told, notice(words.NO_RECORD),
        offer=(*offer, learning_steps.BACK, learning_steps.LEAVE),
    )  # fmt: skip


def _end(turn: Turn) -> list[Part]:
    """Notes that the case was walked to its end, and keeps that where a learning record is open."""
    walk = _walk(turn)
    state(turn).walks[walk.key] = walk.as_data()
    return learning_keeping.keep_walk(turn, walk)


def _here(turn: Turn) -> ScenarioPlace | None:
    """Where the scenario waits for something; None where none is open, or its check is over."""
    where = state(turn)
    if where.at != "case" or where.stage:
        return None
    try:
        return place(turn.knowledge, _walk(turn))
    except ContentChanged:
        return None


def _walk(turn: Turn) -> ScenarioWalk:
    return walk_from(state(turn).walk)
