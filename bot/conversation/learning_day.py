"""The first day: ten minutes in which a newcomer asks, walks a check in practice, and sees what the log would keep."""

from __future__ import annotations

from bot.conversation import answering, buttons, learning_keeping, learning_practice, learning_quiz, rendering
from bot.conversation import learning_steps as steps
from bot.conversation import learning_words as words
from bot.conversation.learning_steps import now, reply, state
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, notice
from bot.knowledge import DayStep, FirstDay, fold
from bot.training import quiz_of, walk_from


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
            return [notice(words.DAY_NO_WALK)]
        return [notice(words.NO_RECORD, words.PRACTICE_TITLE), *learning_practice.keeps_parts(turn, walk_from(walk))]
    return []


def _offer(turn: Turn, step: DayStep) -> list[Button]:
    leave_out = Button("Leave this step out", now(turn, "", "skip").value, "step")
    if step.do == "ask" and not state(turn).asked:
        return [*(now(turn, text, "ask", str(place)) for place, text in enumerate(step.suggests)), leave_out]
    if step.question is not None:
        return [now(turn, "Answer the question", "next"), leave_out]
    if step.scenario is not None:
        return [now(turn, "Walk the practice case", "next"), leave_out]
    return [now(turn, "Next step", "next")]


def _answer(turn: Turn, question: str) -> Reply | None:
    """The answer to a suggested question: that of the topic which has it as an example, or which its words find."""
    said = fold(question)
    for topic in turn.knowledge.topics.values():
        if said in map(fold, topic.examples):
            return answering.answer(turn, topic.id)
    found = [hit.id for hit in turn.index.search(question) if hit.id in turn.knowledge.topics]
    return answering.answer(turn, found[0]) if found else None


def _walked(turn: Turn) -> object | None:
    """The walk of this path's case, where it came to its end; None where it was left out."""
    day = turn.knowledge.first_day
    keys = [] if day is None else [step.scenario for step in day.steps if step.scenario is not None]
    return next((walk for key in keys if (walk := state(turn).walks.get(key)) is not None), None)


def _is_whole(turn: Turn) -> bool:
    return state(turn).asked and _walked(turn) is not None


def _done(turn: Turn, day: FirstDay) -> Reply:
    told = Part(words.DAY_DONE if _is_whole(turn) else words.DAY_DONE_PARTLY, "plain", words.DAY_DONE_TITLE)
    return reply(
        "first-day:done", told,
        offer=(steps.MODULES, steps.THREE, steps.PROGRESS, steps.BACK, steps.HOME, steps.LEAVE, buttons.MENU),
    )  # fmt: skip
