"""Subjects of knowledge/elsewhere.yml: near to this work, answered by no source here, each with where to go instead."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.knowledge.model import Explained, Heading, Id, Line


class Elsewhere(BaseModel):
    """A subject that the assistant does not answer: `says` names who does, `examples` are questions about it."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    id: Id
    title: Heading
    says: Explained
    examples: Annotated[tuple[Line, ...], Field(min_length=1)]
