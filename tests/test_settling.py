"""The search for garbage passes over what is here to stay, and finds what is not."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable, Iterator

import pytest

from bot.cli.main import main
from bot.settling import hold, settle, unsettle


class Circle:
    """Something that only the search for garbage clears away."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()
    gc.collect()


def test_what_is_there_is_passed_over_and_what_comes_later_is_not() -> None:
    settle()
    assert gc.get_freeze_count() > 10_000
    later = Circle()
    gone = weakref.ref(later)
    del later
    gc.collect()
    assert gone() is None


def test_what_was_replaced_is_cleared_away_by_settling_again() -> None:
    earlier = Circle()
    gone = weakref.ref(earlier)
    settle()
    del earlier
    gc.collect()
    assert gone() is not None, "it was not settled"
    settle()
    assert gone() is None


def test_at_the_end_everything_is_searched_again() -> None:
    settle()
    unsettle()
    assert gc.get_freeze_count() == 0


@pytest.mark.parametrize("end", [settle, unsettle])
def test_a_search_that_was_put_off_is_taken_up_again(end: Callable[[], None]) -> None:
    hold()
    assert not gc.isenabled()
    end()
    assert gc.isenabled()


@pytest.mark.parametrize(("command", "searching"), [("chat", False), ("start", False), ("scan", True)])
def test_only_a_command_that_settles_puts_the_search_off(
    command: str, searching: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.cli.main._run", lambda given: int(gc.isenabled()))
    assert main([command]) == int(searching)
    assert gc.isenabled()


def test_a_command_that_fails_before_it_settles_takes_the_search_up_again() -> None:
    with pytest.raises(SystemExit):
        main(["chat", "--no-such-option"])
    assert gc.isenabled()
