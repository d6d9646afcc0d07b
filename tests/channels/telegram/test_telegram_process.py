"""`sharewell start` with a bot on Telegram, as a process of its own: its errors, kills, webhook, and what it writes."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from bot.channels.telegram import words
from bot.channels.telegram.settings import secret_of
from tests.product.canaries import MESSAGES, planted, search
from tests.product.process import ROOT, environment
from tests.support.telegram.running import Emulator, User
from tests.support.telegram.world import TOKEN

SECOND_QUESTION = "Could somebody work out who this is about?"
PUBLIC = "https://bot.example.org"


class Process:
    """A running `sharewell start` that talks to the emulator."""

    def __init__(self, emulator: Emulator, home: Path, **more: str) -> None:
        self.output = home / "printed.txt"
        given = {"SHAREWELL_TELEGRAM_TOKEN": TOKEN, "SHAREWELL_TELEGRAM_API": emulator.url, **more}
        with self.output.open("ab") as printed:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.cli.main", "start", "--port", "0", "--without-rasa"],
                cwd=ROOT, env=environment(home, **given), stdout=printed, stderr=printed,
            )  # fmt: skip

    def address(self) -> str:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline:
            if match := re.search(r"http://[0-9.]+:\d+", self.output.read_text()):
                return match.group()
            assert self.process.poll() is None, self.output.read_text()
            time.sleep(0.1)
        raise AssertionError(f"it did not start: {self.output.read_text()}")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(20)

    def end(self) -> int:
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(60)


@contextmanager
def running(emulator: Emulator, home: Path, **more: str) -> Iterator[Process]:
    process = Process(emulator, home, **more)
    try:
        yield process
    finally:
        process.end()


def killed_before_the_answer(emulator: Emulator, home: Path, user: User, text: str) -> int:
    """The update of a `text` said at a check's first question: the process was killed while its answer was refused."""
    with running(emulator, home) as process:
        user.say("/check share-decision")
        emulator.do(lambda: emulator.world.faults.add("drop", "sendMessage", times=500))
        said = user.begin(lambda: user.person.say(text))
        emulator.wait(lambda: emulator.world.faults.had["drop"] > 0, "the fault")
        process.kill()
    return said


def test_a_kill_before_the_answer_neither_loses_the_message_nor_takes_it_twice(
    emulator: Emulator, tmp_path: Path
) -> None:
    user = emulator.user()
    said = killed_before_the_answer(emulator, tmp_path, user, "yes")
    assert not emulator.do(lambda: emulator.world.handled(said))
    emulator.do(lambda: emulator.world.faults.waiting.clear())
    with running(emulator, tmp_path):
        screen = user.until_done(said)
        assert words.INTERRUPTED in screen.text and SECOND_QUESTION in screen.text
        assert "Is this information confidential?" in user.press("Yes").text


def test_danger_that_a_kill_interrupted_comes_first_all_the_same(emulator: Emulator, tmp_path: Path) -> None:
    user = emulator.user()
    said = killed_before_the_answer(emulator, tmp_path, user, "he has just stabbed her")
    emulator.do(lambda: emulator.world.faults.waiting.clear())
    with running(emulator, tmp_path):
        screen = user.until_done(said)
        assert "999" in screen.text.splitlines()[0]
        assert words.INTERRUPTED in screen.text


def test_a_kill_in_the_middle_of_a_flood_forgets_none_of_it_silently(emulator: Emulator, tmp_path: Path) -> None:
    user = emulator.user()
    with running(emulator, tmp_path) as process:
        user.open()
        emulator.do(lambda: [user.person.forward("spoke to Kayleigh Ashgrove") for _ in range(40)])
        emulator.wait(lambda: len(user.person.own()) <= 1, "each is deleted, and only /start is left")
        process.kill()
    assert words.PUT_BY not in str(user.all())
    with running(emulator, tmp_path):
        emulator.wait(lambda: any(words.PUT_BY in shown.text for shown in user.person.all()), "the note")
        assert "Which area" in user.say("/area").text


def test_details_planted_in_a_chat_by_telegram_are_in_no_file(emulator: Emulator, tmp_path: Path) -> None:
    since = time.time()
    roots = [tmp_path, ROOT / "nlu", ROOT / "var", Path(tempfile.gettempdir()) / "sharewell"]
    user = emulator.user()
    with running(emulator, tmp_path) as process:
        user.open()
        for template in MESSAGES:
            user.say(planted(template))
        user.say("/check share-decision")
        for template in MESSAGES[:3]:
            user.say(planted(template))
        user.edit(planted(MESSAGES[1])) if user.own() else user.say("yes")
        user.forward(planted(MESSAGES[0]))
        for kind in ("contact", "document", "photo"):
            user.send(kind, planted(MESSAGES[2]))
        emulator.do(lambda: emulator.world.faults.add("500", "sendMessage"))
        user.say(planted(MESSAGES[3]))
        assert not search(roots, since)
        process.kill()
    assert not search(roots, since), "a detail was written when the process was killed"
    printed = process.output.read_text()
    assert TOKEN not in printed and str(user.person.number) not in printed
    left = " ".join(user.own())
    assert not [template for template in MESSAGES if planted(template) in left], "a message with details still stands"


def test_the_webhook_takes_only_what_shows_the_secret(emulator: Emulator, tmp_path: Path) -> None:
    more = {"SHAREWELL_TELEGRAM_WEBHOOK_URL": PUBLIC, "SHAREWELL_HOSTS": "bot.example.org"}
    with running(emulator, tmp_path, **more) as process:
        address = process.address()
        emulator.do(lambda: emulator.world.hosts.update({PUBLIC: address}))
        emulator.wait(lambda: bool(emulator.world.webhook), "the webhook")
        assert emulator.do(lambda: emulator.world.webhook["secret"]) == secret_of(TOKEN)
        user = emulator.user()
        user.say("/check share-decision")
        assert SECOND_QUESTION in user.press("Yes").text
        assert emulator.do(lambda: [name for name, _ in emulator.world.calls].count("getupdates")) == 0
        url = f"{address}/telegram/webhook"
        update = {"update_id": 1, "message": {"message_id": 5}}
        with httpx.Client(trust_env=False) as http:
            assert http.post(url, json=update).status_code == 401
            wrong = {"X-Telegram-Bot-Api-Secret-Token": "x" * 64}
            assert http.post(url, json=update, headers=wrong).status_code == 401
            right = {"X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN)}
            assert http.post(url, content=b"{", headers=right).status_code == 400
            assert http.post(url, json={"update_id": "x"}, headers=right).status_code == 400
            assert http.post(url, json=update, headers=right).status_code == 200
            assert http.post(url, content=b"[" * 1_100_000, headers=right).status_code == 400
            assert http.get(url).status_code == 405


def test_updates_that_a_webhook_gets_twice_or_late_are_answered_once(emulator: Emulator, tmp_path: Path) -> None:
    more = {"SHAREWELL_TELEGRAM_WEBHOOK_URL": PUBLIC, "SHAREWELL_HOSTS": "bot.example.org"}
    user = emulator.user()
    with running(emulator, tmp_path, **more) as process:
        address = process.address()
        emulator.do(lambda: emulator.world.hosts.update({PUBLIC: address}))
        user.say("/check share-decision")
        update = user.begin(lambda: user.person.press("Yes"))
        copied = emulator.do(lambda: dict(emulator.world.updates.get(update) or {}))
        user.until_done(update)
        messages = user.all()
        right = {"X-Telegram-Bot-Api-Secret-Token": secret_of(TOKEN)}
        with httpx.Client(trust_env=False) as http:
            assert copied, "the update was gone before it could be copied"
            assert http.post(f"{address}/telegram/webhook", json=copied, headers=right).status_code == 200
        assert user.all() == messages


@pytest.mark.parametrize(
    ("token", "told"),
    [
        ("rubbish", "The token of the Telegram bot is not a token."),
        (TOKEN[:-1] + "x", "Telegram refuses the token of the bot."),
    ],
)
def test_a_wrong_token_is_told_at_the_start(token: str, told: str, emulator: Emulator, tmp_path: Path) -> None:
    with running(emulator, tmp_path, SHAREWELL_TELEGRAM_TOKEN=token) as process:
        assert process.process.wait(60) == 1
    printed = process.output.read_text()
    assert told in printed
    assert len(printed.strip().splitlines()) == 2, printed
    assert TOKEN not in printed and TOKEN[:-1] not in printed


def test_a_token_may_stand_in_a_file(emulator: Emulator, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    file.chmod(0o600)
    more = {"SHAREWELL_TELEGRAM_TOKEN": "", "SHAREWELL_TELEGRAM_TOKEN_FILE": str(file)}
    with running(emulator, tmp_path, **more):
        assert words.START_TITLE in emulator.user().open().text


def test_the_web_chat_runs_while_telegram_cannot_be_reached(emulator: Emulator, tmp_path: Path) -> None:
    with running(emulator, tmp_path, SHAREWELL_TELEGRAM_API="http://127.0.0.1:9") as process:
        assert httpx.get(f"{process.address()}/healthz", trust_env=False).status_code == 200
        assert "cannot be reached now" in process.output.read_text()
    assert process.process.returncode == 0
