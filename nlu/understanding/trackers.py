"""A tracker store that forgets: the last message, a short time, in memory only."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, List, Optional

from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

SECONDS_KEPT = 30 * 60


class ForgettingTrackerStore(InMemoryTrackerStore):
    """Keeps the last message of each sender, and drops a sender who has been silent for half an hour.

    Rules look at the last message and its context, which comes with it, so what is older has no use; without it
    a turn costs the same however long the conversation is.
    """

    def __init__(self, domain: Optional[Domain] = None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(domain or Domain.empty())
        self._clock = clock
        self._last_seen: Dict[str, float] = {}

    async def save(self, tracker: DialogueStateTracker) -> None:
        self.forget_the_silent()
        # Taken out and put back, so that the dictionary stays in the order of the last message.
        self._last_seen.pop(tracker.sender_id, None)
        self._last_seen[tracker.sender_id] = self._clock()
        kept = self.init_tracker(tracker.sender_id)
        kept.events.extend(_last_turn(list(tracker.events)))
        await super().save(kept)

    async def _retrieve(self, sender_id: str, fetch_all_sessions: bool) -> Any:
        self.forget_the_silent()
        return await super()._retrieve(sender_id, fetch_all_sessions)

    def forget(self, sender_id: str) -> None:
        """Drop all that is held about a sender; nothing happens when nothing is held."""
        self._last_seen.pop(sender_id, None)
        self.store.pop(sender_id, None)

    def forget_the_silent(self) -> None:
        """Drop every sender who has been silent too long."""
        limit = self._clock() - SECONDS_KEPT
        while self._last_seen:
            sender_id, seen = next(iter(self._last_seen.items()))
            if seen > limit:
                return
            self.forget(sender_id)


def _last_turn(events: List[Event]) -> List[Event]:
    """From the event before the last message (the end of the turn before it) to the end."""
    for index in range(len(events) - 1, 0, -1):
        if isinstance(events[index], UserUttered):
            return events[index - 1 :]
    return events
