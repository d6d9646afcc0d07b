"""What the loader says of the knowledge folder as a whole, and that it says all of it at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, load
from tests.knowledge.folders import Folder, Said


@pytest.mark.parametrize(
    "name", ["topics/notes.yaml", "topics/more/odd.yml", "odd.yml", "checks/ODD.YML", "other/odd.yml"]
)
def test_file_that_nothing_reads(folder: Folder, name: str) -> None:
    path = folder.root / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("id: odd\n", encoding="utf-8")
    assert folder.faults() == [
        Said(name, 0, "is not read by anything; check the folder and that it ends in .yml"),
    ]


@pytest.mark.parametrize("name", ["sources.yml", "law.yml", "records.yml", "glossary.yml", "menu.yml", "calm.yml"])
def test_list_file_that_is_missing(folder: Folder, name: str) -> None:
    (folder.root / name).unlink()
    assert folder.faults() == [Said(name, 0, "is missing")]


@pytest.mark.parametrize("name", ["topics", "checks", "urgent", "areas"])
def test_folder_without_files(folder: Folder, name: str) -> None:
    for path in (folder.root / name).iterdir():
        path.unlink()
    assert folder.faults() == [Said(name, 0, "holds no .yml file")]


@pytest.mark.parametrize(
    "content", ["- id: act-one\n", "laws: []\n", "law: none\n", "law: []\nmore: []\n", "law:\n  id: act-one\n", "law\n"]
)
def test_list_file_of_another_shape(folder: Folder, content: str) -> None:
    (folder.root / "law.yml").write_text(content, encoding="utf-8")
    assert folder.faults() == [Said("law.yml", 1, "must hold one list named 'law'")]


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        ("calm: []\n", 1, "calm: Tuple should have at least 1 item"),
        ("calm: none\n", 1, "calm: Input should be a valid tuple"),
        ("calm:\n  - one\n  - two\n  -\n", 4, "calm.2: String should have at least 1 character"),
        ("calm:\n  - one\nmore: []\n", 3, "more: is not a field of this kind of file"),
        ("- one\n", 1, "the whole: Input should be a valid dictionary"),
        ("", 1, "the file is empty"),
    ],
)
def test_calm_messages_of_another_shape(folder: Folder, content: str, line: int, reason: str) -> None:
    (folder.root / "calm.yml").write_text(content, encoding="utf-8")
    (said,) = folder.faults()
    assert (said.path, said.line) == ("calm.yml", line)
    assert reason in said.reason


def test_list_file_that_is_not_yaml(folder: Folder) -> None:
    (folder.root / "law.yml").write_text("law:\n  - {id: act-one\n", encoding="utf-8")
    (said,) = folder.faults()
    assert said.path == "law.yml"
    assert said.reason.startswith("is not valid YAML")


def test_item_of_a_list_file_that_stands_twice(folder: Folder) -> None:
    folder.change("sources.yml", "id: guide-two", "id: guide-one")
    assert folder.faults() == [Said("sources.yml", 11, "'guide-one' stands twice")]


def test_term_that_stands_twice(folder: Folder) -> None:
    folder.change("glossary.yml", "term: Capacity", "term: Consent")
    assert folder.faults() == [Said("glossary.yml", 6, "'Consent' stands twice")]


def test_item_of_a_list_file_that_is_no_item(folder: Folder) -> None:
    folder.change("glossary.yml", "  - term: Capacity\n", "  - Capacity\n  - term: Capacity\n")
    (said,) = folder.faults()
    assert (said.path, said.line) == ("glossary.yml", 6)
    assert "valid dictionary" in said.reason


def test_advice_check_that_is_missing(folder: Folder) -> None:
    (folder.root / "checks" / "seek-advice-anonymously.yml").unlink()
    said = folder.faults()
    assert said[0].path == "checks/seek-advice-anonymously.yml"
    assert said[0].reason == "is missing: every check ends in advice when an answer is not sure"
    assert {fault.path for fault in said[1:]} == {"checks/small-check.yml", "menu.yml"}


def test_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path / "nowhere")
    first = caught.value.faults[0]
    assert first.path == tmp_path / "nowhere"
    assert "there is no such folder" in first.reason


def test_faults_of_several_files_are_reported_at_once(folder: Folder) -> None:
    folder.change("topics/first-topic.yml", "kind: faq", "kind: story")
    folder.change("topics/second-topic.yml", "title: What is consent?", "title: [")
    folder.change("checks/small-check.yml", "purpose: Shows each part of a check.", "purpose: Please look.")
    folder.change("urgent/small-trigger.yml", "audience: both\n", "")
    folder.change("areas/west.yml", "id: west", "id: east")
    folder.change("sources.yml", "status: current", "status: fresh")
    folder.change("glossary.yml", "meaning: Being able to decide.", "sense: Being able to decide.")
    (folder.root / "law.yml").unlink()
    (folder.root / "odd.yml").write_text("a: b\n", encoding="utf-8")
    assert [(said.path, said.line) for said in folder.faults()] == [
        ("areas/west.yml", 1),
        ("checks/small-check.yml", 3),
        ("glossary.yml", 6),  # meaning is missing
        ("glossary.yml", 8),  # sense is unknown
        ("law.yml", 0),
        ("odd.yml", 0),
        ("sources.yml", 19),
        ("topics/first-topic.yml", 2),
        ("topics/second-topic.yml", 5),  # where the list that was begun on line 3 should have ended
        ("urgent/small-trigger.yml", 1),
    ]


def test_faults_between_several_files_are_reported_at_once(folder: Folder) -> None:
    folder.change("topics/first-topic.yml", "- second-topic", "- tenth-topic")
    folder.change("topics/second-topic.yml", "source: guide-two", "source: guide-ten")
    folder.change("checks/small-check.yml", "      - reasons", "      - colour")
    folder.change("urgent/small-trigger.yml", "- line-manager", "- mayor")
    folder.change("sources.yml", "area: west", "area: east")
    assert [said.path for said in folder.faults()] == [
        "checks/small-check.yml", "sources.yml", "topics/first-topic.yml", "topics/second-topic.yml",
        "urgent/small-trigger.yml",
    ]  # fmt: skip


def test_error_reads_as_path_line_reason_and_says_what_to_do(folder: Folder) -> None:
    folder.change("topics/first-topic.yml", "- act-one", "- act-ten")
    with pytest.raises(KnowledgeError) as caught:
        load(folder.root)
    path = folder.root / "topics" / "first-topic.yml"
    assert caught.value.message == f"1 fault in the knowledge files:\n{path}: 18: no law 'act-ten' in law.yml\n"
    assert caught.value.remedy == "Mend each line named above, then run `sharewell knowledge check` again."


def test_error_counts_its_faults(folder: Folder) -> None:
    (folder.root / "law.yml").unlink()
    (folder.root / "glossary.yml").unlink()
    with pytest.raises(KnowledgeError, match="2 faults in the knowledge files"):
        load(folder.root)
