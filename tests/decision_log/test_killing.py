"""The process is killed at any moment: no confirmed record is lost, and none is half written.

SHAREWELL_KILLS sets how many times, for a longer run than the default.
"""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from bot.decision_log import DecisionLog, EntryKind, IdentityState
from tests.decision_log.decision_log_support import (
    NOW,
    Place,
    in_file,
    make_draft,
    open_log,
    said,
    started,
    write_until_killed,
)

KILLS = int(os.environ.get("SHAREWELL_KILLS", "15"))
KILLS_WHILE_OPENING = max(KILLS // 3, 5)
PATIENCE = 60  # seconds that a busy machine may take to start a process


def kill_while_writing(place: Place, output: Path, seconds: float, wait_for: int) -> None:
    """Start a writer, wait until it has said `wait_for` more lines, then kill it after `seconds`."""
    wanted = len(said(output)) + wait_for
    writer = started(write_until_killed, place, output)
    deadline = time.monotonic() + PATIENCE
    while len(said(output)) < wanted:
        assert writer.is_alive() and time.monotonic() < deadline, "the writer did not start"
        time.sleep(0.002)
    time.sleep(seconds)
    writer.kill()
    writer.join()
    assert writer.exitcode == -9


def require_whole(log: DecisionLog, lines: Sequence[Sequence[str]]) -> None:
    """Everything said was done, exactly once, and what was done is whole."""
    verification = log.verify()
    assert verification.ok, verification
    times = Counter(entry.request_id for entry in log.entries())
    assert set(times.values()) == {1}
    for what, *words in lines:
        if what == "confirmed":
            draft_id, reference = words
            record = log.show(reference)
            assert times[draft_id] == 1 and record.entries[0].request_id == draft_id
            assert {name: record.fields[name] for name in make_draft().fields} == dict(make_draft().fields)
        if what == "identity":
            assert times[words[0]] == 1
        if what == "erased":
            assert log.show(words[0]).identity is IdentityState.ERASED


def test_killed_while_writing(place: Place) -> None:
    chance = random.Random(20261120)
    output = place.folder / "said"
    open_log(place).close()
    interrupted = 0
    for _ in range(KILLS):
        kill_while_writing(place, output, chance.uniform(0, 0.05), wait_for=2)
        lines = said(output)
        log = open_log(place)
        require_whole(log, lines)
        tried = [words for what, *words in lines if what == "trying"][-1]
        confirmed = {words[0] for what, *words in lines if what == "confirmed"}
        interrupted += tried[0] not in confirmed
        # The user taps again: the record is there once, whether or not the first tap had written it.
        reference = log.confirm(make_draft(tried[0]), NOW).reference
        decisions = [entry for entry in log.entries() if entry.request_id == tried[0]]
        assert [entry.reference for entry in decisions] == [reference]
        assert log.verify().ok
        log.close()
    assert len(said(output)) > KILLS * 2
    assert interrupted < KILLS, "no writer lived long enough to confirm its last draft"


def test_killed_while_opening_a_new_log(tmp_path: Path) -> None:
    chance = random.Random(1120)
    for number in range(KILLS_WHILE_OPENING):
        folder = tmp_path / str(number)
        folder.mkdir()
        output = folder / "said"
        kill_while_writing(in_file(folder), output, chance.uniform(0, 0.06), wait_for=0)
        log = open_log(folder)
        require_whole(log, said(output))
        assert next(log.entries()).kind is EntryKind.GENESIS
        log.close()
