"""Sessions: resumed after a kill, ended when idle, wiped without a trace, and clear errors when the store fails."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.conversation import words
from bot.conversation.nlu_client import Understood
from bot.conversation.session import SHAPE, Session, SessionError, session_from
from bot.conversation.store import SessionStore
from bot.conversation.supervisor import NoRasa
from tests.conversation.conftest import Kept
from tests.support.assistants import Bench, made, value_of


def test_a_check_is_resumed_by_a_new_process(kept: Kept) -> None:
    with kept.bench() as bench:
        first = asyncio.run(bench.press("check:share-decision"))
        asked = asyncio.run(bench.press(first.buttons[0].value))
    with kept.bench() as bench:
        opening = asyncio.run(bench.assistant.opening(bench.chat))
        assert opening.id == asked.id
        assert words.RESUMED in opening.text


def test_an_idle_session_is_wiped_where_it_is_kept(kept: Kept) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("check:gillick-competence")
        bench.clock.forward(bench.store.idle_seconds + 1)
        await bench.assistant.sweep()

    with kept.bench() as bench:
        asyncio.run(talk(bench))
        assert b"gillick-competence" not in kept.held()


def test_a_sweep_leaves_what_is_in_use(kept: Kept) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("check:gillick-competence")
        await bench.press("check:share-decision", chat="another chat")
        bench.clock.forward(bench.store.idle_seconds - 10)
        await bench.press("check:share-decision", chat="another chat")
        bench.clock.forward(5)
        await bench.assistant.sweep()
        assert (await bench.press("show")).id == first.id
        bench.clock.forward(bench.store.idle_seconds - 4)
        await bench.assistant.sweep()
        assert bench.assistant.is_open(bench.chat)
        assert not bench.assistant.is_open("another chat")

    with kept.bench() as bench:
        asyncio.run(talk(bench))


def test_of_two_sweeps_one_finds_a_session(kept: Kept) -> None:
    session = Session(sender_turns=1)
    with kept.bench() as bench, kept.bench() as other:
        bench.store.save("a chat", session, 1000.0)
        assert [*bench.store.sweep(9000.0), *other.store.sweep(9000.0)] == [session.sender]
        assert not bench.store.holds("a chat")


@pytest.mark.parametrize("ending", ["sweep", "menu", "opening", "forget"])
def test_rasa_forgets_a_session_that_ends(ending: str, kept: Kept) -> None:
    rasa = Remembered()

    async def talk(bench: Bench) -> None:
        await bench.say("do i need consent")
        if ending != "forget":
            bench.clock.forward(bench.store.idle_seconds + 1)
        if ending == "sweep":
            await bench.assistant.sweep()
        elif ending == "opening":
            await bench.assistant.opening(bench.chat)
        else:
            await bench.press(ending)
        await asyncio.sleep(0)
        assert rasa.forgotten == rasa.asked

    with kept.bench(rasa) as bench:
        asyncio.run(talk(bench))


class Remembered(NoRasa):
    """A Rasa that is off, and by which senders it was asked and told to forget."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.forgotten: list[str] = []

    async def understand(self, sender: str, text: str, context: str) -> Understood:
        self.asked.append(sender)
        return await super().understand(sender, text, context)

    async def forget(self, sender: str) -> None:
        self.forgotten.append(sender)


def test_what_is_held_in_memory_goes_with_the_session(kept: Kept) -> None:
    """A page that is opened again does not lengthen the life of what was typed."""

    async def talk(bench: Bench) -> None:
        await bench.press("check:share-decision")
        await bench.say("spoke to Mohammed Khan")
        for _ in range(2):
            bench.clock.forward(bench.store.idle_seconds * 0.6)
            await bench.assistant.opening(bench.chat)
        reply = await bench.press("not-a-name")
        assert words.NOT_A_NAME_NOTHING in reply.text

    with kept.bench() as bench:
        asyncio.run(talk(bench))


def test_a_store_that_fails_does_not_end_the_sweeping(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("check:share-decision")
        bench.clock.forward(bench.store.idle_seconds + 1)
        with _locked(tmp_path / "sessions.db"):
            await bench.assistant.sweep()
        await bench.assistant.sweep()
        assert b"share-decision" not in _bytes(tmp_path, "sessions.db")

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_stop_and_forget_wipes_the_session(kept: Kept) -> None:
    async def talk(bench: Bench) -> None:
        await bench.press("check:gillick-competence")
        assert b"gillick-competence" in kept.held()
        reply = await bench.press("forget")
        assert words.ENDED in reply.text
        assert (await bench.press("show")).id == "menu"

    with kept.bench() as bench:
        asyncio.run(talk(bench))
        assert b"gillick-competence" not in kept.held()


def test_the_chat_key_is_not_stored(kept: Kept) -> None:
    with kept.bench() as bench:
        asyncio.run(bench.press("check:gillick-competence", chat="a very secret chat key"))
        assert b"gillick-competence" in kept.held()
        assert b"secret chat key" not in kept.held()


def test_nobody_else_may_read_the_file(tmp_path: Path) -> None:
    with made(tmp_path) as bench:
        asyncio.run(bench.press("check:share-decision"))
        assert {oct(path.stat().st_mode & 0o777) for path in tmp_path.glob("sessions.db*")} == {"0o600"}


def test_chats_do_not_mix(kept: Kept) -> None:
    async def talk(bench: Bench) -> None:
        checks = ["share-decision", "gillick-competence", "adult-capacity", "refusal-override"]
        chats = {f"chat {number}": checks[number % 4] for number in range(40)}
        await asyncio.gather(*(bench.press(f"check:{check}", chat=chat) for chat, check in chats.items()))
        shown = await asyncio.gather(*(bench.press("show", chat=chat) for chat in chats))
        assert [reply.id.split("/")[0] for reply in shown] == list(chats.values())

    with kept.bench() as bench:
        asyncio.run(talk(bench))


def test_a_session_of_another_shape_is_ended() -> None:
    text = Session().as_text()
    assert session_from(text) == Session(**vars(session_from(text)))
    for broken in ("", "{}", "[]", text.replace(f'"shape":{SHAPE}', '"shape":99'), text.replace("national", "")[:-3]):
        with pytest.raises(SessionError):
            session_from(broken)


def test_a_locked_store_loses_nothing(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("check:share-decision")
        with _locked(tmp_path / "sessions.db"):
            reply = await bench.press(first.buttons[0].value)
            assert reply.kind == "error"
            assert "locked" in reply.text
            assert "Nothing was changed" in reply.text
            answer = await bench.press("topic:refusal-of-consent")
            assert answer.kind == "topic", "an answer needs no store"
            urgent = await bench.say("her dad has just hit her")
            assert urgent.kind == "urgent"
            assert "999" in urgent.parts[0].text
        assert (await bench.press("show")).id == first.id
        assert (await bench.press(first.buttons[0].value)).id == "share-decision/identifiable"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_read_only_store_says_so(tmp_path: Path) -> None:
    async def talk(bench: Bench) -> None:
        first = await bench.press("check:share-decision")
        assert isinstance(bench.store, SessionStore)
        with bench.store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA query_only=ON")
        reply = await bench.press(first.buttons[0].value)
        assert reply.kind == "error"
        assert "read-only" in reply.text
        assert (await bench.say("she has taken an overdose")).parts[0].kind == "urgent"

    with made(tmp_path) as bench:
        asyncio.run(talk(bench))


def test_a_full_disk_loses_neither_session_nor_record(tmp_path: Path) -> None:
    with _small_disk(tmp_path / "disk") as disk, made(disk) as bench:
        asyncio.run(_talk_on_a_full_disk(bench, disk))


async def _talk_on_a_full_disk(bench: Bench, disk: Path) -> None:
    reply = await bench.press("check:share-decision")
    reply = await bench.choose(reply, "No")
    reply = await bench.press("record")
    reply = await bench.press("preview")
    confirm = value_of(reply, "Confirm and record")
    filler = _fill(disk)
    failed = await bench.press(confirm)
    assert failed.kind == "error", failed.text
    assert list(bench.log.entries())[1:] == [] or all(entry.kind.value != "decision" for entry in bench.log.entries())
    assert (await bench.say("he has a knife and is threatening her")).kind == "urgent"
    filler.unlink()
    recorded = await bench.press(confirm)
    assert recorded.kind == "recorded", recorded.text
    assert bench.log.verify().ok


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 2 MiB. Needs root, as in CI: mounting is how a disk is really full."""
    folder.mkdir()
    assert os.geteuid() == 0, "this test mounts a small disk: run it as root, as .ci/run does"
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def _fill(disk: Path) -> Path:
    path = disk / "filler"
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            return path


def _bytes(folder: Path, name: str) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.glob(f"{name}*")))
