"""Jumping from check to check: the return stack, coming round, and jumps taken twice."""

from __future__ import annotations

import pytest

from bot.checks import ADVICE_CHECK, HARM_NOW, RETURN, Asking, CheckError, Place, Position, Reached, offered, walk
from tests.checks.small_checks import CHECKS, FIRST, SECOND, answers, checks_by_id, small_check

INTO_SECOND = ("first/one=yes", "first/two=yes")


def at(start: str, *texts: str) -> Position:
    return walk(CHECKS, start, answers(*texts))


def test_a_jump_enters_the_other_check_and_remembers_the_question_it_left() -> None:
    position = at("first", *INTO_SECOND)
    assert position.place == Place("second", "alpha")
    assert position.returns == (Place("first", "two"),)


def test_jumps_stack_with_the_innermost_last() -> None:
    position = at("first", *INTO_SECOND, "second/alpha=third")
    assert position.place == Place("third", "age")
    assert position.returns == (Place("first", "two"), Place("second", "alpha"))


def test_questions_within_a_check_keep_the_stack() -> None:
    position = at("first", *INTO_SECOND, "second/alpha=third", "third/age=young")
    assert position.place == Place("third", "act")
    assert position.returns == (Place("first", "two"), Place("second", "alpha"))


def test_return_leads_from_an_outcome_to_the_question_that_was_left() -> None:
    way = (*INTO_SECOND, "second/alpha=third", "third/age=old")
    end = at("first", *way)
    assert isinstance(end, Reached)
    assert offered(end) == (RETURN,)
    back = at("first", *way, f"third/done={RETURN}")
    assert isinstance(back, Asking)
    assert back.place == Place("second", "alpha")
    assert back.returns == (Place("first", "two"),)
    assert not back.came_round


def test_return_can_be_followed_all_the_way() -> None:
    way = (*INTO_SECOND, "second/alpha=third", "third/age=old", f"third/done={RETURN}", "second/alpha=yes",
           "second/beta=yes", f"second/done={RETURN}")  # fmt: skip
    back = at("first", *way)
    assert back.place == Place("first", "two")
    assert back.returns == ()
    assert at("first", *way, "first/two=no").place == Place("first", "done")


def test_return_leads_back_from_acting_now() -> None:
    back = at("first", *INTO_SECOND, f"second/alpha={HARM_NOW}", f"second/act-now={RETURN}")
    assert back.place == Place("first", "two")


def test_return_is_no_answer_to_a_question() -> None:
    with pytest.raises(CheckError, match="'return' is not an answer at second/alpha"):
        at("first", *INTO_SECOND, f"second/alpha={RETURN}")


def test_check_under_way_is_not_entered_twice() -> None:
    """A jump to it goes back to the question it was left at, and what was entered since is left."""
    position = at("first", *INTO_SECOND, "second/alpha=first")
    assert isinstance(position, Asking)
    assert position.place == Place("first", "two")
    assert position.returns == ()
    assert position.came_round


def test_coming_round_over_several_checks() -> None:
    to_third = (*INTO_SECOND, "second/alpha=third", "third/age=young")
    outer = at("first", *to_third, "third/act=first")
    assert (outer.place, outer.returns) == (Place("first", "two"), ())
    inner = at("first", *to_third, "third/act=second")
    assert (inner.place, inner.returns) == (Place("second", "alpha"), (Place("first", "two"),))


def test_coming_round_is_told_once() -> None:
    position = at("first", *INTO_SECOND, "second/alpha=first", "first/two=third")
    assert isinstance(position, Asking)
    assert position.place == Place("third", "age")
    assert not position.came_round


def test_check_that_rejoins_from_the_start() -> None:
    way = ("third/age=young", "third/act=first", "first/one=yes", "first/two=third")
    position = at("third", *way)
    assert isinstance(position, Asking)
    assert position.place == Place("third", "age")
    assert position.returns == ()
    assert position.came_round


def test_return_to_a_check_that_rejoins_from_the_start_goes_where_it_was_left() -> None:
    """Rejoining is for a jump: RETURN always leads back to the question that was left."""
    position = at("third", "third/age=young", "third/act=first", "first/one=no", f"first/done={RETURN}")
    assert position.place == Place("third", "act")


def test_jump_taken_twice_leads_to_advice() -> None:
    position = at("first", *INTO_SECOND, "second/alpha=first", "first/two=yes")
    assert position.place == Place(ADVICE_CHECK, "whom")
    assert position.returns == (Place("first", "two"),)


def test_jump_taken_again_after_return_leads_to_advice() -> None:
    way = (*INTO_SECOND, "second/alpha=yes", "second/beta=yes", f"second/done={RETURN}")
    assert at("first", *way, "first/two=yes").place == Place(ADVICE_CHECK, "whom")
    assert at("first", *way, "first/two=third").place == Place("third", "age")


def test_another_answer_at_the_same_question_is_another_jump() -> None:
    position = at("first", *INTO_SECOND, "second/alpha=first", "first/two=third")
    assert position.place == Place("third", "age")


def test_jump_to_advice_taken_twice_still_leads_to_advice() -> None:
    way = ("first/one=yes", "first/two=not-sure", f"{ADVICE_CHECK}/whom=lead", f"{ADVICE_CHECK}/ask-lead={RETURN}")
    assert at("first", *way, "first/two=not-sure").place == Place(ADVICE_CHECK, "whom")


def test_jump_out_of_advice_taken_twice_begins_advice_again() -> None:
    way = (f"{ADVICE_CHECK}/whom=other", f"{ADVICE_CHECK}/kind=again", "second/alpha=yes", "second/beta=yes",
           f"second/done={RETURN}", f"{ADVICE_CHECK}/kind=again")  # fmt: skip
    position = at(ADVICE_CHECK, *way)
    assert isinstance(position, Asking)
    assert position.place == Place(ADVICE_CHECK, "whom")
    assert position.returns == ()
    assert not position.came_round


def test_jump_taken_twice_while_advice_is_under_way_goes_back_to_advice() -> None:
    way = (f"{ADVICE_CHECK}/whom=other", f"{ADVICE_CHECK}/kind=again", "second/alpha=first", "first/one=yes",
           "first/two=yes", "second/alpha=first")  # fmt: skip
    position = at(ADVICE_CHECK, *way)
    assert isinstance(position, Asking)
    assert position.place == Place(ADVICE_CHECK, "kind")
    assert position.returns == ()
    assert position.came_round


def test_jump_to_a_check_that_is_not_there_is_refused() -> None:
    with pytest.raises(CheckError, match="There is no check 'second'"):
        walk(checks_by_id(FIRST), "first", answers(*INTO_SECOND))


def test_question_and_outcome_may_share_an_id() -> None:
    twin = small_check("twin", {"wait": {"yes": "outcome:wait", "no": "check:second"}})
    end = walk(checks_by_id(twin, SECOND), "twin", answers("twin/wait=yes"))
    assert isinstance(end, Reached)
    assert end.place == Place("twin", "wait")
    assert offered(end) == ()
