"""The parts of the channel that stand by themselves, and whether the emulator refuses what Telegram refuses."""

from __future__ import annotations

import json
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import words
from bot.channels.telegram.commands import command_in
from bot.channels.telegram.journal import Journal
from bot.channels.telegram.keys import ROTATE_SECONDS, ChatKeys
from bot.channels.telegram.settings import checked_token
from bot.channels.telegram.styled import LONGEST, Line, messages, units
from bot.errors import SettingsError
from bot.knowledge import reading
from bot.settings import ROOT, from_environment
from tests.support.telegram.running import Emulator
from tests.support.telegram.world import TOKEN

WORDS = {name: text for name, text in vars(words).items() if name.isupper() and isinstance(text, str)}


def _filled(text: str) -> str:
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    return text.format(**dict.fromkeys(names, "something"))


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_keep_to_the_reading_limits(name: str) -> None:
    assert reading.problems(_filled(WORDS[name])) == []


@pytest.mark.parametrize("said", [*words.COMMANDS.values(), *words.HEADINGS.values()])
def test_short_words_keep_to_the_reading_limits(said: str) -> None:
    assert reading.problems(said) == []


@given(st.lists(st.lists(st.text(min_size=1), min_size=1), min_size=1), st.integers(20, 200))
def test_every_message_fits_and_no_word_is_lost(blocks: list[list[str]], longest: int) -> None:
    lines = [tuple(Line(" ".join(text.split()) or "x") for text in block) for block in blocks]
    found = messages(lines, longest)
    assert all(units(message.text) <= longest for message in found)
    whole = "".join("".join(line.text.split()) for block in lines for line in block)
    assert "".join("".join(message.text.split()) for message in found) == whole


def test_a_message_is_split_between_paragraphs_where_that_can_be() -> None:
    paragraphs = [(Line(letter * 1_500),) for letter in "abcde"]
    assert [message.text[0] for message in messages(paragraphs)] == ["a", "c", "e"]
    assert LONGEST == 4096


def test_a_style_stands_where_telegram_counts_it() -> None:
    (message,) = messages([(Line("😀 first"), Line("Bold", bold=True), Line("a page", url="https://x.example.org"))])
    raw = message.text.encode("utf-16-le")
    shown = [raw[2 * each.offset : 2 * (each.offset + each.length)].decode("utf-16-le") for each in message.entities]
    assert shown == ["Bold", "a page"]


@pytest.mark.parametrize(
    ("typed", "name", "rest"),
    [("/start", "start", ""), ("/Check@sharewell_bot  x y ", "check", "x y"), ("/ask what if", "ask", "what if")],
)
def test_a_command_is_read(typed: str, name: str, rest: str) -> None:
    command = command_in(typed)
    assert command is not None and (command.name, command.rest) == (name, rest)


@pytest.mark.parametrize("typed", ["start", "/", "/launch", "what is /check", ""])
def test_what_is_no_command_is_none(typed: str) -> None:
    assert command_in(typed) is None


def test_the_name_of_a_chat_changes_with_the_key_and_an_open_conversation_keeps_it(tmp_path: Path) -> None:
    now, open_chats, path = [1_000_000.0], set[str](), tmp_path / "keys"
    keys = ChatKeys(path, open_chats.__contains__, lambda: now[0])
    first = keys.of(42)
    assert keys.of(42) == first != keys.of(43)
    assert ChatKeys(path, open_chats.__contains__, lambda: now[0]).of(42) == first
    open_chats.add(first)
    now[0] += ROTATE_SECONDS + 1
    assert keys.of(42) == first
    open_chats.clear()
    assert keys.of(42) != first
    old = json.loads(path.read_text())["previous"]
    now[0] += ROTATE_SECONDS + 1
    keys.of(42)
    assert old not in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_the_journal_forgets_what_telegram_offers_no_longer(tmp_path: Path) -> None:
    now = [1_000_000.0]
    journal = Journal(tmp_path / "journal.db", lambda: now[0])
    journal.begin(1)
    journal.begin(2)
    journal.answer(2)
    assert [journal.state(number) for number in (1, 2, 3)] == ["begun", "answered", "new"]
    now[0] += 24 * 3600
    journal.sweep()
    assert journal.state(2) == "answered"
    now[0] += 4 * 3600
    journal.sweep()
    assert journal.state(2) == "new"
    journal.close()


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"SHAREWELL_TELEGRAM_TOKEN": "", "SHAREWELL_TELEGRAM_TOKEN_FILE": "{home}/none"}, "cannot be read"),
        ({"SHAREWELL_TELEGRAM_TOKEN_FILE": "{home}/open"}, "is set twice"),
        ({"SHAREWELL_TELEGRAM_TOKEN": "", "SHAREWELL_TELEGRAM_TOKEN_FILE": "{home}/open"}, "Other accounts"),
        ({"SHAREWELL_TELEGRAM_TOKEN": f"{TOKEN} {TOKEN}"}, "is not a token"),
        ({"SHAREWELL_TELEGRAM_WEBHOOK_URL": "http://x.example.org"}, "is not an address that Telegram can call"),
        ({"SHAREWELL_TELEGRAM_API": "gopher://x"}, "SHAREWELL_TELEGRAM_API is not a web address."),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_told_without_the_token(more: dict[str, str], told: str, tmp_path: Path) -> None:
    (tmp_path / "open").write_text(TOKEN)
    (tmp_path / "open").chmod(0o644)
    given = {"SHAREWELL_TELEGRAM_TOKEN": TOKEN} | {name: value.format(home=tmp_path) for name, value in more.items()}
    with pytest.raises(SettingsError) as refused:
        checked_token(from_environment(given).telegram)
    assert told in str(refused.value.message) and TOKEN not in f"{refused.value.message} {refused.value.remedy}"


def test_without_a_token_there_is_no_bot() -> None:
    assert not from_environment({}).telegram.is_set
    assert TOKEN not in repr(from_environment({"SHAREWELL_TELEGRAM_TOKEN": TOKEN}))


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"chat_id": 1, "text": "x"}, "chat not found"),
    ("sendMessage", {"chat_id": 7, "text": " "}, "message text is empty"),
    ("sendMessage", {"chat_id": 7, "text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"chat_id": 7, "text": "😀" * 2049}, "message is too long"),
    ("sendMessage", {"chat_id": 7, "text": "<b>x", "parse_mode": "HTML"}, "can't parse entities"),
    ("sendMessage", {"chat_id": 7, "text": "<p>x</p>", "parse_mode": "HTML"}, "Unsupported start tag"),
    ("sendMessage", {"chat_id": 7, "text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]}, "entity"),
    ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[
        {"text": "a", "callback_data": "x" * 65}]]}}, "BUTTON_DATA_INVALID"),
    ("sendMessage", {"chat_id": 7, "text": "x", "reply_markup": {"inline_keyboard": [[
        {"text": "a", "url": "http://localhost/x"}]]}}, "Wrong HTTP URL"),
    ("editMessageText", {"chat_id": 7, "message_id": 99, "text": "x"}, "message to edit not found"),
    ("deleteMessage", {"chat_id": 7, "message_id": 99}, "message to delete not found"),
    ("deleteMessages", {"chat_id": 7, "message_ids": list(range(101))}, "message identifiers"),
    ("deleteMessages", {"chat_id": 7, "message_ids": []}, "message identifiers"),
    ("answerCallbackQuery", {"callback_query_id": "none"}, "query is too old"),
    ("setMyCommands", {"commands": [{"command": "Upper", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "a", "description": "x"}] * 101}, "BOT_COMMANDS_TOO_MUCH"),
    ("setWebhook", {"url": "http://x.example.org"}, "An HTTPS URL must be provided"),
    ("setWebhook", {"url": "https://x.example.org", "secret_token": "a b"}, "unallowed characters"),
    ("setWebhook", {"url": "https://x.example.org", "max_connections": 101}, "max_connections must be"),
    ("setWebhook", {"url": "https://x.example.org", "allowed_updates": "message"}, "allowed updates"),
    ("getUpdates", {"limit": 101, "timeout": 0}, "limit must be between 1 and 100"),
    ("getUpdates", {"allowed_updates": {"message": True}, "timeout": 0}, "allowed updates"),
    ("sendChatAction", {"chat_id": 7, "action": "dance"}, "wrong parameter action"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "body", "told"), REFUSED)
def test_the_emulator_refuses_what_telegram_refuses(
    method: str, body: dict[str, Any], told: str, emulator: Emulator
) -> None:
    emulator.do(lambda: emulator.world.chat(7))
    answer = httpx.post(f"{emulator.url}/bot{TOKEN}/{method}", json=body, trust_env=False)
    assert answer.status_code == 400
    assert told in answer.json()["description"]


def test_the_emulator_is_strict_about_tokens_methods_pace_and_age(emulator: Emulator) -> None:
    def call(method: str, token: str = TOKEN, **body: Any) -> httpx.Response:
        return httpx.post(f"{emulator.url}/bot{token}/{method}", json=body, trust_env=False)

    user = emulator.user(7)
    assert call("getMe", "1000:other").status_code == 401
    assert call("launch").status_code == 404
    emulator.do(lambda: setattr(emulator.world.flood, "in_chat", 1.0))
    sent = call("sendMessage", chat_id=7, text="one").json()["result"]["message_id"]
    fast = call("sendMessage", chat_id=7, text="two")
    assert fast.status_code == 429 and fast.json()["parameters"]["retry_after"] == 1
    emulator.do(lambda: setattr(emulator.world.flood, "in_chat", 0.0))
    same = call("editMessageText", chat_id=7, message_id=sent, text="one")
    assert same.status_code == 400 and "message is not modified" in same.json()["description"]
    emulator.do(lambda: setattr(emulator.world, "ahead", 49 * 3600.0))
    assert "can't be deleted" in call("deleteMessage", chat_id=7, message_id=sent).json()["description"]
    emulator.do(user.person.block)
    assert call("sendMessage", chat_id=7, text="x").status_code == 403
    call("setWebhook", url="https://x.example.org")
    assert call("getUpdates", timeout=0).status_code == 409


def test_the_emulator_delivers_only_kinds_that_were_asked_for_and_refuses_to_write_where_it_may_not(
    emulator: Emulator,
) -> None:
    def call(method: str, **body: Any) -> httpx.Response:
        return httpx.post(f"{emulator.url}/bot{TOKEN}/{method}", json=body, trust_env=False)

    user = emulator.user(7)
    call("getUpdates", timeout=0, allowed_updates=["message"])
    emulator.do(lambda: [user.person.say("x"), user.person.edit("y"), emulator.world.queue({"channel_post": {}})])
    found = call("getUpdates", timeout=0).json()["result"]
    assert [set(update) - {"update_id"} for update in found] == [{"message"}]
    assert emulator.do(lambda: emulator.world.unwanted) == ["edited_message", "channel_post"]
    group = emulator.do(lambda: emulator.world.chat(-5))
    for kind, muted, told in (("channel", False, "administrator rights"), ("group", True, "not enough rights")):
        group.kind, group.muted = kind, muted
        answer = call("sendMessage", chat_id=-5, text="x")
        assert answer.status_code == 400 and told in answer.json()["description"]
    emulator.do(lambda: user.person.send("dice"))
    dice = emulator.do(user.person.newest_own)
    assert call("deleteMessage", chat_id=7, message_id=dice).status_code == 400


def test_a_package_that_is_not_there_is_not_searched_for_each_time() -> None:
    code = """
import importlib.util
import sys
from bot.channels.telegram.absent import remember_absent

there = importlib.util.find_spec("sniffio") is not None
for _ in range(2):
    remember_absent()
assert ("sniffio" in sys.modules) != there, "it is searched for anew, or a package that is there is hidden"
try:
    import sniffio
except ImportError:
    assert not there
"""
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
