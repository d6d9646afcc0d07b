"""The terminal chat as a process of its own: what is typed at a keyboard or piped in, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.channels.terminal.chat import _message
from bot.conversation.messages import Button, Message, Reply
from tests.product.process import ROOT, environment

_SECONDS = 60


def _chat(home: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "bot.cli.main", "chat", "--without-rasa", *options],
        cwd=ROOT, env=environment(home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Tests that run in the background ignore interrupts, and what they start would inherit that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interrupt_ends_a_chat_that_waits_for_a_line(tmp_path: Path) -> None:
    with _chat(tmp_path) as process:
        assert process.stdout and process.stderr
        shown = b""
        while not shown.endswith(b"\n> "):
            shown += os.read(process.stdout.fileno(), 65_536)
        process.send_signal(signal.SIGINT)
        assert process.wait(_SECONDS) == 130
        assert process.stderr.read() == b""


def test_bytes_that_are_no_text_are_answered_and_the_talk_goes_on(tmp_path: Path) -> None:
    with _chat(tmp_path, "--json") as process:
        out, errors = process.communicate(b'{"text": "can i \xff share"}\n{"text": "menu"}', _SECONDS)
    replies = [json.loads(line) for line in out.splitlines()]
    assert [reply["kind"] for reply in replies] == ["unknown", "smalltalk"]
    assert errors == b""
    assert process.returncode == 0


def test_a_chat_that_nobody_can_go_on_with_is_wiped_at_its_end(tmp_path: Path) -> None:
    with _chat(tmp_path, "--json") as process:
        process.communicate(b'{"button": "check:gillick-competence"}\n', _SECONDS)
    kept = b"".join(path.read_bytes() for path in (tmp_path / "var").glob("sessions.db*"))
    assert b"gillick-competence" not in kept


def test_a_chat_with_a_key_is_gone_on_with(tmp_path: Path) -> None:
    for line in (b'{"button": "check:gillick-competence"}\n', b'{"button": "show"}\n'):
        with _chat(tmp_path, "--json", "--chat", "mine") as process:
            out, _ = process.communicate(line, _SECONDS)
        assert json.loads(out)["id"].startswith("gillick-competence/")


def test_an_emergency_number_is_a_text_and_no_choice() -> None:
    reply = Reply((), "question", buttons=(Button("Yes", "answer:abcdef:yes"),))
    assert _message("key", "999", reply) == Message("key", text="999")
    assert _message("key", "1", reply) == Message("key", button="answer:abcdef:yes")
    assert _message("key", "2", reply) is None
