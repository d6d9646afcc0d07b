"""Invariant 1: before confirmation no byte of a recognised identifying detail is in any file that is written."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.product.canaries import CANARIES, MESSAGES, planted, search
from tests.product.process import ROOT, JsonChat, environment
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
