"""Letters and forms of knowledge/letters/: what each says, what is filled in, and what stays blank for a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from bot.knowledge import reading
from bot.knowledge.model import Citation, Explained, Heading, Id, OptionalReadable, Text, Title

PLACE = re.compile(r"\{([a-z0-9-]+)\}")
"""Where a field stands in a text of the body: {id of the field}."""

ANY_CHECK = "any"
"""In `offered_after`: the letter fits after every check."""

_BRACES = re.compile(r"[{}]")

Label = Annotated[str, StringConstraints(min_length=1, max_length=90), AfterValidator(reading.checked)]
After = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$")]
FilledBy = Literal["agreement", "area", "check", "outcome", "person", "protocol", "reference", "urgency"]
"""What fills a field besides a field of the record.

agreement: the document that the letter is taken from, where it is the area's own. area: the name of the area.
check, outcome: their titles. person: child, or adult at risk, where the check is for one of them only.
protocol: the area's own document. reference: of the record. urgency: how soon the outcome asks for action.
"""


def _with_places(text: str) -> str:
    if _BRACES.search(PLACE.sub("", text)):
        raise ValueError("a brace stands alone; write a place as {id-of-the-field}")
    return text


Body = Annotated[str, StringConstraints(min_length=1), AfterValidator(reading.checked), AfterValidator(_with_places)]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class LetterField(_Model):
    """One thing to fill in. An identifying one is never filled by the program, whatever it knows.

    `room` is the space left to write in by hand: a few words, a line, or several lines.
    """

    id: Id
    label: Label
    required: bool
    identifying: bool
    record_field: Id | None = None
    filled_by: FilledBy | None = None
    room: Literal["words", "line", "lines"] = "line"

    @model_validator(mode="after")
    def _is_not_filled_where_it_identifies(self) -> LetterField:
        if self.identifying and self.filled_by is not None:
            raise ValueError(f"the field '{self.id}' is identifying, so it cannot be filled_by anything")
        return self


class Signatures(_Model):
    """A table to sign in: `columns` are fields, and `rows` is how many lines are left to sign on."""

    columns: Annotated[tuple[Id, ...], Field(min_length=2)]
    rows: Annotated[int, Field(ge=1, le=12)]


class Block(_Model):
    """One block of a letter; exactly one of its keys is set.

    heading: of a section. paragraph: running text. lines: an address or the like, each line by itself. bullets: a
    list. ticks: a list to tick off. table: fields with room beside each. signatures: a table to sign in. note: what
    whoever fills the letter in must know there, to be taken out before it is sent.
    """

    heading: Annotated[Heading | None, AfterValidator(lambda text: text and _with_places(text))] = None
    paragraph: Body | None = None
    lines: tuple[Body, ...] = ()
    bullets: tuple[Body, ...] = ()
    ticks: tuple[Body, ...] = ()
    table: tuple[Id, ...] = ()
    signatures: Signatures | None = None
    note: Text | None = None

    @model_validator(mode="after")
    def _is_one_thing(self) -> Block:
        given = [name for name in type(self).model_fields if getattr(self, name)]
        if len(given) != 1:
            raise ValueError(f"a block must hold exactly one of: {', '.join(type(self).model_fields)}")
        return self

    def texts(self) -> tuple[str, ...]:
        """The texts of the block in which fields may stand."""
        return tuple(text for text in (self.heading, self.paragraph, *self.lines, *self.bullets, *self.ticks) if text)

    def fields(self) -> Iterator[str]:
        """The ids of the fields that the block shows, in order."""
        for text in self.texts():
            yield from PLACE.findall(text)
        yield from self.table
        if self.signatures is not None:
            yield from self.signatures.columns


class Letter(_Model):
    """A letter or form. `heading` stands at its top; `before_sending` is a list to go through, printed at its foot.

    `offered_after` names the checks (CHECK), or outcomes (CHECK/OUTCOME), after which it is offered. A letter about an
    organisation rather than a case takes nothing from the case in hand, whatever its record fields are.
    """

    id: Id
    title: Title
    heading: Annotated[str, StringConstraints(min_length=1, max_length=90), AfterValidator(reading.checked)]
    about: Literal["case", "organisation"] = "case"
    basis: Literal["seed", "derived"]
    purpose: Text
    when_to_use: Explained
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    law: tuple[Id, ...] = ()
    currency: OptionalReadable = None
    before_sending: Annotated[tuple[Explained, ...], Field(min_length=1)]
    offered_after: tuple[After, ...] = ()
    examples: tuple[str, ...]
    fields: Annotated[tuple[LetterField, ...], Field(min_length=1)]
    body: Annotated[tuple[Block, ...], Field(min_length=1)]

    def field(self, field_id: str) -> LetterField | None:
        return next((field for field in self.fields if field.id == field_id), None)

    def fits(self, check_id: str, outcome_id: str) -> bool:
        """Whether it is offered after this outcome of this check."""
        return any(after in (ANY_CHECK, check_id, f"{check_id}/{outcome_id}") for after in self.offered_after)
