"""The indexed policy finds the rules that Rasa's own RulePolicy finds, in every state."""

from __future__ import annotations

import itertools
import json
from typing import Any, Dict, List, Optional

import pytest
from rasa.core.policies.rule_policy import RulePolicy
from rasa.shared.core.constants import SHOULD_NOT_BE_SET

from understanding.rules import IndexedRulePolicy

INTENTS = [f"topic_{number}" for number in range(12)]
ACTIONS = ["action_listen", "utter_a", "utter_b"]
CONTEXTS: List[Any] = [None, [1.0, 0.0], [0.0, 1.0], SHOULD_NOT_BE_SET]


State = Dict[str, Any]


def state(intent: Optional[str], action: Optional[str], context: Any = None, loop: Optional[str] = None) -> State:
    made: State = {}
    if intent is not None:
        made["user"] = {"intent": intent}
    if action is not None:
        made["prev_action"] = {"action_name": action}
    if context is not None:
        made["slots"] = {"context": context}
    if loop is not None:
        made["active_loop"] = {"name": loop}
    return made


def told(made: State) -> State:
    """The same as a conversation gives it: slots are tuples."""
    slots = {name: tuple(value) if isinstance(value, list) else value for name, value in made.get("slots", {}).items()}
    return {**made, "slots": slots} if slots else made


EVERY_STATE = [
    state(intent, action, context, loop)
    for intent, action, context, loop in itertools.product(
        [*INTENTS, None], [*ACTIONS, None], CONTEXTS, [None, "a_form", SHOULD_NOT_BE_SET]
    )
]


@pytest.fixture(scope="module")
def lookup() -> Dict[str, str]:
    """Rules of one state and of two: of every kind, each third of the combinations."""
    rules = [[made] for made in EVERY_STATE[::3]]
    rules += [[before, after] for before, after in zip(EVERY_STATE[1::5], EVERY_STATE[::7])]
    return {json.dumps(rule, sort_keys=True): f"utter_{number}" for number, rule in enumerate(rules)}


def plain() -> RulePolicy:
    return RulePolicy.__new__(RulePolicy)


def indexed() -> IndexedRulePolicy:
    return IndexedRulePolicy.__new__(IndexedRulePolicy)


def test_the_same_rules_hold_in_every_state(lookup: Dict[str, str]) -> None:
    policy, reference, some = indexed(), plain(), 0
    for first, last in zip(EVERY_STATE[::-1], EVERY_STATE):
        for states in ([told(last)], [told(first), told(last)]):
            expected = reference._get_possible_keys(lookup, states)
            assert policy._get_possible_keys(lookup, states) == expected
            some += bool(expected)
    assert some > len(EVERY_STATE) / 2


def test_few_rules_are_compared(lookup: Dict[str, str]) -> None:
    near = indexed()._near(lookup, told(state(INTENTS[0], ACTIONS[0])))
    assert 0 < len(near) < len(lookup) / 4


def test_a_rule_that_training_takes_out_is_not_found(lookup: Dict[str, str]) -> None:
    policy, changing, states = indexed(), dict(lookup), [told(state(INTENTS[0], ACTIONS[0]))]
    for key in policy._get_possible_keys(changing, states):
        changing.pop(key)
        assert key not in policy._get_possible_keys(changing, states)


def test_another_lookup_has_an_index_of_its_own(lookup: Dict[str, str]) -> None:
    policy, states = indexed(), [told(state(INTENTS[0], ACTIONS[0]))]
    assert policy._get_possible_keys(lookup, states)
    assert policy._get_possible_keys({}, states) == set()


def test_no_state_leaves_every_rule(lookup: Dict[str, str]) -> None:
    assert indexed()._get_possible_keys(lookup, []) == plain()._get_possible_keys(lookup, [])
