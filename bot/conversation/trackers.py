"""Rasa's side of a session: the random name under which Rasa knows it, changed now and then, and wiped at its end."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress

from bot.conversation import directives
from bot.conversation.nlu_client import NluDown, Ranked, Understanding, Understood
from bot.conversation.session import new_id
from bot.conversation.turn import Turn

SENDER_TURNS = 20
"""Turns after which Rasa gets a new sender id: it replays its whole history, so a long one makes it slow."""


class Trackers:
    """Asks Rasa on behalf of sessions, and has it forget them."""

    def __init__(self, understanding: Understanding) -> None:
        self._understanding = understanding
        self._forgetting: set[asyncio.Task[None]] = set()

    @property
    def starting(self) -> bool:
        """True until Rasa was ready for the first time."""
        return self._understanding.starting

    async def understand(self, turn: Turn, clean: str) -> Understood:
        """What the masked text means where the conversation stands. Raises NluDown."""
        session = turn.session
        if session.sender_turns >= SENDER_TURNS:
            self.forget(session.sender)
            session.sender, session.sender_turns = new_id(), 0
        session.sender_turns += 1
        return await self._understanding.understand(session.sender, clean, directives.context(turn))

    async def parse(self, texts: Sequence[str]) -> list[tuple[Ranked, ...]]:
        """The rankings of masked texts, apart from any conversation. Raises NluDown."""
        return await self._understanding.parse(texts)

    def forget(self, sender: str) -> None:
        """Has Rasa wipe a sender, without making anybody wait for it."""
        task = asyncio.create_task(self._forget_quietly(sender))
        self._forgetting.add(task)
        task.add_done_callback(self._forgetting.discard)

    async def _forget_quietly(self, sender: str) -> None:
        with suppress(NluDown):  # a Rasa that is down holds its trackers in memory: they are gone with it
            await self._understanding.forget(sender)
