"""What the training data are made from: the part of the knowledge that holds examples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.nlu_build.own_words import Answering, Checking
from bot.urgent import Trigger


class Example(Protocol):
    """What is needed of a topic or a check."""

    @property
    def id(self) -> str: ...
    @property
    def examples(self) -> tuple[str, ...]: ...


class TopicExample(Example, Answering, Protocol):
    """What is needed of a topic: what it says of itself, and its examples."""


class CheckExample(Example, Checking, Protocol):
    """What is needed of a check: its questions, and its examples."""


class Alarming(Trigger, Example, Protocol):
    """What is needed of a trigger: its cues, and its examples."""


class Examples(Protocol):
    """What is needed of the knowledge. `calm` are messages that tell of no danger, and `replies` short answers."""

    @property
    def topics(self) -> Mapping[str, TopicExample]: ...
    @property
    def checks(self) -> Mapping[str, CheckExample]: ...
    @property
    def letters(self) -> Mapping[str, Example]: ...
    @property
    def elsewhere(self) -> Mapping[str, Example]: ...
    @property
    def replies(self) -> tuple[str, ...]: ...
    @property
    def triggers(self) -> Mapping[str, Alarming]: ...
    @property
    def calm(self) -> tuple[str, ...]: ...
