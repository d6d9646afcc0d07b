"""What the schema says of one file: which file, which line, why."""

from __future__ import annotations

import pytest

from tests.knowledge.folders import Broken, Folder, Said

TOPIC = "topics/second-topic.yml"
CHECK = "checks/small-check.yml"
AREA = "areas/west.yml"
LONG_SENTENCE = " ".join(["word"] * 26) + "."
LONG_ON_AVERAGE = " ".join([" ".join(["word"] * 21) + "."] * 3).replace(". word", ". Word")


BROKEN = [
    Broken("missing field", TOPIC, "title: What is consent?\n", "", "id: second-topic", "title: is missing"),
    Broken(
        "unknown field",
        TOPIC,
        "kind: definition\n",
        "kind: definition\ncolour: red\n",
        "colour:",
        "colour: is not a field of this kind of file",
    ),
    Broken(
        "missing field of an outcome",
        CHECK,
        "    urgency: within-3-working-days\n    urgency_basis: stated\n",
        "",
        "- id: ask-first",
        "outcomes.1.urgency: is missing",
    ),
    Broken(
        "unknown field of an option",
        CHECK,
        "label: They refused,",
        "label: They refused, colour: red,",
        "label: They refused",
        "questions.1.options.1.colour: is not a field",
    ),
    Broken(
        "text where a list belongs",
        TOPIC,
        '  - {source: guide-two, where: "part 3"}',
        "  guide-two",
        "sources:",
        "sources: Input should be a valid tuple",
    ),
    Broken(
        "list where text belongs",
        TOPIC,
        "short: Consent is a free and informed yes.",
        "short: [a, b]",
        "short:",
        "short: Input should be a valid string",
    ),
    Broken(
        "a value left out",
        TOPIC,
        "title: What is consent?",
        "title:",
        "title:",
        "title: String should have at least 1 character",
    ),
    Broken("not one of the choices", TOPIC, "kind: definition", "kind: story", "kind:", "kind: Input should be 'myth'"),
    Broken(
        "not a truth value",
        CHECK,
        "    approval: true\n",
        "    approval: perhaps\n",
        "perhaps",
        "outcomes.0.approval: Input should be a valid boolean",
    ),
    Broken(
        "not a number",
        AREA,
        "withhold_after_review_days: 365",
        "withhold_after_review_days: a year",
        "a year",
        "settings.withhold_after_review_days: Input should be a valid integer",
    ),
    Broken(
        "not a date",
        "sources.yml",
        "due: 2020-03-31",
        "due: spring 2020",
        "spring 2020",
        "review.due: Input should be a valid date",
    ),
    Broken(
        "title too long", TOPIC, "What is consent?", "Consent " * 9, "title:", "title: String should have at most 70"
    ),
    Broken(
        "short answer too long",
        TOPIC,
        "short: Consent",
        "short: " + "Say so. " * 70 + "Consent",
        "short:",
        "short: String should have at most 500",
    ),
    Broken(
        "long answer too long",
        TOPIC,
        "long: Consent",
        "long: " + "Say so. " * 320 + "Consent",
        "long:",
        "long: String should have at most 2500",
    ),
    Broken(
        "question too long",
        CHECK,
        "Have you asked the person?",
        "Ask. " * 41,
        "    asks: Ask.",
        "questions.0.asks: String should have at most 200",
    ),
    Broken(
        "label too long",
        CHECK,
        "label: They refused",
        "label: " + "They refused " * 4,
        "id: refused",
        "questions.1.options.1.label: String should have at most 40",
    ),
    Broken(
        "outcome title too long",
        CHECK,
        "title: Go on",
        "title: " + "Go on " * 11,
        "title: Go on",
        "outcomes.0.title: String should have at most 60",
    ),
    Broken(
        "id with a capital",
        TOPIC,
        "id: second-topic",
        "id: Second-topic",
        "id: Second-topic",
        "id: String should match pattern",
    ),
    Broken("id too long", TOPIC, "id: second-topic", "id: " + "s" * 49, "id: sss", "id: String should match pattern"),
    Broken(
        "lead of another form",
        CHECK,
        "leads: answered}",
        'leads: "somewhere:else"}',
        "somewhere:else",
        "questions.0.options.0.leads: String should match pattern",
    ),
    Broken(
        "no steps",
        CHECK,
        "do: [Share what is needed.]",
        "do: []",
        "do: []",
        "outcomes.0.do: Tuple should have at least 1 item",
    ),
    Broken(
        "no records",
        CHECK,
        "    records:\n      - decision\n      - reasons\n",
        "    records: []\n",
        "records: []",
        "outcomes.0.records: Tuple should have at least 1 item",
    ),
    Broken(
        "no sources",
        TOPIC,
        'sources:\n  - {source: guide-two, where: "part 3"}',
        "sources: []",
        "sources: []",
        "sources: Tuple should have at least 1 item",
    ),
    Broken(
        "option without a label",
        CHECK,
        "{id: refused, label: They refused,",
        "{id: refused,",
        "id: refused",
        "questions.1.options.1: the option 'refused' needs a label",
    ),
    Broken(
        "urgent without a basis",
        CHECK,
        "    urgency: within-3-working-days\n    urgency_basis: stated\n",
        "    urgency: same-day\n",
        "- id: ask-first",
        "the outcome 'ask-first' is same-day and needs urgency_basis",
    ),
    Broken(
        "routine with a basis",
        CHECK,
        "    urgency: routine\n",
        "    urgency: routine\n    urgency_basis: stated\n",
        "- id: go-on",
        "the outcome 'go-on' is routine and must have no urgency_basis",
    ),
    Broken(
        "number without the date of a check",
        AREA,
        "    checked: 2026-11-20\n",
        "",
        "- role: emergency",
        "contacts.0: the number of 'emergency' needs the date on which it was checked",
    ),
    Broken(
        "a sentence too long",
        TOPIC,
        "long: Consent",
        f"long: {LONG_SENTENCE} Consent",
        "long:",
        'long: a sentence has 26 words, the limit is 25: "word word word word word word ..."',
    ),
    Broken(
        "sentences too long on average",
        TOPIC,
        "long: Consent is a free and informed yes. It can be taken back.",
        f"long: {LONG_ON_AVERAGE}",
        "long:",
        "long: sentences have 21 words on average, the limit is 20",
    ),
    Broken("please", CHECK, "Asking comes first", "Please ask, which comes first", "Please", 'leave out "please"'),
    Broken(
        "a contraction",
        CHECK,
        "They have not agreed yet.",
        "They haven't agreed yet.",
        "haven't",
        'outcomes.1.means: write "haven\'t" out in full',
    ),
    Broken(
        "a contraction with a curly apostrophe",
        CHECK,
        "do: [Ask again.]",
        "do: [Don\N{RIGHT SINGLE QUOTATION MARK}t.]",
        "Don\N{RIGHT SINGLE QUOTATION MARK}t",
        "out in full",
    ),
    Broken(
        "safe to share",
        CHECK,
        "means: They agreed.",
        "means: It is safe to share.",
        "safe to share",
        'never say "safe to share"',
    ),
    Broken("cleared", CHECK, "means: They agreed.", "means: You are cleared.", "cleared", 'never say "cleared"'),
    Broken("the bot", CHECK, "means: They agreed.", "means: Tell the bot.", "the bot", "speaks to us"),
    Broken(
        "reading limits of a difference",
        "topics/first-topic.yml",
        "Guide two asks for",
        "Please ask for",
        "differs:",
        "sources.1.differs: leave out",
    ),
    Broken(
        "reading limits of a list file",
        "glossary.yml",
        "Being able to decide.",
        "Please decide.",
        "Please decide",
        "meaning: leave out",
    ),
    Broken(
        "reading limits of a trigger",
        "urgent/small-trigger.yml",
        "  - Call 999.",
        "  - Please call 999.",
        "Please call",
        "first.0: leave out",
    ),
    Broken("tabs", TOPIC, "sources:\n  -", "sources:\n\t-", "\t-", "is not valid YAML: found character"),
    Broken(
        "an open quotation mark",
        TOPIC,
        "title: What is consent?",
        'title: "What is consent?\n---',
        "---",
        "is not valid YAML: found unexpected document indicator",
    ),
    Broken(
        "two documents",
        TOPIC,
        "kind: definition",
        "---\nkind: definition",
        "---",
        "is not valid YAML: but found another document",
    ),
    Broken(
        "a control character",
        TOPIC,
        "title: What is consent?",
        "title: What is consent\a?",
        "consent\a",
        "is not valid YAML: control characters are not allowed",
    ),
    Broken(
        "a key twice",
        TOPIC,
        "examples:\n",
        "title: What is agreement?\nexamples:\n",
        "agreement",
        "the key 'title' stands twice",
    ),
    Broken(
        "an alias",
        TOPIC,
        "short: Consent is a free and informed yes.\nlong: Consent is a free and informed yes. It",
        "short: &short Consent is a free and informed yes.\nlong: *short\ncurrency: It",
        "long: *short",
        "uses an alias (*short); write the value out",
    ),
    Broken(
        "an alias as a key",
        TOPIC,
        "kind: definition\ntitle",
        "kind: &kind definition\n*kind : more\ntitle",
        "*kind",
        "uses an alias",
    ),
    Broken(
        "an alias in a list",
        TOPIC,
        "  - what is consent\n",
        "  - &one what is consent\n  - *one\n",
        "- *one",
        "uses an alias (*one)",
    ),
    Broken(
        "an alias that holds itself",
        TOPIC,
        'sources:\n  - {source: guide-two, where: "part 3"}',
        "sources: &all\n  - *all",
        "- *all",
        "uses an alias (*all)",
    ),
    Broken(
        "a tag on text",
        TOPIC,
        "title: What",
        "title: !secret What",
        "!secret",
        "has the tag !secret; only plain text is allowed",
    ),
    Broken(
        "a tag on a list",
        TOPIC,
        "examples:\n",
        "examples: !!python/tuple\n",
        "examples:",
        "has the tag tag:yaml.org,2002:python/tuple",
    ),
    Broken("a tag on a group of keys", AREA, "settings:\n", "settings: !other\n", "settings:", "has the tag !other"),
    Broken("a tag on a key", TOPIC, "kind: definition", "!other kind: definition", "kind:", "has the tag !other"),
    Broken(
        "a list as a key",
        TOPIC,
        "kind: definition",
        "kind: definition\n[a, b]: more",
        "[a, b]",
        "a key must be plain text",
    ),
    Broken(
        "nested too deep",
        TOPIC,
        "title: What is consent?",
        "title: " + "[" * 40,
        "[[[[",
        "is nested more than 20 deep; write it flatter",
    ),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_fault_names_file_line_and_reason(folder: Folder, broken: Broken) -> None:
    folder.change(broken.path, broken.old, broken.new)
    line = folder.line_of(broken.path, broken.marker)
    assert_only(folder.faults(), broken.path, line, broken.reason)


def assert_only(said: list[Said], path: str, line: int, reason: str) -> None:
    assert [(fault.path, fault.line) for fault in said] == [(path, line)], said
    assert reason in said[0].reason


def test_minimal_folder_has_no_fault(folder: Folder) -> None:
    assert folder.faults() == []


def test_id_is_the_name_of_the_file(folder: Folder) -> None:
    folder.change(TOPIC, "id: second-topic", "id: third-topic")
    said = folder.faults()
    assert Said(TOPIC, 1, "the id is 'third-topic' but the file is named 'second-topic'") in said


def test_file_that_is_not_utf8(folder: Folder) -> None:
    path = folder.root / TOPIC
    path.write_bytes(path.read_bytes().replace(b"What is consent", b"What is \xe9"))
    assert_only(folder.faults(), TOPIC, 3, "is not UTF-8 text; save it as UTF-8")


def test_file_that_is_too_large(folder: Folder) -> None:
    path = folder.root / TOPIC
    path.write_text("# " + "x" * 600_000, encoding="utf-8")
    assert_only(folder.faults(), TOPIC, 0, "the file is larger than 512 KiB; split it")


@pytest.mark.parametrize("content", ["", "\n\n", "# only a remark\n"])
def test_file_that_is_empty(folder: Folder, content: str) -> None:
    (folder.root / TOPIC).write_text(content, encoding="utf-8")
    assert_only(folder.faults(), TOPIC, 1, "the file is empty")


def test_file_that_cannot_be_read(folder: Folder) -> None:
    (folder.root / "topics" / "odd.yml").mkdir()
    assert_only(folder.faults(), "topics/odd.yml", 0, "cannot be read: Is a directory")


def test_link_that_leads_nowhere(folder: Folder) -> None:
    (folder.root / "topics" / "gone.yml").symlink_to(folder.root / "nowhere.yml")
    assert_only(folder.faults(), "topics/gone.yml", 0, "cannot be read: No such file")


def test_a_file_that_holds_no_keys(folder: Folder) -> None:
    (folder.root / TOPIC).write_text("- one\n- two\n", encoding="utf-8")
    assert_only(folder.faults(), TOPIC, 1, "the whole: Input should be a valid dictionary")


def test_nesting_that_would_end_the_process(folder: Folder) -> None:
    (folder.root / TOPIC).write_text("id: " + "[" * 200_000, encoding="utf-8")
    assert_only(folder.faults(), TOPIC, 1, "is nested more than 20 deep")


def test_line_of_a_control_character_after_accents(folder: Folder) -> None:
    (folder.root / TOPIC).write_text("id: \N{LATIN SMALL LETTER E WITH ACUTE}\n" * 60 + "kind: \a\n", encoding="utf-8")
    assert_only(folder.faults(), TOPIC, 61, "control characters are not allowed")
