"""What is being learnt in a conversation: the place in the training, and the marks so far. Ids and choices only."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any


@dataclass
class Learning:
    """A place in the training. `at` names the screen; `left` says that it was left, and may be gone on with.

    `quiz` and `walk` are states of bot.training as it writes them. `picked` and `certainty` are the answer to the
    question asked now; where both are set, its feedback is shown. `learner` is the id of the learning record that is
    open, never its code. `marks` and `walks` are what was done in this conversation, whether or not it is kept.
    """

    at: str = "home"
    left: bool = False
    module: str = ""
    lesson: str = ""
    item: int = 0
    quiz: dict[str, Any] | None = None
    picked: str = ""
    certainty: str = ""
    walk: dict[str, Any] | None = None
    stage: str = ""
    day: int | None = None
    asked: bool = False
    learner: str = ""
    pseudonym: str = ""
    marks: list[list[Any]] = field(default_factory=list)
    walks: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """Six characters that stand for the step shown now: a button of another step is known by them."""
        step = [
            self.at, self.module, self.lesson, self.item, self.quiz, self.picked, self.certainty, self.walk,
            self.stage, self.day, self.pseudonym,
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(step, sort_keys=True).encode()).hexdigest()[:6]

    def go(self, at: str) -> None:
        """Goes to the screen `at`; what was open on another one is put away."""
        self.at, self.left = at, False
        self.quiz, self.picked, self.certainty = None, "", ""
        self.walk, self.stage, self.pseudonym = None, "", ""

    def as_data(self) -> dict[str, Any]:
        return dict(vars(self))


def learning_from(data: Mapping[str, Any] | None) -> Learning | None:
    """The state that `data` (from Learning.as_data) describes. Raises TypeError or ValueError for anything else."""
    if data is None:
        return None
    if set(data) - {each.name for each in fields(Learning)}:
        raise ValueError("another shape of learning")
    return Learning(**data)
