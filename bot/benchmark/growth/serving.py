"""A size in service: its model trained, its own Rasa running, and the real conversation on top."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, replace
from pathlib import Path

from bot.application import detector_for, gate_for, open_log
from bot.benchmark.ours import Ours, TimedRasa
from bot.benchmark.report import BenchmarkError
from bot.benchmark.training import Trained, trained_once
from bot.conversation.assistant import Assistant, Parts
from bot.conversation.store import SessionStore
from bot.conversation.supervisor import RasaService
from bot.knowledge import Check, Index, Knowledge, Topic
from bot.nlu_build import write_training_data
from bot.settings import ROOT, Settings

_TRAINING_SECONDS = 3 * 3600.0


@dataclass(frozen=True)
class Sized:
    """A size of the guidance: its `name` for people, what it knows, and its model."""

    name: str
    knowledge: Knowledge
    trained: Trained

    @property
    def units(self) -> int:
        return len(self.knowledge.topics) + len(self.knowledge.checks)

    @property
    def examples(self) -> int:
        units: list[Topic | Check] = [*self.knowledge.topics.values(), *self.knowledge.checks.values()]
        return sum(len(unit.examples) for unit in units)


async def sized(settings: Settings, name: str, knowledge: Knowledge, folder: Path) -> Sized:
    """The size with its model, trained as the set-up does it unless an earlier run did. Raises SharewellError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_training_data(knowledge, settings.nlu, ROOT / "stories", folder / "build")
    return Sized(name, knowledge, await trained_once(settings, folder, _TRAINING_SECONDS))


@asynccontextmanager
async def served(settings: Settings, size: Sized, home: Path) -> AsyncIterator[Ours]:
    """The assistant on this size, in a home of its own. Raises SharewellError when Rasa does not start."""
    own = replace(settings, home=home, log_url=f"sqlite:///{home / 'log.db'}", key_file=home / "master.key")
    own.prepare()
    knowledge = size.knowledge
    service = RasaService(own.nlu, size.trained.model, own.run_folder)
    with (
        closing(open_log(own, knowledge)) as log,
        closing(SessionStore(own.sessions_url, own.idle_minutes * 60)) as store,
    ):
        parts = Parts(
            knowledge=knowledge, index=Index(knowledge), gate=gate_for(knowledge),
            detector=detector_for(knowledge, settings), store=store, log=log, understanding=TimedRasa(service),
        )  # fmt: skip
        service.start()
        try:
            if not await service.wait_until_up():
                raise BenchmarkError(f"Rasa did not start with {size.name}.", "Run it on a less busy machine.")
            yield Ours(Assistant(parts), service, 0.0)
        finally:
            await service.close()
