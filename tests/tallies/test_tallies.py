"""Numbers of questions: kept by day, added to by several programs, and without a word of what was asked."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from bot.tallies import Found, Tallies, TalliesUnavailable

DAY, NEXT = date(2026, 11, 19), date(2026, 11, 20)


def of(folder: Path) -> Tallies:
    return Tallies(f"sqlite:///{folder / 'tallies.db'}")


def test_what_two_programs_count_adds_up(tmp_path: Path) -> None:
    one, other = of(tmp_path), of(tmp_path)
    one.count(Found.ANSWER, DAY)
    one.count(Found.NOTHING, DAY)
    one.flush()
    other.count(Found.NOTHING, DAY)
    other.count(Found.NOTHING, NEXT)
    assert other.between(DAY, DAY) == {(DAY, Found.ANSWER): 1, (DAY, Found.NOTHING): 2}
    assert one.between(NEXT, NEXT) == {(NEXT, Found.NOTHING): 1}
    one.close()
    other.close()


def test_many_threads_lose_nothing(tmp_path: Path) -> None:
    tallies = of(tmp_path)

    def work() -> None:
        for _ in range(50):
            tallies.count(Found.SUGGESTIONS, DAY)
            tallies.flush()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tallies.between(DAY, NEXT) == {(DAY, Found.SUGGESTIONS): 200}
    tallies.close()


def test_a_database_that_cannot_be_written_loses_no_number(tmp_path: Path) -> None:
    folder = tmp_path / "missing"
    tallies = of(folder)
    tallies.count(Found.ANSWER, DAY)
    with pytest.raises(TalliesUnavailable, match="cannot be read or written"):
        tallies.flush()
    folder.mkdir()
    assert tallies.between(DAY, DAY) == {(DAY, Found.ANSWER): 1}
    tallies.close()


def test_an_address_that_is_none_is_refused() -> None:
    with pytest.raises(TalliesUnavailable):
        Tallies("nowhere")
