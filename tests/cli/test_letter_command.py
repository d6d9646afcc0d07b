"""`sharewell letter`: the list, a draft as text, a file that is never written over, and errors in two sentences."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import main
from bot.conversation.messages import File
from tests.support.assistants import knowledge
from tests.support.documents import text_of


def test_the_list_names_every_letter(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["letter"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [f"{letter.id}: {letter.title}" for letter in knowledge().letters.values()]


def test_without_a_file_the_text_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["letter", "escalation-letter-3", "--area", "county-durham"]) == 0
    text = capsys.readouterr().out
    assert text.startswith("Collaborative working and information sharing escalation policy\n")
    assert "Direct telephone: [fill in by hand]" in text
    assert "Every partner organisation in County Durham must comply" in text


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_a_walk_is_filled_in(ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"record.{ending}"
    walk = ["--check", "share-decision", "--answers", "purpose=no"]
    assert main(["letter", "record-of-decision", *walk, "--output", str(path)]) == 0
    assert "Drafted record-of-decision" in capsys.readouterr().out
    text = text_of(path.name, path.read_bytes())
    assert "Not shared" in text
    assert "Do not share this now" in text


def test_a_file_that_is_there_is_left(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "record.docx"
    path.write_bytes(b"edited by hand")
    assert main(["letter", "record-of-decision", "--output", str(path)]) == 1
    assert "is there already, and is left as it is" in capsys.readouterr().err
    assert path.read_bytes() == b"edited by hand"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-letter"], "There is no letter 'no-such-letter'."),
        (["consent-record", "--area", "nowhere"], "There is no area 'nowhere'."),
        (["consent-record", "--answers", "purpose=no"], "Answers belong to a check."),
        (["consent-record", "--check", "nothing"], "There is no check 'nothing'."),
        (["consent-record", "--check", "share-decision", "--answers", "purpose=perhaps"], "is not an answer"),
        (["consent-record", "--output", "letter.odt"], "is neither DOCX nor PDF"),
        (["consent-record", "--output", "nowhere/at/all/letter.pdf"], "cannot be written"),
    ],
)
def test_an_error_is_two_sentences(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["letter", *arguments]) == 1
    error = capsys.readouterr().err
    assert said in error
    assert len(error.strip().splitlines()) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_says_nothing_of_what_is_in_it() -> None:
    assert "secret" not in repr(File("name.docx", "application/octet-stream", b"secret"))
