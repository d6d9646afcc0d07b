"""Where "not sure" leads: to advice, never to a guess.

From a question its not-sure is followed: through the not-sure of the questions that it leads to, and into the first
question of a check that it jumps to. The way ends at the advice check or at an outcome, which must be:

- urgent: what must be done now whoever is sure of what; or
- advising: one of its steps sends the user today or first to a named kind of person (a manager, a safeguarding lead,
  a senior colleague, an adviser, the partners who protect), other than to tell them afterwards;

Every outcome that is not urgent also says what to do where harm is feared.
"""

from __future__ import annotations

import re

import pytest

from bot.checks import ADVICE_CHECK
from bot.knowledge import Check, Knowledge, Outcome, Question

DECIDING = frozenset({
    ("quality-before-sending", "fix"),  # how to send what was decided on before
    ("quality-before-sending", "record-it"),
    ("quality-before-sending", "send-sooner"),
    ("unmet-need-adult", "refer-same-day"),  # harm may be likely: the referral is made today rather than in three days
})  # fmt: skip
"""Those that carry a decision, because the uncertainty is about how or how soon, not about whether."""

_PERSON = re.compile(
    r"\b(?:managers?|supervisor|safeguarding (?:lead|partners)|senior (?:person|colleague|manager)|advisers?|police)\b"
    r"|\badvice without naming\b"
)
_AFTERWARDS = re.compile(r"\bafter(?:wards)?\b|\bdo not wait\b|^Record\b", re.IGNORECASE)
_HARM = re.compile(r"\bact now\b|\b999\b|\bstart safeguarding\b|\bsend (?:first|at once)\b", re.IGNORECASE)


def test_not_sure_leads_to_advice_from_every_question(knowledge: Knowledge) -> None:
    found: set[tuple[str, str]] = set()
    for check in knowledge.checks.values():
        for question in check.questions:
            end = _end_of_not_sure(knowledge, check, question)
            if end is not None and not _is_urgent(end[1]) and not _advises(end[1]):
                found.add((end[0].id, end[1].id))
    assert found == set(), "these name nobody to ask"


def test_not_sure_decides_nothing_but_what_is_urgent(knowledge: Knowledge) -> None:
    found = {
        (check.id, outcome.id)
        for check, outcome in _ends(knowledge)
        if outcome.decision is not None and not _is_urgent(outcome)
    }
    assert found <= DECIDING


def test_not_sure_never_refuses(knowledge: Knowledge) -> None:
    refusals = {"not-shared", "request-declined", "not-worked-together", "not-intervened", "refusal-overridden"}
    for check, outcome in _ends(knowledge):
        assert outcome.decision not in refusals, (check.id, outcome.id)


def test_outcome_of_not_sure_says_what_to_do_where_harm_is_feared(knowledge: Knowledge) -> None:
    for check, outcome in _ends(knowledge):
        assert any(_HARM.search(do) for do in outcome.do), (check.id, outcome.id)


@pytest.mark.parametrize(
    ("step", "advises"),
    [
        ("Ask your line manager today.", True),
        ("Talk to your safeguarding lead today.", True),
        ("Ask for advice without naming the child.", True),
        ("Act now, and tell a manager after.", False),
        ("Do not wait for your manager.", False),
        ("Record what your manager said.", False),
        ("Ask again.", False),
        ("Send it to the service.", False),
    ],
)
def test_what_counts_as_advising(step: str, advises: bool) -> None:
    assert _is_advice(step) is advises


def _ends(knowledge: Knowledge) -> list[tuple[Check, Outcome]]:
    ends = (
        _end_of_not_sure(knowledge, check, question)
        for check in knowledge.checks.values()
        for question in check.questions
    )
    return [end for end in ends if end is not None]


def _end_of_not_sure(knowledge: Knowledge, check: Check, question: Question) -> tuple[Check, Outcome] | None:
    """The outcome at which not-sure ends, with its check; None where it ends at the advice check."""
    seen: set[tuple[str, str]] = set()
    while (check.id, question.id) not in seen:
        seen.add((check.id, question.id))
        option = question.option("not-sure")
        assert option is not None
        kind, _, name = option.leads.rpartition(":")
        if kind == "outcome":
            outcome = check.outcome(name)
            assert outcome is not None
            return check, outcome
        if kind == "check":
            if name == ADVICE_CHECK:
                return None
            check = knowledge.checks[name]
            question = check.questions[0]
        else:
            following = check.question(name)
            assert following is not None
            question = following
    raise AssertionError(f"not-sure comes round at {check.id}/{question.id}")


def _is_urgent(outcome: Outcome) -> bool:
    return outcome.urgency == "now"


def _advises(outcome: Outcome) -> bool:
    return any(_is_advice(do) for do in outcome.do)


def _is_advice(step: str) -> bool:
    sentences = re.split(r"(?<=[.?!])\s+", step)
    return any(_PERSON.search(sentence) and not _AFTERWARDS.search(sentence) for sentence in sentences)
