"""The measurement: what it counts, and that the gate stays as good as it was measured to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.privacy import Gate
from bot.privacy.measure import LEAST_CAUGHT_WHOLE, MOST_FALSE_ALARMS, Tuning, evaluate, newest_blind, tuning_of
from bot.privacy.model import PrivacyError

EVALUATION = Path(__file__).parents[1] / "evaluation" / "privacy"
BLIND = Path(__file__).parents[1] / "evaluation" / "privacy_blind"
UNSEEN = Path(__file__).parents[1] / "evaluation" / "privacy_unseen"
FEWEST_MESSAGES = 300
FEWEST_UNSEEN = 200
# What was measured, less the room that a small set needs. The aim is that of the other test.
LEAST_UNSEEN_CAUGHT = 0.94
MOST_BLIND_ALARMS = 0.02


def test_the_gate_holds_its_measured_level(gate: Gate) -> None:
    report = evaluate(gate, EVALUATION)
    assert report.identifying >= FEWEST_MESSAGES
    assert report.harmless >= FEWEST_MESSAGES
    assert report.whole_recall >= LEAST_CAUGHT_WHOLE, report.listing()
    assert report.false_alarm_rate <= MOST_FALSE_ALARMS, report.listing()


def test_the_gate_holds_its_level_on_unseen_text(gate: Gate) -> None:
    report = evaluate(gate, UNSEEN)
    assert report.identifying >= FEWEST_UNSEEN
    assert report.harmless >= FEWEST_UNSEEN
    assert report.whole_recall >= LEAST_UNSEEN_CAUGHT
    assert report.false_alarm_rate <= MOST_FALSE_ALARMS


def test_the_gate_holds_its_level_on_the_blind_set(gate: Gate) -> None:
    report = evaluate(gate, BLIND)
    assert report.identifying >= FEWEST_MESSAGES
    assert report.harmless >= FEWEST_MESSAGES
    assert report.whole_recall >= LEAST_CAUGHT_WHOLE, report.listing()
    assert report.false_alarm_rate <= MOST_BLIND_ALARMS, report.listing()


def test_counts_by_message_and_by_type(gate: Gate, tmp_path: Path) -> None:
    path = tmp_path / "set.yml"
    path.write_text(
        "- {text: told siobhan, spans: [{text: siobhan, type: name}]}\n"
        "- {text: the blue door, spans: [{text: blue, type: name}]}\n"
        "- {text: siobhan rang}\n"
        "- {text: what is consent}\n",
        encoding="utf-8",
    )
    report = evaluate(gate, path)
    assert (report.identifying, report.caught_whole, report.harmless, report.stopped) == (2, 1, 2, 1)
    assert (report.expected_by_type, report.caught_by_type) == ({"name": 2}, {"name": 1})
    assert [(fault.missed, fault.extra) for fault in report.faults] == [(("blue",), ()), ((), ("siobhan",))]
    assert "1 of 2 (50.0%; aim missed: at least 97%)" in report.listing()


def test_an_entry_that_expects_what_is_not_there_is_explained(gate: Gate, tmp_path: Path) -> None:
    path = tmp_path / "wrong.yml"
    path.write_text("- {text: told her, spans: [{text: siobhan, type: name}]}\n", encoding="utf-8")
    with pytest.raises(PrivacyError, match=r"wrong\.yml"):
        evaluate(gate, path)


@pytest.mark.parametrize(
    "content",
    [
        "urgent: [told siobhan]\n",
        "just a sentence\n",
        "- told siobhan\n",
        "- {message: told siobhan}\n",
        "- {text: told siobhan, spans: siobhan}\n",
        "- {text: told siobhan, spans: [siobhan]}\n",
        "- {text: told siobhan, spans: [{text: siobhan}]}\n",
        "- {text: told\n",
    ],
)
def test_a_file_that_is_no_list_of_messages_is_explained(gate: Gate, tmp_path: Path, content: str) -> None:
    (tmp_path / "messages.yml").write_text("- {text: what is consent}\n", encoding="utf-8")
    (tmp_path / "other.yml").write_text(content, encoding="utf-8")
    with pytest.raises(PrivacyError, match=r"^other\.yml ") as caught:
        evaluate(gate, tmp_path)
    assert "{text: ...}" in caught.value.remedy
    assert "siobhan" not in str(caught.value)


def test_an_empty_file_holds_no_messages(gate: Gate, tmp_path: Path) -> None:
    (tmp_path / "empty.yml").write_text("# nothing yet\n", encoding="utf-8")
    assert evaluate(gate, tmp_path).harmless == 0


@pytest.mark.parametrize(
    ("headers", "tuning"),
    [
        (["yes"], Tuning.YES),
        (["no", "no"], Tuning.NO),
        (["no", "yes"], Tuning.YES),
        (["no", None], Tuning.NOT_SAID),
        ([], Tuning.NOT_SAID),
    ],
)
def test_a_set_says_whether_it_was_tuned_on(headers: list[str | None], tuning: Tuning, tmp_path: Path) -> None:
    for number, said in enumerate(headers):
        header = f"# Used for tuning: {said}\n" if said else ""
        (tmp_path / f"{number}.yml").write_text(f"{header}- {{text: hello}}\n", encoding="utf-8")
    assert tuning_of(tmp_path) is tuning


@pytest.mark.parametrize("folder", sorted(EVALUATION.parent.glob("privacy*")), ids=lambda folder: folder.name)
def test_every_committed_set_says_so(folder: Path) -> None:
    assert tuning_of(folder) is not Tuning.NOT_SAID


def test_the_newest_blind_set_has_the_highest_number(tmp_path: Path) -> None:
    for name in ("privacy", "privacy_blind", "privacy_blind_2", "privacy_blind_10", "privacy_unseen"):
        (tmp_path / name).mkdir()
    assert newest_blind(tmp_path).name == "privacy_blind_10"


def test_a_missing_blind_set_is_explained(tmp_path: Path) -> None:
    with pytest.raises(PrivacyError, match="no blind set"):
        newest_blind(tmp_path)
