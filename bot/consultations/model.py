"""A request for advice, its receipt, and the thread that follows, as the rest of the application sees them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

URGENCIES = ("same-day", "within-3-working-days", "routine")
"""How soon advice is needed. "now" is none of them: an emergency is never queued."""

LONGEST_TEXT = 4000
LONGEST_LABEL = 600
"""Of a question of a check, or of its answer."""

LONGEST_NOTICE = 200  # bytes
MOST_ANSWERS = 40
MOST_MESSAGES = 200
MOST_LINKS = 8
EVERY_AREA = "*"


class Subject(StrEnum):
    """What a question is about; an adviser answers on some of them."""

    CHILDREN = "children"
    ADULTS = "adults"
    DATA_PROTECTION = "data-protection"


class Side(StrEnum):
    """Who wrote a message."""

    USER = "user"
    ADVISER = "adviser"


class Kind(StrEnum):
    """What a message is. OUTCOME is the label of an outcome; REFERRED says that the user made a named referral."""

    SITUATION = "situation"
    MESSAGE = "message"
    REPLY = "reply"
    QUESTION = "question"
    OUTCOME = "outcome"
    REFERRED = "referred"


class State(StrEnum):
    """Whose turn it is: an adviser's (WAITING), the user's (ASKED), nobody's (ANSWERED), or never again (CLOSED)."""

    WAITING = "waiting"
    ASKED = "asked"
    ANSWERED = "answered"
    CLOSED = "closed"


class Outcome(StrEnum):
    """What an adviser's advice came to."""

    ADVICE_GIVEN = "advice-given"
    REFER_CHILDREN = "refer-childrens-social-care"
    REFER_ADULTS = "refer-adult-social-care"
    REFER_POLICE = "refer-police"
    SPEAK_LEAD = "speak-to-safeguarding-lead"
    NO_FURTHER_ACTION = "no-further-action"

    @property
    def needs_name(self) -> bool:
        """Whether it cannot be done without saying who it is about."""
        return self in (Outcome.REFER_CHILDREN, Outcome.REFER_ADULTS, Outcome.REFER_POLICE)


OUTCOME_LABELS: Mapping[Outcome, str] = MappingProxyType(
    {
        Outcome.ADVICE_GIVEN: "Advice given",
        Outcome.REFER_CHILDREN: "Refer to children's social care",
        Outcome.REFER_ADULTS: "Refer to adult social care",
        Outcome.REFER_POLICE: "Tell the police",
        Outcome.SPEAK_LEAD: "Speak to your safeguarding lead",
        Outcome.NO_FURTHER_ACTION: "No further action",
    }
)


@dataclass(frozen=True)
class Answer:
    """One question of a check and the answer to it, as they were shown."""

    question: str
    answer: str


@dataclass(frozen=True)
class Link:
    """A topic or a check that a reply points to."""

    kind: str  # topic | check
    id: str


@dataclass(frozen=True)
class Request:
    """What a user sends: masked text, and the answers of the check that they agreed to send."""

    situation: str = field(repr=False)
    area: str
    subject: Subject
    urgency: str
    answers: tuple[Answer, ...] = field(default=(), repr=False)
    check: str = ""


@dataclass(frozen=True)
class Times:
    """By when an adviser says that they have it, and by when they reply. `next_working` is None in working hours."""

    acknowledge_by: datetime
    reply_by: datetime
    next_working: datetime | None


@dataclass(frozen=True)
class Receipt:
    """What a user gets. The code is shown once and kept nowhere; the reference opens nothing.

    The thread is destroyed at `expires` unless more is written. `ticket` stands for the opened thread for a while.
    """

    code: str = field(repr=False)
    reference: str
    acknowledge_by: datetime
    reply_by: datetime
    next_working: datetime | None
    expires: datetime
    ticket: str = field(repr=False)


@dataclass(frozen=True)
class Message:
    """One message of a thread; `at` is on the hour."""

    position: int
    side: Side
    kind: Kind
    text: str = field(repr=False)
    at: datetime
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Thread:
    """A thread as its user sees it. `unread` counts the messages of advisers that were not marked read."""

    reference: str
    area: str
    subject: Subject
    urgency: str
    state: State
    check: str
    answers: tuple[Answer, ...] = field(repr=False)
    messages: tuple[Message, ...] = field(repr=False)
    unread: int
    acknowledged: bool
    acknowledge_by: datetime
    reply_by: datetime
    overdue: bool
    expires: datetime
    outcome: Outcome | None
    notified: bool


@dataclass(frozen=True)
class Opened:
    """A thread that was opened with its code, and the ticket that stands for it from now on."""

    ticket: str = field(repr=False)
    thread: Thread


@dataclass(frozen=True)
class Notice:
    """Where a channel may tell that there is a reply: the bytes that it gave itself."""

    id: str
    address: bytes = field(repr=False)


@dataclass(frozen=True)
class RecordedAdvice:
    """What a decision record may hold of a thread."""

    reference: str
    outcome: Outcome | None
    outcome_label: str
    replied_on: date | None


@dataclass(frozen=True)
class Adviser:
    """Who answers, by the id of the account: on these subjects, in these areas, or in EVERY_AREA."""

    id: str
    areas: tuple[str, ...]
    subjects: tuple[Subject, ...]

    def covers(self, area: str, subject: Subject) -> bool:
        return subject in self.subjects and (EVERY_AREA in self.areas or area in self.areas)


@dataclass(frozen=True)
class Line:
    """A thread in an adviser's list. `since` is the hour of the last message; nothing tells who asks."""

    reference: str
    area: str
    subject: Subject
    urgency: str
    state: State
    since: datetime
    acknowledge_by: datetime
    reply_by: datetime
    acknowledged: bool
    overdue: bool
    mine: bool
    others: bool
    """Whether another adviser has taken it."""

    outcome: Outcome | None


@dataclass(frozen=True)
class Inbox:
    """An adviser's lists: what is late and what waits, by deadline; what was answered or asked back, newest first."""

    overdue: tuple[Line, ...]
    waiting: tuple[Line, ...]
    answered: tuple[Line, ...]


@dataclass(frozen=True)
class AdviserThread:
    """A thread as an adviser sees it. `version` goes back with what the adviser does. `read`: the user saw it all."""

    line: Line
    check: str
    answers: tuple[Answer, ...] = field(repr=False)
    messages: tuple[Message, ...] = field(repr=False)
    version: int
    read: bool
    expires: datetime


@dataclass(frozen=True)
class Numbers:
    """How many threads there are, for whoever runs the service."""

    threads: int
    waiting: int
    overdue: int
