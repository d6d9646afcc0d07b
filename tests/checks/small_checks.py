"""Checks of a few questions, written as where each answer leads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from bot.checks import Answer, Place
from bot.knowledge import Check

Leads = Mapping[str, Mapping[str, str]]


def small_check(check_id: str, leads: Leads, rejoin: Literal["where-left", "from-start"] = "where-left") -> Check:
    """A check with these questions; its outcomes are those that an answer leads to, and act-now."""
    ends = {lead.removeprefix("outcome:"): "routine" for options in leads.values() for lead in options.values()
            if lead.startswith("outcome:")}  # fmt: skip
    return Check.model_validate(
        {
            "id": check_id,
            "title": check_id,
            "purpose": "Stands in a test.",
            "sources": [{"source": "guide", "where": "part 1"}],
            "examples": ["go"],
            "harm": {"when": "someone is in danger", "leads": "act-now"},
            "rejoin": rejoin,
            "questions": [
                {
                    "id": question,
                    "asks": "What now?",
                    "why": "It decides.",
                    "options": [{"id": option, "label": option, "leads": lead} for option, lead in options.items()],
                }
                for question, options in leads.items()
            ],
            "outcomes": [_outcome(end, "routine") for end in ends] + [_outcome("act-now", "now")],
        }
    )


def _outcome(outcome_id: str, urgency: str) -> dict[str, object]:
    basis = {"urgency_basis": "stated"} if urgency == "now" else {}
    return {"id": outcome_id, "title": outcome_id, "means": "It ends.", "do": ["Go on."], "urgency": urgency,
            "approval": False, "records": ["decision"], **basis}  # fmt: skip


def checks_by_id(*checks: Check) -> dict[str, Check]:
    return {check.id: check for check in checks}


def answers(*texts: str) -> tuple[Answer, ...]:
    """Answers written as check/question=option."""
    found = []
    for text in texts:
        place, _, option = text.partition("=")
        check, _, question = place.partition("/")
        found.append(Answer(Place(check, question), option))
    return tuple(found)


ADVICE = small_check(
    "seek-advice-anonymously",
    {
        "whom": {"lead": "outcome:ask-lead", "other": "kind", "elsewhere": "check:second"},
        "kind": {"any": "outcome:ask-lead", "again": "check:second"},
    },
)
FIRST = small_check(
    "first",
    {
        "one": {"yes": "two", "no": "outcome:done"},
        "two": {
            "yes": "check:second",
            "no": "outcome:done",
            "third": "check:third",
            "not-sure": "check:seek-advice-anonymously",
        },
    },
)
SECOND = small_check(
    "second",
    {
        "alpha": {"yes": "beta", "third": "check:third", "first": "check:first"},
        "beta": {"yes": "outcome:done", "first": "check:first", "not-sure": "check:seek-advice-anonymously"},
    },
)
THIRD = small_check(
    "third",
    {
        "age": {"young": "act", "old": "outcome:done"},
        "act": {"first": "check:first", "second": "check:second", "no": "outcome:done"},
    },
    rejoin="from-start",
)
CHECKS = checks_by_id(FIRST, SECOND, THIRD, ADVICE)
