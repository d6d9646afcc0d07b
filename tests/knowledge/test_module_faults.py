"""What the loader says of training that does not hold together: which file, which line, why."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot.knowledge import module_faults
from tests.knowledge.folders import Folder, Said
from tests.support.training import MODULE, with_training

PATH = f"modules/{MODULE}.yml"
DAY = "first-day.yml"
AGREED_OPTION = '{text: "Aloud or in writing", right: true, because: This fits what the source says of how.}'


@pytest.fixture
def trained(folder: Folder) -> Folder:
    with_training(folder.root)
    return folder


@dataclass(frozen=True)
class Broken:
    """One change of a file; `marker` stands on the line that the fault must name, after the change."""

    name: str
    old: str
    new: str
    marker: str
    reason: str
    path: str = PATH


BROKEN = [
    Broken(
        "unknown topic of a lesson", "{topic: first-topic, intro: Look for what comes first.}", "{topic: topic-ten}",
        "- {topic: topic-ten}", "no topic 'topic-ten'",
    ),
    Broken(
        "unknown check of a lesson", "      - {check: small-check}\n      - {topic: second-topic}",
        "      - {check: check-ten}\n      - {check: small-check}\n      - {topic: second-topic}",
        "- {check: check-ten}", "no check 'check-ten'",
    ),
    Broken(
        "a unit shown twice", "      - {check: small-check}\n      - {topic: second-topic}",
        "      - {check: small-check}\n      - {topic: second-topic}\n      - {topic: second-topic, intro: Again.}",
        "intro: Again.", "'second-topic' stands twice in this lesson",
    ),
    Broken(
        "a question on what its lesson does not show", "asks: Whose words count?\n        topic: second-topic",
        "asks: Whose words count?\n        topic: first-topic", "- id: own-words",
        "'own-words' rests on 'first-topic', which this lesson does not show",
    ),
    Broken(
        "a question on two units", "asks: Whose words count?\n        topic: second-topic",
        "asks: Whose words count?\n        topic: second-topic\n        check: small-check", "- id: own-words",
        "lessons.1.questions.0: needs a topic or a check, and not both",
    ),
    Broken(
        "no right answer", AGREED_OPTION, AGREED_OPTION.replace("right: true", "right: false"), "- id: how",
        "lessons.1.questions.2: the question 'how' must have exactly one right answer",
    ),
    Broken(
        "two right answers", '"By silence alone", right: false', '"By silence alone", right: true', "- id: how",
        "lessons.1.questions.2: the question 'how' must have exactly one right answer",
    ),
    Broken(
        "the same answer twice", "By silence alone", "aloud or in writing", '"aloud or in writing"',
        "'how' offers the same answer twice",
    ),
    Broken(
        "an answer that speaks of the others", "By silence alone", "All of the above", "All of the above",
        "'how': an answer must not speak of the others: their order changes",
    ),
    Broken("a question twice", "- id: own-words", "- id: worry", "lessons:",
           "the question 'worry' stands twice in this module"),
    Broken("a lesson twice", "- id: walk-it", "- id: hear-them", "lessons:",
           "the lesson 'hear-them' stands twice in this module"),
    Broken("a scenario twice", "- id: nobody-asked", "- id: she-agreed", "scenarios:",
           "the scenario 'she-agreed' stands twice in this module"),
    Broken("unknown check of a scenario", "    check: small-check\n    steps:\n      - id: hearsay",
           "    check: check-ten\n    steps:\n      - id: hearsay", "check: check-ten", "no check 'check-ten'"),
    Broken("a step that is not there", "good: yes, leads: what-he-knows", "good: yes, leads: step-ten",
           "leads: step-ten", "no step 'step-ten' in 'nobody-asked'"),
    Broken("a step twice", "- id: what-he-knows", "- id: wanting-to-call", "- id: wanting-to-call",
           "the step 'wanting-to-call' stands twice, or is named as an end"),
    Broken("a step that is never reached", "good: yes, leads: what-he-knows", "good: yes, leads: check",
           "- id: what-he-knows", "the step 'what-he-knows' is never reached"),
    Broken("a step without a bad choice", "good: no, leads: end, because: It helps nobody.",
           "good: yes, leads: check, because: It helps nobody.", "- id: what-he-knows",
           "the step 'what-he-knows' needs a choice that is good, and one that is not"),
    Broken("a way round", "good: no, leads: end, because: It helps nobody.",
           "good: no, leads: wanting-to-call, because: It helps nobody.", "- id: wanting-to-call",
           "the step 'wanting-to-call' comes round to itself without end"),
    Broken("good choices that lead past the check", "good: yes, leads: check, because: The check asks",
           "good: yes, leads: end, because: The check asks", "steps-of-nobody",
           "'nobody-asked': good choices alone must lead to the check, and here they also lead past it"),
    Broken("an answer to another question", "{at: answered, answer: agreed", "{at: asked, answer: agreed",
           "answer: agreed", "'asked' is answered where small-check/answered is asked"),
    Broken("an option that is not there", "{at: answered, answer: agreed", "{at: answered, answer: maybe",
           "answer: maybe", "small-check/answered has no option 'maybe'"),
    Broken("an answer after the end", "answer: agreed, because: She said yes.}",
           "answer: refused, because: She said no.}\n      - {at: answered, answer: agreed, because: She said yes.}",
           "answer: agreed", "comes after the outcome 'ask-first'"),
    Broken("another outcome", "    outcome: go-on", "    outcome: ask-first", "debrief-of-agreed",
           "is 'ask-first', but the answers lead to 'go-on'"),
    Broken("answers that stop early", "      - {at: answered, answer: agreed, because: She said yes.}\n", "",
           "expected-of-agreed", "stops before an outcome: small-check/answered is asked next"),
    Broken("unknown topic of the first day", "topic: first-topic", "topic: topic-ten", "topic: topic-ten",
           "no topic 'topic-ten'", DAY),
    Broken("unknown question of the first day", "question: small-module/first-thing", "question: small-module/ten",
           "small-module/ten", "no question 'small-module/ten'", DAY),
    Broken("unknown scenario of the first day", "scenario: small-module/she-agreed", "scenario: other/she-agreed",
           "other/she-agreed", "no scenario 'other/she-agreed'", DAY),
    Broken("a step of the first day twice", "{id: one,", "{id: begin,", "{id: begin, title: One question",
           "the step 'begin' stands twice", DAY),
    Broken("a step of the first day with too much", "do: keeps}", "do: keeps, topic: first-topic}", "do: keeps",
           "steps.4: a step that does 'keeps' needs none of the references alone", DAY),
]  # fmt: skip

_LINES = {  # lines that stand in the file more than once: how to find the one that is meant
    "debrief-of-agreed": ("    outcome: ask-first", 0),
    "expected-of-agreed": ("    expected:", 0),
    "steps-of-nobody": ("    steps:", 1),
    "- id: wanting-to-call": ("      - id: wanting-to-call", -1),
}


def line_of(trained: Folder, broken: Broken) -> int:
    marker, which = _LINES.get(broken.marker, (broken.marker, 0))
    lines = trained.text(broken.path).splitlines()
    return [number for number, line in enumerate(lines, start=1) if marker in line][which]


def test_the_small_module_has_no_fault(trained: Folder) -> None:
    assert trained.faults() == []
    known = trained.load()
    assert list(known.modules) == [MODULE]
    assert known.first_day is not None and len(known.modules[MODULE].questions) == 12


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.name)
def test_a_fault_names_its_line(trained: Folder, broken: Broken) -> None:
    trained.change(broken.path, broken.old, broken.new)
    assert Said(broken.path, line_of(trained, broken), broken.reason) in trained.faults()


def test_a_module_without_enough_questions_is_refused(trained: Folder) -> None:
    text = trained.text(PATH)
    start, end = text.index("      - id: refused"), text.index("scenarios:")
    (trained.root / PATH).write_text(text[:start] + text[end:], encoding="utf-8")
    assert [said.reason for said in trained.faults()] == ["has 11 questions, needs at least 12"]


@pytest.mark.parametrize(("what", "padding", "limit"), [("longest", 99, 4), ("shortest", 0, 6)])
def test_right_answers_that_their_length_gives_away_are_refused(
    trained: Folder, what: str, padding: int, limit: int
) -> None:
    """One right answer after the other is made to stand out, until the limit is passed."""
    given_away = [question.id for question in trained.load().modules[MODULE].questions if stands_out(question, what)]
    for question in trained.load().modules[MODULE].questions:
        if question.id in given_away:
            continue
        assert trained.faults() == [] or len(given_away) > limit
        if len(given_away) > limit:
            break
        old = f'"{question.right_option.text}"'
        new = f"R{len(given_away)}" if padding == 0 else f"{question.right_option.text} {'x' * padding}"
        trained.change(PATH, old, f'"{new}"')
        given_away.append(question.id)
    (said,) = trained.faults()
    assert said.path == PATH
    assert f"the right answer is the {what} in {len(given_away)} of 12 questions" in said.reason


def stands_out(question: object, what: str) -> bool:
    return module_faults._stands_out(question, 1 if what == "longest" else -1)  # type: ignore[arg-type]


def test_two_modules_cannot_have_one_number(trained: Folder) -> None:
    text = trained.text(PATH)
    other = text.replace(f"id: {MODULE}", "id: another")
    (trained.root / "modules" / "another.yml").write_text(other, encoding="utf-8")
    reasons = [said.reason for said in trained.faults()]
    assert reasons == ["the module 'another' has the number 2 too"]


def test_modules_are_in_the_order_of_their_numbers_whatever_they_are_called(trained: Folder) -> None:
    text = trained.text(PATH).replace(f"id: {MODULE}", "id: zebra").replace("number: 2", "number: 1")
    (trained.root / "modules" / "zebra.yml").write_text(text, encoding="utf-8")
    assert list(trained.load().modules) == ["zebra", MODULE]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("minutes: 4", "minutes: 6", "the steps take 11 minutes; the limit is 10"),
        ("do: keeps", "do: read, topic: first-topic",
         "the path must have one each of ask, walk and keeps, in this order, and end with keeps"),
        ("do: walk, scenario: small-module/she-agreed", "do: read, topic: first-topic",
         "the path must have one each of ask, walk and keeps, in this order, and end with keeps"),
    ],
)  # fmt: skip
def test_a_first_day_that_does_not_end_as_it_must_is_refused(trained: Folder, old: str, new: str, reason: str) -> None:
    trained.change(DAY, old, new)
    assert [said.reason for said in trained.faults()] == [f"the whole: {reason}"]


def test_texts_keep_to_the_reading_limits(trained: Folder) -> None:
    trained.change(PATH, "because: She said yes.", "because: Please note that she didn't say no.")
    (said,) = trained.faults()
    assert said.line == trained.line_of(PATH, "Please note") and "didn't" in said.reason


def test_knowledge_without_training_stands(folder: Folder) -> None:
    known = folder.load()
    assert dict(known.modules) == {} and known.first_day is None
