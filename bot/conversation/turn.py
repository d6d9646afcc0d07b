"""One turn in the making: what its flows read and change, and what lives in memory only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from bot.consultations import Advice
from bot.conversation.advising_state import AdviceMemory
from bot.conversation.answer_reader import AnswerReader
from bot.conversation.messages import Part, Reply
from bot.conversation.session import RECORD_FIELDS, Session
from bot.decision_log import DecisionLog
from bot.knowledge import NATIONAL, Area, Index, Knowledge
from bot.privacy import Span
from bot.training import Training

if TYPE_CHECKING:
    from bot.conversation.identity_page import IdentityPage


@dataclass(frozen=True)
class MaskedMessage:
    """The message just masked: its `text` as typed, what was masked in it, and the session `before` it, as text."""

    text: str
    spans: tuple[Span, ...]
    before: str

    def details(self) -> set[str]:
        """What was masked, as the gate compares it."""
        return {self.text[span.start : span.end].casefold() for span in self.spans}


@dataclass
class Volatile:
    """What is never written anywhere: a masked message's original, what the user said is no name, and identifying
    details between typing and confirming, and what is typed for an adviser. It goes with the process or after the idle
    time.

    `masked` is kept for one turn: by the next one the conversation has gone on.
    """

    masked: MaskedMessage | None = None
    allowed: set[str] = field(default_factory=set)
    details: dict[str, str] = field(default_factory=dict)
    advice: AdviceMemory = field(default_factory=AdviceMemory)
    shared_name: str = ""
    touched: float = 0.0


@dataclass
class Turn:
    """The session, which flows change in place, and everything around it that they may use.

    `answers` compares what is typed with the options of a question; None where nothing is typed.
    """

    session: Session
    volatile: Volatile
    knowledge: Knowledge
    index: Index
    log: DecisionLog
    now: datetime
    private_entry: bool
    account: str
    idle_minutes: int
    untrained: frozenset[str] = frozenset()
    identity_page: IdentityPage | None = None
    may_record: bool = True
    advice: Advice | None = None
    source: str = ""
    notices: bytes = b""
    training: Training | None = None
    answers: AnswerReader | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def area(self) -> Area:
        areas = self.knowledge.areas
        return areas.get(self.session.area) or areas[NATIONAL]

    def meet_guidance(self) -> None:
        """Brings the session to the guidance of this turn, which may have changed since its last one."""
        self.session.meet(self.knowledge.version, self._digest_of)

    def _digest_of(self, name: str) -> str | None:
        return self.knowledge.fields_digest if name == RECORD_FIELDS else self.knowledge.check_digest(name)


Flow = Callable[[Turn], Reply]


def before(reply: Reply, parts: Iterable[Part]) -> Reply:
    """`reply` with `parts` set in front of its own."""
    return replace(reply, parts=(*parts, *reply.parts))


def notice(text: str, title: str = "") -> Part:
    return Part(text, "notice", title)
