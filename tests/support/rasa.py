"""One real Rasa for the whole test run, supervised in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.conversation.nlu_client import NluClient
from bot.conversation.supervisor import RasaService
from bot.settings import Settings
from tests.support.loops import loop_in_a_thread


class Direct(NluClient):
    """A client of a Rasa that is up already."""

    starting = False


class RunningRasa:
    """A supervised Rasa whose clients may be made in any event loop."""

    def __init__(self, service: RasaService, url: str, key: str) -> None:
        self.service = service
        self._url, self._key = url, key

    def client(self, seconds: float = 10.0) -> Direct:
        return Direct(self._url, self._key, seconds)


@contextmanager
def running_rasa(settings: Settings, folder: Path) -> Iterator[RunningRasa]:
    """Starts Rasa with the trained model. Fails, and does not skip, when there is none: `./sharewell test` makes it."""
    model = settings.model()
    assert model is not None, "no trained model: run the tests with ./sharewell test, which trains it"
    service = RasaService(settings.nlu, model, folder)
    with loop_in_a_thread() as loop:
        try:

            async def begin() -> bool:
                service.start()
                return await service.wait_until_up()

            assert asyncio.run_coroutine_threadsafe(begin(), loop).result(240), "Rasa did not start"
            url, key = service.address
            yield RunningRasa(service, url, key)
        finally:
            asyncio.run_coroutine_threadsafe(service.close(), loop).result(30)
