"""Enumerating: all paths of a check, and every situation that jumping can lead to."""

from __future__ import annotations

from bot.checks import Asking, Place, paths, survey
from tests.checks.small_checks import ADVICE, CHECKS, checks_by_id, small_check


def test_every_path_of_a_check_once() -> None:
    found = [[answer.option for answer in answers] for answers, _ in paths(CHECKS, "first")]
    assert found == [
        ["yes", "yes"], ["yes", "no"], ["yes", "third"], ["yes", "not-sure"], ["yes", "harm-now"], ["no"], ["harm-now"],
    ]  # fmt: skip


def test_path_ends_at_an_outcome_or_at_the_first_question_of_another_check() -> None:
    ends = {answers[-1].option: position for answers, position in paths(CHECKS, "second")}
    assert ends["third"].place == Place("third", "age")
    assert ends["third"].returns == (Place("second", "alpha"),)
    assert ends["yes"].place == Place("second", "done")


def test_survey_of_one_check() -> None:
    alone = small_check("alone", {"one": {"yes": "two", "no": "outcome:done"}, "two": {"yes": "outcome:done"}})
    found = survey(checks_by_id(alone, ADVICE), "alone")
    assert (found.situations, found.deepest) == (4, 0)
    assert found.outcomes == {("alone", "done"), ("alone", "act-now")}


def test_survey_tells_an_outcome_from_the_question_with_its_id() -> None:
    twin = small_check("twin", {"wait": {"yes": "outcome:wait"}})
    assert survey(checks_by_id(twin, ADVICE), "twin").outcomes == {("twin", "wait"), ("twin", "act-now")}


def test_survey_follows_jumps_that_were_taken_before() -> None:
    """`two` leads to advice only when its jump was taken before: after coming back from `second`."""
    one = small_check("one", {"two": {"yes": "check:other", "no": "outcome:done"}})
    other = small_check("other", {"q": {"yes": "outcome:done"}})
    advice = small_check("seek-advice-anonymously", {"whom": {"yes": "outcome:ask-lead"}})
    found = survey(checks_by_id(one, other, advice), "one")
    assert ("seek-advice-anonymously", "ask-lead") in found.outcomes


def test_survey_ends_where_checks_come_round() -> None:
    found = survey(CHECKS, "first")
    assert found.deepest == len(CHECKS) - 1
    assert {check for check, _ in found.outcomes} == set(CHECKS)


def test_paths_begin_at_the_start_and_follow_on() -> None:
    for answers, position in paths(CHECKS, "first"):
        assert answers[0].place == Place("first", "one")
        assert all(answer.place.check == "first" for answer in answers)
        assert not isinstance(position, Asking) or position.check.id != "first"
