"""The Rasa component that gives the rules what the conversation is in the middle of."""

from __future__ import annotations

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, ENTITY_ATTRIBUTE_TYPE, ENTITY_ATTRIBUTE_VALUE, METADATA
from rasa.shared.nlu.training_data.message import Message

CONTEXT = "context"
CONTEXTS = ("none", "check", "offer", "draft", "preview", "identity", "suggestion", "advice", "training")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ContextExtractor(GraphComponent, EntityExtractorMixin):
    """Turns `metadata["context"]` into an entity, which the domain maps to the slot that rules look at.

    The context comes with every message and so is never remembered wrongly; a message without one has context `none`.
    """

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContextExtractor:
        return cls()

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {}

    def process(self, messages: List[Message]) -> List[Message]:
        for message in messages:
            context = (message.get(METADATA) or {}).get(CONTEXT, CONTEXTS[0])
            if context not in CONTEXTS:
                raise ValueError("The message's context is not one of those that the rules know.")
            entity = {ENTITY_ATTRIBUTE_TYPE: CONTEXT, ENTITY_ATTRIBUTE_VALUE: context, "start": 0, "end": 0}
            entities = self.add_extractor_name([entity])
            message.set(ENTITIES, message.get(ENTITIES, []) + entities, add_to_output=True)
        return messages
