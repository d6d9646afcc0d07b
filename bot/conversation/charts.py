"""The flowchart of a check: the drawing, the same in words, and the way that this conversation has walked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.checks import Answer, Asking, describe, draw, in_order, way_through
from bot.conversation import buttons, checking, words
from bot.conversation.linking import to_page
from bot.conversation.messages import Part, Picture, Reply
from bot.conversation.turn import Turn, notice
from bot.knowledge import Check, Knowledge, Option


@dataclass(frozen=True)
class Choice:
    """An answer that a question offers and, in words, where it leads. `check` is the check that it jumps to."""

    label: str
    leads: str
    check: str | None = None


@dataclass(frozen=True)
class Step:
    """A question as the drawing numbers it. `said` holds the labels of what was answered to it in this conversation."""

    question: str
    number: int
    asks: str
    why: str
    choices: tuple[Choice, ...]
    said: tuple[str, ...] = ()


@dataclass(frozen=True)
class Flowchart:
    """A check as a drawing (`svg`) and in words: what it shows as a whole (`alternative`), its questions in order."""

    check: str
    title: str
    alternative: str
    svg: str
    steps: tuple[Step, ...]


def flowchart(knowledge: Knowledge, check_id: str, walked: Sequence[Answer] = ()) -> Flowchart:
    """The flowchart of `check_id`, with what of `walked` lies in it highlighted, in words as well."""
    check = knowledge.checks[check_id]
    titles = {other.id: other.title for other in knowledge.checks.values()}
    way = way_through(check, walked)
    steps = []
    numbers = {question.id: number for number, question in enumerate(in_order(check), start=1)}
    for question in in_order(check):
        chosen = [option.text for option in question.options if (question.id, option.id) in way.chosen]
        harm = [checking.HARM_LABEL] if question.id in way.harm_at else []
        choices = tuple(_choice(option, check, numbers, knowledge) for option in question.options)
        number = numbers[question.id]
        steps.append(Step(question.id, number, question.asks, question.why, choices, (*chosen, *harm)))
    return Flowchart(check.id, check.title, describe(check, walked), draw(check, titles, walked), tuple(steps))


def walked(turn: Turn) -> tuple[Flowchart, ...]:
    """The flowcharts of the checks that this conversation walks, in the order in which it came to them, each once."""
    place = checking.position(turn)
    if place is None:
        return ()
    answers = turn.session.walk_answers
    names = dict.fromkeys((*(answer.place.check for answer in answers), place.check.id))
    return tuple(flowchart(turn.knowledge, name, answers) for name in names)


def reply(turn: Turn) -> Reply:
    """The flowchart of the check where the conversation stands, and its questions in words."""
    place = checking.position(turn)
    if place is None:
        return Reply((notice(words.NO_CHART),), "smalltalk", buttons=(buttons.ALL_CHECKS, buttons.MENU))
    shown = flowchart(turn.knowledge, place.check.id, turn.session.walk_answers)
    asked = place.question.id if isinstance(place, Asking) else None
    lines = [f"{_line(step)} {words.CHART_HERE}" if step.question == asked else _line(step) for step in shown.steps]
    picture = Picture(
        f"Flowchart: {shown.title}", shown.alternative, shown.check, shown.svg, f"/flowchart/{shown.check}.svg"
    )
    return Reply(
        (Part("\n".join(lines), "plain", picture.title),), "check", shown.check,
        links=to_page(turn, words.CHECK_PAGE, f"/check/{shown.check}"), picture=picture,
    )  # fmt: skip


def _line(step: Step) -> str:
    said = f" {words.CHART_SAID} {', '.join(step.said)}." if step.said else ""
    return f"{step.number}. {step.asks}{said}"


def _choice(option: Option, check: Check, numbers: dict[str, int], knowledge: Knowledge) -> Choice:
    kind, _, name = option.leads.rpartition(":")
    if kind == "check":
        return Choice(option.text, f"Go on with the check: {knowledge.checks[name].title}", name)
    if kind == "outcome":
        outcome = check.outcome(name)
        assert outcome is not None  # the loader refuses a lead to an outcome that is not there
        return Choice(option.text, f"End: {outcome.title}")
    return Choice(option.text, f"Go to question {numbers[name]}")
