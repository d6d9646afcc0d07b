"""The checks keep to the plain list of contract.yml, so that a change of a lead, a record or an urgency is seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Check, Knowledge, Outcome
from bot.knowledge.located import read

_READ = read(Path(__file__).parent / "contract.yml")
CONTRACT: dict[str, Any] = _READ.data


def test_contract_can_be_read() -> None:
    assert _READ.faults == []
    assert CONTRACT


def test_checks_are_those_of_the_contract(knowledge: Knowledge) -> None:
    assert set(knowledge.checks) == set(CONTRACT)


@pytest.mark.parametrize("check_id", CONTRACT)
def test_harm_leads_where_the_contract_says(knowledge: Knowledge, check_id: str) -> None:
    assert knowledge.checks[check_id].harm.leads == CONTRACT[check_id]["harm"]


@pytest.mark.parametrize("check_id", CONTRACT)
def test_every_answer_leads_where_the_contract_says(knowledge: Knowledge, check_id: str) -> None:
    """The same questions in the same order; the options of a question may stand in any order."""
    found = _leads(knowledge.checks[check_id])
    agreed = CONTRACT[check_id]["questions"]
    assert list(found) == list(agreed)
    assert found == agreed


@pytest.mark.parametrize("check_id", CONTRACT)
def test_every_outcome_is_as_the_contract_says(knowledge: Knowledge, check_id: str) -> None:
    found = {outcome.id: _plain(outcome) for outcome in knowledge.checks[check_id].outcomes}
    agreed = CONTRACT[check_id]["outcomes"]
    assert list(found) == list(agreed)
    for outcome_id, expected in agreed.items():
        assert found[outcome_id] == {**expected, "records": sorted(expected["records"])}, outcome_id


def _leads(check: Check) -> dict[str, dict[str, str]]:
    return {question.id: {option.id: option.leads for option in question.options} for question in check.questions}


def _plain(outcome: Outcome) -> dict[str, Any]:
    plain: dict[str, Any] = {"urgency": outcome.urgency, "approval": str(outcome.approval).lower()}
    if outcome.urgency_basis is not None:
        plain["urgency_basis"] = outcome.urgency_basis
    return {**plain, "records": sorted(outcome.records)}
