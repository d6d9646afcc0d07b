"""What the assistant remembers of one conversation: masked, expiring, and no more than the next turn needs."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.checks import Answer, Place
from bot.conversation.advising_state import Advising
from bot.conversation.learning_state import Learning, learning_from
from bot.errors import SharewellError

SHAPE = 5
"""Number of this shape of a session. A stored session of another shape is ended rather than guessed at."""


RECORD_FIELDS = "#fields"
"""The name under which a session remembers which record fields its draft was made with: no check has such an id."""


class SessionError(SharewellError):
    """A stored session that cannot be read."""


def new_id() -> str:
    return secrets.token_hex(16)


@dataclass
class Drafting:
    """A record in the making. `values` maps a field id to its choices and its text, which has passed the gate."""

    draft_id: str = field(default_factory=new_id)
    values: dict[str, dict[str, Any]] = field(default_factory=dict)
    asking: str | None = None
    choosing: list[str] = field(default_factory=list)
    from_preview: bool = False
    preview: bool = False


@dataclass
class Identifying:
    """The second, separate step after a record: which detail is asked for, and which were `given`.

    The details themselves are never here.
    """

    reference: str
    confirmation_id: str = field(default_factory=new_id)
    asking: str | None = None
    given: list[str] = field(default_factory=list)


@dataclass
class Session:
    """One conversation. `sender` is the random name under which Rasa knows it, changed every few turns.

    `rests_on` holds the digest of each check that was walked: a change elsewhere in the guidance leaves a walk alone.
    `advice_taken` is the reference and the outcome of advice, for the next record.
    """

    area: str = "national"
    start: str | None = None
    answers: list[list[str]] = field(default_factory=list)
    content_version: str = ""
    rests_on: dict[str, str] = field(default_factory=dict)
    drafting: Drafting | None = None
    identifying: Identifying | None = None
    advising: Advising | None = None
    advice_taken: str = ""
    learning: Learning | None = None
    reference: str | None = None
    draft_done: str | None = None
    last_topic: str | None = None
    suggested: list[str] = field(default_factory=list)
    sender: str = field(default_factory=new_id)
    sender_turns: int = 0

    @property
    def walk_answers(self) -> tuple[Answer, ...]:
        return tuple(Answer(Place(check, question), option) for check, question, option in self.answers)

    def add_answer(self, answer: Answer) -> None:
        self.answers.append([answer.place.check, answer.place.question, answer.option])

    def end_check(self) -> None:
        """Forgets the check and everything that hangs on it."""
        self.start = None
        self.answers = []
        self.rests_on = {}
        self.drafting = None

    def meet(self, version: str, digest_of: Callable[[str], str | None]) -> None:
        """Goes on with the guidance of `version`: where nothing that was walked has changed, as if it were the same.

        Otherwise a record in the making is forgotten, and the check starts again (bot.conversation.checking).
        `digest_of` gives the present digest of a check, or of the record fields; None for what is no longer there.
        """
        if self.start is None or self.content_version == version:
            return
        if self.rests_on and all(digest_of(name) == digest for name, digest in self.rests_on.items()):
            self.content_version = version
        else:
            self.drafting = None

    def as_text(self) -> str:
        # Written by hand: dataclasses.asdict copies every list and takes ten times as long.
        state = dict(vars(self))
        state["drafting"] = None if self.drafting is None else vars(self.drafting)
        state["identifying"] = None if self.identifying is None else vars(self.identifying)
        state["advising"] = None if self.advising is None else vars(self.advising)
        state["learning"] = None if self.learning is None else self.learning.as_data()
        return json.dumps({"shape": SHAPE, **state}, separators=(",", ":"))


def session_from(text: str) -> Session:
    """The session that `text` (from Session.as_text) describes. Raises SessionError when it is of another shape."""
    try:
        data = json.loads(text)
        if data.pop("shape") != SHAPE:
            raise ValueError("another shape")
        drafting = data.pop("drafting")
        identifying = data.pop("identifying")
        advising = data.pop("advising")
        learning = data.pop("learning")
        session = Session(**data)
        session.drafting = Drafting(**drafting) if drafting else None
        session.identifying = Identifying(**identifying) if identifying else None
        session.advising = Advising(**advising) if advising else None
        session.learning = learning_from(learning)
    except (ValueError, TypeError, KeyError) as error:
        raise SessionError("The stored conversation cannot be read.", "Start a new one; no record is lost.") from error
    return session
