"""Walking one check: questions, outcomes, the harm short-cut, and what is refused."""

from __future__ import annotations

import pytest

from bot.checks import HARM_NOW, RETURN, Answer, Asking, CheckError, Place, Reached, answer_with, offered, walk
from tests.checks.small_checks import CHECKS, answers


def test_a_walk_starts_at_the_first_question() -> None:
    position = walk(CHECKS, "first")
    assert isinstance(position, Asking)
    assert position.place == Place("first", "one")
    assert position.returns == ()
    assert not position.came_round


def test_an_answer_leads_to_a_question_or_an_outcome() -> None:
    position = walk(CHECKS, "first", answers("first/one=yes"))
    assert position.place == Place("first", "two")
    position = walk(CHECKS, "first", answers("first/one=yes", "first/two=no"))
    assert isinstance(position, Reached)
    assert (position.check.id, position.outcome.id, position.returns) == ("first", "done", ())


def test_every_question_offers_its_options_and_harm() -> None:
    assert offered(walk(CHECKS, "first")) == ("yes", "no", HARM_NOW)


def test_harm_leads_to_acting_now_from_every_question_and_keeps_the_way_back() -> None:
    for way in ((), ("first/one=yes",), ("first/one=yes", "first/two=yes"), ("first/one=yes", "first/two=third")):
        before = walk(CHECKS, "first", answers(*way))
        position = walk(CHECKS, "first", (*answers(*way), Answer(before.place, HARM_NOW)))
        assert isinstance(position, Reached)
        assert (position.check.id, position.outcome.id) == (before.check.id, "act-now")
        assert position.returns == before.returns


def test_an_outcome_without_a_way_back_is_an_end() -> None:
    end = walk(CHECKS, "first", answers("first/one=no"))
    assert offered(end) == ()
    with pytest.raises(CheckError, match="none, this is an end"):
        answer_with(end, RETURN)


def test_walking_twice_gives_the_same_and_changes_nothing() -> None:
    given = list(answers("first/one=yes", "first/two=yes", "second/beta=yes"))
    given[2:] = answers("second/alpha=yes", "second/beta=yes")
    before = list(given)
    assert walk(CHECKS, "first", given) == walk(CHECKS, "first", given)
    assert given == before


def test_answer_with_names_the_place() -> None:
    assert answer_with(walk(CHECKS, "first"), "yes") == Answer(Place("first", "one"), "yes")
    assert answer_with(walk(CHECKS, "first"), HARM_NOW) == Answer(Place("first", "one"), HARM_NOW)


def test_unknown_check_is_refused() -> None:
    with pytest.raises(CheckError) as caught:
        walk(CHECKS, "fourth")
    assert caught.value.message == "There is no check 'fourth'."
    assert caught.value.remedy == "The checks are: first, second, seek-advice-anonymously, third."


@pytest.mark.parametrize("option", ["maybe", "", "return", "YES", "outcome:done"])
def test_option_that_is_not_offered_is_refused(option: str) -> None:
    with pytest.raises(CheckError) as caught:
        walk(CHECKS, "first", [Answer(Place("first", "one"), option)])
    assert caught.value.message == f"'{option}' is not an answer at first/one."
    assert caught.value.remedy == "Choose one of: yes, no, harm-now."


@pytest.mark.parametrize("place", [Place("first", "two"), Place("second", "one"), Place("first", "done")])
def test_answer_out_of_turn_is_refused(place: Place) -> None:
    with pytest.raises(CheckError) as caught:
        walk(CHECKS, "first", [Answer(place, "yes")])
    assert caught.value.message == f"The answer is for {place}, but first/one is asked."
    assert caught.value.remedy == "Answer that one first."


def test_answer_after_the_end_is_refused() -> None:
    with pytest.raises(CheckError, match="this is an end"):
        walk(CHECKS, "first", [*answers("first/one=no"), Answer(Place("first", "done"), "yes")])
    with pytest.raises(CheckError, match="first/done is asked"):
        walk(CHECKS, "first", answers("first/one=no", "first/two=yes"))


def test_error_is_found_wherever_it_stands() -> None:
    with pytest.raises(CheckError, match="'maybe' is not an answer at first/two"):
        walk(CHECKS, "first", answers("first/one=yes", "first/two=maybe", "second/alpha=yes"))
