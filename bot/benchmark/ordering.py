"""Whether every message got its own reply, in the order in which its sender wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Delivery:
    """What went wrong in a load run, in messages.

    `lost` got no reply, or none that rests on Rasa; `misplaced` got one that belongs elsewhere.
    """

    sent: int
    lost: int
    misplaced: int

    @property
    def whole(self) -> bool:
        return self.sent > 0 and self.lost == 0 and self.misplaced == 0


def delivery(expected: Mapping[str, Sequence[str]], received: Mapping[str, Sequence[str]]) -> Delivery:
    """Compares each sender's replies, in the order of their coming, with those that its messages call for.

    Both map a sender to reply contents; an empty content is no reply. A reply that is missing, foreign or early makes
    a fault where it stands.
    """
    sent = lost = misplaced = 0
    for sender, wanted in expected.items():
        got = received.get(sender, ())
        sent += len(wanted)
        lost += max(0, len(wanted) - len(got)) + sum(not have for have in got)
        pairs = zip(wanted, got, strict=False)
        misplaced += sum(bool(have) and want != have for want, have in pairs) + max(0, len(got) - len(wanted))
    return Delivery(sent, lost, misplaced)
