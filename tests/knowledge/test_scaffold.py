"""Files for an author to fill in: refused, place by place, until they are filled."""

from __future__ import annotations

import re

import pytest

from bot.knowledge import ScaffoldError, new_unit
from tests.knowledge.folders import Folder

FILLINGS = {
    "kind": "faq", "title": "A new one", "audience": "both", "source": "guide-one", "where": "part 9",
    "purpose": "Shows a new one.", "when": "someone is in danger", "asks": "Is it so?", "why": "It matters.",
    "means": "It is so.", "approval": "false", "urgency_basis": "proposed",
}  # fmt: skip


def filled(text: str) -> str:
    """The scaffold as an author leaves it: each place filled by what its key asks for."""
    text = re.sub(r"(?m)^examples:\n  - <.*>$", "examples:\n" + "\n".join(
        f"  - a question that is new number {number}" for number in range(12)), text)  # fmt: skip
    text = re.sub(r"(?m)^(short|long): \|\n  <.*>$", r"\1: |\n  It is answered here.", text)
    text = re.sub(r"(?m)^      - <.*>$", "      - Do it.", text)
    return re.sub(r"(?m)^(\s*(?:- )?(\w+): )<.*>$", lambda found: found.group(1) + FILLINGS[found.group(2)], text)


@pytest.mark.parametrize("kind", ["topic", "check"])
def test_a_new_file_is_refused_place_by_place_until_it_is_filled(folder: Folder, kind: str) -> None:
    path = new_unit(folder.root, kind, "new-one")
    said = folder.faults()
    places = [number for number, line in enumerate(path.read_text().splitlines(), 1) if "<" in line]
    assert {fault.path for fault in said} == {f"{kind}s/new-one.yml"}
    assert len(said) == len(places)
    assert all(re.match(r"[\w.]+: (write|name|choose) ", fault.reason) for fault in said)
    path.write_text(filled(path.read_text()))
    assert [fault.reason.split(";")[0] for fault in folder.faults()] == ["stands in no situation of menu.yml"]
    own = "topics: [first-topic]" if kind == "topic" else "checks: [small-check]"
    folder.change("menu.yml", own, own.replace("]", ", new-one]"))
    assert folder.faults() == []


def test_the_fault_says_what_to_write(folder: Folder) -> None:
    new_unit(folder.root, "topic", "new-one")
    reasons = [fault.reason for fault in folder.faults()]
    assert any(reason.startswith("short: write the short answer, at most 500 characters") for reason in reasons)
    assert "sources.0.source: name a source of sources.yml" in reasons


@pytest.mark.parametrize("unit", ["First", "a b", "", "-a", "a" * 49, "../a", "a/b", "a.yml", "é"])
def test_an_id_that_cannot_be_one(folder: Folder, unit: str) -> None:
    before = sorted(folder.root.rglob("*"))
    with pytest.raises(ScaffoldError, match="cannot be an id"):
        new_unit(folder.root, "topic", unit)
    assert sorted(folder.root.rglob("*")) == before


@pytest.mark.parametrize("unit", ["first-topic", "small-check"])
@pytest.mark.parametrize("kind", ["topic", "check"])
def test_an_id_that_is_taken_by_either_kind(folder: Folder, kind: str, unit: str) -> None:
    with pytest.raises(ScaffoldError, match="already"):
        new_unit(folder.root, kind, unit)


def test_a_folder_that_is_not_there(folder: Folder) -> None:
    with pytest.raises(ScaffoldError, match="There is no folder"):
        new_unit(folder.root / "nowhere", "check", "new-one")


def test_a_folder_that_cannot_be_written(folder: Folder) -> None:
    # A link that leads to no folder: nobody may make a file behind it, not even root.
    link = folder.root / "topics" / "new-one.yml"
    link.symlink_to("/nowhere/new-one.yml")
    with pytest.raises(ScaffoldError, match="already"):
        new_unit(folder.root, "topic", "new-one")
