"""What the gate hands out: spans, masked texts, and what each type is called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.errors import SharewellError


class PrivacyError(SharewellError):
    """A data file of the gate is missing or cannot be read."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the text that may identify a person.

    `start` and `end` are code points into the text as given. `why` is one line for the user and never repeats the
    detail.
    """

    start: int
    end: int
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class Masked:
    """The text with each span replaced by a placeholder; `spans` are offsets into the text before masking."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class TypeInfo:
    """How a type is shown: a label, the words that stand in its place, and what to write instead."""

    label: str
    placeholder: str
    advice: str


_ROLE = "Use a role or a relation instead, such as “the child”, “mum” or “the teacher”."
_LEAVE = "Leave it out. The guidance is the same without it."

TYPES: Mapping[str, TypeInfo] = MappingProxyType(
    {
        "name": TypeInfo("Name of a person", "[name]", _ROLE),
        "initials": TypeInfo("Initials of a person", "[initials]", _ROLE),
        "email": TypeInfo("Email address", "[email]", _LEAVE),
        "phone": TypeInfo("Telephone number", "[phone number]", _LEAVE),
        "nhs_number": TypeInfo("NHS number", "[NHS number]", _LEAVE),
        "national_insurance": TypeInfo("National Insurance number", "[National Insurance number]", _LEAVE),
        "postcode": TypeInfo("Postcode", "[postcode]", "Leave it out, or name the county only."),
        "address": TypeInfo("Address", "[address]", "Leave it out, or name the county only."),
        "date_of_birth": TypeInfo("Date of birth", "[date of birth]", "Give the age in years instead."),
        "date": TypeInfo(
            "Date that may identify somebody", "[date]", "Say how long ago it was, or give the age in years."
        ),
        "vehicle": TypeInfo("Vehicle registration", "[vehicle registration]", _LEAVE),
        "passport": TypeInfo("Passport number", "[passport number]", _LEAVE),
        "driving_licence": TypeInfo("Driving licence number", "[driving licence number]", _LEAVE),
        "bank": TypeInfo("Bank or card details", "[bank details]", _LEAVE),
        "handle": TypeInfo("Account name on social media", "[account name]", _LEAVE),
        "link": TypeInfo("Link to a person's page", "[link]", _LEAVE),
        "device": TypeInfo("Address of a device", "[device address]", _LEAVE),
        "reference": TypeInfo("Reference number of a case or a person", "[reference number]", _LEAVE),
        "school": TypeInfo("Named school or nursery", "[school]", "Say what kind of school it is, without its name."),
        "setting": TypeInfo(
            "Named hospital, home or service", "[setting]", "Say what kind of service it is, without its name."
        ),
    }
)

# What is found first wins where two findings overlap: a school may hold a name, a name never holds a school.
_ORDER = (
    "email", "link", "handle", "national_insurance", "driving_licence", "passport", "date_of_birth", "bank",
    "nhs_number", "phone", "reference", "vehicle", "address", "postcode", "school", "setting", "date", "device",
    "name", "initials",
)  # fmt: skip
PRIORITY: Mapping[str, int] = MappingProxyType({name: place for place, name in enumerate(_ORDER)})


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit of one recogniser: offsets into the view that it read, not into the text."""

    start: int
    end: int
    type: str
    why: str
