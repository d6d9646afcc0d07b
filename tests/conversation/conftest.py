"""Sessions in an SQLite file and in Redis: the same tests run on both."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.conversation.nlu_client import Understanding
from bot.conversation.redis_store import RedisSessions
from tests.support.assistants import IDLE_SECONDS, Bench, made
from tests.support.redis_server import RedisServer, redis_server


@dataclass(frozen=True)
class Kept:
    """Where sessions are kept in a test, an assistant that keeps them there, and every byte that is held of them."""

    bench: Callable[..., AbstractContextManager[Bench]]
    held: Callable[[], bytes]


@pytest.fixture(scope="session")
def redis_of_tests() -> Iterator[RedisServer]:
    """A Redis server. Where none is installed, the tests that need it fail and say what to install."""
    with redis_server() as running:
        yield running


@pytest.fixture
def redis(redis_of_tests: RedisServer) -> Iterator[RedisServer]:
    """The same with nothing in it."""
    with redis_of_tests.administrator() as administrator:
        administrator.flushall()
    yield redis_of_tests


@pytest.fixture(params=["sqlite", "redis"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> Kept:
    """Where nothing is kept yet, of each kind."""
    if request.param == "sqlite":
        return Kept(
            lambda understanding=None: made(tmp_path, understanding),
            lambda: b"".join(path.read_bytes() for path in sorted(tmp_path.glob("sessions.db*"))),
        )
    server: RedisServer = request.getfixturevalue("redis")

    def in_redis(understanding: Understanding | None = None) -> AbstractContextManager[Bench]:
        return made(tmp_path, understanding, store=RedisSessions(server.url, IDLE_SECONDS))

    return Kept(in_redis, server.held)
