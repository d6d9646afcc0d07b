"""The tracker store forgets."""

from __future__ import annotations

import asyncio
from typing import List

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from understanding.trackers import SECONDS_KEPT, ForgettingTrackerStore


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def tracker(sender: str, *texts: str) -> DialogueStateTracker:
    events: List[object] = [ActionExecuted("action_listen")]
    for text in texts:
        events += [UserUttered(text), ActionExecuted("utter_help"), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events(sender, events, Domain.empty().slots)


def test_only_the_last_message_is_kept() -> None:
    store = ForgettingTrackerStore()
    asyncio.run(store.save(tracker("a", "first words", "second words", "third words")))
    kept = asyncio.run(store.retrieve("a"))
    assert kept is not None
    assert [event.text for event in kept.events if isinstance(event, UserUttered)] == ["third words"]
    assert "first words" not in store.store["a"]
    assert len(kept.events) == 4


def test_a_silent_sender_is_forgotten_and_a_talking_one_is_not() -> None:
    clock = Clock()
    store = ForgettingTrackerStore(clock=clock)
    asyncio.run(store.save(tracker("silent", "words")))
    asyncio.run(store.save(tracker("talking", "words")))
    clock.now = SECONDS_KEPT - 1
    asyncio.run(store.save(tracker("talking", "words")))
    clock.now = SECONDS_KEPT + 1
    assert asyncio.run(store.retrieve("silent")) is None
    assert asyncio.run(store.retrieve("talking")) is not None
    assert list(store.store) == ["talking"]


def test_forgetting_is_at_once_and_may_be_repeated() -> None:
    store = ForgettingTrackerStore()
    asyncio.run(store.save(tracker("a", "words")))
    store.forget("a")
    store.forget("a")
    assert store.store == {}
