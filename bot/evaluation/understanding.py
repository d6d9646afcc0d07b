"""How well questions are understood, what lies outside is left alone, and small talk is recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from bot.conversation.interpret import Parser
from bot.evaluation.aims import PAIRS_SHOWN, Aim, Pair, pairs_of
from bot.evaluation.overlap import Trained
from bot.evaluation.reading import Readers, Reading, read
from bot.evaluation.sets import Question, SmallTalk, UnderstandingSet

_INTENTS_OF_KIND: dict[str, frozenset[str]] = {
    "greet": frozenset({"greet"}),
    "thanks": frozenset({"thanks"}),
    "goodbye": frozenset({"goodbye"}),
    "help": frozenset({"help", "what_can_you_do", "menu"}),
    "human": frozenset({"human"}),
    "privacy": frozenset({"privacy_question"}),
    "restart": frozenset({"start_again"}),
    "choose_area": frozenset({"choose_area"}),
    "complaint": frozenset({"complaint_insult"}),
}
SUGGESTED = 3
Kind = Literal["topic", "check"]


class Outcome(StrEnum):
    """What becomes of a question."""

    RIGHT = "answered right"
    WRONG = "answered wrong"
    OFFERED = "offered among three"
    REJECTED = "rejected"
    URGENT = "raised as urgent"


@dataclass(frozen=True)
class Confusion:
    """A sentence that was taken for something else; `got` is empty where nothing was answered."""

    kind: str
    expected: str
    got: str
    text: str
    confidence: float


@dataclass(frozen=True)
class Placed:
    """Of `questions`, how many have the right unit ranked `first`, and how many have it `among_three`."""

    questions: int
    first: int
    among_three: int


@dataclass(frozen=True)
class UnderstandingReport:
    """Counts, from which every share is reckoned.

    Left out were `known` sentences, which are training examples, and `unwritten` questions, whose topic or check is
    not in the knowledge.
    """

    topics: Placed
    checks: Placed
    outcomes: Counter[Outcome]
    out_of_scope: int
    left_alone: int
    suggested: int
    out_of_scope_urgent: int
    smalltalk: int
    smalltalk_right: int
    known: int
    unwritten: int
    pairs: tuple[Pair, ...]
    confusions: tuple[Confusion, ...]

    @property
    def questions(self) -> int:
        return self.topics.questions + self.checks.questions

    @property
    def first(self) -> int:
        return self.topics.first + self.checks.first

    @property
    def among_three(self) -> int:
        return self.topics.among_three + self.checks.among_three

    @property
    def aims(self) -> tuple[Aim, ...]:
        """What is aimed at, and what was reached. What nothing was asked about has no aim."""
        asked = self.questions
        aims = (
            (asked, Aim("best-ranked right", share(self.first, asked), 0.92)),
            (self.checks.questions, Aim("best-ranked right, checks", share(*_part(self.checks)), 0.95)),
            (asked, Aim("among best three", share(self.among_three, asked), 0.98)),
            (asked, Aim("rejected", share(self.outcomes[Outcome.REJECTED], asked), 0.04, is_limit=True)),
            (self.out_of_scope, Aim("out of scope left alone", share(self.left_alone, self.out_of_scope), 0.90)),
        )
        return tuple(aim for count, aim in aims if count)

    def as_json(self) -> dict[str, Any]:
        """Shares from 0 to 1, counts, and every confusion."""
        return {
            "questions": self.questions,
            "top_1": share(self.first, self.questions),
            "top_3": share(self.among_three, self.questions),
            "topics": {"questions": self.topics.questions, "top_1": share(*_part(self.topics))},
            "checks": {"questions": self.checks.questions, "top_1": share(*_part(self.checks))},
            **{
                outcome.name.lower(): {"count": count, "share": share(count, self.questions)}
                for outcome, count in ((outcome, self.outcomes[outcome]) for outcome in Outcome)
            },
            "out_of_scope": self.out_of_scope,
            "out_of_scope_recall": share(self.left_alone, self.out_of_scope),
            "out_of_scope_suggested": share(self.suggested, self.out_of_scope),
            "out_of_scope_urgent": self.out_of_scope_urgent,
            "smalltalk": self.smalltalk,
            "smalltalk_right": share(self.smalltalk_right, self.smalltalk),
            "left_out_as_trained": self.known,
            "left_out_as_unwritten": self.unwritten,
            "aims": [
                {"name": aim.name, "reached": aim.reached, "wanted": aim.wanted, "met": aim.is_met} for aim in self.aims
            ],
            "pairs": [{"expected": pair.expected, "got": pair.got, "count": pair.count} for pair in self.pairs],
            "confusions": [
                {"kind": item.kind, "expected": item.expected, "got": item.got, "text": item.text,
                 "confidence": round(item.confidence, 4)}
                for item in self.confusions
            ],
        }  # fmt: skip

    def summary(self) -> str:
        """Some lines for a person."""
        lines = [
            f"Questions ({self.questions})",
            f"  best-ranked right   {percent(self.first, self.questions)}",
            f"    of {self.topics.questions:<4} on topics {percent(self.topics.first, self.topics.questions)}",
            f"    of {self.checks.questions:<4} on checks {percent(self.checks.first, self.checks.questions)}",
            f"  among best three    {percent(self.among_three, self.questions)}",
            *(f"  {outcome.value:<20}{percent(self.outcomes[outcome], self.questions)}" for outcome in Outcome),
            f"Out of scope ({self.out_of_scope})",
            f"  nothing answered    {percent(self.left_alone, self.out_of_scope)}",
            f"  given suggestions   {percent(self.suggested, self.out_of_scope)}",
            f"  raised as urgent    {percent(self.out_of_scope_urgent, self.out_of_scope)}",
            f"Small talk ({self.smalltalk})",
            f"  right               {percent(self.smalltalk_right, self.smalltalk)}",
            *self._told_aims(),
            *self._told_pairs(),
        ]
        if self.known:
            lines.append(f"Left out: {self.known} sentences that are training examples or next to being one.")
        if self.unwritten:
            lines.append(f"Left out: {self.unwritten} questions whose topic or check is not in the knowledge.")
        return "\n".join(lines)

    def _told_aims(self) -> list[str]:
        return ["Aims", *(aim.line() for aim in self.aims)] if self.aims else []

    def _told_pairs(self) -> list[str]:
        if not self.pairs:
            return []
        shown = f", the first {PAIRS_SHOWN} of {len(self.pairs)}" if len(self.pairs) > PAIRS_SHOWN else ""
        heading = f"Best-ranked wrong, the most frequent pair first{shown}"
        return [heading, *(pair.line() for pair in self.pairs[:PAIRS_SHOWN])]


async def measure(
    held_out: UnderstandingSet, kinds: Mapping[str, Kind], trained: Trained, readers: Readers, parser: Parser
) -> UnderstandingReport:
    """Measures on the sentences of the set that are no training examples and ask for a unit of `kinds`.

    `kinds` holds the kind of each topic and check, by its id. Raises NluDown when Rasa fails.
    """
    written = [item for item in held_out.questions if item.id in kinds]
    questions = [item for item in written if item.text not in trained]
    outside = [text for text in held_out.out_of_scope if text not in trained]
    talk = [item for item in held_out.smalltalk if item.text not in trained]
    asked = await read(readers, parser, [item.text for item in questions])
    strange = await read(readers, parser, outside)
    said = await read(readers, parser, [item.text for item in talk])
    pairs = list(zip(questions, asked, strict=True))
    return UnderstandingReport(
        topics=_placed([pair for pair in pairs if kinds[pair[0].id] == "topic"]),
        checks=_placed([pair for pair in pairs if kinds[pair[0].id] == "check"]),
        outcomes=Counter(outcome_of(question, reading) for question, reading in pairs),
        out_of_scope=len(outside),
        left_alone=sum(not reading.answers_unit for reading in strange),
        suggested=sum(bool(reading.offered) for reading in strange),
        out_of_scope_urgent=sum(reading.trigger is not None for reading in strange),
        smalltalk=len(talk),
        smalltalk_right=sum(_is_right_talk(item, reading) for item, reading in zip(talk, said, strict=True)),
        known=(len(written) - len(questions)) + (len(held_out.out_of_scope) - len(outside))
        + (len(held_out.smalltalk) - len(talk)),
        unwritten=len(held_out.questions) - len(written),
        pairs=pairs_of(
            (question.id, (reading.units or ("",))[0])
            for question, reading in pairs if not question.right & {*reading.units[:1]}
        ),
        confusions=(
            *_confused_questions(pairs), *_answered_outside(outside, strange), *_confused_talk(talk, said),
        ),
    )  # fmt: skip


def _placed(pairs: Sequence[tuple[Question, Reading]]) -> Placed:
    return Placed(len(pairs), _right_among(pairs, 1), _right_among(pairs, SUGGESTED))


def _part(placed: Placed) -> tuple[int, int]:
    return placed.first, placed.questions


def _right_among(pairs: Sequence[tuple[Question, Reading]], best: int) -> int:
    return sum(bool(question.right & {*reading.units[:best]}) for question, reading in pairs)


def outcome_of(question: Question, reading: Reading) -> Outcome:
    """What the conversation would do with the question; what raises the alarm comes before all else."""
    if reading.trigger is not None:
        return Outcome.URGENT
    if reading.answered is not None:
        return Outcome.RIGHT if reading.answered in question.right else Outcome.WRONG
    return Outcome.OFFERED if question.right & {*reading.offered} else Outcome.REJECTED


def share(part: int, whole: int) -> float:
    """`part` of `whole`, from 0 to 1; 0 of nothing."""
    return round(part / whole, 4) if whole else 0.0


def percent(part: int, whole: int) -> str:
    return f"{share(part, whole):7.1%}  ({part})"


def _is_right_talk(item: SmallTalk, reading: Reading) -> bool:
    return reading.trigger is None and reading.answered in _INTENTS_OF_KIND[item.kind]


def _confused_questions(pairs: Sequence[tuple[Question, Reading]]) -> list[Confusion]:
    found = []
    for question, reading in pairs:
        outcome = outcome_of(question, reading)
        if outcome is not Outcome.RIGHT:
            got = reading.trigger or reading.answered or (reading.units or ("",))[0]
            found.append(Confusion(outcome.value, question.id, got, question.text, reading.confidence))
    return found


def _answered_outside(texts: Sequence[str], readings: Sequence[Reading]) -> list[Confusion]:
    return [
        Confusion("out of scope", "", reading.trigger or reading.answered or "", text, reading.confidence)
        for text, reading in zip(texts, readings, strict=True)
        if reading.answers_unit or reading.trigger is not None
    ]


def _confused_talk(talk: Sequence[SmallTalk], readings: Sequence[Reading]) -> list[Confusion]:
    return [
        Confusion("small talk", item.kind, reading.trigger or reading.answered or "", item.text, reading.confidence)
        for item, reading in zip(talk, readings, strict=True)
        if not _is_right_talk(item, reading)
    ]
