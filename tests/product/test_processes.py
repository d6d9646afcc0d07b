"""The processes: Rasa killed in mid-talk comes back, nobody outlives a killed parent, a kill loses no record."""

from __future__ import annotations

import time
from pathlib import Path

import psutil

from tests.product.process import JsonChat

_PATIENCE = 60.0


def test_rasa_killed_in_the_middle_comes_back_and_nothing_is_lost(tmp_path: Path) -> None:
    chat = JsonChat(tmp_path)
    try:
        first = chat.send(button="check:share-decision")
        second = chat.send(text="yes")
        assert second["id"] == "share-decision/identifiable"
        _rasa_of(chat).kill()
        told = chat.send(text="what if the person refuses consent")
        assert "cannot understand free text" in told["text"]
        assert chat.send(text="her dad has just hit her")["kind"] == "urgent"
        pressed = chat.press("No", chat.send(button="show"))
        assert pressed["id"] not in (first["id"], second["id"])
        assert _until_understood(chat), "Rasa was not started again"
        assert chat.send(button="show")["id"] == pressed["id"]
    finally:
        chat.kill()


def test_a_killed_parent_leaves_no_rasa_behind(tmp_path: Path) -> None:
    chat = JsonChat(tmp_path)
    chat.send(text="hello")
    rasa = _rasa_of(chat)
    chat.kill()
    gone, alive = psutil.wait_procs([rasa], timeout=15)
    assert gone
    assert not alive


def test_a_kill_after_the_confirmation_keeps_the_record_once(tmp_path: Path) -> None:
    chat = JsonChat(tmp_path, "--without-rasa", "--chat", "kept")
    reply = chat.press("No", chat.send(button="check:share-decision"))
    chat.send(button="record")
    preview = chat.send(button="preview")
    confirm = next(button["value"] for button in preview["buttons"] if button["value"].startswith("confirm:"))
    recorded = chat.send(button=confirm)
    assert recorded["kind"] == "recorded"
    chat.kill()
    again = JsonChat(tmp_path, "--without-rasa", "--chat", "kept")
    try:
        repeated = again.send(button=confirm)
        assert repeated["id"] == recorded["id"], "a retry after the kill recorded twice"
    finally:
        again.kill()
    assert reply["kind"] == "outcome"


def test_a_kill_at_the_preview_resumes_at_the_preview(tmp_path: Path) -> None:
    chat = JsonChat(tmp_path, "--without-rasa", "--chat", "kept")
    chat.press("No", chat.send(button="check:share-decision"))
    chat.send(button="record")
    chat.send(button="preview")
    chat.kill()
    again = JsonChat(tmp_path, "--without-rasa", "--chat", "kept")
    try:
        assert again.send(button="show")["kind"] == "preview"
    finally:
        again.kill()


def _rasa_of(chat: JsonChat) -> psutil.Process:
    children = psutil.Process(chat.process.pid).children(recursive=True)
    found = [child for child in children if "understanding.serve" in child.cmdline()]
    assert len(found) == 1
    return found[0]


def _until_understood(chat: JsonChat) -> bool:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if "cannot understand" not in chat.send(text="do i always need consent")["text"]:
            return True
        time.sleep(1)
    return False
