"""Walks by chance through the checks of knowledge/: always somewhere to go, and Back always undoes."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.checks import HARM_NOW, RETURN, Answer, Asking, Position, Reached, answer_with, offered, walk
from bot.knowledge import Knowledge

walks = st.tuples(st.integers(0, 1000), st.lists(st.integers(0, 1000), max_size=60))


@settings(max_examples=150)
@given(walks)
def test_random_walk(knowledge: Knowledge, chosen: tuple[int, list[int]]) -> None:
    start, answers, positions = _walked(knowledge, *chosen)
    for position in positions:
        if isinstance(position, Asking):
            assert HARM_NOW in offered(position)
            assert "not-sure" in offered(position)
        else:
            assert offered(position) == ((RETURN,) if position.returns else ())
        under_way = [place.check for place in (*position.returns, position.place)]
        assert len(set(under_way)) == len(under_way)
    for number, position in enumerate(positions):  # Back drops the last answer
        assert walk(knowledge.checks, start, answers[:number]) == position


@settings(max_examples=150)
@given(walks)
def test_random_walk_can_always_act_now(knowledge: Knowledge, chosen: tuple[int, list[int]]) -> None:
    start, answers, positions = _walked(knowledge, *chosen)
    if isinstance(positions[-1], Reached):
        return
    end = walk(knowledge.checks, start, (*answers, answer_with(positions[-1], HARM_NOW)))
    assert isinstance(end, Reached)
    assert end.outcome.urgency == "now"
    assert end.returns == positions[-1].returns


def _walked(knowledge: Knowledge, start: int, choices: list[int]) -> tuple[str, list[Answer], list[Position]]:
    """The check begun with, the answers given, and the position before each answer and after the last."""
    check_id = sorted(knowledge.checks)[start % len(knowledge.checks)]
    answers: list[Answer] = []
    positions = [walk(knowledge.checks, check_id)]
    for choice in choices:
        options = [option for option in offered(positions[-1]) if option != HARM_NOW] or offered(positions[-1])
        if not options:
            break
        answers.append(answer_with(positions[-1], options[choice % len(options)]))
        positions.append(walk(knowledge.checks, check_id, answers))
    return check_id, answers, positions
