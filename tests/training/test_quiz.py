"""Quizzes: which question comes next, what is said of an answer, and how well certainty matched."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.knowledge import Knowledge
from bot.training import (
    Certainty,
    ContentChanged,
    Mark,
    QuestionChanged,
    Quiz,
    TrainingError,
    asked,
    lesson_quiz,
    mark,
    missed,
    module_quiz,
    question_of,
    quiz_from,
    quiz_of,
    score,
)
from bot.training.shuffling import choice_id
from tests.support.training import MODULE

LESSON = "hear-them"
FIRST = f"{MODULE}/first-thing"


def pressed(known: Knowledge, quiz: Quiz, *, right: bool) -> str:
    """The button of a right, or of a wrong, answer to the question that is asked."""
    current = asked(known, quiz)
    assert current is not None
    question = question_of(known, current.key)
    assert question is not None
    return choice_id(next(option.text for option in question.options if option.right is right))


def answered(known: Knowledge, quiz: Quiz, *given: tuple[bool, Certainty]) -> Quiz:
    for right, certainty in given:
        quiz = mark(known, quiz, pressed(known, quiz, right=right), certainty).quiz
    return quiz


def test_a_lesson_asks_its_questions_in_order_and_ends(known: Knowledge) -> None:
    quiz = lesson_quiz(known, MODULE, LESSON)
    keys = []
    while (current := asked(known, quiz)) is not None:
        keys.append((current.key, current.number, current.of))
        quiz = answered(known, quiz, (True, Certainty.SURE))
    lesson = known.modules[MODULE].lesson(LESSON)
    assert lesson is not None
    assert keys == [(f"{MODULE}/{each.id}", number, 4) for number, each in enumerate(lesson.questions, start=1)]


def test_a_module_asks_all_its_questions_mixed(known: Knowledge) -> None:
    in_order = [f"{MODULE}/{question.id}" for question in known.modules[MODULE].questions]
    quiz = module_quiz(known, MODULE, "seed")
    assert sorted(quiz.keys) == sorted(in_order)
    assert list(quiz.keys) != in_order
    assert quiz == module_quiz(known, MODULE, "seed")


def test_options_stand_in_one_order_of_a_quiz_and_in_others_of_other_quizzes(known: Knowledge) -> None:
    seen = set()
    for seed in range(40):
        first, again = (asked(known, quiz_of([FIRST], f"seed {seed}")) for _ in range(2))
        assert first is not None and first == again
        assert [option.letter for option in first.options] == ["A", "B", "C"]
        seen.add(tuple(option.text for option in first.options))
    assert len(seen) == 6


def test_right_answer_stands_at_each_place_about_as_often(known: Knowledge) -> None:
    question = question_of(known, FIRST)
    assert question is not None
    places = [0, 0, 0]
    for seed in range(600):
        current = asked(known, quiz_of([FIRST], str(seed)))
        assert current is not None
        places[[option.text for option in current.options].index(question.right_option.text)] += 1
    assert min(places) > 150


@pytest.mark.parametrize(
    ("right", "certainty", "remark"),
    [
        (True, Certainty.SURE, "well-placed"), (True, Certainty.FAIRLY, "well-placed"),
        (True, Certainty.GUESSING, "lucky"), (False, Certainty.SURE, "over-sure"),
        (False, Certainty.FAIRLY, "under-sure"), (False, Certainty.GUESSING, "expected"),
    ],
)  # fmt: skip
def test_feedback_gives_both_reasons_and_the_sources(
    known: Knowledge, right: bool, certainty: Certainty, remark: str
) -> None:
    quiz = quiz_of([FIRST], "seed")
    said = mark(known, quiz, pressed(known, quiz, right=right), certainty).feedback
    assert (said.right, said.chosen.right, said.right_option.right, said.remark) == (right, right, True, remark)
    assert said.chosen.because and said.right_option.because
    assert (said.topic, said.check) == ("first-topic", None)
    assert said.sources == known.topics["first-topic"].sources


def test_a_question_on_a_check_brings_the_sources_of_the_check(known: Knowledge) -> None:
    quiz = quiz_of([f"{MODULE}/danger"])
    said = mark(known, quiz, pressed(known, quiz, right=True), Certainty.SURE).feedback
    assert (said.topic, said.check) == (None, "small-check")
    assert said.sources == known.checks["small-check"].sources


def test_certainty_is_set_beside_the_results(known: Knowledge) -> None:
    quiz = answered(
        known, lesson_quiz(known, MODULE, LESSON), (True, Certainty.SURE), (False, Certainty.SURE),
        (True, Certainty.GUESSING), (True, Certainty.SURE),
    )  # fmt: skip
    found = score(quiz)
    assert (found.right, found.of) == (3, 4)
    assert [(band.certainty, band.answered, band.right) for band in found.bands] == [
        (Certainty.SURE, 3, 2), (Certainty.FAIRLY, 0, 0), (Certainty.GUESSING, 1, 1),
    ]  # fmt: skip
    assert [band.share for band in found.bands] == [2 / 3, None, 1.0]


def test_wrong_and_guessed_answers_come_again(known: Knowledge) -> None:
    quiz = answered(
        known, lesson_quiz(known, MODULE, LESSON), (True, Certainty.SURE), (False, Certainty.SURE),
        (True, Certainty.GUESSING), (True, Certainty.FAIRLY),
    )  # fmt: skip
    assert missed(quiz).keys == quiz.keys[1:3]
    assert missed(quiz).marks == ()


def test_a_quiz_is_the_same_after_it_was_kept_as_json(known: Knowledge) -> None:
    quiz = answered(known, lesson_quiz(known, MODULE, LESSON), (True, Certainty.SURE), (False, Certainty.GUESSING))
    again = quiz_from(json.loads(json.dumps(quiz.as_data())))
    assert again == quiz
    assert asked(known, again) == asked(known, quiz)


@pytest.mark.parametrize("data", [None, [], {}, {"keys": [], "seed": "a", "marks": [["a/b", True, "certain"]]}])
def test_a_quiz_that_cannot_be_read_is_refused(data: object) -> None:
    with pytest.raises(ContentChanged):
        quiz_from(data)


def test_an_answer_of_another_question_changes_nothing(known: Knowledge) -> None:
    quiz = lesson_quiz(known, MODULE, LESSON)
    old = pressed(known, quiz, right=True)
    later = answered(known, quiz, (True, Certainty.SURE))
    with pytest.raises(QuestionChanged):
        mark(known, later, old, Certainty.SURE)
    finished = quiz_of([])
    with pytest.raises(QuestionChanged):
        mark(known, finished, old, Certainty.SURE)


def test_questions_that_are_gone_are_passed_over(known: Knowledge) -> None:
    quiz = quiz_of([f"{MODULE}/gone", "gone/first-thing", FIRST])
    current = asked(known, quiz)
    assert current is not None
    assert (current.key, current.number, current.of) == (FIRST, 1, 1)
    assert asked(replace(known, modules={}), quiz) is None


@pytest.mark.parametrize(("module", "lesson"), [("gone", LESSON), (MODULE, "gone")])
def test_a_lesson_that_is_gone_says_so_in_words(known: Knowledge, module: str, lesson: str) -> None:
    with pytest.raises(TrainingError) as error:
        lesson_quiz(known, module, lesson)
    assert error.value.message and error.value.remedy


def test_a_mark_that_was_guessed_rightly_counts_as_missed() -> None:
    assert [Mark("a/b", right, certainty).missed for right in (True, False) for certainty in Certainty] == [
        False, False, True, True, True, True,
    ]  # fmt: skip
