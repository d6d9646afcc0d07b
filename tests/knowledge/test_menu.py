"""The menu by situation: what the loader says of it, and that everything stands in it."""

from __future__ import annotations

import pytest

from tests.knowledge.folders import Folder, Said
from tests.support.assistants import knowledge

NEEDED = {"child", "adult", "asked-to-share", "want-to-share", "refused", "urgent", "recording"}


def test_a_situation_is_read(folder: Folder) -> None:
    refused = folder.load().situations["refused"]
    assert (refused.title, refused.about) == ("They said no", "Somebody refuses.")
    assert (refused.urgent, refused.checks, refused.topics) == (("small-trigger",), ("small-check",), ("first-topic",))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("urgent: [small-trigger]", "urgent: [small-trigger, big-trigger]", "no urgent trigger 'big-trigger'"),
        ("checks: [small-check]", "checks: [small-check, big-check]", "no check 'big-check'"),
        ("topics: [first-topic]", "topics: [first-topic, tenth-topic]", "no topic 'tenth-topic'"),
        ("checks: [small-check]", "checks: [small-check, small-check]", "'small-check' stands twice in this list"),
        # A topic is no check: each stands in the list of its kind.
        ("checks: [small-check]", "checks: [small-check, first-topic]", "no check 'first-topic'"),
    ],
)
def test_what_the_menu_names_must_be_there(folder: Folder, old: str, new: str, reason: str) -> None:
    folder.change("menu.yml", old, new)
    assert folder.faults() == [Said("menu.yml", folder.line_of("menu.yml", new), reason)]


@pytest.mark.parametrize(
    ("old", "new", "path", "reason"),
    [
        ("    urgent: [small-trigger]\n", "", "urgent/small-trigger.yml", "add 'small-trigger' to the urgent of one"),
        ("    checks: [small-check]\n", "", "checks/small-check.yml", "add 'small-check' to the checks of one"),
        ("[second-topic, first-topic]", "[first-topic]", "topics/second-topic.yml", "add 'second-topic' to the topics"),
    ],
)
def test_a_unit_that_stands_nowhere_is_named(folder: Folder, old: str, new: str, path: str, reason: str) -> None:
    folder.change("menu.yml", old, new)
    (said,) = folder.faults()
    assert (said.path, said.line) == (path, folder.line_of(path, "id: " + path.split("/")[1].removesuffix(".yml")))
    assert said.reason.startswith("stands in no situation of menu.yml") and reason in said.reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("title: They said no", "title: " + "No " * 30, "situations.0.title: String should have at most 60 characters"),
        ("about: Somebody refuses.", "about: Please look.", "situations.0.about: leave out"),
        ("id: refused", "id: Refused", "situations.0.id: String should match pattern"),
        ("topics: [first-topic]", "topics: []", "situations.0.topics: Tuple should have at least 1 item"),
    ],
)
def test_a_situation_of_another_shape(folder: Folder, old: str, new: str, reason: str) -> None:
    folder.change("menu.yml", old, new)
    (said,) = folder.faults()
    assert said.path == "menu.yml"
    assert said.reason.startswith(reason.removeprefix("situations.0."))


def test_a_situation_that_stands_twice(folder: Folder) -> None:
    folder.change("menu.yml", "id: unsure", "id: refused")
    assert Said("menu.yml", folder.line_of("menu.yml", "title: I am not sure") - 1, "'refused' stands twice") in (
        folder.faults()
    )


def test_every_unit_of_the_assistant_stands_in_the_menu() -> None:
    known = knowledge()
    assert set(known.situations) >= NEEDED
    listed = known.situations.values()
    assert {name for each in listed for name in each.topics} == set(known.topics)
    assert {name for each in listed for name in each.checks} == set(known.checks)
    assert {name for each in listed for name in each.urgent} == set(known.triggers)
    assert set(known.situations["urgent"].urgent) == set(known.triggers)
