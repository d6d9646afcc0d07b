"""Random tamperings on both databases: the smaller version of `sharewell bench log tampering`."""

from __future__ import annotations

import random

from bot.benchmark.log.tampering import KINDS_FOUND_BY, WAYS, tamper_with
from bot.decision_log import DecisionLog, new_request_id
from tests.decision_log.decision_log_support import NOW, make_draft

TIMES = 105  # fifteen of each kind


def test_random_tamperings_are_found(log: DecisionLog) -> None:
    for _ in range(5):
        reference = log.confirm(make_draft(), NOW).reference
    log.add_identity(reference, new_request_id(), {"who-decided": "the manager"}, NOW)
    log.read_identity(reference, "reader", "reason", NOW)
    before = list(log.export_lines())
    tally = tamper_with(log, log.checkpoint(NOW), TIMES, random.Random(1))
    for way in WAYS:
        unexpected = set(tally.missed(way)) & set(KINDS_FOUND_BY[way])
        assert not unexpected, f"{way} missed {unexpected}"
    # What no seal and no chain can show, a checkpoint shows: without one, an earlier copy passes.
    assert tally.missed(WAYS[0]) == {"roll back": 15}
    assert set(tally.missed(WAYS[2])) == {"truncate", "recompute", "roll back"}
    assert list(log.export_lines()) == before and log.verify().ok
