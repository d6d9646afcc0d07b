"""A Rasa that runs apart: not there yet, there, gone, back; refusing our key; hanging. The conversation goes on."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.application import assembled, rasa_for
from bot.conversation import remote, words
from bot.conversation.assistant import Assistant
from bot.conversation.messages import Message, Reply
from bot.conversation.nlu_client import NluDown
from bot.conversation.remote import RemoteRasa
from bot.conversation.supervisor import RUN_FILE
from bot.errors import SettingsError
from bot.settings import Settings, from_environment
from tests.support.assistants import made
from tests.support.rasa_apart import RasaApart, rasa_apart

_STARTS_WITHIN = 120.0
QUESTION = "do i always need consent"


def _settings(home: Path, apart: RasaApart) -> Settings:
    return from_environment({
        "SHAREWELL_HOME": str(home), "SHAREWELL_RASA_URL": apart.url,
        "SHAREWELL_RASA_KEY_FILE": str(apart.key_file),
    })  # fmt: skip


@asynccontextmanager
async def _watched(rasa: RemoteRasa) -> AsyncIterator[RemoteRasa]:
    rasa.start()
    try:
        yield rasa
    finally:
        await rasa.close()


async def _until_down(rasa: RemoteRasa) -> bool:
    for _ in range(300):
        if not rasa.up:
            return True
        await asyncio.sleep(0.1)
    return False


def test_it_may_come_late_go_away_and_come_back(tmp_path: Path) -> None:
    async def talk(apart: RasaApart, settings: Settings) -> None:
        rasa = rasa_for(settings)
        assert isinstance(rasa, RemoteRasa)
        with assembled(settings, rasa) as (assistant, _, _):
            await _lives(apart, settings, rasa, assistant)

    with rasa_apart(tmp_path) as apart:
        asyncio.run(talk(apart, _settings(tmp_path / "home", apart)))


async def _lives(apart: RasaApart, settings: Settings, rasa: RemoteRasa, assistant: Assistant) -> None:
    async def say(text: str) -> Reply:
        return await assistant.turn(Message("a chat", text=text))

    async with _watched(rasa):
        early = await say(QUESTION)
        assert rasa.starting and not rasa.up
        assert rasa.restarts == -1
        assert early.kind == "unknown"
        assert early.alternatives, "what was typed is searched by key words meanwhile"
        assert (await say("her dad has just hit her")).kind == "urgent"

        apart.start()
        assert await rasa.wait_until_up(_STARTS_WITHIN)
        understood = await say(QUESTION)
        assert understood.kind == "topic"
        assert (rasa.starting, rasa.restarts, rasa.pid) == (False, 0, None)
        assert rasa.address == (apart.url, apart.key)
        assert (await rasa.client.parse([QUESTION]))[0][0].unit == understood.id

        apart.kill()
        told = await say(QUESTION)
        assert words.NLU_DOWN in told.text
        assert await _until_down(rasa), "nobody noticed that Rasa is gone"
        with pytest.raises(NluDown):
            _ = rasa.address
        assert words.NLU_DOWN in (await say(QUESTION)).text

        apart.start()
        assert await rasa.wait_until_up(_STARTS_WITHIN)
        assert (await say(QUESTION)).id == understood.id
        assert rasa.restarts == 1
        assert not (settings.run_folder / RUN_FILE).exists(), "its key is in its own file and nowhere else"


def test_a_dead_port_is_searched_and_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="bot")

    async def talk(apart: RasaApart) -> None:
        async with _watched(RemoteRasa(apart.url, apart.key)) as rasa:
            assert not await rasa.wait_until_up(remote.DOWN_PAUSE * 2.5)
            with pytest.raises(NluDown):
                await rasa.understand("sender", QUESTION, "none")
            with pytest.raises(NluDown):
                await rasa.parse([QUESTION])
            with pytest.raises(NluDown):
                await rasa.forget("sender")
            with made(tmp_path, rasa) as bench:
                assert (await bench.say(QUESTION)).alternatives

    with rasa_apart(tmp_path) as apart:
        asyncio.run(talk(apart))
        told = [record.levelname for record in caplog.records if "Rasa does not answer" in record.message]
        assert told == ["WARNING"]
        assert apart.key not in caplog.text


@pytest.mark.parametrize(
    ("status", "reason"), [(403, "it refuses our key"), (500, "it answered with the error 500")]
)
def test_why_it_cannot_be_asked_is_in_the_log(status: int, reason: str, caplog: pytest.LogCaptureFixture) -> None:
    async def ask() -> None:
        async with _answering(status) as port, _watched(RemoteRasa(f"http://127.0.0.1:{port}", "a-key")) as rasa:
            assert not await rasa.wait_until_up(0.5)

    asyncio.run(ask())
    assert reason in caplog.text


def test_a_wait_without_an_answer_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """It hangs after it was up: turns wait as long as they may, then it counts as down and none waits any more."""
    monkeypatch.setattr(remote, "DOWN_PAUSE", 0.05)

    async def ask() -> None:
        async with _hanging() as (port, hang), _watched(RemoteRasa(f"http://127.0.0.1:{port}", "key", 0.3)) as rasa:
            assert await rasa.wait_until_up(5)
            hang.set()
            with pytest.raises(NluDown):
                await rasa.understand("sender", QUESTION, "none")
            assert await _until_down(rasa)
            began = asyncio.get_running_loop().time()
            with pytest.raises(NluDown):
                await rasa.understand("sender", QUESTION, "none")
            assert asyncio.get_running_loop().time() - began < 0.1
            hang.clear()
            assert await rasa.wait_until_up(5)

    asyncio.run(ask())


def test_one_look_without_an_answer_is_not_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "UP_PAUSE", 0.05)
    monkeypatch.setattr(remote, "PROBES_MISSED", 10_000)

    async def ask() -> None:
        async with _hanging() as (port, hang), _watched(RemoteRasa(f"http://127.0.0.1:{port}", "key", 0.3)) as rasa:
            assert await rasa.wait_until_up(5)
            hang.set()
            await asyncio.sleep(1.5)
            assert rasa.up

    asyncio.run(ask())


@pytest.mark.parametrize(
    "url", ["rasa:5005", "ftp://rasa", "http://", "http://account:secret@rasa:5005", "http://rasa:5005/?key=x"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="SHAREWELL_RASA_URL"):
        from_environment({"SHAREWELL_RASA_URL": url})


def test_the_key_is_needed_and_closed_to_others(tmp_path: Path) -> None:
    given = {"SHAREWELL_RASA_URL": "http://rasa:5005"}
    with pytest.raises(SettingsError, match="SHAREWELL_RASA_KEY_FILE"):
        rasa_for(from_environment(given))
    path = tmp_path / "key"
    given["SHAREWELL_RASA_KEY_FILE"] = str(path)
    with pytest.raises(SettingsError, match="cannot be read"):
        rasa_for(from_environment(given))
    path.touch(0o600)
    with pytest.raises(SettingsError, match="does not hold one line"):
        rasa_for(from_environment(given))
    path.write_text("a-secret\n")
    path.chmod(0o640)
    with pytest.raises(SettingsError, match="chmod 600"):
        rasa_for(from_environment(given))
    path.chmod(0o600)
    assert isinstance(rasa_for(from_environment(given)), RemoteRasa)


@asynccontextmanager
async def _answering(status: int) -> AsyncIterator[int]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 %d No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % status)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()


@asynccontextmanager
async def _hanging() -> AsyncIterator[tuple[int, asyncio.Event]]:
    """A port that is ready, until the event is set: then it takes requests and answers none."""
    hang = asyncio.Event()
    body = json.dumps({"ready": True}).encode()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            if not hang.is_set():
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body) + body)
                await writer.drain()
                return
            await reader.read()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1], hang
    finally:
        server.close()
