"""The Rasa component that ranks the intents with the mix."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Type

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.featurizers.featurizer import Featurizer
from rasa.shared.nlu.constants import (
    INTENT,
    INTENT_NAME_KEY,
    INTENT_RANKING_KEY,
    PREDICTED_CONFIDENCE_KEY,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding.encoder import WIDTH
from understanding.mix import Mix

_RANKING_LENGTH = "ranking_length"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class MixClassifier(IntentClassifier, GraphComponent):
    """Ranks every intent by the mix; a text without any token gets no intent and a confidence of 0."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        return [Featurizer]

    @staticmethod
    def required_packages() -> List[str]:
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        return {_RANKING_LENGTH: 10}

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MixClassifier:
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> MixClassifier:
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, Mix.read(folder))

    def __init__(
        self,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        mix: Optional[Mix] = None,
    ) -> None:
        self._ranking_length: int = config[_RANKING_LENGTH]
        self._model_storage = model_storage
        self._resource = resource
        self._mix = mix

    def train(self, training_data: TrainingData) -> Resource:
        examples = [example for example in training_data.intent_examples if example.get(TEXT) and example.get(INTENT)]
        texts = [example.get(TEXT) for example in examples]
        self._mix = Mix.fit(texts, _vectors_of(examples), [example.get(INTENT) for example in examples])
        with self._model_storage.write_to(self._resource) as folder:
            self._mix.write(folder)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        if self._mix is None:
            raise ValueError("The classifier has not been trained. Run ./sharewell setup.")
        with_text = [message for message in messages if message.get(TEXT)]
        if not with_text:
            return messages
        vectors = _vectors_of(with_text)
        scores = self._mix.scores([message.get(TEXT) for message in with_text], vectors)
        for message, vector, row in zip(with_text, vectors, scores):
            _set_ranking(message, self._ranking(row) if vector.any() else [])
        return messages

    def _ranking(self, row: Any) -> List[Dict[str, Any]]:
        assert self._mix is not None
        best_first = np.argsort(-row, kind="stable")[: self._ranking_length]
        return [
            {INTENT_NAME_KEY: self._mix.intents[index], PREDICTED_CONFIDENCE_KEY: round(float(row[index]), 4)}
            for index in best_first
        ]


def _set_ranking(message: Message, ranking: List[Dict[str, Any]]) -> None:
    best = ranking[0] if ranking else {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}
    message.set(INTENT, best, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)


def _vectors_of(messages: List[Message]) -> Any:
    vectors = np.zeros((len(messages), WIDTH), dtype=np.float32)
    for row, message in enumerate(messages):
        _, sentence = message.get_dense_features(TEXT)
        if sentence is not None:
            vectors[row] = sentence.features[0]
    return vectors
