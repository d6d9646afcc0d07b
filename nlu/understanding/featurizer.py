"""The Rasa component that puts the sentence vector on every message."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence, Type

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from understanding.encoder import WEIGHTS_SHA256, SentenceEncoder, shared_encoder


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one dense sentence feature of 4 x 384 numbers; the encoder is fixed and is not trained."""

    @classmethod
    def required_components(cls) -> List[Type[Any]]:
        return [Tokenizer]

    @staticmethod
    def required_packages() -> List[str]:
        return ["tokenizers", "safetensors"]

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        # The weights' checksum is configuration, so that other weights mean that the model is trained again.
        return {**DenseFeaturizer.get_default_config(), "weights": WEIGHTS_SHA256}

    @classmethod
    def validate_config(cls, config: Dict[str, Any]) -> None:
        if config["weights"] != WEIGHTS_SHA256:
            raise ValueError("The model was trained with other encoder weights. Run ./sharewell setup.")

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        return cls(execution_context.node_name, config, shared_encoder())

    def __init__(self, name: str, config: Dict[str, Any], encoder: SentenceEncoder) -> None:
        super().__init__(name, config)
        self._encoder = encoder

    def process(self, messages: List[Message]) -> List[Message]:
        self._add_features(messages)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        self._add_features(training_data.training_examples)
        return training_data

    def _add_features(self, messages: Sequence[Message]) -> None:
        with_text = [message for message in messages if message.get(TEXT)]
        vectors = self._encoder.encode_depths([message.get(TEXT) for message in with_text])
        for message, vector in zip(with_text, vectors):
            message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
