"""Letter files: what a good one gives, and every fault with its file, its line and its reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.knowledge.folders import Folder

LETTER = "letters/small-letter.yml"
TEXT = """\
id: small-letter
title: A small letter
heading: A small letter
basis: derived
purpose: It asks for help.
when_to_use: Use it when asking did not help.
sources:
  - {source: guide-one, where: part 1}
law: [act-one]
currency: The guide is older than the act.
before_sending:
  - Check it.
offered_after: [small-check, any]
examples:
EXAMPLES
fields:
  - {id: who, label: The person, required: true, identifying: true, record_field: RECORD}
  - {id: why, label: The reason, required: true, identifying: false, record_field: RECORD}
  - {id: where, label: The area, required: false, identifying: false, filled_by: area}
body:
  - {heading: Why we write}
  - {paragraph: "We write about {who}, who lives in {where}."}
  - {table: [why]}
  - {note: Take this line out.}
"""


@pytest.fixture
def with_letter(folder: Folder) -> Folder:
    examples = "\n".join(f"  - small letter asked for in way number {number}" for number in range(12))
    path = folder.root / LETTER
    path.parent.mkdir()
    record = next(iter(folder.load().fields))
    path.write_text(TEXT.replace("EXAMPLES", examples).replace("RECORD", record), encoding="utf-8")
    return folder


def test_a_folder_without_letters_is_taken(folder: Folder) -> None:
    assert folder.load().letters == {}


def test_a_letter_is_read(with_letter: Folder) -> None:
    letter = with_letter.load().letters["small-letter"]
    assert [field.id for field in letter.fields] == ["who", "why", "where"]
    assert [list(block.fields()) for block in letter.body] == [[], ["who", "where"], ["why"], []]
    assert letter.fits("small-check", "some-outcome")
    assert letter.about == "case"


def test_another_letter_gives_another_version(with_letter: Folder) -> None:
    before = with_letter.load().version
    with_letter.change(LETTER, "It asks for help.", "It asks for other help.")
    assert with_letter.load().version != before


@pytest.mark.parametrize(
    ("old", "new", "marker", "reason"),
    [
        ("source: guide-one", "source: guide-ten", "guide-ten", "no source 'guide-ten' in sources.yml"),
        ("law: [act-one]", "law: [act-ten]", "act-ten", "no law 'act-ten' in law.yml"),
        ("[small-check, any]", "[big-check]", "big-check", "no check 'big-check'"),
        ("[small-check, any]", "[small-check/nowhere]", "nowhere", "no outcome 'nowhere' in the check 'small-check'"),
        ("{who}, who", "{whom}, who", "{whom}", "names the field 'whom'"),
        ("{table: [why]}", "{table: [why, how]}", "how]", "names the field 'how', which is not among fields"),
        ("{table: [why]}", "{paragraph: We say why.}", "id: why", "the field 'why' stands nowhere in the body"),
        ("filled_by: area}", "filled_by: magic}", "magic", "filled_by"),
        ("lives in {where}.", "lives in {where}. {", "lives in", "a brace stands alone"),
        ("{table: [why]}", "{table: [why], note: Two.}", "Two.", "a block must hold exactly one of"),
        ("{note: Take this line out.}", "{note: Please take this line out.}", "Please", 'leave out "please"'),
        ("basis: derived", "basis: guessed", "guessed", "basis"),
        ("  - Check it.", "  - Check it.\nsurprise: yes", "surprise", "is not a field of this kind of file"),
        ("small letter asked for in way number 3", "what if mum says no", "mum says no", "under 'first-topic' too"),
        ("  - small letter asked for in way number 3\n", "", "examples:", "has 11 examples, needs at least 12"),
    ],
)
def test_a_fault_is_reported_with_its_line(with_letter: Folder, old: str, new: str, marker: str, reason: str) -> None:
    with_letter.change(LETTER, old, new)
    faults = with_letter.faults()
    where = with_letter.line_of(LETTER, marker)
    assert [fault for fault in faults if reason in fault.reason and (fault.path, fault.line) == (LETTER, where)], faults


def test_a_field_that_identifies_cannot_be_filled_by_anything(with_letter: Folder) -> None:
    open_field = "label: The area, required: false, identifying: false"
    with_letter.change(LETTER, open_field, open_field.replace("identifying: false", "identifying: true"))
    assert any("is identifying, so it cannot be filled_by anything" in fault.reason for fault in with_letter.faults())


def test_a_field_that_stands_twice(with_letter: Folder) -> None:
    with_letter.change(LETTER, "{id: where, label: The area", "{id: why, label: The area")
    reasons = [fault.reason for fault in with_letter.faults()]
    assert "the field 'why' stands twice" in reasons


def test_an_unknown_record_field(with_letter: Folder) -> None:
    text = with_letter.text(LETTER)
    first = text.index("record_field: ")
    end = text.index("}", first)
    (with_letter.root / LETTER).write_text(text[:first] + "record_field: nothing" + text[end:], encoding="utf-8")
    line = with_letter.line_of(LETTER, "record_field: nothing")
    assert (LETTER, line, "no record field 'nothing' in records.yml") in [
        (fault.path, fault.line, fault.reason) for fault in with_letter.faults()
    ]


def test_the_id_is_the_name_of_the_file_and_no_topic_has_it(with_letter: Folder) -> None:
    with_letter.change(LETTER, "id: small-letter", "id: first-topic")
    reasons = [fault.reason for fault in with_letter.faults()]
    assert any("the file is named 'small-letter'" in reason for reason in reasons)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        ("{at: small-check/nowhere, answer: yes, means: OPTION}", "no question 'small-check/nowhere'"),
        ("{at: small-check/QUESTION, answer: maybe, means: OPTION}", "has no option 'maybe'"),
        ("{at: small-check/QUESTION, answer: not-sure, means: nothing}", "has no option 'nothing'"),
    ],
)
def test_an_answer_that_tells_a_field_must_be_there(folder: Folder, told: str, reason: str) -> None:
    knowledge = folder.load()
    field = next(each for each in knowledge.fields.values() if each.options)
    question = knowledge.checks["small-check"].questions[0].id
    filled = told.replace("OPTION", field.options[0].id).replace("QUESTION", question)
    path: Path = folder.root / "records.yml"
    text = path.read_text(encoding="utf-8")
    first = text.index(f"id: {field.id}\n") + len(f"id: {field.id}\n")
    path.write_text(f"{text[:first]}    told_by: [{filled}]\n{text[first:]}", encoding="utf-8")
    assert any(reason in fault.reason and fault.path == "records.yml" for fault in folder.faults())
