"""The Rasa policy that carries out the rules, with an index of them.

Rasa's own RulePolicy compares the conversation with every rule at every step, so a turn takes longer with each topic.
Here only those rules are compared that ask for the present intent and the last action, or for none.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, DefaultDict, Dict, List, NamedTuple, Optional, Set, Text, Tuple

from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

_Place = Tuple[Optional[Text], Optional[Text]]


class _Indexed(NamedTuple):
    """The keys of a lookup of that many rules, by the intent and the action that the last state of each asks for."""

    lookup: Dict[Text, Text]
    rules: int
    keys: Dict[_Place, List[Text]]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class IndexedRulePolicy(RulePolicy):
    """Predicts what RulePolicy predicts, in a time that does not grow with the number of rules."""

    _indexed: Optional[_Indexed] = None

    def _get_possible_keys(self, lookup: Dict[Text, Text], states: List[State]) -> Set[Text]:
        # Where a conversation begins, RulePolicy lets every rule hold that begins there, too, whatever its intent.
        if not states or not states[-1].get(PREVIOUS_ACTION):
            return super()._get_possible_keys(lookup, states)
        return super()._get_possible_keys(self._near(lookup, states[-1]), states)

    def _near(self, lookup: Dict[Text, Text], state: State) -> Dict[Text, Text]:
        """The part of `lookup` that may hold in `state`: a rule without an intent or an action holds with any."""
        # Training makes the lookup anew and may take rules out of it.
        indexed = self._indexed
        if indexed is None or indexed.lookup is not lookup or indexed.rules != len(lookup):
            indexed = self._indexed = self._made_index(lookup)
        intent, action = _place_of(state)
        places = {(intent, action), (intent, None), (None, action), (None, None)}
        return {key: lookup[key] for place in places for key in indexed.keys.get(place, ())}

    def _made_index(self, lookup: Dict[Text, Text]) -> _Indexed:
        keys: DefaultDict[_Place, List[Text]] = defaultdict(list)
        for key in lookup:
            keys[_place_of(self._rule_key_to_state(key)[-1])].append(key)
        return _Indexed(lookup, len(lookup), dict(keys))


def _place_of(state: State) -> _Place:
    return _named(state, USER, INTENT), _named(state, PREVIOUS_ACTION, ACTION_NAME)


def _named(state: State, part: Text, name: Text) -> Optional[Text]:
    value: Any = state.get(part, {}).get(name)
    return value if isinstance(value, str) and value and value != SHOULD_NOT_BE_SET else None
