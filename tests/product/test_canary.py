"""Invariant 1: before confirmation no byte of a recognised identifying detail is in any file that is written."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bot.accounts import Place, Role
from bot.settings import from_environment
from tests.product.canaries import CANARIES, MESSAGES, UNMASKED, files_changed, planted, search
from tests.product.process import ROOT, JsonChat, environment
from tests.support.people import Clock, joined, opened
from tests.support.web import WebVisitor


def _roots(home: Path) -> list[Path]:
    return [home, ROOT / "nlu", ROOT / "var", Path(tempfile.gettempdir())]


def test_details_planted_in_every_state_are_in_no_file(tmp_path: Path) -> None:
    since = time.time()
    chat = JsonChat(tmp_path)
    try:
        for template in MESSAGES:  # nothing open
            reply = chat.send(text=planted(template))
            _assert_not_shown(reply)
        reply = chat.send(button="check:share-decision")
        for template in MESSAGES[:4]:  # in a check
            _assert_not_shown(chat.send(text=planted(template)))
        reply = chat.send(button="show")
        reply = chat.press("No", reply)
        _assert_not_shown(chat.send(text=planted(MESSAGES[0])))  # at an outcome
        reply = chat.send(button="record")
        while "reasons" not in reply["id"]:
            reply = chat.press("Leave blank for now", reply)
        reply = chat.send(text=planted("{name} of {address} asked, phone {telephone}"))  # content of a field
        _assert_not_shown(reply)
        reply = chat.send(button="preview")
        assert reply["kind"] == "preview"
        _assert_not_shown(reply)
        _assert_not_shown(chat.send(text=planted(MESSAGES[5])))
        _assert_not_shown(chat.send(button=planted("field:{name}:{telephone}")))
        _assert_not_shown(chat.send_line('{"text": 7, "x": "' + CANARIES["name"] + '"}'))
        _assert_not_shown(chat.send_line(CANARIES["name"]))
        reply = chat.press("Confirm and record", chat.send(button="show"))
        assert reply["kind"] == "recorded", reply
        reply = chat.press("Add identifying details", reply)
        for detail in ("case reference", "name", "lower-case name"):  # typed, shown, and not confirmed
            reply = chat.send(text=CANARIES[detail])
        assert CANARIES["name"] in reply["text"], "the details must be shown before they are confirmed"
        assert not search(_roots(tmp_path), since)
        chat.send(button="discard")
        assert not search(_roots(tmp_path), since)
    finally:
        chat.kill()
    assert not search(_roots(tmp_path), since), "a detail was written when the process was killed"


def test_details_planted_in_the_training_are_in_no_file_nor_is_the_code(tmp_path: Path) -> None:
    since = time.time()
    chat = JsonChat(tmp_path, "--without-rasa")
    try:
        for value in ("learn:home", "learn:day", "learn:quiz:consent", "learn:case:consent:1", "learn:decide:code",
                      "learn:decide:pseudonym"):  # fmt: skip
            chat.send(button=value)
            for template in (MESSAGES[0], MESSAGES[5], MESSAGES[10]):
                _assert_not_shown(chat.send(text=planted(template)))
        _assert_not_shown(chat.send(text=CANARIES["name"]))  # as a made-up name, which it does not look like
        reply = chat.press("Keep my progress", chat.send(text="Quiet Heron"))
        code = next(row[1] for part in reply["parts"] if part["kind"] == "once" for row in part["rows"])
        chat.send(button="learn:decide:share")
        shown = chat.send(text=CANARIES["name"])  # a name for managers, shown and not confirmed
        assert CANARIES["name"] in shown["text"], "the name must be shown before it is confirmed"
        chat.send(button="learn:close")
        chat.send(button="learn:decide:code")
        opened = chat.send(text=f"my code is {code}")
        assert "Quiet Heron" in opened["text"] and code not in str(opened)
    finally:
        chat.kill()
    assert not search(_roots(tmp_path), since)
    for path in files_changed([tmp_path, ROOT / "nlu", ROOT / "var"], since):
        content = path.read_bytes()
        assert code.encode() not in content and code.replace(" ", "").encode() not in content, path


def test_what_is_told_to_an_adviser_is_in_no_file_nor_is_the_code(tmp_path: Path) -> None:
    since = time.time()
    chat = JsonChat(tmp_path, "--without-rasa")
    try:
        chat.send(button="menu")
        _let_an_adviser_join(tmp_path)
        for value in ("advice", "advice:subject:children", "advice:urgency:routine"):
            reply = chat.send(button=value)
        assert reply["id"] == "advice/text", reply
        for template in MESSAGES:  # each is a draft that is typed again
            _assert_not_shown(chat.send(text=planted(template)))
            _assert_not_shown(chat.send(button="advice:calm"))
            chat.send(button="advice:edit")
        chat.send(text=f"the form of {CANARIES['name']}, who {UNMASKED}")
        reply = chat.send(button="advice:calm")
        assert reply["kind"] == "preview" and UNMASKED in reply["text"]
        assert not search([tmp_path], since), "a draft was written"
        reply = chat.press("Send to an adviser", reply)
        code = next(row[1] for part in reply["parts"] if part["kind"] == "once" for row in part["rows"])
        thread = chat.send(text=f"/advice {code}")
        assert UNMASKED in thread["text"] and code not in str(thread)
        _assert_not_shown(thread)
        chat.send(button="advice:write")
        chat.send(text=f"again, she {UNMASKED}")
        assert not search([tmp_path], since), "a thread stands in plain text"
    finally:
        chat.kill()
    assert not search([tmp_path, ROOT / "nlu", ROOT / "var"], since)
    for path in files_changed([tmp_path], since):
        content = path.read_bytes()
        assert code.encode() not in content and code.replace(" ", "").encode() not in content, path


def _let_an_adviser_join(home: Path) -> None:
    accounts = opened(from_environment({"SHAREWELL_HOME": str(home / "var")}).accounts_url, Clock())
    try:
        adviser = joined(accounts, "Ash", Role.ADVISER)
        accounts.people.set_place(adviser, Place("", "", ("children",)))
    finally:
        accounts.close()


def test_the_web_chat_writes_no_detail_either(tmp_path: Path) -> None:
    since = time.time()
    output = tmp_path / "printed.txt"
    with output.open("wb") as printed:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli.main", "start", "--port", "0", "--without-rasa"],
            cwd=ROOT, env=environment(tmp_path), stdout=printed, stderr=printed,
        )  # fmt: skip
    try:
        visitor = WebVisitor(_address(output))
        visitor.open()
        for template in MESSAGES:
            shown = visitor.say(planted(template)).text.casefold()
            assert not [kind for kind, text in CANARIES.items() if text.casefold() in shown]
        visitor.close()
        assert not search(_roots(tmp_path), since)
    finally:
        process.terminate()
        process.wait(20)
    assert not search(_roots(tmp_path), since)


def _address(output: Path) -> str:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        if match := re.search(r"http://[0-9.]+:\d+", output.read_text()):
            return match.group()
        time.sleep(0.1)
    raise AssertionError(f"the web chat did not start: {output.read_text()}")


def test_the_search_finds_a_planted_detail(tmp_path: Path) -> None:
    """The canary test could not fail if the search were blind."""
    since = time.time()
    (tmp_path / "log.txt").write_text("said: " + CANARIES["name"])
    (tmp_path / "other.bin").write_bytes(b"\0" + CANARIES["school"].encode("utf-16-le"))
    found = search([tmp_path], since)
    assert any("log.txt" in place for place in found)
    assert any("other.bin" in place for place in found)


def test_confirmed_details_are_kept_encrypted(tmp_path: Path) -> None:
    since = time.time()
    chat = JsonChat(tmp_path, "--without-rasa")
    try:
        chat.send(button="check:share-decision")
        reply = chat.press("No", chat.send(button="show"))
        reply = chat.press("Record this decision", reply)
        reply = chat.press("Confirm and record", chat.send(button="preview"))
        reply = chat.press("Add identifying details", reply)
        for detail in ("case reference", "name", "lower-case name"):
            reply = chat.send(text=CANARIES[detail])
        reply = chat.press("Keep these details", reply)
        assert "are kept, encrypted" in reply["text"]
    finally:
        chat.kill()
    assert not search([tmp_path], since), "a confirmed detail stands in plain text"


def _assert_not_shown(reply: dict[str, object]) -> None:
    shown = str(reply).casefold()
    for kind, text in CANARIES.items():
        assert text.casefold() not in shown, f"the {kind} is shown"
