"""`sharewell doctor` where Rasa and the sessions are elsewhere: it asks them, and says why they cannot be used."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from bot.diagnosis import Finding, State, examine
from bot.settings import Settings, from_environment
from tests.support.redis_server import redis_server


def _found(settings: Settings, words: str) -> list[Finding]:
    return [finding for finding in examine(settings) if words in finding.says]


@pytest.fixture
def dead_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_a_rasa_apart_that_is_away(tmp_path: Path, dead_port: int) -> None:
    key = tmp_path / "key"
    key.touch(0o600)
    key.write_text("a-key")
    settings = from_environment({
        "SHAREWELL_HOME": str(tmp_path / "home"), "SHAREWELL_NLU": str(tmp_path / "nlu"),
        "SHAREWELL_RASA_URL": f"http://127.0.0.1:{dead_port}", "SHAREWELL_RASA_KEY_FILE": str(key),
    })  # fmt: skip
    (told,) = _found(settings, "does not answer at")
    assert told.state is State.MEND
    assert "it cannot be reached" in told.says
    assert _found(settings, "Rasa runs apart")
    assert not _found(settings, "Rasa's environment"), "its environment need not be here"
    assert not _found(settings, "Training the model"), "nor the set-up's stamp of it"


def test_a_redis_that_is_away(tmp_path: Path, dead_port: int) -> None:
    address = f"redis://account:pass-word-7@127.0.0.1:{dead_port}/0"
    settings = from_environment({"SHAREWELL_HOME": str(tmp_path / "home"), "SHAREWELL_SESSIONS_URL": address})
    (told,) = _found(settings, "session store")
    assert told.state is State.MEND
    assert "Redis cannot be reached" in told.says
    assert "pass-word-7" not in told.says + told.remedy


def test_a_redis_that_answers(tmp_path: Path) -> None:
    with redis_server() as server:
        settings = from_environment({"SHAREWELL_HOME": str(tmp_path / "home"), "SHAREWELL_SESSIONS_URL": server.url})
        (told,) = _found(settings, "session store")
        assert told.state is State.FINE
