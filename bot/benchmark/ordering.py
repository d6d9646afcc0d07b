"""Whether every message got its own reply, in the order in which its sender wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LATE = "late"
"""Stands for a reply that had to do without Rasa; no reply's own content reads so."""


@dataclass(frozen=True)
class Delivery:
    """What went wrong in a load run, in messages.

    `lost` got no reply; `misplaced` got one that belongs elsewhere; `late` got one without Rasa, which took too long.
    """

    sent: int
    lost: int
    misplaced: int
    late: int = 0

    @property
    def whole(self) -> bool:
        return self.sent > 0 and self.lost == self.misplaced == self.late == 0


def delivery(expected: Mapping[str, Sequence[str]], received: Mapping[str, Sequence[str]]) -> Delivery:
    """Compares each sender's replies, in the order of their coming, with those that its messages call for.

    Both map a sender to reply contents; an empty content is no reply, and LATE one without Rasa. A reply that is
    missing, foreign or early makes a fault where it stands.
    """
    sent = lost = misplaced = late = 0
    for sender, wanted in expected.items():
        got = received.get(sender, ())
        sent += len(wanted)
        lost += max(0, len(wanted) - len(got)) + sum(not have for have in got)
        pairs = zip(wanted, got, strict=False)
        misplaced += sum(have not in ("", LATE, want) for want, have in pairs) + max(0, len(got) - len(wanted))
        late += sum(have == LATE for have in got)
    return Delivery(sent, lost, misplaced, late)
