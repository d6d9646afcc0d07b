"""The emulator in a thread of its own, with its address, and users that a test drives from another thread."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

import uvicorn
from starlette.applications import Starlette

from tests.support.screen import Screen
from tests.support.telegram.person import Person, Shown
from tests.support.telegram.server import api
from tests.support.telegram.world import World

_T = TypeVar("_T")
PATIENCE = 120.0
"""Seconds. A machine under load takes a minute to start the product twice."""


class _Server(uvicorn.Server):
    """A server that leaves signals to the process it runs in."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server_of(world: World) -> tuple[uvicorn.Server, socket.socket]:
    """A server of the Bot API over `world`, and the socket on which it is to listen: a free port of this machine."""
    # Named as TCP, so that asyncio sends each piece of an answer at once.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", 0))
    listening.listen(256)
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL + 1)  # it tells of each answer that is cut off
    config = uvicorn.Config(
        api(world), http="h11", ws="none", access_log=False, log_config=None, timeout_graceful_shutdown=1
    )
    return _Server(config), listening


@contextlib.contextmanager
def served(app: Starlette, loop: asyncio.AbstractEventLoop) -> Iterator[str]:
    """Serves `app` in `loop`, which runs in another thread. Yields its address."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(app, access_log=False, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
    server = _Server(config)
    serving = asyncio.run_coroutine_threadsafe(server.serve(sockets=[listening]), loop)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        serving.result(20)
        listening.close()


class Emulator:
    """The Bot API at `url`, for as long as the context lasts."""

    def __init__(self) -> None:
        self.url = ""
        self._loop = asyncio.new_event_loop()

    def __enter__(self) -> Emulator:
        asyncio.set_event_loop(None)
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._begin(), self._loop).result(10)
        return self

    async def _begin(self) -> None:
        self.world = World()
        self._server, self._listening = server_of(self.world)
        self._serving = asyncio.create_task(self._server.serve(sockets=[self._listening]))
        self.url = f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _end(self) -> None:
        if self.world.poll is not None:
            self.world.poll.set()
        self._server.should_exit = True
        await self._serving
        self._listening.close()

    def do(self, action: Callable[[], _T]) -> _T:
        """Carries `action` out in the thread of the emulator."""

        async def carried_out() -> _T:
            return action()

        return asyncio.run_coroutine_threadsafe(carried_out(), self._loop).result(30)

    def wait(self, holds: Callable[[], bool], what: str = "it", seconds: float = PATIENCE) -> None:
        deadline = time.monotonic() + seconds
        while not self.do(holds):
            assert time.monotonic() < deadline, f"{what} did not happen"
            time.sleep(0.005)

    def user(self, number: int = 4_100_200_300) -> User:
        return User(self, number)


class User:
    """A person, driven from a test. Each step waits until the bot is done with it, and returns what is new."""

    name = "telegram"

    def __init__(self, emulator: Emulator, number: int) -> None:
        self.emulator = emulator
        self.person = emulator.do(lambda: Person(emulator.world, number))

    def open(self) -> Screen:
        return self.say("/start")

    def say(self, text: str) -> Screen:
        return self._done(lambda: self.person.say(text))

    def press(self, label: str) -> Screen:
        return self._done(lambda: self.person.press(label))

    def send(self, kind: str, caption: str = "") -> Screen:
        return self._done(lambda: self.person.send(kind, caption))

    def edit(self, text: str) -> Screen:
        return self._done(lambda: self.person.edit(text))

    def forward(self, text: str) -> Screen:
        return self._done(lambda: self.person.forward(text))

    def block(self) -> Screen:
        return self._done(self.person.block)

    def take(self, label: str) -> tuple[str, bytes]:
        """Takes the document behind a button, which comes as a message of its own."""
        self.press(label)
        files = [shown for shown in self.new() if shown.file_name]
        assert len(files) == 1, f"{len(files)} documents came"
        return files[0].file_name, files[0].file

    def new(self) -> list[Shown]:
        return self.emulator.do(self.person.new)

    def all(self) -> list[Shown]:
        return self.emulator.do(self.person.all)

    def own(self) -> list[str]:
        return self.emulator.do(self.person.own)

    def begin(self, action: Callable[[], int]) -> int:
        """Does something without waiting for what the bot does."""
        return self.emulator.do(action)

    def until_done(self, update: int) -> Screen:
        self.emulator.wait(lambda: self.emulator.world.handled(update), f"update {update}")
        return self.emulator.do(self.person.screen)

    def _done(self, action: Callable[[], int]) -> Screen:
        return self.until_done(self.begin(action))
