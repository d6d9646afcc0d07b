"""What the training wrote beside the model: read, compared with the present files, or refused."""

from __future__ import annotations

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge import TrainedError, changed_intents, example_digests, read_trained, unknown_units
from bot.nlu_build import write_training_data
from bot.settings import ROOT
from tests.knowledge.folders import Folder

PAIR = {"unit": "topic_a", "taken_for": "check_b", "count": 3, "example": "is it", "like": "it is"}


def written(path: Path, **changes: object) -> Path:
    data: dict[str, object] = {"units": {"topic_a": "00"}, "examples": 20, "wrong": 3, "pairs": [PAIR], **changes}
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_what_was_written_is_read(tmp_path: Path) -> None:
    trained = read_trained(written(tmp_path / "m.confusions.json"))
    assert (trained.examples, trained.wrong, trained.digests) == (20, 3, {"topic_a": "00"})
    assert (trained.confusions[0].unit, trained.confusions[0].taken_for) == ("topic_a", "check_b")


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"units": []}', '{"units": {}, "examples": "many"}'])
def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path, content: str) -> None:
    path = tmp_path / "m.confusions.json"
    path.write_text(content)
    with pytest.raises(TrainedError, match="setup"):
        read_trained(path)


def test_a_pair_of_another_shape_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainedError):
        read_trained(written(tmp_path / "m.confusions.json", pairs=[{"unit": "topic_a"}]))


def test_a_changed_a_new_and_a_missing_unit_are_told(folder: Folder) -> None:
    trained = example_digests(folder.load())
    assert changed_intents(trained, example_digests(folder.load())) == ()
    folder.change("topics/first-topic.yml", "  - what if mum says no\n", "  - what if mum says no way\n")
    (folder.root / "topics" / "second-topic.yml").rename(folder.root / "topics" / "other-topic.yml")
    folder.change("topics/other-topic.yml", "id: second-topic", "id: other-topic")
    folder.change("topics/first-topic.yml", "  - second-topic\n", "  - other-topic\n")
    folder.change("menu.yml", "topics: [second-topic, first-topic]", "topics: [other-topic, first-topic]")
    present = folder.load()
    assert changed_intents(trained, example_digests(present)) == (
        "topic_first-topic", "topic_other-topic", "topic_second-topic",
    )  # fmt: skip
    assert unknown_units(trained, present) == {"other-topic"}


def test_a_change_of_anything_but_examples_needs_no_training(folder: Folder) -> None:
    trained = example_digests(folder.load())
    folder.change("topics/first-topic.yml", "title: What if they refuse?", "title: What if they say no?")
    assert changed_intents(trained, example_digests(folder.load())) == ()


def test_small_talk_and_kinds_that_are_not_trained_are_passed_over(folder: Folder) -> None:
    present = example_digests(folder.load())
    trained = {name: digest for name, digest in present.items() if name.startswith(("topic_", "check_"))}
    assert changed_intents({**trained, "greet": "00"}, {**present, "letter_new-one": "00"}) == ()


def test_both_environments_make_the_same_digests(folder: Folder, tmp_path: Path) -> None:
    """The training digests the file that is generated for it; the application digests the knowledge."""
    python = ROOT / "nlu" / ".venv" / "bin" / "python"
    known = folder.load()
    (tmp_path / "nlu" / "data").mkdir(parents=True)
    (tmp_path / "nlu" / "domain.yml").write_text("version: '3.1'\n")
    (tmp_path / "rules.yml").write_text("version: '3.1'\n")
    build = tmp_path / "build"
    write_training_data(replace(known), tmp_path / "nlu", tmp_path, build)
    script = (
        "import json, sys; from pathlib import Path; from understanding.confusions import digests, examples_in;"
        "print(json.dumps(digests(examples_in(Path(sys.argv[1])))))"
    )
    done = subprocess.run(
        [str(python), "-c", script, str(build / "data")], cwd=ROOT / "nlu", capture_output=True, text=True, check=True
    )
    assert changed_intents(json.loads(done.stdout), example_digests(known)) == ()
    assert "topic_first-topic" in json.loads(done.stdout)
