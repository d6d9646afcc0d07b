"""From knowledge to training data: the same input gives the same files, and unusable examples are refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml

from bot.nlu_build import TrainingDataError, write_training_data
from bot.nlu_build.examples import Alarming
from tests.support.assistants import knowledge as real_knowledge

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Question:
    """What the generator needs of a check's question."""

    asks: str


@dataclass(frozen=True)
class Unit:
    """What the generator needs of a topic or a check."""

    id: str
    examples: tuple[str, ...]
    short: str = ""
    purpose: str = ""
    questions: tuple[Question, ...] = ()


@dataclass(frozen=True)
class Units:
    """What the generator needs of the knowledge."""

    topics: dict[str, Unit] = field(default_factory=dict)
    checks: dict[str, Unit] = field(default_factory=dict)
    letters: dict[str, Unit] = field(default_factory=dict)
    replies: tuple[str, ...] = ()
    elsewhere: dict[str, Unit] = field(default_factory=dict)
    triggers: dict[str, Alarming] = field(default_factory=dict)
    calm: tuple[str, ...] = ()


def knowledge(*examples: str) -> Units:
    return Units(
        topics={"refusal": Unit("refusal", ("what if mum says no", *examples))},
        checks={"capacity": Unit("capacity", ("walk me through capacity", "does he have capacity: yes or no"))},
    )


def write(units: Units, folder: Path) -> str:
    return write_training_data(units, ROOT / "nlu", ROOT / "stories", folder)


def test_topics_and_checks_become_intents_directives_and_rules(tmp_path: Path) -> None:
    write(knowledge("she refuses"), tmp_path)
    domain = yaml.safe_load((tmp_path / "domain/knowledge.yml").read_text())
    rules = yaml.safe_load((tmp_path / "data/knowledge_rules.yml").read_text())["rules"]
    examples = yaml.safe_load((tmp_path / "data/knowledge.yml").read_text())["nlu"]
    assert domain["intents"] == ["topic_refusal", "check_capacity"]
    assert domain["responses"]["utter_answer_refusal"] == [{"custom": {"do": "answer", "topic": "refusal"}}]
    assert domain["responses"]["utter_start_check_capacity"] == [{"custom": {"do": "start_check", "check": "capacity"}}]
    assert [step for rule in rules for step in rule["steps"]] == [
        {"intent": "topic_refusal"},
        {"action": "utter_answer_refusal"},
        {"intent": "check_capacity"},
        {"action": "utter_start_check_capacity"},
    ]
    assert examples[0] == {"intent": "topic_refusal", "examples": "- what if mum says no\n- she refuses\n"}


def test_the_same_knowledge_gives_the_same_files_and_hash(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    assert write(knowledge("she refuses"), first) == write(knowledge("she refuses"), second)
    names = [sorted(path.relative_to(folder) for path in folder.rglob("*.yml")) for folder in (first, second)]
    assert names[0] == names[1]
    assert all((first / name).read_bytes() == (second / name).read_bytes() for name in names[0])


def test_another_example_gives_another_hash(tmp_path: Path) -> None:
    assert write(knowledge("she refuses"), tmp_path) != write(knowledge("he refuses"), tmp_path)


def test_what_no_longer_belongs_is_removed(tmp_path: Path) -> None:
    stray = tmp_path / "data/old.yml"
    stray.parent.mkdir()
    stray.write_text("nlu: []")
    write(knowledge("she refuses"), tmp_path)
    assert not stray.exists()


@pytest.mark.parametrize("example", ["/answer now", "who is [Sam](name)", "what {now}", "  "])
def test_an_example_that_rasa_cannot_read_is_refused(tmp_path: Path, example: str) -> None:
    with pytest.raises(TrainingDataError, match="topic refusal"):
        write(knowledge(example), tmp_path)


def test_an_example_under_two_intents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="stands under"):
        write(knowledge("Walk me through CAPACITY"), tmp_path)


def test_an_example_that_is_also_small_talk_is_refused(tmp_path: Path) -> None:
    with pytest.raises(TrainingDataError, match="stands under"):
        write(knowledge("start again"), tmp_path)


def test_line_breaks_and_spaces_are_folded(tmp_path: Path) -> None:
    write(knowledge("she  refuses\n again"), tmp_path)
    assert "- she refuses again\n" in (tmp_path / "data/knowledge.yml").read_text()


def _own_words(folder: Path) -> dict[str, list[str]]:
    entries = yaml.safe_load((folder / "data/own_words/knowledge.yml").read_text())["nlu"]
    return {entry["intent"]: [line.removeprefix("- ") for line in entry["examples"].splitlines()] for entry in entries}


def test_what_units_say_of_themselves_is_learnt_from_besides(tmp_path: Path) -> None:
    units = Units(
        topics={"refusal": Unit("refusal", ("she refuses", "he says no"), short="Listen to them.\n\nThen decide.")},
        checks={
            "capacity": Unit(
                "capacity", ("check it", "check him"), purpose="Tests one decision.",
                questions=(Question("Can they weigh it up?"),),
            )
        },
    )  # fmt: skip
    write(units, tmp_path)
    assert _own_words(tmp_path) == {
        "check_capacity": ["Tests one decision.", "Can they weigh it up?"],
        "topic_refusal": ["Listen to them.", "Then decide."],
    }


def test_what_several_units_say_or_rasa_cannot_read_is_not_learnt(tmp_path: Path) -> None:
    said = ("If anyone is in danger, act now.", "Ask [why] they ask.", "Yes.")
    topics = {
        name: Unit(name, (f"what is {name}", f"{name} please"), short=" ".join((*said, f"It is about {name}.")))
        for name in ("refusal", "capacity")
    }
    write(Units(topics=topics), tmp_path)
    assert _own_words(tmp_path) == {
        "topic_capacity": ["It is about capacity."], "topic_refusal": ["It is about refusal."]
    }  # fmt: skip


def test_an_answer_teaches_what_is_calm_unless_it_tells_of_harm(tmp_path: Path) -> None:
    def lines(*replies: str) -> int:
        write(Units(triggers=dict(real_knowledge().triggers), replies=replies), tmp_path)
        return len((tmp_path / "danger.jsonl").read_text().splitlines())

    assert lines("she told me face to face") == lines() + 1
    assert lines("her dad hit her last night") == lines()
