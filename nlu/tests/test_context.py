"""The context that comes with a message becomes the entity that the slot is filled from."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Dict, List

import pytest
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils.io import read_yaml_file

from understanding.context import CONTEXTS, ContextExtractor

PROJECT = Path(__file__).resolve().parents[1]


def entities(data: Dict[str, Any]) -> List[Dict[str, Any]]:
    (message,) = ContextExtractor().process([Message(data)])
    found: List[Dict[str, Any]] = message.get("entities")
    return found


@pytest.mark.parametrize("context", CONTEXTS)
def test_every_context_becomes_an_entity(context: str) -> None:
    (entity,) = entities({"text": "yes", "metadata": {"context": context}})
    assert (entity["entity"], entity["value"]) == ("context", context)


@pytest.mark.parametrize("data", [{"text": "yes"}, {"text": "yes", "metadata": None}, {"text": "yes", "metadata": {}}])
def test_without_a_context_it_is_none(data: Dict[str, Any]) -> None:
    assert [entity["value"] for entity in entities(data)] == ["none"]


def test_an_unknown_context_is_refused_without_repeating_it() -> None:
    with pytest.raises(ValueError, match="context") as refusal:
        entities({"text": "yes", "metadata": {"context": "zanzibar"}})
    assert "zanzibar" not in str(refusal.value)


def test_the_domain_and_the_rules_know_the_same_contexts() -> None:
    domain = read_yaml_file(str(PROJECT / "domain.yml"))
    rules = (PROJECT.parent / "stories" / "rules.yml").read_text(encoding="utf-8")
    assert tuple(domain["slots"]["context"]["values"]) == CONTEXTS
    assert set(re.findall(r"- context: (\S+)", rules)) == set(CONTEXTS)
