"""SIGKILL at random moments under load: what was confirmed is there, once, and the chain is whole."""

from __future__ import annotations

import random
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from bot.benchmark.log.records import Place
from bot.benchmark.log.worker import PROCESSES, until_killed
from bot.benchmark.report import BenchmarkError
from bot.decision_log import EntryKind

WRITERS = 4
"""Processes that write at once, and are killed together."""

LONGEST_LIFE = 0.4  # seconds after the first record of each
PATIENCE = 120.0  # seconds until the first record


@dataclass
class Killed:
    """What 200 kills did. `lost` and `doubled` count confirmed records; `broken` the rounds after which it was."""

    kills: int = 0
    confirmed: int = 0
    interrupted: int = 0
    lost: int = 0
    doubled: int = 0
    broken: int = 0


def kill(place: Place, times: int, chance: random.Random) -> Killed:
    """Kill so many writers of the log at `place`, WRITERS at a time, and look at the log after each round."""
    result = Killed()
    place.opened().close()
    output = place.folder / "said"
    while result.kills < times:
        _round(place, output, min(WRITERS, times - result.kills), chance)
        result.kills += min(WRITERS, times - result.kills)
        log = place.opened()
        result.broken += not log.verify().ok
        log.close()
    _count(place, output, result)
    return result


def _round(place: Place, output: Path, writers: int, chance: random.Random) -> None:
    already = _lines(output)
    processes = [PROCESSES.Process(target=until_killed, args=(place, output)) for _ in range(writers)]
    for process in processes:
        process.start()
    try:
        deadline = time.monotonic() + PATIENCE
        while _lines(output) < already + writers:
            if time.monotonic() > deadline or not all(process.is_alive() for process in processes):
                raise BenchmarkError("A writer did not start.", "Run it again on a machine that does less.")
            time.sleep(0.005)
        for process in processes:
            time.sleep(chance.uniform(0, LONGEST_LIFE / writers))
            process.kill()
    finally:
        for process in processes:
            process.kill()
            process.join()


def _lines(output: Path) -> int:
    return sum(line.startswith("confirmed") for line in output.read_text().splitlines()) if output.exists() else 0


def _count(place: Place, output: Path, result: Killed) -> None:
    lines = [line.split() for line in output.read_text().splitlines()]
    confirmed = {words[1]: words[2] for words in lines if words[0] == "confirmed"}
    result.confirmed = len(confirmed)
    result.interrupted = sum(words[0] == "trying" for words in lines) - len(confirmed)
    log = place.opened()
    times = Counter(entry.request_id for entry in log.entries() if entry.kind is EntryKind.DECISION)
    references = {entry.request_id: entry.reference for entry in log.entries()}
    log.close()
    result.lost = sum(references.get(draft_id) != reference for draft_id, reference in confirmed.items())
    result.doubled = sum(count > 1 for count in times.values())
