"""The way just walked stands out in a drawing, by its borders and in words, and nothing else does."""

from __future__ import annotations

import pytest

from bot.checks import HARM_NOW, RETURN, Answer, CheckError, Place, draw, paths
from bot.checks.drawing.palette import THICK
from bot.knowledge import Knowledge
from tests.checks.drawings import CHECK_IDS, Drawing, read, titles
from tests.checks.small_checks import FIRST, SECOND, answers

CAME = "You came this way"
TITLES = {"first": "The first", "second": "The second", "third": "The third", "seek-advice-anonymously": "Advice"}
WALKED_BY_EVERY_PATH = ("child-parent-disagreement", "domestic-abuse-route", "seek-advice-anonymously")


def _highlighted(drawing: Drawing) -> set[str]:
    """The answers that say so, each with a thick border."""
    said = {name for name in drawing.names("answer") if CAME in drawing.words(f"answer.{name}")}
    assert said == {name for name in drawing.names("answer") if drawing.border(f"answer.{name}") >= THICK}
    return said


def _thick_questions(drawing: Drawing) -> set[str]:
    return {name for name in drawing.names("question") if drawing.border(f"question.{name}") >= THICK}


@pytest.mark.parametrize("check_id", WALKED_BY_EVERY_PATH)
def test_every_path_is_highlighted_as_it_was_walked(knowledge: Knowledge, check_id: str) -> None:
    check = knowledge.checks[check_id]
    walks = [walked for walked, _ in paths(knowledge.checks, check_id)]
    assert len(walks) > len(check.questions)
    for walked in walks:
        drawing = read(draw(check, titles(knowledge.checks), walked))
        chosen = {f"{answer.place.question}.{answer.option}" for answer in walked if answer.option != HARM_NOW}
        harmed = {answer.place.question for answer in walked if answer.option == HARM_NOW}
        assert _highlighted(drawing) == chosen
        assert _thick_questions(drawing) == {answer.place.question for answer in walked}
        assert set(drawing.names("left")) == harmed
        assert ("harm.walked" in drawing.groups) == (drawing.border("harm") >= THICK) == bool(harmed)
        numbers = ", ".join(drawing.words(f"number.{answer.place.question}") for answer in walked)
        assert drawing.words("way").startswith(f"{CAME}: {numbers}.")


@pytest.mark.parametrize("check_id", CHECK_IDS)
def test_without_a_way_nothing_stands_out(knowledge: Knowledge, check_id: str) -> None:
    drawing = read(draw(knowledge.checks[check_id], titles(knowledge.checks)))
    assert CAME not in drawing.all_words()
    assert [name for name in drawing.groups if drawing.border(name) > THICK / 2] == []


def test_the_question_that_waits_is_marked() -> None:
    drawing = read(draw(FIRST, TITLES, answers("first/one=yes")))
    assert drawing.words("here.two") == "You are here"
    assert drawing.names("here") == ["two"]
    assert drawing.words("way") == "You came this way: 1. You are here: 2."
    assert _thick_questions(drawing) == {"one", "two"}


@pytest.mark.parametrize(
    "walked",
    [
        ("first/one=no",),
        ("first/one=yes", "first/two=yes"),
        ("first/one=yes", "first/two=yes", "second/alpha=yes"),
        ("first/one=yes", f"first/two={HARM_NOW}"),
    ],
)
def test_no_question_waits_after_an_end_or_in_another_check(walked: tuple[str, ...]) -> None:
    assert read(draw(FIRST, TITLES, answers(*walked))).names("here") == []


def test_harm_is_told_where_it_was_feared_and_where_it_leads() -> None:
    drawing = read(draw(FIRST, TITLES, answers("first/one=yes", f"first/two={HARM_NOW}")))
    assert drawing.words("left.two").startswith(CAME)
    assert drawing.words("harm.walked") == "You came this way, from 2"
    assert drawing.words("way") == "You came this way: 1, 2. At 2 you feared harm."


def test_each_check_shows_its_own_part_of_the_way() -> None:
    walked = answers("first/one=yes", "first/two=yes", "second/alpha=yes", "second/beta=yes")
    assert _highlighted(read(draw(FIRST, TITLES, walked))) == {"one.yes", "two.yes"}
    assert _highlighted(read(draw(SECOND, TITLES, walked))) == {"alpha.yes", "beta.yes"}


def test_both_answers_of_a_question_that_was_come_back_to_are_shown() -> None:
    walked = (
        *answers("first/one=yes", "first/two=yes", "second/alpha=yes", "second/beta=yes"),
        Answer(Place("second", "done"), RETURN),
        *answers("first/two=no"),
    )
    assert _highlighted(read(draw(FIRST, TITLES, walked))) == {"one.yes", "two.yes", "two.no"}
    assert _highlighted(read(draw(SECOND, TITLES, walked))) == {"alpha.yes", "beta.yes"}


@pytest.mark.parametrize("wrong", ["first/one=perhaps", "first/zero=yes", f"first/zero={HARM_NOW}"])
def test_an_answer_that_the_check_does_not_have_is_refused(wrong: str) -> None:
    with pytest.raises(CheckError, match="has no answer"):
        draw(FIRST, TITLES, answers(wrong))
