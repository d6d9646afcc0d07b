"""What a folder becomes when it has no fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.knowledge import load
from tests.knowledge.folders import Folder

ROOT = Path(__file__).parents[2]


def test_units_are_found_by_their_ids(folder: Folder) -> None:
    knowledge = folder.load()
    assert list(knowledge.topics) == ["first-topic", "second-topic"]
    assert list(knowledge.checks) == ["seek-advice-anonymously", "small-check"]
    assert list(knowledge.triggers) == ["small-trigger"]
    assert list(knowledge.areas) == ["national", "west"]
    assert list(knowledge.sources) == ["guide-one", "guide-two"]
    assert list(knowledge.law) == ["act-one", "act-two"]
    assert list(knowledge.fields) == ["decision", "reasons"]
    assert [term.term for term in knowledge.terms] == ["Consent", "Capacity"]
    assert knowledge.calm == ("this form is killing me", "he smashed his exam")


def test_plain_words_stay_text(folder: Folder) -> None:
    folder.change("topics/second-topic.yml", "- is a nod consent", "- yes")
    folder.change("topics/second-topic.yml", "- is silence consent", "- 2016")
    folder.change("topics/second-topic.yml", "- consent definition", "- off")
    knowledge = folder.load()
    assert {"yes", "2016", "off"} <= set(knowledge.topics["second-topic"].examples)
    question = knowledge.checks["small-check"].question("asked")
    assert question is not None
    assert [option.id for option in question.options] == ["yes", "no", "not-sure"]
    assert [option.text for option in question.options] == ["Yes", "No", "Not sure"]


def test_values_have_the_types_of_the_schema(folder: Folder) -> None:
    knowledge = folder.load()
    outcome = knowledge.checks["small-check"].outcome("go-on")
    assert outcome is not None
    assert outcome.approval is True
    assert outcome.urgency_basis is None
    assert knowledge.sources["guide-one"].review.due == date(2020, 3, 31)
    assert knowledge.areas["west"].settings.withhold_after_review_days == 365
    assert knowledge.areas["national"].settings.withhold_after_review_days is None


def test_none_means_missing(folder: Folder) -> None:
    knowledge = folder.load()
    manager = knowledge.areas["national"].contact("line-manager")
    assert manager is not None
    assert manager.number is None
    assert knowledge.areas["national"].contact("mayor") is None
    assert knowledge.terms[1].abbreviation is None


def test_long_text_keeps_its_paragraphs_and_list(folder: Folder) -> None:
    long = folder.load().topics["first-topic"].long
    assert long == (
        "Hear the reason first. You may still share where harm is feared.\n\n"
        "- Ask what worries them.\n- Say what may follow."
    )


def test_version_names_the_content(folder: Folder, tmp_path: Path) -> None:
    before = folder.load().version
    again = Folder(tmp_path / "again").load().version
    folder.change("topics/second-topic.yml", "It can be taken back.", "It can be withdrawn.")
    after = folder.load().version
    assert before == again
    assert after != before
    assert len(after) == 64


def test_version_changes_with_the_name_of_a_file(folder: Folder) -> None:
    before = folder.load().version
    (folder.root / "areas" / "west.yml").rename(folder.root / "areas" / "far-west.yml")
    folder.change("areas/far-west.yml", "id: west", "id: far-west")
    folder.change("sources.yml", "area: west", "area: far-west")
    assert folder.load().version != before


def test_the_knowledge_of_the_assistant_has_no_fault() -> None:
    knowledge = load(ROOT / "knowledge")
    assert len(knowledge.checks) >= 16
    assert "seek-advice-anonymously" in knowledge.checks
    assert len(knowledge.version) == 64
