"""The measurements of a log that has grown, on a small one."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from bot.benchmark.log import PARTS, large
from bot.benchmark.log.asking import KINDS
from bot.benchmark.log.filling import FIRST, STEP, Filler, crowd
from bot.benchmark.log.histories import team
from bot.benchmark.log.records import in_file
from bot.cli.main import parser
from bot.decision_log import EntryKind
from bot.knowledge import load

ENTRIES = 1500
KNOWLEDGE = Path(__file__).parents[2] / "knowledge"


def test_every_list_is_measured_and_the_log_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "TIMES", 1)
    monkeypatch.setattr(large, "REPORTS", 1)
    measured = large.measure_large(in_file(tmp_path), ENTRIES, random.Random(1), load(KNOWLEDGE))
    assert measured.verified.whole and measured.verified.entries >= ENTRIES
    assert measured.verified.seconds > 0 and measured.filled > 0
    assert {f"search, {kind}" for kind in KINDS} < set(measured.crowded) < set(measured.usual)
    assert set(measured.usual) - set(measured.crowded) == {large.REPORT}
    assert all(0 < spent.p50 <= spent.p95 for spent in (*measured.usual.values(), *measured.crowded.values()))


def test_a_filled_log_is_like_a_real_one(tmp_path: Path) -> None:
    log = in_file(tmp_path).opened()
    with log._store.writing() as connection:
        Filler(log, connection, random.Random(1)).fill(ENTRIES)
    kinds = Counter(entry.kind for entry in log.entries())
    assert log.verify().ok
    records, end = kinds[EntryKind.DECISION], FIRST + STEP * (ENTRIES + 100)
    few = log.inbox(end, 500).counts
    assert 0 < few["waiting"] < records * 0.08
    assert all(kinds[kind] for kind in (EntryKind.ERASURE, EntryKind.TAKE_OVER, EntryKind.RETURN, EntryKind.HOLD))
    with log._store.writing() as connection:
        crowd(connection)
    many = log.inbox(end, 500).counts
    assert records * 0.2 < many["waiting"] < records * 0.4
    assert 0 < log.inbox(end, 500, team(1)).counts["waiting"] < many["waiting"]
    log.close()


def test_a_log_that_does_not_verify_is_not_called_whole(tmp_path: Path) -> None:
    place = in_file(tmp_path)
    log = place.opened()
    with log._store.writing() as connection:
        Filler(log, connection, random.Random(1)).fill(30)
        crowd(connection)
    log.close()
    assert not large.verify(place).whole


def test_the_size_is_given_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    given = parser("bench").parse_args(["bench", "log", "large", "--entries", "5000", "--json"])
    assert (given.parts, given.entries, given.json) == (["large"], 5000, True) and "large" in PARTS
    assert parser("bench").parse_args(["bench", "log"]).entries == 1_000_000
    with pytest.raises(SystemExit):
        parser("bench").parse_args(["bench", "log", "--entries", "0"])
    assert "whole number" in capsys.readouterr().err
