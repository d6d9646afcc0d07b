"""What only sessions in Redis can do wrong: outlive their time, lose a turn when Redis goes, hold everybody up."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.application import sessions_for
from bot.conversation import redis_store
from bot.conversation.redis_store import GRACE_SECONDS, IDLE, PREFIX, RedisSessions
from bot.conversation.session import Session
from bot.conversation.store import SessionStore, StoreError
from bot.errors import SettingsError
from bot.settings import from_environment
from tests.support.assistants import IDLE_SECONDS, Bench, made
from tests.support.redis_server import RedisServer, redis_server


@pytest.fixture
def sessions(redis: RedisServer) -> Iterator[RedisSessions]:
    store = RedisSessions(redis.url, IDLE_SECONDS)
    yield store
    store.close()


def test_redis_itself_drops_what_is_idle(redis: RedisServer, sessions: RedisSessions) -> None:
    sessions.save("a chat", Session(), 1000.0)
    with redis.administrator() as administrator:
        names = sorted(administrator.scan_iter())
        lives = [administrator.pttl(name) for name in names]
    assert [name.split(b":")[1] for name in names] == [IDLE.split(":")[1].encode(), PREFIX.split(":")[1].encode()]
    longest = (IDLE_SECONDS + GRACE_SECONDS) * 1000
    assert all(longest - 5000 < life <= longest for life in lives)


def test_what_redis_dropped_is_gone(redis: RedisServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_store, "GRACE_SECONDS", 0.05)
    store = RedisSessions(redis.url, 0.05)
    store.save("a chat", Session(), 1000.0)
    assert store.load("a chat", 1000.0).session == store.load("a chat", 1000.0).session is not None
    time.sleep(0.3)
    assert store.load("a chat", 1000.0).session is None
    assert not store.holds("a chat")
    assert store.sweep(9000.0) == []
    assert redis.held() == b""
    store.close()


@pytest.mark.parametrize("value", ["", "nonsense", "1e3", "nan\n{}", "1000.0\n{}", "1000.0\nnot json"])
def test_what_cannot_be_read_is_ended(redis: RedisServer, sessions: RedisSessions, value: str) -> None:
    sessions.save("a chat", Session(), 1000.0)
    with redis.administrator() as administrator:
        (name,) = administrator.scan_iter(match=f"{PREFIX}*")
        administrator.set(name, value)
    found = sessions.load("a chat", 1000.0)
    assert found.session is None
    assert found.expired
    assert not sessions.holds("a chat")


def test_a_session_that_is_used_while_it_is_swept_is_kept(redis: RedisServer, sessions: RedisSessions) -> None:
    """The set says idle, the session itself says used: as between the two steps of a sweep."""
    sessions.save("a chat", Session(sender_turns=1), 9000.0)
    with redis.administrator() as administrator:
        (name,) = administrator.zrange(IDLE, 0, -1)
        administrator.zadd(IDLE, {name: 1.0})
    assert sessions.sweep(9100.0) == []
    assert sessions.holds("a chat")


def test_sweeps_at_once_find_each_session_once(redis: RedisServer) -> None:
    stores = [RedisSessions(redis.url, IDLE_SECONDS) for _ in range(4)]
    made_here = [Session(sender_turns=1) for _ in range(200)]
    for number, session in enumerate(made_here):
        stores[0].save(f"chat {number}", session, 1000.0)
    with ThreadPoolExecutor(4) as pool:
        found = [sender for senders in pool.map(lambda store: store.sweep(9000.0), stores) for sender in senders]
    assert sorted(found) == sorted(session.sender for session in made_here)
    assert redis.held() == b""
    for store in stores:
        store.close()


def test_a_redis_that_goes_and_comes_back_loses_no_step(tmp_path: Path) -> None:
    """Its memory goes with it, so the conversation starts anew; nothing is answered as if it had been kept."""
    folder = tmp_path / "redis"
    folder.mkdir()

    async def talk(bench: Bench, server: RedisServer) -> None:
        first = await bench.press("check:share-decision")
        server.kill()
        failed = await bench.press(first.buttons[0].value)
        assert failed.kind == "error"
        assert "Redis cannot be reached" in failed.text
        assert "Nothing was changed" in failed.text
        assert (await bench.press("topic:refusal-of-consent")).kind == "topic", "an answer needs no store"
        urgent = await bench.say("her dad has just hit her")
        assert urgent.kind == "urgent"
        with redis_server(folder):
            assert (await bench.press("show")).id == "menu"
            again = await bench.press("check:share-decision")
            assert (await bench.press(again.buttons[0].value)).id == "share-decision/identifiable"

    with redis_server(folder) as server, made(tmp_path, store=RedisSessions(server.url, IDLE_SECONDS)) as bench:
        asyncio.run(talk(bench, server))


def test_a_connection_that_redis_closed_is_opened_again(redis: RedisServer, sessions: RedisSessions) -> None:
    sessions.save("a chat", Session(), 1000.0)
    with redis.administrator() as administrator:
        administrator.execute_command("CLIENT KILL TYPE normal SKIPME yes")
    assert sessions.load("a chat", 1000.0).session is not None


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [("maxmemory", "1", "memory of Redis is full"), ("min-replicas-to-write", "3", "Redis")],
)
def test_a_redis_that_takes_nothing_says_so(
    redis: RedisServer, sessions: RedisSessions, setting: str, value: str, said: str
) -> None:
    with redis.administrator() as administrator:
        administrator.config_set(setting, value)
        try:
            with pytest.raises(StoreError) as raised:
                sessions.save("a chat", Session(), 1000.0)
        finally:
            administrator.config_set(setting, "0")
    assert said in raised.value.message
    sessions.save("a chat", Session(), 1000.0)


@pytest.mark.parametrize("command", ["ping", "load"])
def test_a_wrong_password_is_told_and_not_repeated(redis: RedisServer, command: str) -> None:
    store = RedisSessions(redis.url.replace(redis.password, "wrong-secret"), IDLE_SECONDS)
    with pytest.raises(StoreError) as raised:
        store.ping() if command == "ping" else store.load("a chat", 1.0)
    assert "refuses the password" in raised.value.message
    assert "wrong-secret" not in repr(raised.value) + raised.value.message + raised.value.remedy
    store.close()


def test_a_redis_that_hangs_holds_up_one_turn_and_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redis_store, "ANSWER_SECONDS", 0.3)
    with _silent() as port:
        store = RedisSessions(f"redis://127.0.0.1:{port}/0", IDLE_SECONDS)
        began = time.monotonic()
        for _ in range(20):
            with pytest.raises(StoreError, match="does not answer"):
                store.load("a chat", 1.0)
        assert time.monotonic() - began < 1.0
        store.close()


def test_nobody_at_the_address_is_a_clear_error() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        store = RedisSessions(f"redis://127.0.0.1:{probe.getsockname()[1]}/0", IDLE_SECONDS)
        with pytest.raises(StoreError, match="cannot be reached"):
            store.save("a chat", Session(), 1.0)
    store.close()


@pytest.mark.parametrize("url", ["http://host/0", "postgresql://host/x", "redis", "redis://host:port/0"])
def test_an_address_that_is_none_of_redis_is_refused(url: str) -> None:
    with pytest.raises(SettingsError) as raised:
        RedisSessions(url, IDLE_SECONDS)
    assert "SHAREWELL_SESSIONS_URL" in raised.value.remedy


def test_the_address_chooses_the_store(tmp_path: Path) -> None:
    here = {"SHAREWELL_HOME": str(tmp_path)}
    for url, kind in (("", SessionStore), (f"sqlite:///{tmp_path / 'other.db'}", SessionStore),
                      ("redis://localhost/0", RedisSessions)):  # fmt: skip
        store = sessions_for(from_environment(here | {"SHAREWELL_SESSIONS_URL": url}))
        assert type(store) is kind
        store.close()
    assert (tmp_path / "other.db").exists()


@contextmanager
def _silent() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(50)
        yield int(listening.getsockname()[1])
