"""A running process takes changed knowledge files as a whole, or refuses them and goes on with the earlier ones."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.diagnosis import State, examine
from bot.settings import from_environment
from tests.knowledge.folders import Folder
from tests.product.process import ROOT, JsonChat, environment

PATIENCE = 30.0
LONGER_THAN_A_LOOK = 5.0
TOPIC = "topics/first-topic.yml"
OLD = "You need not ask twice."


class Talk:
    """A conversation with a process whose knowledge a test changes."""

    def __init__(self, home: Path, knowledge: Path, *options: str) -> None:
        self.home = home
        self._logged_before = 0
        self.chat = JsonChat(
            home, "--without-rasa", "--chat", "one", *options,
            SHAREWELL_KNOWLEDGE=str(knowledge), SHAREWELL_NLU=str(home / "no-model"),
        )  # fmt: skip

    def answer(self, topic: str = "first-topic") -> str:
        return str(self.chat.send(button=f"topic:{topic}")["text"])

    def logged(self) -> str:
        """What was logged since `forget`."""
        return self.chat.errors.read_text(encoding="utf-8")[self._logged_before :]

    def forget(self) -> None:
        self._logged_before = len(self.chat.errors.read_text(encoding="utf-8"))

    def refusals(self) -> list[Path]:
        return list((self.home / "var" / "run").glob("knowledge-refused-*.json"))

    def until(self, holds: Callable[[], Any]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < deadline, f"it did not happen; logged: {self.logged()[-1500:]}"
            time.sleep(0.2)


def prepared(root: Path) -> Folder:
    made = Folder(root)
    text = made.text(TOPIC)
    made.root.joinpath(TOPIC).write_text(re.sub(r"(?m)^short: .*$", f"short: {OLD}", text), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Talk, Folder, Folder]]:
    """One process for most tests, the folder that it reads, and one that stays as it was. Starting takes longest."""
    home = tmp_path_factory.mktemp("shared")
    folder, untouched = prepared(home), prepared(home / "untouched")
    talk = Talk(home, folder.root)
    try:
        talk.answer()
        yield talk, folder, untouched
    finally:
        talk.chat.kill()


@pytest.fixture
def talk(shared: tuple[Talk, Folder, Folder]) -> Iterator[Talk]:
    talk, folder, untouched = shared
    talk.forget()
    yield talk
    restore(folder, untouched)
    talk.until(lambda: OLD in talk.answer() and "What is consent?" in talk.answer("second-topic"))
    talk.until(lambda: talk.refusals() == [])


@pytest.fixture
def folder(shared: tuple[Talk, Folder, Folder]) -> Folder:
    return shared[1]


def restore(folder: Folder, untouched: Folder) -> None:
    for path in sorted(folder.root.rglob("*"), reverse=True):
        if path.is_symlink() or (path.is_file() and not (untouched.root / path.relative_to(folder.root)).exists()):
            path.unlink()
        elif path.is_dir() and not (untouched.root / path.relative_to(folder.root)).is_dir():
            path.rmdir()
    for path in sorted(untouched.root.rglob("*.yml")):
        copy = folder.root / path.relative_to(untouched.root)
        if not copy.exists() or copy.read_bytes() != path.read_bytes():
            copy.write_bytes(path.read_bytes())


def test_a_changed_file_is_taken_without_a_restart(talk: Talk, folder: Folder) -> None:
    assert OLD in talk.answer()
    folder.change(TOPIC, OLD, "You ask once a year.")
    talk.until(lambda: "You ask once a year." in talk.answer())
    assert talk.refusals() == []


def test_a_broken_file_is_refused_with_its_line_and_the_earlier_goes_on(talk: Talk, folder: Folder) -> None:
    line = folder.line_of(TOPIC, "kind: ")
    folder.change(TOPIC, "kind: faq", "kind: story")
    folder.change("topics/second-topic.yml", "title: What is consent?", "title: What consent is")
    talk.until(talk.refusals)
    assert OLD in talk.answer()
    assert "What is consent?" in talk.answer("second-topic"), "half of a refused folder was taken"
    assert f"Knowledge refused: {TOPIC}: {line}: kind: Input should be" in talk.logged()
    found = [f for f in examine(from_environment(_installation(talk, folder))) if "Knowledge refused" in f.says]
    assert [finding.state for finding in found] == [State.MEND]
    assert f"{TOPIC}: {line}" in found[0].says
    folder.change(TOPIC, "kind: story", "kind: faq")
    talk.until(lambda: "What consent is" in talk.answer("second-topic"))
    assert talk.refusals() == []


def test_what_was_typed_is_never_logged(talk: Talk, folder: Folder) -> None:
    talk.chat.send(text="zebra crossing in the kitchen")
    folder.change(TOPIC, "kind: faq", "kind: story")
    talk.until(talk.refusals)
    talk.chat.send(text="another zebra")
    assert "zebra" not in talk.logged()


def test_a_new_topic_is_found_by_button_and_search_at_once(talk: Talk, folder: Folder) -> None:
    text = folder.text(TOPIC).replace("id: first-topic", "id: third-topic").replace(OLD, "Giraffes are tall.")
    text = text[: text.index("examples:")] + _examples("giraffe")
    (folder.root / "topics" / "third-topic.yml").write_text(text, encoding="utf-8")
    folder.change("menu.yml", "topics: [first-topic]", "topics: [first-topic, third-topic]")
    talk.until(lambda: "Giraffes are tall." in talk.answer("third-topic"))
    found = talk.chat.send(text="giraffe")
    assert "topic:third-topic" in [button["value"] for button in found["buttons"]]
    assert "The model is older than the knowledge: 1 units" in talk.logged()


def test_a_deleted_file_that_others_name_is_refused_and_the_topic_stays(talk: Talk, folder: Folder) -> None:
    (folder.root / "topics" / "second-topic.yml").unlink()
    talk.until(talk.refusals)
    assert "no topic or check 'second-topic'" in talk.logged()
    assert "What is consent?" in talk.answer("second-topic")


def test_a_deleted_file_that_nobody_names_is_gone(talk: Talk, folder: Folder) -> None:
    folder.change(TOPIC, "  - second-topic\n", "  - small-check\n")
    folder.change("menu.yml", "topics: [second-topic, first-topic]", "topics: [first-topic]")
    (folder.root / "topics" / "second-topic.yml").unlink()
    talk.until(lambda: "I do not know that button" in talk.answer("second-topic"))


def test_a_renamed_file_is_refused(talk: Talk, folder: Folder) -> None:
    (folder.root / TOPIC).rename(folder.root / "topics" / "renamed.yml")
    talk.until(talk.refusals)
    assert "topics/renamed.yml: 1: the id is 'first-topic' but the file is named 'renamed'" in talk.logged()
    assert OLD in talk.answer()


def test_a_file_written_in_two_goes_is_taken_when_it_is_whole(talk: Talk, folder: Folder) -> None:
    text = folder.text(TOPIC).replace(OLD, "Written in two goes.")
    with (folder.root / TOPIC).open("w", encoding="utf-8") as file:
        file.write(text[: len(text) // 2])
        file.flush()
        time.sleep(0.2)
        file.write(text[len(text) // 2 :])
    talk.until(lambda: "Written in two goes." in talk.answer())
    assert "refused" not in talk.logged()


def test_a_file_that_stays_half_written_is_refused(talk: Talk, folder: Folder) -> None:
    text = folder.text(TOPIC)
    (folder.root / TOPIC).write_text(text[: len(text) // 2], encoding="utf-8")
    talk.until(talk.refusals)
    assert OLD in talk.answer()


@pytest.mark.parametrize("harm", ["link", "folder"])
def test_a_file_that_cannot_be_read_is_refused(talk: Talk, folder: Folder, harm: str) -> None:
    path = folder.root / TOPIC
    path.unlink()
    if harm == "link":
        path.symlink_to("/nowhere/at-all.yml")
    else:
        path.mkdir()
    talk.until(talk.refusals)
    assert f"{TOPIC}: 0: cannot be read" in talk.logged()
    assert OLD in talk.answer()


def test_what_editors_leave_beside_the_files_is_passed_over(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    talk = Talk(tmp_path, folder.root)
    assert OLD in talk.answer()
    topics = folder.root / "topics"
    for name in (".first-topic.yml.swp", "first-topic.yml~", "#first-topic.yml#", "4913", ".hidden.yml"):
        (topics / name).write_text("no YAML: [", encoding="utf-8")
    (topics / ".#first-topic.yml").symlink_to("someone@somewhere.1234")
    time.sleep(LONGER_THAN_A_LOOK)
    try:
        assert OLD in talk.answer()
        assert "nowledge" not in talk.logged()
    finally:
        talk.chat.kill()


def test_a_folder_that_is_away_for_a_while_is_taken_when_it_is_back(talk: Talk, folder: Folder) -> None:
    folder.root.rename(folder.root.with_name("away"))
    talk.until(talk.refusals)
    assert "there is no such folder" in talk.logged()
    assert OLD in talk.answer()
    folder.root.with_name("away").rename(folder.root)
    folder.change(TOPIC, OLD, "Back again.")
    talk.until(lambda: "Back again." in talk.answer())


def test_a_link_that_is_swapped_as_containers_do(tmp_path: Path) -> None:
    """The mounted folder holds links to ..data, which is a link to a dated folder: only that one is swapped."""
    first = Folder(tmp_path / "first")
    mounted = tmp_path / "mounted"
    mounted.mkdir()
    first.root.rename(mounted / "..2026_11_20")
    (mounted / "..data").symlink_to("..2026_11_20")
    for entry in (mounted / "..2026_11_20").iterdir():
        (mounted / entry.name).symlink_to(Path("..data") / entry.name)
    talk = Talk(tmp_path, mounted)
    try:
        before = talk.answer()
        second = Folder(tmp_path / "second")
        text = second.text(TOPIC)
        (second.root / TOPIC).write_text(re.sub(r"(?m)^short: .*$", "short: Swapped.", text), encoding="utf-8")
        second.root.rename(mounted / "..2026_11_21")
        (mounted / "..new").symlink_to("..2026_11_21")
        os.replace(mounted / "..new", mounted / "..data")
        talk.until(lambda: "Swapped." in talk.answer())
        assert "Swapped." not in before
        assert "refused" not in talk.logged()
    finally:
        talk.chat.kill()


def test_a_folder_that_is_itself_a_link(tmp_path: Path) -> None:
    first, second = Folder(tmp_path / "first"), Folder(tmp_path / "second")
    text = second.text(TOPIC)
    (second.root / TOPIC).write_text(re.sub(r"(?m)^short: .*$", "short: Swapped.", text), encoding="utf-8")
    link = tmp_path / "current"
    link.symlink_to(first.root)
    talk = Talk(tmp_path, link)
    try:
        assert "Swapped." not in talk.answer()
        (tmp_path / "next").symlink_to(second.root)
        os.replace(tmp_path / "next", link)
        talk.until(lambda: "Swapped." in talk.answer())
    finally:
        talk.chat.kill()


def test_the_service_takes_files_and_tells_supervision_what_it_refuses(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    errors = tmp_path / "service.txt"
    with errors.open("wb") as sink:
        service = subprocess.Popen(
            [sys.executable, "-m", "bot.cli.main", "start", "--without-rasa", "--port", "0"], cwd=ROOT,
            env=environment(
                tmp_path, SHAREWELL_KNOWLEDGE=str(folder.root), SHAREWELL_NLU=str(tmp_path / "no-model")
            ),
            stdout=subprocess.PIPE, stderr=sink,
        )  # fmt: skip
    try:
        assert service.stdout is not None
        line = service.stdout.readline().decode()
        address = re.search(r"http://\S+", line)
        assert address, line

        def health() -> str:
            return httpx.get(f"{address.group()}/healthz", trust_env=False).text

        assert health() == "ok\n"
        folder.change(TOPIC, "kind: faq", "kind: story")
        _until(lambda: f"knowledge refused: {TOPIC}: " in health())
        assert str(folder.root) not in health()
        folder.change(TOPIC, "kind: story", "kind: myth")
        _until(lambda: health() == "ok\n")
        assert "The changed knowledge is in use" in errors.read_text()
    finally:
        service.terminate()
        assert service.wait(30) == 0
        assert service.stdout is not None
        service.stdout.close()
    assert list((tmp_path / "var" / "run").glob("knowledge-refused-*.json")) == []


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.2)


def _examples(word: str) -> str:
    return "examples:\n" + "".join(f"  - {word} question {number}\n" for number in range(12))


def _installation(talk: Talk, folder: Folder) -> dict[str, str]:
    return {"SHAREWELL_HOME": str(talk.home / "var"), "SHAREWELL_KNOWLEDGE": str(folder.root), "SHAREWELL_PORT": "0"}


def test_the_note_of_a_process_that_has_ended_is_passed_over(tmp_path: Path) -> None:
    folder = prepared(tmp_path)
    run = tmp_path / "var" / "run"
    run.mkdir(parents=True)
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    note = {"pid": ended.pid, "refused": ["topics/x.yml: 1: broken"]}
    (run / f"knowledge-refused-{ended.pid}.json").write_text(json.dumps(note))
    settings = from_environment({"SHAREWELL_HOME": str(tmp_path / "var"), "SHAREWELL_KNOWLEDGE": str(folder.root)})
    assert not [finding for finding in examine(settings) if "Knowledge refused" in finding.says]
