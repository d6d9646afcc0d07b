"""A quiz in conversation: the question, how sure, the reasons for right and wrong, and the result in words."""

from __future__ import annotations

import random
from collections.abc import Mapping
from types import MappingProxyType

from bot.conversation import learning_keeping, learning_result, learning_steps, rendering
from bot.conversation import learning_words as words
from bot.conversation.learning_reading import answer_in
from bot.conversation.learning_steps import now, reply, state
from bot.conversation.learning_tally import missed_keys
from bot.conversation.messages import Button, Part, Reply
from bot.conversation.turn import Turn, before, notice
from bot.training import (
    QUESTIONS_A_DAY,
    Asked,
    Certainty,
    ContentChanged,
    Feedback,
    QuestionChanged,
    Quiz,
    asked,
    lesson_quiz,
    mark,
    missed,
    module_quiz,
    quiz_from,
    quiz_of,
)

_CERTAINTIES: Mapping[Certainty, str] = MappingProxyType({
    Certainty.SURE: "Sure", Certainty.FAIRLY: "Fairly sure", Certainty.GUESSING: "Guessing",
})  # fmt: skip
_REMARKS = {
    "well-placed": words.REMARK_WELL_PLACED, "over-sure": words.REMARK_OVER_SURE,
    "under-sure": words.REMARK_UNDER_SURE, "lucky": words.REMARK_LUCKY, "expected": words.REMARK_EXPECTED,
}  # fmt: skip


def begin(turn: Turn, quiz: Quiz) -> None:
    """Opens `quiz` at its first question."""
    place = state(turn)
    place.go("quiz")
    place.quiz = quiz.as_data()


def begin_lesson(turn: Turn) -> None:
    """Opens the questions of the lesson that is open. Raises ContentChanged where it is gone."""
    place = state(turn)
    begin(turn, lesson_quiz(turn.knowledge, place.module, place.lesson))


def begin_module(turn: Turn, module_id: str) -> None:
    """Opens all questions of a module. Raises ContentChanged where it is gone."""
    quiz = module_quiz(turn.knowledge, module_id)
    place = state(turn)
    place.module, place.lesson = module_id, ""
    begin(turn, quiz)


def begin_three(turn: Turn) -> bool:
    """Opens three questions: those due in the learning record, else what was missed here and then new ones.

    False where the record has none left for today. Blocks on the disk.
    """
    place = state(turn)
    is_kept = learning_keeping.learner(turn) is not None
    quiz = learning_keeping.daily(turn) if is_kept else quiz_of(_three_of_here(turn))
    if not quiz.keys:
        return False
    place.module = place.lesson = ""
    begin(turn, quiz)
    return True


def show(turn: Turn) -> Reply:
    """The question, how sure, or the feedback, wherever the quiz stands. Raises TrainingError where it is changed."""
    place = state(turn)
    quiz = quiz_from(place.quiz)
    waiting = asked(turn.knowledge, quiz)
    if waiting is None:
        return learning_result.show(turn)
    if not place.picked:
        return _question(turn, waiting)
    return _feedback(turn, quiz, waiting) if place.certainty else _how_sure(turn, waiting)


def waits(turn: Turn) -> Asked | None:
    """The question that may be answered by typing; None where feedback is shown, or no quiz is open."""
    place = state(turn)
    if place.at != "quiz" or (place.picked and place.certainty):
        return None
    return asked(turn.knowledge, quiz_from(place.quiz))


def shown(turn: Turn) -> tuple[str, ...]:
    """The words of the answers shown now; none where no question is."""
    try:
        waiting = waits(turn)
    except ContentChanged:
        return ()
    return () if waiting is None else tuple(option.text for option in waiting.options)


def typed(turn: Turn, text: str) -> Reply | None:
    """The reply where `text` answers the question, says how sure, or both; None for anything else."""
    waiting = waits(turn)
    if waiting is None:
        return None
    place = state(turn)
    read = answer_in(text, [option.text for option in waiting.options])
    if read.doubtful:
        return before(show(turn), [notice(words.PICK_UNCLEAR)])
    if read.option is None and not read.certainty:
        return None
    if read.option is not None:
        return pick(turn, waiting.options[read.option].id, read.certainty or place.certainty)
    if place.picked:
        return be_sure(turn, read.certainty)
    if read.certainty != Certainty.GUESSING:
        return before(show(turn), [notice(words.PICK_UNCLEAR)])
    place.certainty = read.certainty
    return before(show(turn), [notice(words.PICK_UNSURE)])


def pick(turn: Turn, option_id: str, certainty: str = "") -> Reply:
    """Takes an option. Where it is known how sure, its feedback follows at once. Blocks on the disk."""
    place = state(turn)
    waiting = waits(turn)
    if waiting is None or option_id not in {option.id for option in waiting.options}:
        raise QuestionChanged()
    place.picked, noted = option_id, certainty or place.certainty
    place.certainty = ""
    return be_sure(turn, noted) if noted else show(turn)


def be_sure(turn: Turn, certainty: str) -> Reply:
    """Takes how sure, keeps the mark, and shows the feedback. Blocks on the disk."""
    place = state(turn)
    if not place.picked or place.certainty or certainty not in {each.value for each in Certainty}:
        raise QuestionChanged()
    marked = mark(turn.knowledge, quiz_from(place.quiz), place.picked, Certainty(certainty))
    place.certainty = certainty
    place.marks.append([marked.mark.key, marked.mark.right, marked.mark.certainty.value])
    told = learning_keeping.keep_mark(turn, marked.mark)
    return before(show(turn), told)


def go_on(turn: Turn) -> None:
    """From the feedback to the next question, or to the result."""
    place = state(turn)
    if place.picked and place.certainty:
        marked = mark(turn.knowledge, quiz_from(place.quiz), place.picked, Certainty(place.certainty))
        place.quiz, place.picked, place.certainty = marked.quiz.as_data(), "", ""


def unpick(turn: Turn) -> bool:
    """Takes the choice of an option back; False where none waits for how sure."""
    place = state(turn)
    if place.at != "quiz" or not place.picked or place.certainty:
        return False
    place.picked = ""
    return True


def repeat(turn: Turn) -> bool:
    """Opens what was missed in the quiz just ended once more; False where nothing was."""
    again = missed(quiz_from(state(turn).quiz))
    if again.keys:
        begin(turn, again)
    return bool(again.keys)


def is_over(turn: Turn) -> bool:
    place = state(turn)
    return place.at == "quiz" and asked(turn.knowledge, quiz_from(place.quiz)) is None


def _question(turn: Turn, waiting: Asked) -> Reply:
    lines = "\n".join(f"{option.letter}. {option.text}" for option in waiting.options)
    title = words.QUESTION_TITLE.format(number=waiting.number, total=waiting.of)
    offer = [now(turn, f"Answer {option.letter}", "pick", option.id) for option in waiting.options]
    return reply(
        f"question:{waiting.key}", Part(f"{waiting.asks}\n\n{lines}\n\n{words.PICK}", "question", title),
        offer=(*offer, learning_steps.BACK, learning_steps.LEAVE),
    )  # fmt: skip


def _how_sure(turn: Turn, waiting: Asked) -> Reply:
    picked = state(turn).picked
    letter = next((option.letter for option in waiting.options if option.id == picked), None)
    if letter is None:
        raise QuestionChanged()
    offer = [now(turn, label, "sure", certainty.value) for certainty, label in _CERTAINTIES.items()]
    told = Part(words.CERTAINTY.format(letter=letter), "question", words.CERTAINTY_TITLE)
    return reply(f"certainty:{waiting.key}", told, offer=(*offer, learning_steps.BACK, learning_steps.LEAVE))


def _feedback(turn: Turn, quiz: Quiz, waiting: Asked) -> Reply:
    place = state(turn)
    told = mark(turn.knowledge, quiz, place.picked, Certainty(place.certainty)).feedback
    lines = rendering.source_lines(told.sources, turn.knowledge, turn.today)
    letters = {option.text: option.letter for option in waiting.options}
    parts = [_chosen_part(told, letters)]
    if not told.right:
        right = told.right_option
        parts.append(Part(
            f"{letters[right.text]}. {right.text}\n\n{right.because}", "answer", words.RIGHT_IS_TITLE, lines
        ))  # fmt: skip
    else:
        parts = [Part(parts[0].text, "answer", parts[0].title, lines)]
    parts.append(notice(_REMARKS[told.remark]))
    is_last = waiting.number >= waiting.of
    go_on_label = "Next question"
    if is_last:
        go_on_label = "See my result" if place.day is None else "Go on with the first day"
    offer = [now(turn, go_on_label, "next")]
    if told.topic is not None:
        offer.append(Button("Read the whole answer", f"topic:{told.topic}", "step"))
    return reply(f"feedback:{waiting.key}", *parts, offer=(*offer, learning_steps.LEAVE))


def _chosen_part(told: Feedback, letters: Mapping[str, str]) -> Part:
    title = words.RIGHT_TITLE if told.right else words.WRONG_TITLE
    return Part(f"{letters[told.chosen.text]}. {told.chosen.text}\n\n{told.chosen.because}", "plain", title)


def _three_of_here(turn: Turn) -> list[str]:
    """What was missed in this conversation, then questions not answered yet, of modules begun before the others."""
    place = state(turn)
    answered = {str(given[0]) for given in place.marks}
    begun = {key.split("/")[0] for key in answered} or {next(iter(turn.knowledge.modules), "")}
    fresh = [
        f"{module.id}/{question.id}" for module in turn.knowledge.modules.values() for question in module.questions
        if f"{module.id}/{question.id}" not in answered
    ]  # fmt: skip
    random.SystemRandom().shuffle(fresh)
    fresh.sort(key=lambda key: key.split("/")[0] not in begun)
    return [*missed_keys(turn), *fresh][:QUESTIONS_A_DAY]
