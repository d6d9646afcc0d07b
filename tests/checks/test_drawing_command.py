"""`sharewell knowledge draw`: one check on the screen or into a file, or every check into a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks import draw, parse_answers
from bot.cli.knowing import PICTURE_WIDTH
from bot.cli.main import main
from bot.knowledge import Knowledge
from tests.checks.drawings import CHECK_IDS, size_of, titles

CHECK = "tell-the-person"


def test_a_check_is_printed(knowledge: Knowledge, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["knowledge", "draw", CHECK]) == 0
    assert capsys.readouterr().out == draw(knowledge.checks[CHECK], titles(knowledge.checks))


def test_the_answers_given_are_highlighted(knowledge: Knowledge, tmp_path: Path) -> None:
    question = knowledge.checks[CHECK].questions[0].id
    given = f"{question}=no"
    path = tmp_path / "new" / "drawing.svg"
    assert main(["knowledge", "draw", CHECK, "--answers", given, "--output", str(path)]) == 0
    walked = parse_answers(knowledge.checks, CHECK, given)
    assert path.read_text(encoding="utf-8") == draw(knowledge.checks[CHECK], titles(knowledge.checks), walked)
    assert "You came this way: 1." in path.read_text(encoding="utf-8")


def test_a_picture_is_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "drawing.png"
    assert main(["knowledge", "draw", CHECK, "--output", str(path)]) == 0
    assert size_of(path.read_bytes())[0] == PICTURE_WIDTH
    assert capsys.readouterr().out == f"Drew {CHECK} into {path}.\n"


def test_every_check_is_drawn_into_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bot.cli.knowing.PICTURE_WIDTH", 180)  # the pictures are looked at elsewhere: small is fast
    assert main(["knowledge", "draw", "--output", str(tmp_path / "all")]) == 0
    written = sorted(path.name for path in (tmp_path / "all").iterdir())
    assert written == sorted(f"{name}{ending}" for name in CHECK_IDS for ending in (".svg", ".png"))
    assert f"Drew {len(CHECK_IDS)} checks" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["no-such-check"], "There is no check 'no-such-check'."),
        ([CHECK, "--answers", "nothing=yes"], "'nothing' is not asked here."),
        ([CHECK, "--output", "drawing.gif"], "'drawing.gif' is neither SVG nor PNG."),
        ([], "Every check is drawn into a folder, without answers."),
        (["--answers", "a=b", "--output", "folder"], "Every check is drawn into a folder, without answers."),
    ],
)
def test_what_cannot_be_drawn_is_explained(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["knowledge", "draw", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_explained(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    path = tmp_path / "file" / "drawing.svg"
    assert main(["knowledge", "draw", CHECK, "--output", str(path)]) == 1
    assert f"{path} cannot be written" in capsys.readouterr().err
