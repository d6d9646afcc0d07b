"""The shapes of what the assistant knows: one class for each kind of knowledge file, checked by pydantic.

Lengths are in characters. A class here checks one file by itself; what files say of one another is checked in
`bot.knowledge.crosscheck`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from bot.knowledge import reading

if TYPE_CHECKING:
    from bot.knowledge.elsewhere import Elsewhere
    from bot.knowledge.letters import Letter
    from bot.knowledge.menu import Situation
    from bot.knowledge.modules import FirstDay, Module

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,47}$")]
Text = Annotated[str, StringConstraints(min_length=1), AfterValidator(reading.checked)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=70), AfterValidator(reading.checked)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=500), AfterValidator(reading.checked)]
Long = Annotated[str, StringConstraints(min_length=1, max_length=2500), AfterValidator(reading.checked)]
Asked = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(reading.checked)]
Explained = Annotated[str, StringConstraints(min_length=1, max_length=400), AfterValidator(reading.checked)]
Heading = Annotated[str, StringConstraints(min_length=1, max_length=60), AfterValidator(reading.checked)]
FieldQuestion = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(reading.checked)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=300)]
Phrase = Annotated[str, StringConstraints(min_length=1)]
Audience = Literal["children", "adults", "both"]
Urgency = Literal["now", "same-day", "within-3-working-days", "routine"]
Basis = Literal["stated", "proposed"]
ApprovalRule = Literal["share_without_consent", "refuse_request", "refused_consent_either_way"]
"""What an area may have a manager approve: bnes-2018 sets the first two, durham-2010 the third."""

Decision = Literal[
    "shared", "shared-in-part", "not-shared", "refusal-overridden", "request-declined", "not-worked-together",
    "not-intervened",
]  # fmt: skip


_TAUGHT = 3


def _none_is_nothing(value: object) -> object:
    return None if value in ("none", "", "null", "~") else value


Missing = BeforeValidator(_none_is_nothing)
OptionalDate = Annotated[date | None, Missing]
OptionalText = Annotated[str | None, Missing]
OptionalReadable = Annotated[Annotated[str, AfterValidator(reading.checked)] | None, Missing]


def _digest(*models: BaseModel) -> str:
    return hashlib.sha256("\n".join(model.model_dump_json() for model in models).encode()).hexdigest()[:16]


def fold(text: str) -> str:
    """`text` as it is compared with other text: lower case, words only, single spaces."""
    return " ".join(re.findall(r"[\w']+", text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Citation(_Model):
    """Where a statement stands: a source, the place in it, and what that source says differently."""

    source: Id
    where: Line
    differs: OptionalReadable = None


class Topic(_Model):
    """One answer. `short` fits a phone screen; `long` is complete."""

    id: Id
    kind: Literal[
        "myth", "faq", "golden-rules", "principles", "process", "duty", "list", "legal-basis", "definition", "role"
    ]
    title: Title
    audience: Audience
    short: Short
    long: Long
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    law: tuple[Id, ...] = ()
    currency: OptionalReadable = None
    see_also: tuple[Id, ...] = ()
    check: Id | None = None
    examples: tuple[Line, ...]


class Option(_Model):
    """One answer of a question. `leads` is a question id, `outcome:ID` or `check:ID`."""

    id: Id
    label: Annotated[str | None, StringConstraints(max_length=40), Missing] = None
    leads: Annotated[str, StringConstraints(pattern=r"^((outcome|check):)?[a-z0-9-]+$")]
    says: tuple[Line, ...] = ()

    @model_validator(mode="after")
    def _has_label(self) -> Option:
        if self.label is None and self.id not in STANDARD_LABELS:
            raise ValueError(f"the option '{self.id}' needs a label")
        return self

    @property
    def text(self) -> str:
        """What the button says."""
        return self.label or STANDARD_LABELS[self.id]


STANDARD_LABELS: Mapping[str, str] = MappingProxyType({"yes": "Yes", "no": "No", "not-sure": "Not sure"})


class Question(_Model):
    """One step of a check, with why it is asked."""

    id: Id
    asks: Asked
    why: Explained
    source: Id | None = None
    options: tuple[Option, ...]

    def option(self, option_id: str) -> Option | None:
        return next((option for option in self.options if option.id == option_id), None)


class Outcome(_Model):
    """An end of a check: what it means, what to do, how soon, who approves, what a record must hold.

    `approval_rule` names the area's rule on which `approval` hangs, where bot.knowledge.area_rules would read another
    from the decision; `always` where a manager takes part whatever the area's rules are.
    """

    id: Id
    title: Heading
    means: Explained
    do: Annotated[tuple[Explained, ...], Field(min_length=1)]
    urgency: Urgency
    urgency_basis: Basis | None = None
    approval: bool
    approval_rule: ApprovalRule | Literal["always"] | None = None
    decision: Decision | None = None
    records: Annotated[tuple[Id, ...], Field(min_length=1)]
    next: tuple[Id, ...] = ()

    @model_validator(mode="after")
    def _basis_of_urgency(self) -> Outcome:
        if self.urgency != "routine" and self.urgency_basis is None:
            raise ValueError(f"the outcome '{self.id}' is {self.urgency} and needs urgency_basis: stated or proposed")
        if self.urgency == "routine" and self.urgency_basis is not None:
            raise ValueError(f"the outcome '{self.id}' is routine and must have no urgency_basis")
        return self


class Harm(_Model):
    """The way out of every question to acting now: `when` finishes "Choose this if ..."."""

    when: Text
    leads: Id


class Check(_Model):
    """A check: its first question is where it starts.

    `rejoin` says where a jump to it leads while it is under way: to the question it was left at, or, where what was
    learnt meanwhile may change its first answers (an age), to its first question.
    """

    id: Id
    title: Title
    purpose: Text
    audience: Audience = "both"
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    note: Annotated[str | None, Missing] = None
    examples: tuple[Line, ...]
    harm: Harm
    rejoin: Literal["where-left", "from-start"] = "where-left"
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    outcomes: Annotated[tuple[Outcome, ...], Field(min_length=1)]

    def question(self, question_id: str) -> Question | None:
        return next((question for question in self.questions if question.id == question_id), None)

    def outcome(self, outcome_id: str) -> Outcome | None:
        return next((outcome for outcome in self.outcomes if outcome.id == outcome_id), None)


class Cues(_Model):
    """How a trigger is recognised; what each list means stands in bot/urgent/detector.py."""

    emergency: tuple[Phrase, ...] = ()
    any: tuple[Phrase, ...] = ()
    all: tuple[tuple[Phrase, ...], ...] = ()
    topics: tuple[Phrase, ...] = ()
    never: tuple[Phrase, ...] = ()
    before: tuple[Id, ...] = ()


class Trigger(_Model):
    """A situation that comes before everything. `cues` belong to the detector in `bot.urgent`."""

    id: Id
    title: Heading
    situation: Text
    audience: Audience
    urgency: Literal["now", "same-day"]
    urgency_basis: Basis
    first: Annotated[tuple[Text, ...], Field(min_length=1)]
    tell: tuple[Id, ...]
    then: tuple[Text, ...] = ()
    consent: Text
    check: Id
    sources: Annotated[tuple[Citation, ...], Field(min_length=1)]
    cues: Cues = Cues()
    examples: tuple[Line, ...]


class Calm(_Model):
    """Messages that are no reports of danger, however they sound."""

    calm: Annotated[tuple[Line, ...], Field(min_length=1)]


class Review(_Model):
    due: OptionalDate
    basis: Basis


class Source(_Model):
    """A document that answers rest on, with its date and the day on which it was due for review."""

    id: Id
    title: Line
    short: Annotated[str, StringConstraints(min_length=1, max_length=30)]
    publisher: Line
    area: Id
    date: Line
    audience: Audience
    review: Review
    status: Literal["current", "past-review"]
    notes: OptionalText = None
    external: bool = False


class Law(_Model):
    """A law or body that answers name, and whether it still stands."""

    id: Id
    name: Line
    kind: Literal["act", "regulation", "body", "guidance", "case", "common-law"]
    status: Literal["in-force", "partly-in-force", "not-commenced", "repealed", "replaced", "abolished"]
    since: OptionalText = None
    until: OptionalText = None
    replaced_by: OptionalText = None
    last_checked: date
    certain: bool
    says: Text


class Term(_Model):
    """A word of the field and what it means."""

    term: Line
    abbreviation: OptionalText = None
    also: tuple[Line, ...] = ()
    meaning: Text
    sources: tuple[Id, ...] = ()


class Contact(_Model):
    """Whom to reach in an area. `number` is missing until the organisation fills it in; `find` says how to find it."""

    role: Id
    label: Line
    number: OptionalText = None
    hours: OptionalText = None
    checked: OptionalDate = None
    find: Text

    @model_validator(mode="after")
    def _number_was_checked(self) -> Contact:
        if self.number is not None and self.checked is None:
            raise ValueError(f"the number of '{self.role}' needs the date on which it was checked")
        return self


class Approval(_Model):
    """Which decisions a manager approves in an area: all, as the strictest sources have it, unless it says otherwise.

    `set_by` names the source of a rule.
    """

    share_without_consent: bool = True
    refuse_request: bool = True
    refused_consent_either_way: bool = True
    set_by: dict[ApprovalRule, Id] = {}


class LimitSetting(_Model):
    """A time limit of an area. `of` is a check, an outcome as CHECK/OUTCOME, same-day or within-3-working-days.

    `source` is the document that sets it; without one the area itself does.
    """

    of: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)?$")]
    within: Annotated[str, StringConstraints(pattern=r"^(same day|[1-9]\d? (hours?|working days?))$")]
    source: Id | None = None


class AdviceTime(_Model):
    """Working hours within which advisers of an area acknowledge a question of an urgency, and reply to it."""

    of: Literal["same-day", "within-3-working-days", "routine"]
    acknowledge: Annotated[int, Field(ge=1, le=200)]
    reply: Annotated[int, Field(ge=1, le=200)]

    @model_validator(mode="after")
    def _acknowledged_first(self) -> AdviceTime:
        if self.reply < self.acknowledge:
            raise ValueError(f"advice '{self.of}' is replied to before it is acknowledged")
        return self


class AreaSettings(_Model):
    """`oldest_contact_days`: days after which a number that was not checked again is shown with a warning."""

    withhold_after_review_days: Annotated[int | None, Missing] = None
    approval: Approval = Approval()
    time_limits: tuple[LimitSetting, ...] = ()
    oldest_contact_days: Annotated[int, Field(ge=1, le=3650)] = 365
    advice_times: tuple[AdviceTime, ...] = ()


class Area(_Model):
    """An area: the sources that lead there, its settings, and its contacts."""

    id: Id
    name: Line
    sources: tuple[Id, ...]
    settings: AreaSettings = AreaSettings()
    contacts: tuple[Contact, ...]

    def contact(self, role: str) -> Contact | None:
        return next((contact for contact in self.contacts if contact.role == role), None)


class RecordOption(_Model):
    id: Id
    label: Annotated[str, StringConstraints(min_length=1, max_length=40)]


class Told(_Model):
    """What an answer of a check tells of a record: `answer` at the question `at` (CHECK/QUESTION) `means` an option."""

    at: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
    answer: Id
    means: Id


class RecordField(_Model):
    """One field of the decision log and how the chat asks for it. `told_by` are answers of checks that tell it."""

    id: Id
    label: Annotated[str, StringConstraints(min_length=1, max_length=45)]
    asks: FieldQuestion
    why: Text
    kind: Literal["choice", "choices", "text", "date", "automatic"]
    options: tuple[RecordOption, ...] = ()
    may_add_text: bool = False
    default: Id | None = None
    automatic: OptionalText = None
    identifying: bool
    basis: Literal["stated", "implied"]
    sources: tuple[Citation, ...]
    told_by: tuple[Told, ...] = ()

    def option(self, option_id: str) -> RecordOption | None:
        return next((option for option in self.options if option.id == option_id), None)


@dataclass(frozen=True)
class Knowledge:
    """Everything that the assistant knows, by id, and `version`: the SHA-256 of all files, in hexadecimal."""

    topics: Mapping[str, Topic]
    checks: Mapping[str, Check]
    triggers: Mapping[str, Trigger]
    sources: Mapping[str, Source]
    law: Mapping[str, Law]
    areas: Mapping[str, Area]
    fields: Mapping[str, RecordField]
    situations: Mapping[str, Situation]
    letters: Mapping[str, Letter]
    elsewhere: Mapping[str, Elsewhere]
    modules: Mapping[str, Module]
    terms: tuple[Term, ...]
    calm: tuple[str, ...]
    version: str
    first_day: FirstDay | None = None

    def check_digest(self, check_id: str) -> str | None:
        """What a check says, as 16 hexadecimal digits: the same as long as its file means it. None for no check."""
        check = self.checks.get(check_id)
        if check is not None and check_id not in self._check_digests:
            self._check_digests[check_id] = _digest(check)
        return self._check_digests.get(check_id)

    @cached_property
    def _check_digests(self) -> dict[str, str]:
        return {}

    @cached_property
    def replies(self) -> tuple[str, ...]:
        """The short answers of all checks, each once: each label, and the first ways in which its file says it.

        They teach the danger classifier how answers sound. All of them would outweigh the reports that it learns from.
        """
        questions = (question for check in self.checks.values() for question in check.questions)
        options = (option for question in questions for option in question.options)
        return tuple(dict.fromkeys(words for option in options for words in (option.text, *option.says[:_TAUGHT])))

    @cached_property
    def fields_digest(self) -> str:
        """What a record may hold, as 16 hexadecimal digits."""
        return _digest(*self.fields.values())
