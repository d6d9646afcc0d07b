"""A small version of `sharewell bench advice`: no reply in a wrong thread, and a quick list."""

from __future__ import annotations

import pytest

from bot.benchmark import advice
from bot.benchmark.report import BenchmarkError


def test_forty_threads_and_eight_advisers_keep_apart() -> None:
    report = advice.measure(advice.Size(threads=40, advisers=8, pause=0.05), ("SQLite",))
    figures = {figure.name: figure for figure in report.figures}
    assert figures["SQLite: replies in a wrong thread"].value == 0
    assert figures["SQLite: threads without a reply"].value == 0
    assert "40 replies" in figures["SQLite: replies in a wrong thread"].beside
    assert 0 < figures["SQLite: inbox, p95"].value < 1000


def test_parts_are_named_in_small_letters() -> None:
    assert advice.require_parts([]) == advice.PARTS
    assert advice.require_parts(["postgresql"]) == ("PostgreSQL",)
    with pytest.raises(BenchmarkError, match="sqlite, postgresql"):
        advice.require_parts(["mysql"])
