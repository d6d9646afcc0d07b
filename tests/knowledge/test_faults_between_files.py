"""What the files of a knowledge folder say of one another: which file, which line, why."""

from __future__ import annotations

import pytest

from tests.knowledge.folders import Broken, Folder, Said

FIRST = "topics/first-topic.yml"
SECOND = "topics/second-topic.yml"
CHECK = "checks/small-check.yml"
TRIGGER = "urgent/small-trigger.yml"


BROKEN = [
    Broken(
        "unknown source of a topic",
        FIRST,
        "source: guide-two",
        "source: guide-ten",
        "guide-ten",
        "no source 'guide-ten' in sources.yml",
    ),
    Broken(
        "unknown source of a check",
        CHECK,
        "source: guide-one",
        "source: guide-ten",
        "guide-ten",
        "no source 'guide-ten' in sources.yml",
    ),
    Broken(
        "unknown source of a question",
        CHECK,
        "source: guide-two",
        "source: guide-ten",
        "guide-ten",
        "no source 'guide-ten' in sources.yml",
    ),
    Broken(
        "unknown source of a trigger",
        TRIGGER,
        "source: guide-one",
        "source: guide-ten",
        "guide-ten",
        "no source 'guide-ten' in sources.yml",
    ),
    Broken(
        "unknown source of an area",
        "areas/west.yml",
        "- guide-two",
        "- guide-ten",
        "guide-ten",
        "no source 'guide-ten' in sources.yml",
    ),
    Broken(
        "unknown source of a record field",
        "records.yml",
        "source: guide-two",
        "source: guide-ten",
        "guide-ten",
        "no source 'guide-ten' in sources.yml",
    ),
    Broken(
        "unknown source of a term",
        "glossary.yml",
        "- guide-one",
        "- guide-ten",
        "guide-ten",
        "no source 'guide-ten' in sources.yml",
    ),
    Broken("unknown law", FIRST, "- act-one", "- act-ten", "act-ten", "no law 'act-ten' in law.yml"),
    Broken(
        "unknown see_also",
        FIRST,
        "  - second-topic",
        "  - tenth-topic",
        "tenth-topic",
        "no topic or check 'tenth-topic'",
    ),
    Broken(
        "unknown check of a topic",
        FIRST,
        "check: small-check",
        "check: tenth-check",
        "tenth-check",
        "no check 'tenth-check'",
    ),
    Broken(
        "unknown check of a trigger",
        TRIGGER,
        "check: small-check",
        "check: tenth-check",
        "tenth-check",
        "no check 'tenth-check'",
    ),
    Broken(
        "unknown check to go on with",
        CHECK,
        "next: [seek-advice-anonymously]",
        "next: [tenth-check]",
        "tenth-check",
        "no check 'tenth-check'",
    ),
    Broken(
        "unknown record field",
        CHECK,
        "      - reasons",
        "      - colour",
        "colour",
        "no record field 'colour' in records.yml",
    ),
    Broken(
        "unknown contact",
        TRIGGER,
        "- line-manager",
        "- mayor",
        "mayor",
        "no contact 'mayor' in the areas: national, west",
    ),
    Broken("unknown area", "sources.yml", "area: west", "area: east", "east", "'guide-two': no area 'east' in areas/"),
    Broken(
        "default that is no option",
        "records.yml",
        "default: shared",
        "default: sent",
        "default:",
        "'decision': the default 'sent' is not an option",
    ),
    Broken(
        "choice without options",
        "records.yml",
        "kind: text",
        "kind: choices",
        "- id: reasons",
        "'reasons': a field of the kind choices needs options",
    ),
    Broken(
        "unknown question", CHECK, "leads: answered", "leads: replied", "replied", "no question 'replied' in this check"
    ),
    Broken(
        "unknown outcome",
        CHECK,
        '{id: no, leads: "outcome:ask-first"}',
        '{id: no, leads: "outcome:wait"}',
        "outcome:wait",
        "no outcome 'wait' in this check",
    ),
    Broken(
        "unknown check to jump to",
        CHECK,
        '"check:seek-advice-anonymously"}\n  - id: answered',
        '"check:tenth-check"}\n  - id: answered',
        "tenth-check",
        "jumps to the check 'tenth-check', which is not there",
    ),
    Broken(
        "jump to its own check",
        CHECK,
        '"check:seek-advice-anonymously"}\n  - id: answered',
        '"check:small-check"}\n  - id: answered',
        "check:small-check",
        "jumps to its own check",
    ),
    Broken(
        "an outcome that is never reached",
        CHECK,
        '"outcome:go-on"',
        '"outcome:ask-first"',
        "id: go-on",
        "the outcome 'go-on' is never reached",
    ),
    Broken(
        "a question that comes round to itself",
        CHECK,
        "they agreed]}",
        "they agreed]}\n      - {id: again, label: Ask me again, leads: answered}",
        "id: answered",
        "the question 'answered' comes round to itself",
    ),
    Broken(
        "no not-sure",
        CHECK,
        '      - {id: not-sure, leads: "check:seek-advice-anonymously"}\noutcomes:',
        "outcomes:",
        "- id: answered",
        "the question 'answered' does not offer not-sure",
    ),
    Broken(
        "a question twice",
        CHECK,
        "outcomes:\n",
        "  - {id: asked, asks: Again?, why: Again., options: [{id: yes, "
        "leads: answered}, {id: not-sure, leads: answered}]}\noutcomes:\n",
        "asks: Again?",
        "the question 'asked' stands twice",
    ),
    Broken(
        "an option twice",
        CHECK,
        "{id: no, leads:",
        "{id: yes, leads:",
        '{id: yes, leads: "outcome',
        "the option 'yes' stands twice",
    ),
    Broken(
        "an outcome twice",
        CHECK,
        "outcomes:\n",
        "outcomes:\n  - id: ask-first\n    title: Ask\n    means: Ask.\n"
        "    do: [Ask.]\n    urgency: routine\n    approval: false\n    records: [reasons]\n",
        "- id: ask-first\n    title: Ask first",
        "the outcome 'ask-first' stands twice",
    ),
    Broken(
        "an option of the engine's own",
        CHECK,
        "{id: refused, label",
        "{id: harm-now, label",
        "id: harm-now",
        "leave out the option 'harm-now'",
    ),
    Broken(
        "harm leads to nothing",
        CHECK,
        "leads: act-now\nquestions",
        "leads: run\nquestions",
        "leads: run",
        "no outcome 'run' in this check",
    ),
    Broken(
        "harm leads to what can wait",
        CHECK,
        "leads: act-now\nquestions",
        "leads: ask-first\nquestions",
        "leads: ask-first\n",
        "the outcome 'ask-first' must have the urgency now",
    ),
    Broken(
        "an urgent outcome that waits for approval",
        CHECK,
        "urgency: now\n    urgency_basis: stated\n    approval: false",
        "urgency: now\n    urgency_basis: stated\n    approval: true",
        "- id: act-now",
        "the outcome 'act-now' is urgent and must not wait for approval",
    ),
    Broken(
        "an example twice in a file",
        SECOND,
        "- is a nod consent",
        "- Define consent?",
        "- Define consent?",
        'the example stands twice in this file: "Define consent?"',
    ),
    Broken(
        "an example of two topics",
        SECOND,
        "- is a nod consent",
        "- She REFUSES!",
        "- She REFUSES!",
        "the example stands under 'first-topic' too",
    ),
    Broken(
        "an example of a topic and a check",
        CHECK,
        "- guide me",
        "- dad objects.",
        "- dad objects.",
        "the example stands under 'first-topic' too",
    ),
    Broken(
        "an example that is a command",
        SECOND,
        "- is a nod consent",
        "- /consent",
        "- /consent",
        "an example must not begin with /",
    ),
    Broken("an example without words", SECOND, "- is a nod consent", '- "?!"', '- "?!"', "the example has no words"),
    Broken("too few examples", SECOND, "  - is a nod consent\n", "", "examples:", "has 11 examples, needs at least 12"),
]

CONSEQUENCES = {
    "unknown question": ["the question 'answered' is never reached", "the outcome 'go-on' is never reached"],
    "harm leads to nothing": ["the outcome 'act-now' is never reached"],
    "harm leads to what can wait": ["the outcome 'act-now' is never reached"],
}
"""What else the loader rightly says after some of the changes."""


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_fault_names_file_line_and_reason(folder: Folder, broken: Broken) -> None:
    folder.change(broken.path, broken.old, broken.new)
    text = folder.text(broken.path)
    line = text.count("\n", 0, text.index(broken.marker)) + 1
    first, *others = folder.faults()
    assert (first.path, first.line) == (broken.path, line)
    assert broken.reason in first.reason
    assert [other.reason for other in others] == CONSEQUENCES.get(broken.name, [])


def test_question_with_one_option(folder: Folder) -> None:
    path = "checks/seek-advice-anonymously.yml"
    folder.change(path, '      - {id: yes, leads: "outcome:ask-lead"}\n', "")
    folder.change(path, '      - {id: no, leads: "outcome:ask-lead"}\n', "")
    line = folder.line_of(path, "- id: whom")
    assert folder.faults() == [Said(path, line, "the question 'whom' needs at least two options")]


def test_question_that_is_never_reached_and_its_outcome(folder: Folder) -> None:
    folder.change(CHECK, "leads: answered", 'leads: "outcome:ask-first"')
    assert folder.faults() == [
        Said(CHECK, folder.line_of(CHECK, "id: answered"), "the question 'answered' is never reached"),
        Said(CHECK, folder.line_of(CHECK, "id: go-on"), "the outcome 'go-on' is never reached"),
    ]


def test_questions_that_lead_to_one_another_hide_nothing_that_is_reached(folder: Folder) -> None:
    """Each question of the round is named, and what lies behind another answer still counts as reached."""
    folder.change(
        CHECK, '{id: agreed, label: They agreed, leads: "outcome:go-on",', "{id: agreed, label: A, leads: asked,"
    )
    folder.change(CHECK, '{id: refused, label: They refused, leads: "outcome:ask-first"}',
                  '{id: refused, label: They refused, leads: "outcome:go-on"}')  # fmt: skip
    endless = "the question '{}' comes round to itself without end"
    assert folder.faults() == [
        Said(CHECK, folder.line_of(CHECK, "id: asked"), endless.format("asked")),
        Said(CHECK, folder.line_of(CHECK, "id: answered"), endless.format("answered")),
    ]


def test_topic_with_the_id_of_a_check(folder: Folder) -> None:
    (folder.root / SECOND).rename(folder.root / "topics" / "seek-advice-anonymously.yml")
    path = "topics/seek-advice-anonymously.yml"
    folder.change(path, "id: second-topic", "id: seek-advice-anonymously")
    said = folder.faults()
    assert Said(path, 1, "a check has the id 'seek-advice-anonymously' too; give the topic another") in said


def test_every_unknown_name_of_a_file_is_reported(folder: Folder) -> None:
    folder.change(FIRST, "source: guide-one", "source: guide-nine")
    folder.change(FIRST, "source: guide-two", "source: guide-ten")
    folder.change(FIRST, "- act-one", "- act-ten")
    folder.change(FIRST, "check: small-check", "check: tenth-check")
    assert [(said.line, said.reason.split("'")[1]) for said in folder.faults()] == [
        (13, "guide-nine"), (14, "guide-ten"), (18, "act-ten"), (23, "tenth-check"),
    ]  # fmt: skip
