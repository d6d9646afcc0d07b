"""Example questions of two units that are nearly the same."""

from __future__ import annotations

import pytest

from bot.knowledge import near_twins
from tests.knowledge.folders import Folder

TOPIC = "topics/second-topic.yml"
MINE = "what if mum says no"


def twins(folder: Folder, example: str) -> list[str]:
    folder.change(TOPIC, "examples:\n", f"examples:\n  - {example}\n")
    return [twin.how for twin in near_twins(folder.load()) if example in (twin.first_example, twin.second_example)]


@pytest.mark.parametrize(
    ("example", "how"),
    [
        ("if mum says no what", ["order"]),
        ("parents will not agree", ["spelling"]),
        ("parent will not agreee", ["spelling"]),
        ("refused consnet", ["spelling"]),
        ("consent refsued", ["spelling"]),
        ("consnet refsued", []),
        ("what if dad says no", []),
        ("what if mum says now", []),  # a short word of another letter is another word
        ("what if she says no", []),
    ],
)
def test_what_is_nearly_the_same(folder: Folder, example: str, how: list[str]) -> None:
    assert twins(folder, example) == how


def test_two_examples_of_one_unit_are_its_own_affair(folder: Folder) -> None:
    folder.change("topics/first-topic.yml", f"  - {MINE}\n", f"  - {MINE}\n  - if mum says no what\n")
    assert list(near_twins(folder.load())) == []


def test_examples_that_fold_to_the_same_are_faults_and_no_twins(folder: Folder) -> None:
    folder.change(TOPIC, "examples:\n", "examples:\n  - What if MUM says no?!\n")
    (said,) = folder.faults()
    assert said.reason == 'the example stands under \'first-topic\' too: "What if MUM says no?!"'
