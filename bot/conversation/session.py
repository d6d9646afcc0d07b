"""What the assistant remembers of one conversation: masked, expiring, and no more than the next turn needs."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from bot.checks import Answer, Place
from bot.errors import SharewellError

SHAPE = 2
"""Number of this shape of a session. A stored session of another shape is ended rather than guessed at."""


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
    """One conversation. `sender` is the random name under which Rasa knows it, changed every few turns."""

    area: str = "national"
    start: str | None = None
    answers: list[list[str]] = field(default_factory=list)
    content_version: str = ""
    drafting: Drafting | None = None
    identifying: Identifying | None = None
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
        self.drafting = None

    def drop_outdated_draft(self, version: str) -> None:
        """Forgets a record in the making whose fields are those of other guidance than `version`."""
        if self.content_version != version:
            self.drafting = None

    def as_text(self) -> str:
        # Written by hand: dataclasses.asdict copies every list and takes ten times as long.
        state = dict(vars(self))
        state["drafting"] = None if self.drafting is None else vars(self.drafting)
        state["identifying"] = None if self.identifying is None else vars(self.identifying)
        return json.dumps({"shape": SHAPE, **state}, separators=(",", ":"))


def session_from(text: str) -> Session:
    """The session that `text` (from Session.as_text) describes. Raises SessionError when it is of another shape."""
    try:
        data = json.loads(text)
        if data.pop("shape") != SHAPE:
            raise ValueError("another shape")
        drafting = data.pop("drafting")
        identifying = data.pop("identifying")
        session = Session(**data)
        session.drafting = Drafting(**drafting) if drafting else None
        session.identifying = Identifying(**identifying) if identifying else None
    except (ValueError, TypeError, KeyError) as error:
        raise SessionError("The stored conversation cannot be read.", "Start a new one; no record is lost.") from error
    return session
