"""What stands in a drawing is what stands in its check: every question, answer, end and jump, and nothing else."""

from __future__ import annotations

import pytest

from bot.checks import CheckError, draw
from bot.checks.drawing.layout import DECIDE
from bot.checks.drawing.questions import CAME_THIS_WAY, HERE, LEFT_FOR_HARM
from bot.checks.drawing.targets import APPROVAL_WORDS, URGENCY_WORDS
from bot.checks.drawing.top import HARM_TITLE, HOW_TO
from bot.knowledge import Check, Knowledge, Outcome, reading
from tests.checks.drawings import CHECK_IDS, SVG, Drawing, every_answer, read, titles
from tests.checks.small_checks import FIRST, small_check

EACH_CHECK = pytest.mark.parametrize("check_id", CHECK_IDS)
TITLES = {"second": "The second", "third": "The third", "seek-advice-anonymously": "Advice"}


def _drawing(knowledge: Knowledge, check_id: str) -> Drawing:
    return read(draw(knowledge.checks[check_id], titles(knowledge.checks)))


def _end(outcome: Outcome) -> str:
    """What the box of an end must say, worked out apart from the code that draws it."""
    soon = {"now": " · Now", "same-day": " · Today", "within-3-working-days": " · Within 3 working days", "routine": ""}
    return f"{outcome.title} End{soon[outcome.urgency]}{' · Needs approval' if outcome.approval else ''}"


def _said(words: str) -> str:
    """Marks may stand on two lines, without the dot between them."""
    return words.replace(" · ", " ")


def _target(check: Check, leads: str, drawing: Drawing, knowledge: Knowledge) -> str:
    kind, _, name = leads.rpartition(":")
    if kind == "check":
        return f"Check: {knowledge.checks[name].title}"
    if kind == "outcome":
        outcome = check.outcome(name)
        assert outcome is not None
        return _end(outcome)
    return f"Go to {drawing.words(f'number.{name}')}"


@EACH_CHECK
def test_every_question_stands_in_the_drawing_and_no_other(knowledge: Knowledge, check_id: str) -> None:
    check, drawing = knowledge.checks[check_id], _drawing(knowledge, check_id)
    assert sorted(drawing.names("question")) == sorted(question.id for question in check.questions)
    for number, question_id in enumerate(drawing.names("question"), start=1):
        question = check.question(question_id)
        assert question is not None
        assert drawing.words(f"question.{question_id}") == question.asks
        assert drawing.words(f"number.{question_id}") == str(number)


@EACH_CHECK
def test_every_answer_stands_beneath_its_question_with_where_it_leads(knowledge: Knowledge, check_id: str) -> None:
    check, drawing = knowledge.checks[check_id], _drawing(knowledge, check_id)
    for question in check.questions:
        below = [group.get("id", "") for group in drawing.groups[f"question.{question.id}"].findall(f"{SVG}g")]
        rows = [name.partition(".answer.")[2] for name in below if ".answer." in name]
        assert rows == [f"{question.id}.{option.id}" for option in question.options]
        for option in question.options:
            assert drawing.words(f"answer.{question.id}.{option.id}") == option.text
            target = drawing.words(f"target.{question.id}.{option.id}")
            assert _said(target) == _said(_target(check, option.leads, drawing, knowledge))


@EACH_CHECK
def test_every_outcome_and_every_jump_stands_in_the_drawing(knowledge: Knowledge, check_id: str) -> None:
    check, drawing = knowledge.checks[check_id], _drawing(knowledge, check_id)
    said = {_said(drawing.words(name)) for name in drawing.groups if name.startswith(("target.", "harm.end"))}
    assert {_said(_end(outcome)) for outcome in check.outcomes} <= said
    jumps = {option.leads for question in check.questions for option in question.options if "check:" in option.leads}
    assert {words for words in said if words.startswith("Check: ")} == {
        f"Check: {knowledge.checks[lead.removeprefix('check:')].title}" for lead in jumps
    }


@EACH_CHECK
def test_the_way_out_for_harm_is_shown_once_above_the_questions(knowledge: Knowledge, check_id: str) -> None:
    check, drawing = knowledge.checks[check_id], _drawing(knowledge, check_id)
    outcome = check.outcome(check.harm.leads)
    assert outcome is not None
    assert drawing.words("harm.title").startswith("At every step")
    assert drawing.words("harm.when") == f"Choose this if {check.harm.when}."
    assert drawing.words("harm.end") == _end(outcome)
    assert "End · Now" in drawing.words("harm.end")
    order = list(drawing.groups)
    assert order.index("harm") < min(order.index(name) for name in order if name.startswith("question."))


@EACH_CHECK
def test_a_drawing_tells_a_screen_reader_what_it_is(knowledge: Knowledge, check_id: str) -> None:
    check, root = knowledge.checks[check_id], _drawing(knowledge, check_id).root
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and description is not None
    assert root.get("role") == "img"
    assert root.get("aria-labelledby", "").split() == [title.get("id"), description.get("id")]
    assert title.text == f"Flowchart: {check.title}"
    assert (description.text or "").startswith(f"{check.purpose} Questions: {len(check.questions)}. At every step")


@EACH_CHECK
def test_a_drawing_holds_nothing_that_a_strict_policy_forbids(knowledge: Knowledge, check_id: str) -> None:
    check = knowledge.checks[check_id]
    svg = draw(check, titles(knowledge.checks), every_answer(check))
    elements = list(read(svg).root.iter())
    tags = {element.tag.removeprefix(SVG) for element in elements}
    assert tags == {"svg", "title", "desc", "g", "rect", "polyline", "polygon", "text"}
    names = {name for element in elements for name in element.attrib}
    assert [name for name in names if name.startswith("on") or name in ("style", "class") or "href" in name] == []
    assert [value for element in elements for value in element.attrib.values() if "url(" in value] == []
    assert "<!" not in svg and "<?" not in svg and svg.count("http") == 1


@EACH_CHECK
def test_the_same_check_gives_the_same_drawing(knowledge: Knowledge, check_id: str) -> None:
    check = knowledge.checks[check_id]
    again = Check.model_validate(check.model_dump())
    assert draw(again, titles(knowledge.checks)) == draw(check, titles(knowledge.checks))


@pytest.mark.parametrize(
    "words", [HOW_TO, HARM_TITLE, DECIDE, CAME_THIS_WAY, HERE, LEFT_FOR_HARM, APPROVAL_WORDS, *URGENCY_WORDS.values()]
)
def test_fixed_words_keep_to_the_reading_limits(words: str) -> None:
    assert reading.problems(words) == []


def test_a_changed_lead_changes_the_drawing() -> None:
    before = read(draw(small_check("small", {"one": {"a": "two", "b": "outcome:x"}, "two": {"a": "outcome:x"}}), {}))
    after = read(draw(small_check("small", {"one": {"a": "outcome:y", "b": "two"}, "two": {"a": "outcome:x"}}), {}))
    assert before.words("target.one.a") == after.words("target.one.b") == "Go to 2"
    assert before.words("target.one.b") == "x End"
    assert after.words("target.one.a") == "y End"


def test_questions_stand_above_those_they_lead_to_whatever_their_order_in_the_file() -> None:
    leads = {"first": {"a": "last"}, "last": {"a": "outcome:x"}, "middle": {"a": "last"}}
    leads["first"]["b"] = "middle"
    drawing = read(draw(small_check("small", leads), {}))
    assert drawing.names("question") == ["first", "middle", "last"]
    assert drawing.words("target.first.a") == drawing.words("target.middle.a") == "Go to 3"


def test_a_ring_of_questions_is_drawn_too() -> None:
    drawing = read(draw(small_check("small", {"one": {"a": "two"}, "two": {"a": "one", "b": "outcome:x"}}), {}))
    assert drawing.names("question") == ["one", "two"]
    assert drawing.words("target.two.a") == "Go to 1"


def test_letters_that_mean_something_in_xml_stay_letters() -> None:
    check = small_check("small", {"one": {"a": "outcome:x"}}).model_copy(update={"title": 'Is <b> "A & B"?'})
    assert read(draw(check, {})).words("title") == 'Is <b> "A & B"?'


def test_a_jump_to_a_check_without_a_title_is_refused() -> None:
    assert "Check: The second" in read(draw(FIRST, TITLES)).all_words()
    with pytest.raises(CheckError, match="'second' is missing"):
        draw(FIRST, {"third": "The third", "seek-advice-anonymously": "Advice"})
