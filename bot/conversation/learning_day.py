"""The first day: ten minutes in which a newcomer asks, walks a check in practice, and sees what the log would keep."""

from __future__ import annotations

from bot.conversation import answering, buttons, learning_keeping, learning_practice, learning_quiz, rendering
from bot.conversation import learning_steps as steps
from bot.conversation import learning_words as words
from bot.conversation.learning_steps import now, reply, state
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, notice
from bot.knowledge import DayStep, FirstDay, fold
from bot.training import AtOutcome, ContentChanged, ScenarioWalk, quiz_of, walk_from
from bot.training import place as place_of

_WALK = "Walk the practice case"
_WALK_AGAIN = "Walk the practice case again"


def begin(turn: Turn) -> bool:
    """Opens the first day at its first step; False where there is none."""
    if turn.knowledge.first_day is None:
        return False
    place = state(turn)
    place.go("day")
    place.day, place.asked, place.module, place.lesson = 0, False, "", ""
    return True


def show(turn: Turn) -> Reply | None:
    """The step that is open, or the end of the path; None where there is none any more."""
    day, number = turn.knowledge.first_day, state(turn).day
    if day is None or number is None:
        return None
    if number >= len(day.steps):
        return _done(turn, day)
    step = day.steps[number]
    timed = words.DAY_STEP if step.minutes > 1 else words.DAY_STEP_ONE
    counted = timed.format(number=number + 1, total=len(day.steps), minutes=step.minutes)
    begins = Part(steps.flowed(day.summary), "plain", day.title) if number == 0 else None
    return reply(
        f"first-day:{step.id}", begins, Part(f"{counted}\n\n{steps.flowed(step.tells)}", "plain", step.title),
        *_parts(turn, step), offer=(*_offer(turn, step), steps.BACK, steps.LEAVE),
    )  # fmt: skip


def go_on(turn: Turn) -> None:
    """Does what the step is for, or goes to the next one where there is nothing to do."""
    place, step = state(turn), _step(turn)
    if step is not None and place.at == "day" and step.question is not None:
        learning_quiz.begin(turn, quiz_of([step.question]))
    elif step is not None and place.at == "day" and step.scenario is not None:
        learning_practice.open_case(turn, step.scenario)
    else:
        skip(turn)


def skip(turn: Turn) -> None:
    """Goes to the step after this one. Blocks on the disk at the end of the path."""
    place = state(turn)
    place.go("day")
    place.day = 0 if place.day is None else place.day + 1
    if _step(turn) is None and _is_whole(turn):
        learning_keeping.first_day_done(turn)


def walk_again(turn: Turn) -> None:
    """Opens the practice case once more from what comes after it, where no check was walked in it."""
    place, step, number = state(turn), _step(turn), _number_of_case(turn)
    if number is None or _walked(turn) is not None or (step is not None and step.do != "keeps"):
        return
    place.day = number
    go_on(turn)


def step_back(turn: Turn) -> bool:
    """One step back, or out of the question or case of this step; False at the first step."""
    place = state(turn)
    if place.at != "day":
        place.go("day")
        return True
    if not place.day:
        return False
    place.day -= 1
    return True


def ask(turn: Turn, number: str) -> Reply | None:
    """The answer to a question that the step suggests, and the step after it; None where there is no such question."""
    step = _step(turn)
    index = int(number) if number.isascii() and number.isdecimal() and len(number) == 1 else -1
    if step is None or not 0 <= index < len(step.suggests):
        return None
    answered = _answer(turn, step.suggests[index])
    note_asked(turn)
    again = show(turn)
    if answered is None or again is None:
        return again
    return reply(again.id, *answered.parts, *again.parts, offer=again.buttons)


def note_asked(turn: Turn) -> None:
    """A question was answered: where the step is there for asking, it has done its work."""
    step = _step(turn)
    if step is not None and step.do == "ask" and state(turn).at == "day":
        state(turn).asked = True


def waits_for_a_question(turn: Turn) -> bool:
    """Whether the step is there for asking, and nothing was asked yet."""
    step = _step(turn)
    return step is not None and step.do == "ask" and not state(turn).asked


def _step(turn: Turn) -> DayStep | None:
    day, learning = turn.knowledge.first_day, turn.session.learning
    if day is None or learning is None or learning.day is None or learning.day >= len(day.steps):
        return None
    return day.steps[learning.day]


def _parts(turn: Turn, step: DayStep) -> list[Part]:
    if step.topic is not None:
        topic = turn.knowledge.topics[step.topic]
        return list(rendering.answer_parts(topic, turn.area, turn.knowledge, turn.today))
    if step.do == "ask":
        return [notice(words.DAY_ASKED if state(turn).asked else words.DAY_ASK)]
    if step.do == "keeps":
        walk = _walked(turn)
        if walk is None:
            return [notice(words.DAY_NO_CHECK if _ended(turn) else words.DAY_NO_WALK)]
        return [notice(words.NO_RECORD, words.PRACTICE_TITLE), *learning_practice.keeps_parts(turn, walk)]
    return []


def _offer(turn: Turn, step: DayStep) -> list[Button]:
    leave_out = Button("Leave this step out", now(turn, "", "skip").value, "step")
    if step.do == "ask" and not state(turn).asked:
        return [*(now(turn, text, "ask", str(place)) for place, text in enumerate(step.suggests)), leave_out]
    if step.question is not None:
        return [now(turn, "Answer the question", "next"), leave_out]
    if step.scenario is not None:
        return [now(turn, _WALK, "next"), leave_out]
    if step.do == "keeps":
        return [*_case_again(turn), now(turn, "Next step", "next")]
    return [now(turn, "Next step", "next")]


def _case_again(turn: Turn) -> list[Button]:
    """The practice case, where it has not been walked to an outcome."""
    if _walked(turn) is not None or _number_of_case(turn) is None:
        return []
    return [now(turn, _WALK_AGAIN if _ended(turn) else _WALK, "again")]


def _number_of_case(turn: Turn) -> int | None:
    steps_of_day = () if turn.knowledge.first_day is None else turn.knowledge.first_day.steps
    return next((number for number, step in enumerate(steps_of_day) if step.scenario is not None), None)


def _answer(turn: Turn, question: str) -> Reply | None:
    """The answer to a suggested question: that of the topic which has it as an example, or which its words find."""
    said = fold(question)
    for topic in turn.knowledge.topics.values():
        if said in map(fold, topic.examples):
            return answering.answer(turn, topic.id)
    found = [hit.id for hit in turn.index.search(question) if hit.id in turn.knowledge.topics]
    return answering.answer(turn, found[0]) if found else None


def _ended(turn: Turn) -> list[ScenarioWalk]:
    """The walks of this path's case that came to an end, with a check or without; none where it was left out."""
    day, walks = turn.knowledge.first_day, state(turn).walks
    keys = [] if day is None else [step.scenario for step in day.steps if step.scenario is not None]
    return [walk_from(walks[key]) for key in keys if key in walks]


def _walked(turn: Turn) -> ScenarioWalk | None:
    """The walk of this path's case whose check came to an outcome; None where there is none."""
    return next((walk for walk in _ended(turn) if _has_outcome(turn, walk)), None)


def _has_outcome(turn: Turn, walk: ScenarioWalk) -> bool:
    try:
        return isinstance(place_of(turn.knowledge, walk), AtOutcome)
    except ContentChanged:  # the case was changed since: what was walked is no longer there
        return False


def _is_whole(turn: Turn) -> bool:
    return state(turn).asked and _walked(turn) is not None


def _done(turn: Turn, day: FirstDay) -> Reply:
    told = Part(words.DAY_DONE, "plain", words.DAY_DONE_TITLE)
    if not _is_whole(turn):
        missing = [] if state(turn).asked else [words.DAY_NOT_ASKED]
        if _walked(turn) is None:
            missing.append(words.DAY_NOT_WALKED)
        told = Part(f"{words.DAY_DONE_PARTLY}\n\n{steps.bullets(missing)}", "plain", words.DAY_PARTLY_TITLE)
    return reply(
        "first-day:done", told,
        offer=(
            *_case_again(turn), steps.MODULES, steps.THREE, steps.PROGRESS, steps.BACK, steps.HOME, steps.LEAVE,
            buttons.MENU,
        ),
    )  # fmt: skip
